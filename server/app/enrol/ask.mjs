// Questions to the service that answers in JSON, with its problems (RFC 9457) as errors.

/** The service said no, and why; or there was no answer (`rule` is `no-answer`). */
export class Problem extends Error {
  /** @param {number} status  0 without an answer @param {string} rule @param {{vi: string, en: string}} sentence @param {string} [field] */
  constructor(status, rule, sentence, field = '') {
    super(`${status} ${rule}${field}`);
    this.name = 'Problem';
    this.status = status;
    this.rule = rule;
    this.sentence = sentence;
    this.field = field;
  }
}

/**
 * @callback Ask
 * @param {string} method @param {string} path @param {{type: string, text: string}} [body]
 * @returns {Promise<{status: number, text: string}>}  of a status below 400
 * @throws {Problem}
 */

const mostOctets = 2_000_000;

/** @param {unknown} value */
const textOf = (value) => (typeof value === 'string' ? value : '');

/** @param {typeof fetch} ask @param {string} base @param {number} patience  ms for a whole answer @returns {Ask} */
export const askService = (ask, base, patience) => async (method, path, body) => {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), patience);
  /** @type {Response} */
  let response;
  let text = '';
  try {
    response = await ask(base + path, {
      method, body: body && body.text, headers: body ? { 'Content-Type': body.type } : {},
      credentials: 'same-origin', redirect: 'error', cache: 'no-store', signal: gone.signal,
    });
    text = await response.text();
  } catch (error) {
    throw new Problem(0, 'no-answer', { vi: '', en: '' });
  } finally {
    clearTimeout(timer);
  }
  if (text.length > mostOctets) throw new Problem(0, 'no-answer', { vi: '', en: '' });
  if (response.status < 400) return { status: response.status, text };
  let said = /** @type {Record<string, unknown>} */ ({});
  try {
    said = JSON.parse(text);
  } catch (error) {
    // Whatever answered, it was not the service.
  }
  throw new Problem(response.status, textOf(said.rule) || `http.${response.status}`, { vi: textOf(said.vi), en: textOf(said.en) }, textOf(said.field));
};

/** @param {unknown} value */
export const asJson = (value) => ({ type: 'application/json', text: JSON.stringify(value) });
