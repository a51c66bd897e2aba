// Numbers in Vietnamese words, read back to whoever typed them: a slip of a nought is heard at once.

const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];
const powers = ['', 'nghìn', 'triệu', 'tỷ'];

/**
 * @param {string} three  digits 000 to 999
 * @param {boolean} inside  whether larger groups go before it: then its hundreds are said though there are none
 */
function group(three, inside) {
  const [hundreds, tens, ones] = [...three].map(Number);
  const words = [];
  if (hundreds > 0 || inside) words.push(digits[hundreds], 'trăm');
  if (tens === 1) words.push('mười');
  else if (tens > 1) words.push(digits[tens], 'mươi');
  else if (ones > 0 && words.length > 0) words.push('linh');
  if (ones > 0) {
    if (ones === 1 && tens > 1) words.push('mốt');
    else if (ones === 4 && tens > 1) words.push('tư');
    else if (ones === 5 && tens > 0) words.push('lăm');
    else words.push(digits[ones]);
  }
  return words;
}

/**
 * @param {string} amount  decimal string of an entry, at most 12 digits before the point
 * @returns {string}  such as `một nghìn hai trăm`, `mười hai phẩy năm`
 */
export function inWords(amount) {
  const [whole, decimals] = amount.split('.');
  const padded = whole.padStart(Math.ceil(whole.length / 3) * 3, '0');
  const threes = padded.match(/[0-9]{3}/g) || [];
  /** @type {string[]} */
  const words = [];
  for (const [at, three] of threes.entries()) {
    if (three === '000') continue;
    words.push(...group(three, words.length > 0));
    const power = powers[threes.length - 1 - at];
    if (power) words.push(power);
  }
  if (words.length === 0) words.push(digits[0]);
  if (decimals) words.push('phẩy', ...[...decimals].map((digit) => digits[Number(digit)]));
  return words.join(' ');
}
