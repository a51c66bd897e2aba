// Drawings, ours: big and plain, to be told apart at arm's length and without reading. The square has 48 units.
import { picture } from './dom.mjs';

const leaf = (/** @type {string} */ fill) => `<path d="M24 17c-2-6 2-11 9-12 1 7-3 12-9 12z" fill="${fill}"/>`;

/** Of what grows and lives: by the crop's code in schemas/chains.json. @type {Record<string, string>} */
const crops = {
  passion_fruit: `<circle cx="24" cy="29" r="16" fill="#5b2a6e"/><path d="M24 13a16 16 0 0 1 0 32z" fill="#f2b632"/><path d="M24 13a16 16 0 0 1 0 32" fill="none" stroke="#fff3d6" stroke-width="3"/><g fill="#2f1b12"><circle cx="29" cy="23" r="1.8"/><circle cx="34" cy="29" r="1.8"/><circle cx="29" cy="31" r="1.8"/><circle cx="30" cy="38" r="1.8"/></g>${leaf('#3b9a4a')}`,
  coffee: `<path d="M6 12c12-2 24-2 36-6" fill="none" stroke="#5b4022" stroke-width="3" stroke-linecap="round"/><circle cx="16" cy="24" r="9" fill="#c22f2b"/><circle cx="31" cy="21" r="9" fill="#a3201f"/><circle cx="25" cy="36" r="9" fill="#d8473a"/><path d="M13 20a4 4 0 0 1 3-2M28 17a4 4 0 0 1 3-2M22 32a4 4 0 0 1 3-2" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/>`,
  orange: `<circle cx="24" cy="28" r="16" fill="#f08a1d"/><path d="M15 24a10 10 0 0 1 6-6" fill="none" stroke="#ffd9a1" stroke-width="3" stroke-linecap="round"/><circle cx="24" cy="14" r="2" fill="#5b4022"/>${leaf('#3b9a4a')}`,
  pomelo: `<path d="M24 9c11 8 16 14 16 21a16 15 0 0 1-32 0c0-7 5-13 16-21z" fill="#a9c13c"/><path d="M15 27a11 11 0 0 1 5-8" fill="none" stroke="#eaf3b0" stroke-width="3" stroke-linecap="round"/>${leaf('#2f8a43')}`,
  cattle: `<path d="M8 10c2 6 6 7 9 7M40 10c-2 6-6 7-9 7" fill="none" stroke="#6d5a44" stroke-width="3.5" stroke-linecap="round"/><path d="M13 16h22l-2 18c-1 6-5 9-9 9s-8-3-9-9z" fill="#b5793e"/><ellipse cx="24" cy="37" rx="8.5" ry="6.5" fill="#f0cfae"/><g fill="#2f1b12"><circle cx="18.5" cy="24" r="2"/><circle cx="29.5" cy="24" r="2"/><circle cx="21" cy="37" r="1.5"/><circle cx="27" cy="37" r="1.5"/></g><path d="M12 19l-6 4 7 3zM36 19l6 4-7 3z" fill="#8d5a2b"/>`,
  other: `<path d="M24 44V22" stroke="#5b4022" stroke-width="3.5" stroke-linecap="round"/><path d="M24 26C12 26 7 18 8 8c11 0 17 7 16 18z" fill="#3b9a4a"/><path d="M24 32c0-9 6-14 16-14 0 10-6 15-16 14z" fill="#6cb552"/>`,
};

