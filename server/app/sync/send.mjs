// One entry to the service over fetch, within limits of time and size.

const mostOctets = 65_536;

/**
 * @param {typeof fetch} ask @param {string} base  such as `` or `https://…` @param {number} patience  ms for a whole answer
 * @returns {(id: string, body: string) => Promise<import('./answer.mjs').Answer>}  rejects without a whole answer
 */
export const sendEntries = (ask, base, patience) => async (id, body) => {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), patience);
  try {
    const response = await ask(`${base}/api/entries/${id}`, {
      method: 'PUT', body, headers: { 'Content-Type': 'application/sd-jwt' },
      // The signature is the authority: cookies would only tell who carries it.
      credentials: 'omit', redirect: 'error', cache: 'no-store', signal: gone.signal,
    });
    const length = Number(response.headers.get('Content-Length'));
    if (length > mostOctets) throw new Error('too long an answer');
    const text = await response.text();
    if (text.length > mostOctets) throw new Error('too long an answer');
    const [type] = (response.headers.get('Content-Type') ?? '').split(';');
    return { status: response.status, type: type.trim().toLowerCase(), retryAfter: response.headers.get('Retry-After') ?? '', text };
  } finally {
    clearTimeout(timer);
  }
};
