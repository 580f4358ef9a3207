/** Puts a street and the number of its house together, as its country writes them. */

/** Countries where the number comes first. */
const ahead = new Set(["GB", "IE", "US", "CA", "AU", "NZ", "FR"]);
const french =
  /^(?:rue|avenue|av\.?|boulevard|bd\.?|place|chemin|route|rte|all[ée]e|impasse|quai)\s/i;

/** "Hauptstr. 5", "12a High Street", "12 bis rue de la Paix". */
export function withNumber(street: string, number: string, country: string): string {
  if (street === "" || number === "") return street || number;
  const first = /^\d/.test(number) && (ahead.has(country) || french.test(street));
  return first ? `${number} ${street}` : `${street} ${number}`;
}

/** Whether a house has a name instead of a number: "Rose Cottage" in Mill Lane. */
export const isHouseName = (number: string, country: string): boolean =>
  (country === "GB" || country === "IE") && !/\d/.test(number) && /\p{L}{3}/u.test(number);
