/**
 * Entry types whose `prev` must be their subject's newest entry (`x-order` of schemas/types; a test compares).
 * A type that is not here is a fact of the field, whose order nobody promised.
 * @type {ReadonlySet<string>}
 */
export const strictTypes = new Set([
  'batch.close', 'certificate.add', 'certificate.withdraw', 'genesis', 'key.add', 'key.revoke', 'label.apply', 'label.give',
  'label.lose', 'label.print', 'label.range', 'label.return', 'label.take', 'label.void', 'log.keys', 'log.succeed', 'member.add', 'member.leave', 'member.update', 'ocop.decision', 'ocop.withdraw', 'org.activate',
  'org.create', 'org.delegate', 'org.dissolve', 'org.grade', 'org.represent', 'org.suspend', 'org.undelegate', 'org.update', 'product.add', 'product.retire', 'product.update',
  'rules.activate', 'site.add', 'site.retire', 'site.update',
].map((name) => `${name}/1`).concat('label.void/2', 'product.add/2', 'product.update/2'));
