/** Why something is not believed: the same rule names as the service's (schemas/problems.json). */
export class Refused extends Error {
  /**
   * @param {string} rule   stable dotted name, such as `jws.signature`
   * @param {string} [field]  JSON Pointer or place in what was read
   * @param {string} [detail]  for engineers, in English
   */
  constructor(rule, field = '', detail = '') {
    super([rule, field, detail].filter(Boolean).join(' '));
    this.name = 'Refused';
    this.rule = rule;
    this.field = field;
    this.detail = detail;
  }
}

/**
 * @param {unknown} holds
 * @param {string} rule
 * @param {string} [field]
 * @param {string} [detail]
 * @returns {asserts holds}
 */
export function need(holds, rule, field, detail) {
  if (!holds) throw new Refused(rule, field, detail);
}
