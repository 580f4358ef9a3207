/** Extracts the text of an OpenDocument cell: paragraphs as lines, spaces as a reader sees them. */

import { attribute } from "./elements.ts";
import { type Link, mailOf, withAddress } from "./mailed_names.ts";
import { limits } from "./problems.ts";

/** Elements in a paragraph that are not part of its text. */
const asides = new Set(["annotation", "frame", "note", "p", "ruby-text"]);

/** Whether the element and everything in it belong to no text. */
export const isAside = (name: string): boolean => asides.has(name);

export class Paragraphs {
  #text = "";
  #count = 0;
  /** White space is a single space in XML, and none at the start and end of a paragraph. */
  #soft = true;
  #link: Link | null = null;

  start(): void {
    if (this.#count++ > 0) this.#add("\n");
    this.#soft = true;
  }

  end(): void {
    if (this.#soft && this.#text.endsWith(" ")) this.#text = this.#text.slice(0, -1);
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "s") this.#fix(" ".repeat(repeated(attribute(attributes, "c"), limits.cell)));
    else if (name === "tab") this.#fix("\t");
    else if (name === "line-break") this.#fix("\n");
    else if (name === "a") {
      const address = this.#link ? "" : mailOf(attribute(attributes, "href"));
      this.#link = { from: this.#text.length, to: Infinity, address };
    }
  }

  endLink(): void {
    if (this.#link) this.#link.to = this.#text.length;
  }

  text(text: string): void {
    const spaced = text.replace(/[ \t\r\n]+/g, " ");
    const shown = this.#soft && spaced.startsWith(" ") ? spaced.slice(1) : spaced;
    if (shown === "") return;
    this.#soft = shown.endsWith(" ");
    this.#add(shown);
  }

  /** Returns the text of the cell; the next one begins. */
  take(): string {
    const text = withAddress(this.#text, this.#text, this.#link);
    this.#text = "";
    this.#count = 0;
    this.#link = null;
    return text;
  }

  #fix(text: string): void {
    this.#soft = false;
    this.#add(text);
  }

  /** A cell that is too long is refused later, so the excess need not be stored. */
  #add(text: string): void {
    if (this.#text.length <= limits.cell) this.#text += text;
  }
}

/**
 * How often something is repeated, or its position; the usual value if the file says nothing valid.
 */
export function repeated(said: string | undefined, most: number, usual = 1): number {
  const times = Number(said);
  return Number.isInteger(times) && times > 0 ? Math.min(times, most) : usual;
}
