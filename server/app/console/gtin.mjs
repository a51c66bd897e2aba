// The last digit of a GTIN (GS1 General Specifications, 7.9.1): weights 3 and 1 in turn from the right, up to the next ten.

/** @param {string} digits  all but the last */
export function checkDigit(digits) {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) sum += Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10;
}
