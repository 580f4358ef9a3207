/**
 * Computes the digits by which records are found: the same as `phone_digits` of the schema for most
 * numbers, without its three patterns. All others are left to the schema.
 */

/** Calling codes of countries that dial a leading zero or nothing, as listed in `phone_digits`. */
const calling = /^\+(?:49|4[013-8]|42[013]|3[0123469]|35[1-9]|37[0-9]|38[1-9]|90|1|7)/;
const plain = /^\+[0-9]+$/;

/** The digits of all numbers, international and national; null if one has more than digits. */
export function digitsOf(numbers: readonly string[]): string | null {
  let digits = "";
  for (const number of numbers) {
    if (!plain.test(number)) return null;
    const home = calling.test(number) ? number.replace(calling, "0") : number.slice(1);
    digits += `${number.slice(1)} ${home} `;
  }
  return digits;
}
