/** Addresses built from parts, every part encoded, so that no value can change the route. */

/** The address as text; `${…}` parts are URL-encoded, the fixed text is kept as written. */
export function path(fixed: TemplateStringsArray, ...parts: (string | number)[]): string {
  let whole = fixed[0]!;
  for (let at = 0; at < parts.length; at++) whole += encoded(String(parts[at])) + fixed[at + 1]!;
  return whole;
}

/** Most parts are identifiers, which stand for themselves. */
const encoded = (part: string): string => /^[\w-]*$/.test(part) ? part : encodeURIComponent(part);

/** What `query` may carry: `undefined`, `null` and `""` leave the parameter out. */
export type QueryValue = string | number | boolean | null | undefined | readonly string[];

/** The address with its query replaced part by part: `query("/contacts?tag=x", { sort: "name" })`. */
export function query(address: string, changes: Record<string, QueryValue>): string {
  const [base = "", old = ""] = address.split("?", 2);
  const added = Object.entries(changes).flatMap(([name, value]) =>
    [value].flat().filter((each) => each !== undefined && each !== null && each !== "")
      .map((each) => [name, String(each)])
  );
  if (old === "" && added.length === 0) return base;
  const kept = old === ""
    ? []
    : [...new URLSearchParams(old)].filter(([name]) => !Object.hasOwn(changes, name));
  const text = new URLSearchParams([...kept, ...added]).toString();
  return text === "" ? base : `${base}?${text}`;
}
