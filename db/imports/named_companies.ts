/**
 * Stores the companies named so far by rows of a file in few bytes, as a file may name a million.
 */
import { parse, stringify } from "uuid";
import { SeenKeys } from "./seen_keys.ts";

/** A company where a person works. */
export interface Linked {
  companyId: string;
  /** The company's own spelling of its name, for the search text. */
  name: string;
}

/** An entry: its id, the next one of the same name, its place, the length of its name, the name. */
const [nextAt, placeAt, lengthAt, nameAt] = [16, 20, 24, 26];
/** Marks the last entry of a name. */
const none = 0xffffffff;
const blockBytes = 256 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Finds companies by name and place; of two that match, the one named first. */
export class NamedCompanies {
  #blocks: DataView<ArrayBuffer>[] = [];
  #end = 0;
  #firsts = new SeenKeys();
  /** Places by number, starting from 1. */
  #places = new SeenKeys();
  #placeCount = 0;

  /** The company of this name at the place, or with an unknown place on either side. */
  find(key: string, place: string): Linked | undefined {
    const wanted = place === "" ? 0 : this.#places.get(place);
    let at = this.#firsts.get(key) ?? none;
    for (; at !== none; at = this.#next(at)) {
      const own = this.#block(at).getUint32(at % blockBytes + placeAt);
      if (wanted === 0 || own === 0 || own === wanted) return this.#read(at);
    }
    return undefined;
  }

  /** Adds a company after those of the same name. */
  add(key: string, { companyId, name }: Linked, place: string): void {
    const text = encoder.encode(name);
    const used = this.#end % blockBytes;
    // If the last entry filled its block exactly, the next block does not exist yet.
    if (used === 0 || used + nameAt + text.length > blockBytes) {
      this.#end = this.#blocks.length * blockBytes;
      this.#blocks.push(new DataView(new ArrayBuffer(blockBytes)));
    }
    const at = this.#end;
    const block = this.#block(at);
    const from = at % blockBytes;
    const bytes = new Uint8Array(block.buffer, from);
    bytes.set(parse(companyId));
    block.setUint32(from + nextAt, none);
    block.setUint32(from + placeAt, place === "" ? 0 : this.#numberOf(place));
    block.setUint16(from + lengthAt, text.length);
    bytes.set(text, nameAt);
    this.#end += nameAt + text.length;
    this.#chain(key, at);
  }

  #chain(key: string, added: number): void {
    let last = this.#firsts.get(key);
    if (last === undefined) return this.#firsts.set(key, added);
    for (let next = this.#next(last); next !== none; next = this.#next(last)) last = next;
    this.#block(last).setUint32(last % blockBytes + nextAt, added);
  }

  #numberOf(place: string): number {
    const known = this.#places.get(place);
    if (known !== undefined) return known;
    this.#places.set(place, ++this.#placeCount);
    return this.#placeCount;
  }

  #block(at: number): DataView<ArrayBuffer> {
    return this.#blocks[Math.floor(at / blockBytes)]!;
  }

  #next(at: number): number {
    return this.#block(at).getUint32(at % blockBytes + nextAt);
  }

  #read(at: number): Linked {
    const block = this.#block(at);
    const from = at % blockBytes;
    const length = block.getUint16(from + lengthAt);
    return {
      companyId: stringify(new Uint8Array(block.buffer, from, nextAt)),
      name: decoder.decode(new Uint8Array(block.buffer, from + nameAt, length)),
    };
  }
}
