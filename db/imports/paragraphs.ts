/** The text of an OpenDocument cell: its paragraphs as lines, spaces as a reader of it sees them. */

import { attribute } from "./elements.ts";
import { limits } from "./problems.ts";

/** What stands in a paragraph and is none of its text. */
const asides = new Set(["annotation", "frame", "note", "p", "ruby-text"]);

/** Whether the element and all within it belong to no text. */
export const isAside = (name: string): boolean => asides.has(name);

export class Paragraphs {
  #text = "";
  #count = 0;
  /** White space is one space in XML, and none at the start and the end of a paragraph. */
  #soft = true;

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
  }

  text(text: string): void {
    const spaced = text.replace(/[ \t\r\n]+/g, " ");
    const shown = this.#soft && spaced.startsWith(" ") ? spaced.slice(1) : spaced;
    if (shown === "") return;
    this.#soft = shown.endsWith(" ");
    this.#add(shown);
  }

  /** The text of the cell; the next one begins. */
  take(): string {
    const text = this.#text;
    this.#text = "";
    this.#count = 0;
    return text;
  }

  #fix(text: string): void {
    this.#soft = false;
    this.#add(text);
  }

  /** A cell that is too long is refused later; how much too long need not be known. */
  #add(text: string): void {
    if (this.#text.length <= limits.cell) this.#text += text;
  }
}

/** How often something stands there, or which it is: once, where the file says nothing or nonsense. */
export function repeated(said: string | undefined, most: number, usual = 1): number {
  const times = Number(said);
  return Number.isInteger(times) && times > 0 ? Math.min(times, most) : usual;
}