/** Of what is done, and of how it stands. @type {Record<string, string>} */
const signs = {
  harvest: '<path d="M6 22h36l-4 20a3 3 0 0 1-3 2H13a3 3 0 0 1-3-2z" fill="#c98f4a"/><path d="M6 22h36v5H6z" fill="#a06a2c"/><path d="M12 22a12 14 0 0 1 24 0" fill="none" stroke="#a06a2c" stroke-width="3"/><circle cx="18" cy="19" r="6" fill="#f08a1d"/><circle cx="29" cy="18" r="6.5" fill="#c22f2b"/>',
  spray: '<rect x="12" y="18" width="18" height="26" rx="4" fill="#2f7fb5"/><rect x="16" y="10" width="10" height="8" fill="#1d5a86"/><path d="M14 10h16v-4H18z" fill="#1d5a86"/><rect x="15" y="25" width="12" height="10" rx="2" fill="#fff"/><path d="M21 26.500c2.5 3 3 4 3 5.200a3 3 0 0 1-6 0c0-1.200.5-2.200 3-5.200z" fill="#3b9a4a"/><g fill="#58a8d8"><circle cx="35" cy="8" r="2"/><circle cx="40" cy="5" r="2"/><circle cx="40" cy="11" r="2"/><circle cx="45" cy="8" r="1.600"/></g>',
  fertiliser: '<path d="M12 12h24l4 32H8z" fill="#d9b56b"/><path d="M12 12c4 4 20 4 24 0l-2-7H14z" fill="#b58a3c"/><circle cx="24" cy="29" r="9" fill="#fff"/><path d="M24 35v-9M24 30c-5 0-6-4-6-6 4 0 6 2 6 6zM24 28c0-4 3-5 6-5 0 3-2 5-6 5z" fill="#3b9a4a" stroke="#3b9a4a" stroke-width="1.5"/>',
  growth: '<path d="M10 42h28l-3-12H13z" fill="#b5622f"/><path d="M24 30V12M24 22c-9 0-11-6-11-10 8 0 11 4 11 10zM24 18c0-7 5-10 11-10 0 6-4 10-11 10z" fill="#3b9a4a" stroke="#3b9a4a" stroke-width="2"/>',
  records: '<rect x="8" y="5" width="32" height="39" rx="4" fill="#fff" stroke="#37475a" stroke-width="3"/><path d="M15 15h18M15 23h18M15 31h11" stroke="#37475a" stroke-width="3" stroke-linecap="round"/>',
  qr: '<g fill="none" stroke="#0a6b3d" stroke-width="3"><rect x="5" y="5" width="14" height="14" rx="2"/><rect x="29" y="5" width="14" height="14" rx="2"/><rect x="5" y="29" width="14" height="14" rx="2"/></g><g fill="#0a6b3d"><rect x="10" y="10" width="4" height="4"/><rect x="34" y="10" width="4" height="4"/><rect x="10" y="34" width="4" height="4"/><rect x="24" y="24" width="5" height="5"/><rect x="33" y="24" width="10" height="4"/><rect x="24" y="33" width="4" height="10"/><rect x="32" y="33" width="5" height="5"/><rect x="39" y="38" width="4" height="5"/></g>',
  plot: '<path d="M4 34l12-22h16l12 22z" fill="#8cc152"/><path d="M13 17l-5 17M24 12v22M35 17l5 17" stroke="#5b8f2c" stroke-width="2.5"/><path d="M4 34h40v6H4z" fill="#8d5a2b"/>',
  number: '<rect x="5" y="8" width="38" height="32" rx="6" fill="#fff" stroke="#37475a" stroke-width="3"/><path d="M13 19l4-3v16M24 18c5-4 9 1 5 6l-5 8h9" fill="none" stroke="#37475a" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>',
  animal: crops.cattle,
  weigh: '<path d="M6 42h36l-4-9H10z" fill="#37475a"/><circle cx="24" cy="21" r="15" fill="#fff" stroke="#37475a" stroke-width="3"/><path d="M24 21l7-8" stroke="#c22f2b" stroke-width="3" stroke-linecap="round"/><path d="M13 21h3M24 9.500v3M35 21h-3" stroke="#37475a" stroke-width="2.500"/><circle cx="24" cy="21" r="2.500" fill="#37475a"/>',
  treat: '<rect x="13" y="14" width="22" height="30" rx="5" fill="#fff" stroke="#37475a" stroke-width="3"/><rect x="16" y="4" width="16" height="10" rx="2" fill="#c22f2b"/><path d="M24 22v14M17 29h14" stroke="#c22f2b" stroke-width="5"/>',
  vaccinate: '<path d="M31 5l12 12M37 11l-6 6M14 24l10 10 11-11-10-10z" fill="#dcedf8" stroke="#37475a" stroke-width="3" stroke-linecap="round"/><path d="M18 20l10 10-4 4-10-10z" fill="#2f7fb5"/><path d="M16 32L5 43" stroke="#37475a" stroke-width="3" stroke-linecap="round"/>',
  move: '<path d="M3 42V26l10-8 10 8v16z" fill="#b5622f"/><path d="M9 42V31h8v11z" fill="#5b3015"/><path d="M26 14h16M35 6l8 8-8 8" fill="none" stroke="#0a6b3d" stroke-width="4.500" stroke-linecap="round" stroke-linejoin="round"/>',
  barn: '<path d="M5 44V22L24 6l19 16v22z" fill="#b5622f"/><path d="M2 24L24 5l22 19" fill="none" stroke="#7a3d18" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/><path d="M16 44V28h16v16z" fill="#fff"/><path d="M16 28l16 16M32 28L16 44" stroke="#7a3d18" stroke-width="2.500"/>',
  birth: `${crops.cattle}<circle cx="38" cy="38" r="9" fill="#0a6b3d"/><path d="M38 33v10M33 38h10" stroke="#fff" stroke-width="3" stroke-linecap="round"/>`,
  die: '<path d="M24 5v38M12 17h24" stroke="#5b5b5b" stroke-width="6" stroke-linecap="round"/><path d="M6 44h36" stroke="#8d5a2b" stroke-width="5" stroke-linecap="round"/>',
  deliver: '<path d="M3 14h25v20H3z" fill="#c98f4a"/><path d="M28 20h9l8 8v6H28z" fill="#0a6b3d"/><path d="M31 23h5l5 5h-10z" fill="#dcedf8"/><g fill="#37475a"><circle cx="13" cy="36" r="5.500"/><circle cx="36" cy="36" r="5.500"/></g><g fill="#fff"><circle cx="13" cy="36" r="2"/><circle cx="36" cy="36" r="2"/></g><circle cx="11" cy="10" r="5" fill="#f08a1d"/><circle cx="20" cy="9" r="5" fill="#c22f2b"/>',
  passbook: '<rect x="8" y="4" width="32" height="40" rx="4" fill="#0a6b3d"/><rect x="14" y="11" width="20" height="11" rx="2" fill="#fff"/><path d="M17 16.500h14" stroke="#0a6b3d" stroke-width="2.500"/><circle cx="24" cy="33" r="7.500" fill="#f2b632"/><path d="M21.500 30v6h5M25 29v6" fill="none" stroke="#7a4a00" stroke-width="0"/><path d="M26 29.500v7.500a2.800 2.800 0 1 1 0-3M22.500 31.200h5.500" fill="none" stroke="#7a4a00" stroke-width="1.800"/>',
  voice: '<path d="M6 18h9l11-10v32L15 30H6z" fill="currentColor"/><path d="M32 17c4 4 4 10 0 14M37 11c8 7 8 19 0 26" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round"/>',
  silent: '<path d="M6 18h9l11-10v32L15 30H6z" fill="currentColor"/><path d="M32 18l12 12M44 18L32 30" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round"/>',
  waiting: '<rect x="13" y="4" width="22" height="40" rx="5" fill="none" stroke="currentColor" stroke-width="4"/><path d="M22 37h4" stroke="currentColor" stroke-width="4" stroke-linecap="round"/>',
  sending: '<path d="M24 42V10M11 22L24 8l13 14" fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>',
  received: '<path d="M8 26l11 12L41 11" fill="none" stroke="currentColor" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>',
  fix: '<path d="M24 6v22" stroke="currentColor" stroke-width="6" stroke-linecap="round"/><circle cx="24" cy="40" r="4" fill="currentColor"/>',
  held: '<rect x="9" y="21" width="30" height="22" rx="4" fill="none" stroke="currentColor" stroke-width="4"/><path d="M16 21v-6a8 8 0 0 1 16 0v6" fill="none" stroke="currentColor" stroke-width="4"/>',
  correct: '<path d="M9 39l3-11L32 8l8 8-20 20z" fill="#f2b632" stroke="#37475a" stroke-width="3" stroke-linejoin="round"/><path d="M9 39l3-11 8 8z" fill="#37475a"/>',
  back: '<path d="M30 8L14 24l16 16" fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>',
  old: '<circle cx="24" cy="24" r="18" fill="none" stroke="currentColor" stroke-width="4"/><path d="M24 13v12l8 5" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round"/>',
};

