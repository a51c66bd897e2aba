// Unsent records as a file: one a line, as they would be sent. Whoever carries it to a network may send them
// (`nguon entry submit`), for the signature is the authority; the phone keeps its own until it has an answer itself.

/** @param {import('../sync/record.mjs').Stored[]} records @param {number} now  Unix ms */
export function exportFile(records, now) {
  const text = records.map(({ body }) => `${body}\n`).join('');
  return { name: `nguon-chua-gui-${new Date(now).toISOString().slice(0, 10)}.txt`, blob: new Blob([text], { type: 'text/plain' }) };
}

/** Hands it to the browser's downloads. @param {{name: string, blob: Blob}} file */
export function download({ name, blob }) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
