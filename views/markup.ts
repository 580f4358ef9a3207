/**
 * What JSX becomes: text, made at once and escaped on the way. The compiler has put fixed markup
 * together already (`precompile`), so that hardly more than the values is left to be written.
 */
export type { JSX } from "hono/jsx/jsx-runtime";

/** Text that is markup: made here alone, of parts that are escaped. */
class Markup {
  /** Says so to hono, which answers with it. */
  readonly isEscaped = true;

  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** The doctype before the document. */
export const doctype = new Markup("<!DOCTYPE html>") as unknown as string;

/** Attributes that say all by being there. */
const switches = new Set(
  "autofocus checked default defer disabled download formnovalidate hidden multiple novalidate open readonly required reversed selected"
    .split(" "),
);
const voids = new Set("br col hr img input link meta source wbr".split(" "));

/** Beyond Latin-1 a sign is a reference: one such sign would double the page, and its sending. */
const special = /[&<>"']|[^\0-\xff]/;
const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  if (!special.test(text)) return text;
  return wide.test(text) ? narrow(text) : text.replace(signs, (sign) => entities[sign]!);
}
const signs = /[&<>"']/g;
const wide = /[^\0-\xff]/;

/** Signs that are put together at once; a call takes no more than some ten thousands. */
const mostSigns = 4_096;

/**
 * The text with references, sign by sign: what `replace` makes of a text with such a sign V8 goes on
 * to keep in two bytes a sign, and the whole page with it, though no such sign is left.
 */
function narrow(text: string): string {
  let [made, codes]: [string, number[]] = ["", []];
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at)!;
    const entity = code > 0xff ? `&#${code};` : entities[text[at]!];
    if (entity === undefined) codes.push(code);
    else for (let n = 0; n < entity.length; n++) codes.push(entity.charCodeAt(n));
    if (code > 0xffff) at++;
    if (codes.length < mostSigns) continue;
    made += String.fromCharCode(...codes);
    codes = [];
  }
  return made + String.fromCharCode(...codes);
}

/** An expression between tags as safe text; true, false and nothing are left out. */
export function jsxEscape(value: unknown): string {
  if (typeof value === "string") return escaped(value);
  if (value instanceof Markup) return value.text;
  if (value === null || value === undefined || typeof value === "boolean") return "";
  if (Array.isArray(value)) {
    let text = "";
    for (const each of value) text += jsxEscape(each);
    return text;
  }
  if (value instanceof Promise) throw new TypeError("a view waits for nothing");
  return escaped(String(value));
}

/** An attribute as safe text; nothing where its value is nothing. */
export function jsxAttr(name: string, value: unknown): string {
  if (typeof value === "string") return `${name}="${escaped(value)}"`;
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean" && switches.has(name)) return value ? `${name}=""` : "";
  return `${name}="${escaped(String(value))}"`;
}

/** Fixed markup with values between; of those, the compiler has had every text escaped. */
export function jsxTemplate(fixed: readonly string[], ...values: unknown[]): Markup {
  let text = fixed[0]!;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    text += (typeof value === "string" ? value : jsxEscape(value)) + fixed[at + 1]!;
  }
  return new Markup(text);
}

/** Stands in markup for a value that comes later; no text holds it, PostgreSQL keeps no NUL. */
export const gap = "\0";

/**
 * Fills the gaps of markup, in their order, as often as wanted: fixed parts are written but once.
 * Every gap needs a value, and an attribute one that is there.
 */
export function fill(markup: unknown): (values: readonly unknown[]) => Markup {
  const [first, ...rest] = String(markup).split(gap) as [string, ...string[]];
  return (values) => {
    if (values.length !== rest.length) throw new TypeError("as many values as gaps");
    let text = first;
    for (let at = 0; at < rest.length; at++) text += jsxEscape(values[at]) + rest[at]!;
    return new Markup(text);
  };
}

type Properties = { children?: unknown } & Record<string, unknown>;

/** A component's markup, or an element whose attributes are known from its properties only. */
export function jsx(
  type: string | ((properties: Properties) => unknown),
  properties: Properties | null,
): Markup {
  if (typeof type === "string") return element(type, properties ?? {});
  const made = type(properties ?? {});
  return made instanceof Markup ? made : new Markup(jsxEscape(made));
}
export { jsx as jsxDEV, jsx as jsxs };

/** Several nodes without an element around them. */
export const Fragment = ({ children }: Properties): Markup => new Markup(jsxEscape(children));

function element(name: string, { children, ...attributes }: Properties): Markup {
  let text = `<${name}`;
  for (const [attribute, value] of Object.entries(attributes)) {
    const written = jsxAttr(attribute, value);
    if (written !== "") text += ` ${written}`;
  }
  return new Markup(voids.has(name) ? `${text}>` : `${text}>${jsxEscape(children)}</${name}>`);
}