/** People of one phone, told apart without reading: an animal or a fruit on a ground of its own. */
const faces = [
  ['#dff0d8', crops.cattle], ['#fde6c8', crops.orange], ['#e7dcf2', crops.passion_fruit], ['#f8d9d6', crops.coffee],
  ['#e3edc0', crops.pomelo], ['#d5e9f7', '<ellipse cx="23" cy="29" rx="14" ry="11" fill="#fff"/><circle cx="36" cy="17" r="7" fill="#fff"/><path d="M42 17l6 2-6 3z" fill="#f08a1d"/><circle cx="37" cy="15" r="1.500" fill="#2f1b12"/><path d="M33 9l2-4 3 3 3-2-1 5z" fill="#c22f2b"/><path d="M9 24L3 15l13 5z" fill="#e8e2d6"/>'],
  ['#fff3b8', '<path d="M24 5v38" stroke="#5b4022" stroke-width="2.500"/><path d="M24 8c9 6 9 26 0 33C15 34 15 14 24 8z" fill="#3b9a4a"/><path d="M24 12v28M24 20l5-4M24 27l5-4M24 20l-5-4M24 27l-5-4" stroke="#dff0d8" stroke-width="1.500"/>'],
  ['#d9e0ea', '<path d="M4 26c8-11 24-13 32-3l8-7v18l-8-6C28 39 12 38 4 26z" fill="#2f7fb5"/><circle cx="13" cy="24" r="2.200" fill="#fff"/>'],
];

/** @param {number} [at] */
export const personPicture = (at = 0) => {
  const [ground, drawing] = faces[at % faces.length];
  return picture(`<rect width="48" height="48" rx="12" fill="${ground}"/><g transform="translate(5 5) scale(.79)">${drawing}</g>`);
};

/** @param {string | undefined} crop */
export const cropPicture = (crop) => picture(crops[crop ?? ''] ?? crops.other);
/** @param {string} name @param {string} [kind] */
export const sign = (name, kind = 'sign') => picture(signs[name], kind);
/** @param {string} name */
export const actPicture = (name) => picture(signs[name]);
