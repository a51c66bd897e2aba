/**
 * Work that goes on beside this thread, and whose refusal is told when its turn comes: WebCrypto is given at once all that
 * waits for nothing, and a file is refused for the same reason whatever came back first.
 * @template T
 * @param {Promise<T>} work
 */
export function started(work) {
  work.catch(() => {});
  return work;
}
