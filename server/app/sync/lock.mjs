// One sender at a time on this device, however many tabs and background events there are.

/**
 * Runs `work` unless somebody else runs under the same name now; whether it ran.
 * @typedef {(name: string, work: () => Promise<void>) => Promise<boolean>} Lock
 */

/** By the Web Locks API, which the browser lets go of with the page. @param {LockManager} locks @returns {Lock} */
export const webLock = (locks) => async (name, work) => {
  let ran = false;
  await locks.request(name, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    ran = true;
    await work();
  });
  return ran;
};

/**
 * For browsers without Web Locks: a lease in the shelf, renewed while the work lasts and over soon after a page dies.
 * Sending twice is harmless (the service answers the same), so a lease that a sleeping phone outlives costs only data.
 * @param {(name: string, holder: string, now: number, until: number) => Promise<boolean>} take  one transaction:
 *   takes or renews it unless another holder's is not over; `until` ≤ `now` gives it back
 * @param {{holder: string, now: () => number, every?: (work: () => void, ms: number) => () => void}} device
 *   every: starts a timer, gives what ends it
 * @returns {Lock}
 */
export const leaseLock = (take, { holder, now, every = startTimer }) => async (name, work) => {
  const hold = () => take(name, holder, now(), now() + leaseMs);
  if (!(await hold())) return false;
  const end = every(() => void hold(), leaseMs / 3);
  try {
    await work();
  } finally {
    end();
    await take(name, holder, now(), 0);
  }
  return true;
};

const leaseMs = 30_000;

/** @param {() => void} work @param {number} ms */
function startTimer(work, ms) {
  const timer = setInterval(work, ms);
  return () => clearInterval(timer);
}
