/** Addresses built from parts, every part encoded, so that no value can change the route. */

/** The address as text; `${…}` parts are URL-encoded, the fixed text is kept as written. */
export function path(fixed: TemplateStringsArray, ...parts: (string | number)[]): string {
  let whole = fixed[0]!;
  for (let at = 0; at < parts.length; at++) whole += encoded(String(parts[at])) + fixed[at + 1]!;
  return whole;
}

/** Most parts are identifiers, which stand for themselves. */
const encoded = (part: string): string => /^[\w-]*$/.test(part) ? part : encodeURIComponent(part);

/** What forms write in another way than `encodeURIComponent`. */
const formSigns: Record<string, string> = {
  "%20": "+",
  "!": "%21",
  "'": "%27",
  "(": "%28",
  ")": "%29",
  "~": "%7E",
};

/**
 * A part of a query as forms send it, which is how browsers and `URLSearchParams` read it back. Not
 * by the latter: making one takes longer than all else in a link, and pages have hundreds.
 */
const written = (part: string): string =>
  /^[\w-]*$/.test(part)
    ? part
    : encodeURIComponent(part.toWellFormed()).replace(/%20|[!'()~]/g, (sign) => formSigns[sign]!);

/** What `query` may carry: `undefined`, `null` and `""` leave the parameter out. */
export type QueryValue = string | number | boolean | null | undefined | readonly string[];

/** An address before and behind its first question mark; another one is a sign like any other. */
function halves(address: string): [base: string, query: string] {
  const at = address.indexOf("?");
  return at < 0 ? [address, ""] : [address.slice(0, at), address.slice(at + 1)];
}

/** The query of an address as it is written there; empty if it has none. */
export const queryIn = (address: string): string => halves(address)[1];

/** The address with its query replaced part by part: `query("/contacts?tag=x", { sort: "name" })`. */
export function query(address: string, changes: Record<string, QueryValue>): string {
  const [base, old] = halves(address);
  let text = "";
  const add = (name: string, value: string) => {
    text += `${text === "" ? "" : "&"}${written(name)}=${written(value)}`;
  };
  if (old !== "") {
    for (const [name, value] of new URLSearchParams(old)) {
      if (!Object.hasOwn(changes, name)) add(name, value);
    }
  }
  for (const name in changes) {
    const value = changes[name];
    if (value === undefined || value === null || value === "") continue;
    if (typeof value !== "object") add(name, String(value));
    else for (const each of value) if (each !== "") add(name, each);
  }
  return text === "" ? base : `${base}?${text}`;
}
