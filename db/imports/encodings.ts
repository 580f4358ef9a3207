/** Detects and decodes encodings: byte order mark, UTF-8, UTF-16, UTF-32 or a single-byte one. */

import * as mixedTexts from "../mixed_texts.ts";
import * as headingEncodings from "./heading_encodings.ts";
import type { Source } from "./inspections.ts";
import { LetterCount } from "./letters.ts";
import type { Encoding } from "./plans.ts";
import { limits, Unreadable } from "./problems.ts";

export interface Scan {
  encoding: Encoding;
  bytes: number;
  /** The first 64 KiB, from which the format is detected. */
  head: Uint8Array;
}

const headSize = 64 * 1024;
const upper850 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";

/** Reads the whole source once for its encoding and size. Throws if it exceeds the limit. */
export async function scan(source: Source, most: number = limits.bytes): Promise<Scan> {
  const head = new Uint8Array(headSize);
  const utf8 = new Utf8Count();
  const letters = new LetterCount();
  let bytes = 0;
  let before = 0;
  for await (const chunk of source()) {
    if (bytes < headSize) head.set(chunk.subarray(0, headSize - bytes), bytes);
    bytes += chunk.length;
    if (bytes > most) throw new Unreadable("too_large", { limit: most });
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (byte >= 0x80 || utf8.open) utf8.take(byte);
      if (byte >= 0x80 || letters.open !== 0) letters.take(byte, before);
      before = byte;
    }
  }
  if (bytes === 0) throw new Unreadable("empty");
  const start = head.subarray(0, Math.min(bytes, headSize));
  const encoding = marked(start) ?? wide(start) ??
    (utf8.holds() ? "utf-8" : headingEncodings.better(start, letters.best(), peek));
  return { encoding, bytes, head: start };
}

/** The source as text, piece by piece; stray bytes within UTF-8 are read as Windows-1252. */
export async function* text(source: Source, encoding: Encoding): AsyncGenerator<string> {
  if (encoding === "utf-8") {
    yield* mixed(source);
    return;
  }
  if (encoding === "ibm850") {
    for await (const chunk of source()) yield decode850(chunk);
    return;
  }
  if (encoding === "utf-32le" || encoding === "utf-32be") {
    yield* of32(source, encoding === "utf-32le");
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const chunk of source()) {
    const piece = decoder.decode(chunk, { stream: true });
    // ISO 8859-15 has the euro where Windows has a sign that nobody writes.
    if (piece !== "") yield encoding === "windows-1252" ? piece.replaceAll("¤", "€") : piece;
  }
  const rest = decoder.decode();
  if (rest !== "") yield rest;
}

async function* mixed(source: Source): AsyncGenerator<string> {
  let rest = new Uint8Array();
  let start = true;
  for await (const chunk of source()) {
    const bytes = rest.length === 0 ? chunk : joined(rest, chunk);
    const end = bytes.length - mixedTexts.unfinished(bytes);
    rest = bytes.slice(end);
    const piece = mixedTexts.decode(bytes.subarray(0, end));
    if (piece === "") continue;
    yield start ? piece.replace(/^\ufeff/, "") : piece;
    start = false;
  }
  if (rest.length > 0) yield mixedTexts.decode(rest);
}

async function* of32(source: Source, little: boolean): AsyncGenerator<string> {
  let rest = new Uint8Array();
  for await (const chunk of source()) {
    const bytes = rest.length === 0 ? chunk : joined(rest, chunk);
    const end = bytes.length & ~3;
    rest = bytes.slice(end);
    const piece = decode32(bytes.subarray(0, end), little);
    if (piece !== "") yield piece;
  }
}

/** Decodes complete four-byte characters, without the byte order mark. */
function decode32(bytes: Uint8Array, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length & ~3);
  let text = "";
  for (let at = 0; at < view.byteLength; at += 4) {
    const code = view.getUint32(at, little);
    if (code !== 0xfeff) text += code < 0x110000 ? String.fromCodePoint(code) : "\ufffd";
  }
  return text;
}

function joined(one: Uint8Array, two: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + two.length);
  both.set(one);
  both.set(two, one.length);
  return both;
}

/**
 * Each byte as the character with its number (U+0000 to U+00FF), for formats decoded line by line.
 */
export async function* bytesAsText(source: Source): AsyncGenerator<string> {
  let start = true;
  for await (const chunk of source()) {
    for (let at = 0; at < chunk.length; at += 8192) {
      const piece = String.fromCharCode(...chunk.subarray(at, at + 8192));
      yield start ? piece.replace(/^\u00ef\u00bb\u00bf/, "") : piece;
      start = false;
    }
  }
}

/** Decodes a few bytes, to look at the start of a file. */
export function peek(head: Uint8Array, encoding: Encoding): string {
  if (encoding === "ibm850") return decode850(head);
  if (encoding === "utf-32le" || encoding === "utf-32be") {
    return decode32(head, encoding === "utf-32le");
  }
  if (encoding === "utf-8") {
    return mixedTexts.decode(head.subarray(0, head.length - mixedTexts.unfinished(head)))
      .replace(/^\ufeff/, "");
  }
  return new TextDecoder(encoding).decode(head, { stream: true });
}

function marked(head: Uint8Array): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) {
    return head.length > 3 && head[2] === 0 && head[3] === 0 ? "utf-32le" : "utf-16le";
  }
  if (head[0] === 0 && head[1] === 0 && head[2] === 0xfe && head[3] === 0xff) return "utf-32be";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return null;
}

/** UTF-16 without a byte order mark: in Western text every second byte is zero. */
function wide(head: Uint8Array): Encoding | null {
  const zeros = [0, 0];
  const size = Math.min(head.length, 4096) & ~1;
  for (let at = 0; at < size; at++) if (head[at] === 0) zeros[at % 2]! += 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > size * 0.2 && even < size * 0.05) return "utf-16le";
  if (even > size * 0.2 && odd < size * 0.05) return "utf-16be";
  return null;
}

function decode850(chunk: Uint8Array): string {
  let out = "";
  for (const byte of chunk) out += byte < 0x80 ? String.fromCharCode(byte) : upper850[byte - 0x80];
  return out;
}

/** Counts well-formed and broken sequences, so that one bad byte does not spoil a UTF-8 file. */
class Utf8Count {
  open = 0;
  #good = 0;
  #bad = 0;

  take(byte: number): void {
    if (this.open > 0) {
      if ((byte & 0xc0) === 0x80) {
        this.open--;
        if (this.open === 0) this.#good++;
        return;
      }
      this.#bad++;
      this.open = 0;
      if (byte < 0x80) return;
    }
    if (byte >= 0xc2 && byte <= 0xdf) this.open = 1;
    else if (byte >= 0xe0 && byte <= 0xef) this.open = 2;
    else if (byte >= 0xf0 && byte <= 0xf4) this.open = 3;
    else this.#bad++;
  }

  holds(): boolean {
    // Two bytes of another encoding rarely form a UTF-8 character by chance.
    return this.#bad === 0 || this.#good > 1 && this.#good * 2 > this.#bad;
  }
}
