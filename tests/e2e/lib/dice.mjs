/** Random numbers from the run's seed (NGUON_SEED), which is printed, so that a run can be repeated. */
export class Dice {
  constructor(salt = '') {
    this.seed = Number(process.env.NGUON_SEED ?? Math.floor(Math.random() * 2 ** 32)) >>> 0;
    console.log(`seed ${this.seed}${salt && ` (${salt})`}`);
    this.state = this.seed;
    for (const letter of salt) this.state = (Math.imul(this.state, 31) + letter.charCodeAt(0)) >>> 0;
  }
  /** In [0, 1): a 32-bit Weyl sequence through an avalanche of shifts and products. */
  next() {
    this.state = (this.state + 0x9e3779b9) >>> 0;
    let x = this.state;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
  }
  /** An integer in [low, high]. */
  between(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }
  of(list) {
    return list[this.between(0, list.length - 1)];
  }
}
