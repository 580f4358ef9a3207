/**
 * Stores numbers by text, for millions of texts of a file: sixteen bytes and some spare room for
 * each, where a Map takes well over a hundred.
 */

/** Parts that grow one by one, so that the whole is never in memory twice. */
const parts = 64;
const least = 16;
/** An entry has three words of the hash and the number plus 1; 0 marks a free place. */
const width = 4;
const fullest = 0.75;
const growth = 1.5;

/**
 * Stores 96 bits of each text's hash, seeded again in every table: that any two of ten million texts
 * collide is less likely than one in 10^14.
 */
export class SeenKeys {
  #tables = Array.from({ length: parts }, () => new Uint32Array(least * width));
  #filled = new Uint32Array(parts);
  #seeds = [...crypto.getRandomValues(new Uint32Array(4))] as [number, number, number, number];
  // The hash of the current text; fields, because a lookup must not allocate.
  #hash = new Uint32Array(3);

  /** The number of the text; undefined if it has none. */
  get(text: string): number | undefined {
    const table = this.#tables[this.#part(text)]!;
    const number = table[place(table, this.#hash, 0) + 3]!;
    return number === 0 ? undefined : number - 1;
  }

  has(text: string): boolean {
    return this.get(text) !== undefined;
  }

  /** Gives the text this number, an integer from 0, replacing any other. */
  set(text: string, number: number): void {
    const part = this.#part(text);
    let table = this.#tables[part]!;
    let at = place(table, this.#hash, 0);
    if (table[at + 3] === 0 && ++this.#filled[part]! * width > table.length * fullest) {
      this.#tables[part] = table = grown(table);
      at = place(table, this.#hash, 0);
    }
    table.set(this.#hash, at);
    table[at + 3] = number + 1;
  }

  /** Hashes the text. Returns the part to which it belongs. */
  #part(text: string): number {
    let [a, b, c, d] = this.#seeds;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      a = b ^ Math.imul(a ^ code, 0x23995b2d);
      b = c ^ Math.imul(b ^ code, 0xab375a47);
      c = d ^ Math.imul(c ^ code, 0x38b34ae5);
      d = a ^ Math.imul(d ^ code, 0xa1e38b93);
    }
    a = Math.imul(c ^ (a >>> 18), 0x23995b2d);
    b = Math.imul(d ^ (b >>> 22), 0xab375a47);
    c = Math.imul(a ^ (c >>> 17), 0x38b34ae5);
    d = Math.imul(b ^ (d >>> 19), 0xa1e38b93);
    this.#hash[0] = a ^ b ^ c ^ d;
    this.#hash[1] = b ^ (a >>> 15);
    this.#hash[2] = c ^ (d >>> 13);
    return this.#hash[0] % parts;
  }
}

/** Where the entry with the hash at `from` of `words` is, or where it would go. */
function place(table: Uint32Array, words: Uint32Array, from: number): number {
  const [first, second, third] = [words[from]!, words[from + 1]!, words[from + 2]!];
  let at = Math.floor(second / 2 ** 32 * (table.length / width)) * width;
  while (
    table[at + 3] !== 0 &&
    (table[at] !== first || table[at + 1] !== second || table[at + 2] !== third)
  ) {
    at += width;
    if (at === table.length) at = 0;
  }
  return at;
}

function grown(table: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.ceil(table.length / width * growth) * width);
  for (let at = 0; at < table.length; at += width) {
    if (table[at + 3] === 0) continue;
    larger.set(table.subarray(at, at + width), place(larger, table, at));
  }
  return larger;
}
