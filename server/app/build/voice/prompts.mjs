// What the voice pack says: words of the app's own catalogue by their names, and what numbers are read from. Only the maker
// of the clips and the tests read this list; a phone finds a clip by the words on its screen (phone/voice/split.mjs).
import { inWords } from '../../capture/words.mjs';
import { vi } from '../../phone/words/vi.mjs';
import { keyOf, sentencesOf, withoutAside } from '../../phone/voice/split.mjs';

/** Titles and questions of what is recorded, how a record stands, what is in the way; buttons at the foot of a screen. */
const names = `
  start.title start.text
  home.hello home.none home.unsent home.oldest home.late home.late.text home.fix home.nothing home.storage home.doubt home.carried home
  age.minutes age.hours age.days age.now
  draft.text
  harvest.product harvest.site harvest.number harvest.label harvest.unit harvest.day harvest.which harvest.phi next save
  input.kind input.name input.name.label input.name.bad input.phi input.phi.bad input.number input.day
  deliver.product deliver.number deliver.day deliver.ticket
  correct.title correct.number correct.why
  pick.search photo.wait photo.kept photo.full photo.bad
  number.ask number.bad number.zero number.large number.fine save.full save.failed
  state.saved state.sending state.received state.fix state.held
  saved.title saved.more held.text refused.text aside.text
  records.title records.none record.title book.title
  people.title pin.title pin.label pin.wrong
  animal.act animal.day tag.title tag.first tag.again tag.dam.title tag.dam tag.differ tag.unknown tag.several
  weigh.number weigh.method treat.name treat.name.label treat.name.bad treat.days treat.number
  vaccinate.disease vaccinate.name move.site move.reason die.cause die.disposal birth.site birth.species birth.sex birth.breed
  unit.kg unit.yen unit.ta unit.tan unit.g unit.l unit.ml unit.piece
`.trim().split(/\s+/);

/** Every word that `inWords` makes. */
const numerals = [...new Set(['0', '4', '1234567890', '21', '24', '25', '105', '10.5', '1000000000'].flatMap((amount) => inWords(amount).split(' ')))];

/** Of catalogues: where a number stands, or a span that begins with one, and clips of numbers go. */
const places = /\{(?:age|count|n)\}/;

/** Letters are no words to the machine's voice. @type {[RegExp, string][]} */
const aloud = [
  [/(^|\s)kg$/, '$1ki lô gam'], [/(^|\s)g$/, '$1gam'], [/(^|\s)ml$/, '$1mi li lít'],
  [/mã qr/g, 'mã kiu a'],
  [/[0-9]+(?:,[0-9]+)?/g, (/** @type {string} */ number) => inWords(number.replace(',', '.'))],
].map(([from, to]) => /** @type {[RegExp, string]} */ ([from, to]));

/** @param {string} text */
const aloudOf = (text) => aloud.reduce((said, [from, to]) => said.replace(from, /** @type {any} */ (to)), text.toLowerCase());

/** The parts of a word of the catalogue that a clip can say: nothing of a sentence that names somebody or something. @param {string} text */
function partsOf(text) {
  return sentencesOf(text).flatMap((sentence) => {
    const known = (/** @type {string} */ one) => !one.replace(new RegExp(places, 'g'), '').includes('{');
    const sayable = known(sentence) ? sentence : withoutAside(sentence);
    return known(sayable) ? sayable.split(places).map((part) => part.trim()).filter((part) => keyOf(part) !== '') : [];
  });
}

/** Key of each clip, and how it is written for the machine to say. @type {Map<string, string>} */
export const prompts = new Map([
  ...names.flatMap((name) => partsOf(/** @type {Record<string, string>} */ (vi)[name])), ...numerals,
].map((part) => [keyOf(part), aloudOf(part)]));
