// From a plan and a person's answers to what would be written. Pure: the page shows it, then signs it.

/** @typedef {Record<string, any>} Data */
/** @typedef {{name: string, what?: string, set?: Data, ask?: Record<string, string>}} Answer */
/**
 * @typedef {object} Doubt
 * @property {string} kind @property {number[]} rows @property {number} [column] @property {string} [stood] @property {string} [about]
 * @property {Answer[]} answers  the first is proposed @property {number[]} [members] @property {number[]} [plots]
 */
/** @typedef {{row: number, of?: number, said: Data}} Draft */
/**
 * @typedef {object} Plan  what the service made of the table (schemas/openapi.json)
 * @property {string[]} sheets @property {number} sheet @property {number} header @property {{is: string, heading: string}[]} columns
 * @property {number} empty_rows @property {Doubt[]} doubts @property {Draft[]} members @property {Draft[]} plots
 */
/** @typedef {Record<string, number | string>} Chosen  by doubtKey(): which answer, where it is not the proposed one; or what a person wrote */
/**
 * @typedef {object} Settled
 * @property {{index: number, row: number, data: Data}[]} members  to be added @property {{row: number, owner: number, known?: string, data: Data}[]} plots
 * @property {number} known  members who are there already @property {number} joined  rows that are one member with another
 * @property {{row: number, why: 'chosen' | 'commune', plot: boolean}[]} left
 */

export const memberSlots = ['name', 'phone', 'place'];
export const plotSlots = ['household', 'point', 'boundary'];

/** The same doubt, also after the table was read again. @param {Doubt} doubt */
export const doubtKey = ({ kind, rows, column, stood }) => [kind, rows[0] ?? 0, column ?? 0, stood ?? ''].join('|');

/** The one that a person fills in. @param {Doubt} doubt */
export const openAnswer = (doubt) => doubt.answers.find(({ name }) => name === 'write');

/** The answer that holds. @param {Doubt} doubt @param {Chosen} chosen @returns {Answer} */
export function answerOf(doubt, chosen) {
  const said = chosen[doubtKey(doubt)] ?? 0;
  const open = openAnswer(doubt);
  if (typeof said === 'number' || !open) return doubt.answers[Number(said)] ?? doubt.answers[0];
  return { name: 'write', what: said, set: Object.fromEntries(Object.keys(open.set ?? {}).map((name) => [name, said])) };
}

/** @param {Data} said @param {Data} set */
function merge(said, set) {
  for (const [name, value] of Object.entries(set)) {
    if (value === null) delete said[name];
    else said[name] = value;
  }
}

/** Drafts with the answers in them. @param {Plan} plan @param {Chosen} chosen */
function answered(plan, chosen) {
  const members = plan.members.map(({ said }) => ({ ...said }));
  const plots = plan.plots.map(({ said }) => ({ ...said }));
  for (const doubt of plan.doubts) {
    const answer = answerOf(doubt, chosen);
    // The proposed one holds in the drafts already.
    if (answer === doubt.answers[0]) continue;
    for (const said of [...(doubt.members ?? []).map((at) => members[at]), ...(doubt.plots ?? []).map((at) => plots[at])]) {
      for (const name of Object.keys(doubt.answers[0].set ?? {})) delete said[name];
      merge(said, answer.set ?? {});
    }
  }
  return { members, plots };
}

/** @param {Data} data */
const present = (data) => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));

/** As an entry names them: each with who gave it, or not at all. @param {Data} said  of a plot */
function codesOf({ codes = [], issuer, scheme, codeless }) {
  const whole = codes.map((/** @type {Data} */ one) => ({ scheme, issuer, ...one })).filter((/** @type {Data} */ one) => one.issuer && one.scheme);
  return codeless || whole.length === 0 ? undefined : whole;
}

/** @param {Plan} plan @param {Chosen} chosen @param {string} org @returns {Settled} */
export function settle(plan, chosen, org) {
  const { members, plots } = answered(plan, chosen);
  /** A row names only earlier ones, so this ends. @param {number} at @returns {number} */
  const owner = (at) => (members[at].into === undefined ? at : owner(members[at].into));
  /** @type {Settled} */
  const settled = { members: [], plots: [], known: 0, joined: 0, left: [] };
  members.forEach((said, index) => {
    const { row } = plan.members[index];
    if (said.take === false) settled.left.push({ row, why: 'chosen', plot: false });
    else if (said.into !== undefined) settled.joined += 1;
    else if (said.known) settled.known += 1;
    else {
      const { kind, name, phone, place, joined } = said;
      settled.members.push({ index, row, data: present({ org, kind, name, phone, place, joined }) });
    }
  });
  plots.forEach((said, at) => {
    const { row, of = 0 } = plan.plots[at];
    const whose = members[owner(of)];
    const commune = said.commune ?? members[of].place?.commune ?? whose.place?.commune;
    const left = said.take === false || members[of].take === false || whose.take === false ? 'chosen' : commune ? undefined : 'commune';
    if (left) return void settled.left.push({ row, why: left, plot: true });
    const { name, area, crop, variety, planted } = said;
    settled.plots.push({ row, owner: owner(of), known: whose.known, data: present({ org, kind: 'plot', name, commune, area, crop, variety, planted, codes: codesOf(said) }) });
  });
  return settled;
}

/** Doubts by kind, in the order in which they first come. @param {Plan} plan @returns {[string, Doubt[]][]} */
export function grouped({ doubts }) {
  /** @type {Map<string, Doubt[]>} */
  const groups = new Map();
  for (const doubt of doubts) groups.set(doubt.kind, [...(groups.get(doubt.kind) ?? []), doubt]);
  return [...groups];
}

/** What can be answered to all of a group alike: names of answers that more than one has. @param {Doubt[]} doubts */
export function alike(doubts) {
  const names = new Set(doubts.flatMap(({ answers }) => answers.filter(({ ask, name }) => !ask && name !== 'write').map(({ name }) => name)));
  return doubts.length > 1 ? [...names] : [];
}

/** @param {Chosen} chosen @param {Doubt[]} doubts @param {string} name  of an answer @returns {Chosen} */
export function chooseAlike(chosen, doubts, name) {
  const now = { ...chosen };
  for (const doubt of doubts) {
    const at = doubt.answers.findIndex((answer) => answer.name === name);
    if (at >= 0) now[doubtKey(doubt)] = at;
  }
  return now;
}
