/** Addresses built from parts, every part encoded, so that no value can change the route. */

/** The address as text; `${…}` parts are URL-encoded, the fixed text is kept as written. */
export function path(fixed: TemplateStringsArray, ...parts: (string | number)[]): string {
  return fixed.reduce((whole, text, i) => whole + encodeURIComponent(String(parts[i - 1])) + text);
}

/** What `query` may carry: `undefined`, `null` and `""` leave the parameter out. */
export type QueryValue = string | number | boolean | null | undefined | readonly string[];

/** The address with its query replaced part by part: `query("/contacts?tag=x", { sort: "name" })`. */
export function query(address: string, changes: Record<string, QueryValue>): string {
  const [base = "", old = ""] = address.split("?", 2);
  const parameters = new URLSearchParams(old);
  for (const [name, value] of Object.entries(changes)) {
    parameters.delete(name);
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null && each !== "") parameters.append(name, String(each));
    }
  }
  const text = parameters.toString();
  return text === "" ? base : `${base}?${text}`;
}
