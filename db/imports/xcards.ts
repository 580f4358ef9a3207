/** Converts xCards (RFC 6351), which are cards in XML, to vCard 4.0 lines. */

import { escaped, line, plain, visited, written } from "./card_lines.ts";
import { attribute, type Visitor } from "./elements.ts";

/** Whether a file begins with such cards. */
export const begins = (start: string): boolean =>
  /^\ufeff?\s*</.test(start) && /<(?:[\w-]{1,20}:)?vcards?[\s>]/.test(start) &&
  start.includes("urn:ietf:params:xml:ns:vcard-4.0");

/** The cards of the file as a byte string in pieces for card readers. Throws Unreadable. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  const cards = new Cards();
  await visited(pieces, cards);
  yield* written(cards.made);
}

/** The parts of structured values, in the order in which a card writes them. */
const structures: Record<string, readonly string[]> = {
  n: ["surname", "given", "additional", "prefix", "suffix"],
  adr: ["pobox", "ext", "street", "locality", "region", "code", "country"],
  gender: ["sex", "identity"],
};
/** Kinds of values in which nothing is escaped. */
const bare = /^(?:uri|date|date-time|date-and-or-time|time|timestamp|utc-offset|integer|float)$/;

/** Collects the lines of each card. */
class Cards implements Visitor {
  readonly made: string[][] = [];
  #card: string[] | null = null;
  #group = "";
  /** Open elements within the card, the property's own first. */
  #path: string[] = [];
  #text = "";
  #parts: [name: string, text: string][] = [];
  #params = new Map<string, string[]>();

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#text = "";
    if (!this.#card) {
      if (name === "vcard") this.made.push(this.#card = []);
    } else if (name === "group" && this.#path.length === 0) {
      this.#group = attribute(attributes, "name");
    } else this.#path.push(name.toLowerCase());
  }

  text(text: string): void {
    if (this.#path.length > 0) this.#text += text;
  }

  close(name: string): void {
    if (!this.#card) return;
    if (this.#path.length === 0) {
      if (name === "group") this.#group = "";
      else if (name === "vcard") this.#card = null;
      return;
    }
    const [property = "", part = "", param = ""] = this.#path;
    const text = this.#text.trim();
    const depth = this.#path.length;
    if (depth === 1) this.#end(property, text);
    else if (part !== "parameters") {
      if (depth === 2) this.#parts.push([part, text]);
    } else if (depth === 4 && text !== "") {
      this.#params.set(param, [...this.#params.get(param) ?? [], text]);
    }
    this.#text = "";
    this.#path.pop();
  }

  /** Writes the property; without an element for its kind the text itself is its value. */
  #end(name: string, text: string): void {
    const parts = this.#parts.length > 0 || text === "" ? this.#parts : [["text", text] as const];
    const said = { group: this.#group, params: this.#params };
    const label = this.#params.get("label")?.join("\n") ?? "";
    if (parts.length > 0) this.#card!.push(...line(name, valueOf(name, parts), said));
    if (name === "adr" && label !== "") this.#card!.push(...line("label", escaped(label), said));
    this.#parts = [];
    this.#params = new Map();
  }
}

function valueOf(property: string, parts: readonly (readonly [string, string])[]): string {
  const structure = structures[property];
  if (structure) {
    return structure.map((name) =>
      parts.filter(([part]) => part === name).map(([, text]) => escaped(text)).join(",")
    ).join(";");
  }
  const values = parts.map(([kind, text]) => bare.test(kind) ? plain(text) : escaped(text));
  return values.join(property === "org" ? ";" : ",");
}
