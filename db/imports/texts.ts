/** How the texts of a row are written into a record. */

/** Indexed and shown on one line: longer than this no honest value is. */
export const cut = (value: string, most = 200): string =>
  value.length > most ? value.slice(0, most) : value;

/** A web address with its scheme, as the pages link it. */
export const link = (address: string): string =>
  address === "" || /^https?:/i.test(address) ? cut(address, 500) : `https://${cut(address, 490)}`;

/** The tags of a row and of the whole run, each spelling once. */
export function tagNames(own: readonly string[], ofRun: readonly string[]): string[] {
  const byKey = new Map([...ofRun, ...own].map((tag) => [tag.toLowerCase(), cut(tag.trim(), 60)]));
  return [...byKey.values()].filter((tag) => tag !== "");
}
