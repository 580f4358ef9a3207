/**
 * Telephone numbers as a record is found by them: what `phone_digits` of the schema makes of most
 * numbers, without its three patterns. The others stay its own.
 */

/** Of a country that dials a zero, or nothing, ahead: as `phone_digits` lists them. */
const calling = /^\+(?:49|4[013-8]|42[013]|3[0123469]|35[1-9]|37[0-9]|38[1-9]|90|1|7)/;
const plain = /^\+[0-9]+$/;

/** The digits of all numbers, from abroad and at home; null where one has more than digits. */
export function digitsOf(numbers: readonly string[]): string | null {
  let digits = "";
  for (const number of numbers) {
    if (!plain.test(number)) return null;
    const home = calling.test(number) ? number.replace(calling, "0") : number.slice(1);
    digits += `${number.slice(1)} ${home} `;
  }
  return digits;
}
