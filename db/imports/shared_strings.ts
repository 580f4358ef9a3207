/** Stores the texts shared by a workbook's cells as bytes, so that millions of them stay small. */

import { release } from "./archives.ts";
import { visitAll, type Visitor } from "./elements.ts";
import { limits, Unreadable } from "./problems.ts";

const most = 4_000_000;
/** Recently used texts: neighbouring cells often share one ("Deutschland", "Herr"). */
const places = 512;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export class SharedStrings {
  #bytes: Uint8Array<ArrayBuffer>;
  #ends = new Uint32Array(1024);
  #count = 0;
  #size = 0;
  #recent = Array.from({ length: places }, () => ({ index: -1, text: "" }));

  /** `size` is that of the unpacked part, an upper limit for its texts in UTF-8. */
  constructor(size: number) {
    this.#bytes = new Uint8Array(Math.min(Math.ceil(size * 1.5) + 16, limits.unpacked));
  }

  add(text: string): void {
    if (this.#count >= most) throw new Unreadable("xlsx_too_large");
    if (this.#count === this.#ends.length) this.#grow();
    const { read, written } = encoder.encodeInto(text, this.#bytes.subarray(this.#size));
    if (read < text.length) throw new Unreadable("xlsx_too_large");
    this.#size += written;
    this.#ends[this.#count++] = this.#size;
  }

  /** The text with this number; empty for one that is missing. */
  at(index: number): string {
    if (!(index >= 0 && index < this.#count)) return "";
    const place = this.#recent[index % places]!;
    if (place.index !== index) {
      const start = index === 0 ? 0 : this.#ends[index - 1]!;
      place.text = decoder.decode(this.#bytes.subarray(start, this.#ends[index]));
      place.index = index;
    }
    return place.text;
  }

  /** Frees the texts. */
  close(): void {
    this.#count = 0;
    release(this.#bytes);
  }

  #grow(): void {
    const ends = new Uint32Array(this.#ends.length * 2);
    ends.set(this.#ends);
    this.#ends = ends;
  }
}

/** Reads the part with the shared texts; formatted runs of one text are joined. */
export async function read(
  bytes: AsyncIterable<Uint8Array>,
  size: number,
): Promise<SharedStrings> {
  const strings = new SharedStrings(size);
  const runs = new Runs();
  await visitAll(bytes, {
    open(name) {
      if (name === "si") runs.start();
      else runs.open(name);
    },
    close(name) {
      runs.close(name);
      if (name === "si") strings.add(runs.take());
    },
    text: (text) => runs.text(text),
  });
  return strings;
}

/** The `<t>` of a text, without the phonetic guides (`<rPh>`) of Japanese texts. */
export class Runs implements Visitor {
  #text = "";
  #inside = false;
  #aside = false;

  start(): void {
    this.#text = "";
    this.#inside = false;
    this.#aside = false;
  }

  open(name: string): void {
    if (name === "t") this.#inside = !this.#aside;
    else if (name === "rPh") this.#aside = true;
  }

  close(name: string): void {
    if (name === "t") this.#inside = false;
    else if (name === "rPh") this.#aside = false;
  }

  text(text: string): void {
    if (this.#inside) this.#text += text;
  }

  take(): string {
    return unescaped(this.#text);
  }
}

/** Decodes characters that XML cannot contain, written as `_x000D_`. */
export function unescaped(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([\dA-F]{4})_/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));
}
