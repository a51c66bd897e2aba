// What Lighthouse says of a page: its scores in per cent, the median of several loads, and what cost points.
import lighthouse from 'lighthouse';

/** @typedef {{performance: number, accessibility: number, 'best-practices': number, seo: number, lost: string[]}} Scores */

const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

/** What an audit that is weighed complains about, with the first elements it names. */
function complaints({ audits, categories }, category) {
  return categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
    .map(({ id }) => {
      const items = audits[id].details?.items?.slice(0, 4) ?? [];
      const where = items.map((item) => item.node?.snippet ?? item.description ?? item.url ?? item.source ?? '').filter(Boolean);
      return [`${id} ${audits[id].displayValue ?? ''}`.trim(), ...where].join(' | ');
    });
}

/**
 * One load as a mid-range phone on slow 4G makes it (Lighthouse's mobile form factor). Keys and sessions of the profile stay:
 * Lighthouse throws away caches and workers alone. Our pages tell search engines to stay away (a verdict of last week is no
 * verdict), so whether they may come is left out of `seo`; so is robots.txt, which Lighthouse fetches from within the page,
 * where our policy lets nothing be fetched.
 * @param {string} url @param {number} port  of the running Chromium @returns {Promise<Scores>}
 */
async function once(url, port) {
  const { lhr } = await lighthouse(url, { port, logLevel: 'error', onlyCategories: categories, skipAudits: ['is-crawlable', 'robots-txt'], formFactor: 'mobile' });
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.code} ${lhr.runtimeError.message}`);
  const scores = categories.map((name) => [name, Math.round(100 * lhr.categories[name].score)]);
  return { ...Object.fromEntries(scores), lost: categories.flatMap((name) => complaints(lhr, name)) };
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Speed is the median; the others must be the same each time, so the worst counts. @returns {Promise<Scores>} */
export async function measure(url, port, loads = 3) {
  const all = [];
  for (let at = 0; at < loads; at += 1) all.push(await once(url, port));
  return {
    performance: median(all.map(({ performance }) => performance)),
    accessibility: Math.min(...all.map(({ accessibility }) => accessibility)),
    'best-practices': Math.min(...all.map((one) => one['best-practices'])),
    seo: Math.min(...all.map(({ seo }) => seo)),
    lost: [...new Set(all.flatMap(({ lost }) => lost))],
  };
}
