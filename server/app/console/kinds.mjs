// What the office keeps lists of: which entries make and change each, and how its form and its data become each other.
import { typeAmount } from '../capture/amount.mjs';
import { gtin14 } from './checks.mjs';
import { showPoint } from './ring.mjs';

/** @typedef {Record<string, any>} Data */
/** @typedef {import('./fields.mjs').Raw} Raw */
/**
 * @typedef {object} Kind
 * @property {string} page @property {string} form @property {string} subject  kind of subject
 * @property {string} list  of the directory @property {string} add @property {string} [update]  types, their major aside
 * @property {(data: Data) => boolean} [newer]  whether only the second major can say this
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

/** Whose groups and sets the form offers (schemas/types/product.add.2.json). */
const ocopDecision = '148/QĐ-TTg';

/** @type {Record<string, Kind>} */
export const kinds = {
  members: {
    page: 'members', form: 'member', subject: 'person', list: 'members', add: 'member.add', update: 'member.update',
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
    page: 'plots', form: 'plot', subject: 'site', list: 'sites', add: 'site.add', update: 'site.update',
    slots: ['household', 'point', 'boundary'],
    toData: (read, org) => present({
      org, kind: read.kind, name: read.name, commune: read.commune,
      area: read.area ? { amount: read.area, unit: read.unit } : undefined,
      crop: read.crop, variety: after(read.variety), planted: read.planted, codes: read.codes,
      household: read.household, point: read.point, boundary: read.boundary,
    }),
    toRaw: ({ name, kind, commune, area, crop, variety, planted, codes = [], household, point, boundary }, names) => texts({
      name, kind, commune: place(commune, names), area: area ? typeAmount(area.amount) : '', unit: area?.unit ?? 'ha',
      crop: crop ?? '', variety: variety ? `${crop}/${variety}` : '', planted: planted ? String(planted) : '', household: household ?? '',
      point: point ? showPoint(point) : '', boundary: (boundary ?? []).slice(0, -1).map(showPoint).join('\n'),
      codes: codes.map((/** @type {Record<string, string>} */ code) => ({ ...code })),
    }),
    undo: { type: 'site.retire/1', data: (org, day) => ({ on: day, reason: 'mistake' }) },
  },
  products: {
    page: 'products', form: 'product', subject: 'product', list: 'products', add: 'product.add', update: 'product.update', slots: [],
    newer: ({ packs, ocop }) => packs !== undefined || ocop !== undefined,
    toData: ({ name, name_en, stage, variety, packs, gtin, shelf_days, ocop_group: group, ocop_set: set }, org, before) => present({
      org, name, name_en, crop: stage.split('/')[0], stage: after(stage), variety: after(variety),
      packs: packs?.map((/** @type {Data} */ pack) => present({ size: { amount: pack.size, unit: pack.unit }, gtin: gtin14(pack.gtin) })),
      gtin: gtin14(gtin), shelf_days,
      ocop: group === 'none' ? undefined : present({ decision: before.ocop?.decision ?? ocopDecision, group, set }),
    }),
    toRaw: ({ name, name_en, crop, stage, variety, packs = [], gtin, shelf_days, ocop }) => texts({
      name, name_en: name_en ?? '', stage: `${crop}/${stage}`, variety: variety ? `${crop}/${variety}` : '', gtin: gtin ?? '',
      packs: packs.map((/** @type {Data} */ pack) => ({ size: typeAmount(pack.size.amount), unit: pack.size.unit, gtin: pack.gtin ?? '' })),
      shelf_days: shelf_days ? String(shelf_days) : '', ocop_group: ocop?.group ?? 'none', ocop_set: ocop?.set ?? '',
    }),
    undo: { type: 'product.retire/1', data: (org, day) => ({ on: day, reason: 'mistake' }) },
  },
  certificates: {
    page: 'certificates', form: 'certificate', subject: 'certificate', list: 'certificates', add: 'certificate.add', slots: ['document'],
    toData: ({ kind, number, issuer, from, until, products, document }, org) => present({ kind, number, issuer, holder: org, products, from, until, document }),
    toRaw: ({ kind, number, issuer, from, until, products, document }) => texts({
      kind, number, issuer, from, until: until ?? '', products: products ?? [], document: document ? JSON.stringify(document) : '',
    }),
    undo: { type: 'certificate.withdraw/1', data: (org, day) => ({ on: day, reason: 'mistake' }) },
  },
  registrar: {
    page: 'registrar', form: 'org', subject: 'org', list: 'organisations', add: 'org.create', update: 'org.update', slots: [],
    toData: ({ name, kind, commune, code, issuer, issued }, org, before) => present({
      name, kind, commune, parent: before.parent, registration: code ? present({ code, issuer: issuer ?? '', issued }) : undefined,
    }),
    toRaw: ({ name, kind, commune, registration }, names) => texts({
      name, kind, commune: place(commune, names), code: registration?.code ?? '', issuer: registration?.issuer ?? '', issued: registration?.issued ?? '',
    }),
  },
};

/** @param {string} type  with its major */
const named = (type) => type.split('/')[0];

/** The kind that an entry's type belongs to. @param {string} type  with its major */
export const kindOf = (type) => Object.values(kinds).find(({ add, update }) => add === named(type) || update === named(type));

/** Whether an entry states a record of this kind whole. @param {Kind} kind @param {string} type  with its major */
export const states = ({ add, update }, type) => named(type) === add || named(type) === update;

/**
 * The oldest major that can say it: the rules in force may be older than this page.
 * @param {Kind} kind @param {string} name  of the type @param {Data} data
 */
export const typeFor = (kind, name, data) => `${name}/${kind.newer?.(data) ? 2 : 1}`;
