// What the office keeps lists of: which entries make and change each, and how its form and its data become each other.
import { typeAmount } from '../capture/amount.mjs';
import { showPoint } from './ring.mjs';

/** @typedef {Record<string, any>} Data */
/** @typedef {import('./fields.mjs').Raw} Raw */
/**
 * @typedef {object} Kind
 * @property {string} page @property {string} form @property {string} subject  kind of subject
 * @property {string} list  of the directory @property {string} add @property {string} [update]  types with their major
 * @property {string[]} slots
 * @property {(read: Data, org: string, before: Data) => Data} toData  before: the version changed, {} for none; what no field
 *   shows is carried over from it
 * @property {(data: Data, names: Record<string, string>) => Raw} toRaw  names: of communes, by code
 * @property {{type: string, data: (org: string, day: string) => Data}} [undo]  the inverse type
 */

/** @param {Data} data  without what is not there @returns {Data} */
const present = (data) => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));

/** @param {{code: string} | undefined} commune @param {Record<string, string>} names */
const place = (commune, names) => (commune ? `${names[commune.code] ?? commune.code}\t${commune.code}` : '');

/** @param {Raw} raw @returns {Raw} */
const texts = (raw) => Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));

/** @param {string | undefined} pair  `coffee/cherry` */
const after = (pair) => (pair === undefined ? undefined : pair.split('/')[1]);

/** @param {Data} read */
const codesOf = ({ scheme, code, issuer, status, from, until }, /** @type {Data} */ before) => {
  const others = (before.codes ?? []).slice(1);
  if (!scheme || scheme === 'none' || !code) return before.codes?.length > 1 ? others : undefined;
  return [present({ scheme, code, issuer: issuer ?? '', status: status ?? 'active', from, until }), ...others];
};

/** @type {Record<string, Kind>} */
export const kinds = {
  members: {
    page: 'members', form: 'member', subject: 'person', list: 'members', add: 'member.add/1', update: 'member.update/1',
    slots: ['name', 'phone', 'place'],
    toData: ({ name, kind, phone, commune, hamlet, joined }, org, before) => present({
      org, kind, name, phone, place: commune ? present({ commune, hamlet }) : undefined,
      // The day of joining is the first entry's to say.
      joined: before.name === undefined ? joined : undefined,
    }),
    toRaw: ({ name, kind, phone, place: home, joined }, names) => texts({
      name, kind, phone: phone ?? '', commune: place(home?.commune, names), hamlet: home?.hamlet ?? '', joined: joined ?? '',
    }),
    undo: { type: 'member.leave/1', data: (org, day) => ({ org, on: day, reason: 'mistake' }) },
  },
  plots: {
    page: 'plots', form: 'plot', subject: 'site', list: 'sites', add: 'site.add/1', update: 'site.update/1',
    slots: ['household', 'point', 'boundary'],
    toData: (read, org, before) => present({
      org, kind: read.kind, name: read.name, commune: read.commune,
      area: read.area ? { amount: read.area, unit: read.unit } : undefined,
      crop: read.crop, variety: after(read.variety), planted: read.planted, codes: codesOf(read, before),
      household: read.household, point: read.point, boundary: read.boundary,
    }),
    toRaw: ({ name, kind, commune, area, crop, variety, planted, codes = [], household, point, boundary }, names) => texts({
      name, kind, commune: place(commune, names), area: area ? typeAmount(area.amount) : '', unit: area?.unit ?? 'ha',
      crop: crop ?? '', variety: variety ? `${crop}/${variety}` : '', planted: planted ? String(planted) : '', household: household ?? '',
      point: point ? showPoint(point) : '', boundary: (boundary ?? []).slice(0, -1).map(showPoint).join('\n'),
      scheme: codes[0]?.scheme ?? 'none', code: codes[0]?.code ?? '', issuer: codes[0]?.issuer ?? '', status: codes[0]?.status ?? 'active',
      from: codes[0]?.from ?? '', until: codes[0]?.until ?? '',
    }),
    undo: { type: 'site.retire/1', data: (org, day) => ({ on: day, reason: 'mistake' }) },
  },
  products: {
    page: 'products', form: 'product', subject: 'product', list: 'products', add: 'product.add/1', update: 'product.update/1', slots: [],
    toData: ({ name, name_en, stage, variety, gtin, shelf_days }, org) => present({
      org, name, name_en, crop: stage.split('/')[0], stage: after(stage), variety: after(variety), gtin: gtin?.padStart(14, '0'), shelf_days,
    }),
    toRaw: ({ name, name_en, crop, stage, variety, gtin, shelf_days }) => texts({
      name, name_en: name_en ?? '', stage: `${crop}/${stage}`, variety: variety ? `${crop}/${variety}` : '', gtin: gtin ?? '',
      shelf_days: shelf_days ? String(shelf_days) : '',
    }),
    undo: { type: 'product.retire/1', data: (org, day) => ({ on: day, reason: 'mistake' }) },
  },
  certificates: {
    page: 'certificates', form: 'certificate', subject: 'certificate', list: 'certificates', add: 'certificate.add/1', slots: ['document'],
    toData: ({ kind, number, issuer, from, until, products }, org) => present({ kind, number, issuer, holder: org, products, from, until }),
    toRaw: ({ kind, number, issuer, from, until, products }) => texts({ kind, number, issuer, from, until: until ?? '', products: products ?? [] }),
    undo: { type: 'certificate.withdraw/1', data: (org, day) => ({ on: day, reason: 'mistake' }) },
  },
  registrar: {
    page: 'registrar', form: 'org', subject: 'org', list: 'organisations', add: 'org.create/1', update: 'org.update/1', slots: [],
    toData: ({ name, kind, commune, code, issuer, issued }, org, before) => present({
      name, kind, commune, parent: before.parent, registration: code ? present({ code, issuer: issuer ?? '', issued }) : undefined,
    }),
    toRaw: ({ name, kind, commune, registration }, names) => texts({
      name, kind, commune: place(commune, names), code: registration?.code ?? '', issuer: registration?.issuer ?? '', issued: registration?.issued ?? '',
    }),
  },
};

/** The kind that an entry's type belongs to. @param {string} type */
export const kindOf = (type) => Object.values(kinds).find(({ add, update }) => add === type || update === type);
