// A wrong number, put right: a new record that names the old one, which stays as it was signed (DESIGN §5).
import { claimsOf, titleOf } from '../describe.mjs';
import { draftOf } from '../forms.mjs';
import { showQuantity, t } from '../words.mjs';
import { numberStep, radios } from './number.mjs';
import { records } from './records.mjs';

/** Of the form's fields: target, number, unit, reason. */
const version = 1;
const reasons = ['typing', 'weighing', 'unit'];

/** @type {import('../nav.mjs').Screen} */
export async function correct(app, [id = '']) {
  const { device } = app;
  const open = await device.draft();
  if (open && (open.form !== 'correct' || open.fields.target !== id)) {
    app.nav.go('draft', { replace: true });
    return { title: t('correct.title'), body: [] };
  }
  const stored = await device.shelf.record(id);
  if (!stored) return records(app, []);
  const { sub, data } = claimsOf(stored);
  const draft = await draftOf(device, 'correct', version);
  draft.step = id;
  draft.fields = { target: id, unit: data.qty.unit, reason: reasons[0], ...draft.fields };
  // It continues the newest that this phone knows of the batch, its own unsent ones included.
  const [newest] = (await device.records(2_000)).filter((record) => claimsOf(record).sub === sub);
  const why = radios('reason', t('correct.why'), reasons.map((reason) => [reason, t(/** @type {any} */ (`reason.${reason}`))]), draft.fields.reason, (reason) => {
    draft.fields.reason = reason;
    void device.keepDraft(draft);
  });
  return numberStep(app, draft, {
    title: t('correct.number'), back: `record/${id}`, units: ['kg', 'ta', 'tan', 'piece'],
    about: [titleOf(claimsOf(stored), device).title, showQuantity(data.qty)], further: [why], uses: [],
    make: (qty) => ({
      type: 'batch.correct/1', sub, prev: newest.id, slots: ['secret', 'note'],
      data: { target: id, pointer: '/qty', value: qty, reason: draft.fields.reason },
    }),
  });
}
