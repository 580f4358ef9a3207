/**
 * Unpacks mails within files: opaquely signed S/MIME (RFC 8551), and files that Outlook packs into
 * a winmail.dat. It never fails, whatever the bytes are.
 */
import { Buffer } from "node:buffer";
import type { Attachment, ParsedMail } from "mailparser";

/** The most that is examined; no letter is larger. */
const largest = 32 * 1024 * 1024;
/** How deep values may be nested. */
const deepest = 12;

interface Value {
  tag: number;
  /** Where the nested values are; they are read on demand. */
  from: number;
  to: number;
  end: number;
}

/** The value of a BER encoding that begins here; null if there is none. */
function valueAt(bytes: Uint8Array, at: number, most: number, depth: number): Value | null {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || at + 2 > most || depth > deepest) return null;
  if (first === 0x80) {
    // Indefinite length: the value continues until two zeros.
    let to = at + 2;
    while (to + 1 < most && (bytes[to] !== 0 || bytes[to + 1] !== 0)) {
      const inner = valueAt(bytes, to, most, depth + 1);
      if (!inner) return null;
      to = inner.end;
    }
    return { tag, from: at + 2, to, end: to + 2 };
  }
  const wide = first < 0x80 ? 0 : first - 0x80;
  if (wide > 4) return null;
  let length = first < 0x80 ? first : 0;
  for (let place = 0; place < wide; place++) length = length * 256 + (bytes[at + 2 + place] ?? 0);
  const from = at + 2 + wide;
  // A truncated value is read as far as it goes.
  return { tag, from, to: Math.min(from + length, most), end: from + length };
}

function* valuesIn(bytes: Uint8Array, { from, to }: Value): Generator<Value> {
  for (let at = from; at < to;) {
    const value = valueAt(bytes, at, to, 0);
    if (!value || value.end <= at) return;
    yield value;
    at = value.end;
  }
}

const child = (bytes: Uint8Array, parent: Value | null, ...tags: number[]): Value | null => {
  if (!parent) return null;
  for (const value of valuesIn(bytes, parent)) if (tags.includes(value.tag)) return value;
  return null;
};

const [sequence, explicit, octets, octetsParted, identifier] = [0x30, 0xa0, 0x04, 0x24, 0x06];
/** signedData: 1.2.840.113549.1.7.2. */
const signedData = "2a864886f70d010702";

/** The signed mail within such a file; null if the file is encrypted or something else. */
export function signedWithin(bytes: Uint8Array): Uint8Array | null {
  if (bytes.length > largest) return null;
  const file = valueAt(bytes, 0, bytes.length, 0);
  if (file?.tag !== sequence) return null;
  const kind = child(bytes, file, identifier);
  if (!kind || Buffer.from(bytes.subarray(kind.from, kind.to)).toString("hex") !== signedData) {
    return null;
  }
  const signed = child(bytes, child(bytes, file, explicit), sequence);
  // It contains version, digests, the content, then certificates and signatures.
  const content = child(bytes, signed, sequence);
  const text = child(bytes, child(bytes, content, explicit), octets, octetsParted);
  if (!text) return null;
  if (text.tag === octets) return bytes.slice(text.from, text.to);
  // Copied into one array: a mail of millions of pieces would take a gigabyte.
  const whole = new Uint8Array(text.to - text.from);
  let length = 0;
  for (const { tag, from, to } of valuesIn(bytes, text)) {
    if (tag !== octets) continue;
    whole.set(bytes.subarray(from, to), length);
    length += to - from;
  }
  return whole.subarray(0, length);
}

/** Fields that describe a mail's structure; those of the inner mail replace them. */
const made = /^(?:content-[\w-]+|mime-version)[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*/gim;

/** A mail that consists of such a file only: its fields with the inner mail, and the file. */
export function signedIn(
  { text, html, attachments: [envelope, ...others] }: ParsedMail,
  raw: Uint8Array,
): { mail: Uint8Array; envelope: Attachment } | null {
  if (!envelope || others.length > 0 || text?.trim() || html) return null;
  if (!/^application\/(?:x-)?pkcs7-mime$/i.test(envelope.contentType)) return null;
  const within = signedWithin(envelope.content ?? new Uint8Array());
  const plain = Buffer.from(raw.subarray(0, 1024 * 1024)).toString("latin1");
  const end = plain.search(/\r?\n\r?\n/);
  if (!within || end < 0) return null;
  const head = `${plain.slice(0, end)}\r\n`.replace(made, "");
  return {
    mail: Buffer.concat([Buffer.from(`${head.trimEnd()}\r\n`, "latin1"), within]),
    envelope: { ...envelope, filename: envelope.filename || "smime.p7m" },
  };
}

export interface Packed {
  filename: string;
  content: Buffer;
  contentType: string;
}

/** The files within a part that is a winmail.dat; none for any other. */
export function packedIn(type: string, name: string | undefined, bytes: Uint8Array): Packed[] {
  const isPack = /^application\/(?:vnd\.)?ms-tnef$/i.test(type) ||
    /^win(?:mail|dat)\.dat$/i.test(name ?? "");
  return isPack ? packedWithin(bytes) : [];
}

/** The most files taken from one winmail.dat. */
const mostPacked = 100;
const [rendering, title, data] = [0x9002, 0x8010, 0x800f];

/** The files within a winmail.dat; none if the bytes are something else. */
function packedWithin(bytes: Uint8Array): Packed[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 6 || bytes.length > largest || view.getUint32(0, true) !== 0x223e9f78) {
    return [];
  }
  const found: Packed[] = [];
  for (let at = 6; at + 9 <= bytes.length;) {
    const [level, kind, length] = [
      bytes[at],
      view.getUint16(at + 1, true),
      view.getUint32(at + 5, true),
    ];
    const from = at + 9;
    if (from + length > bytes.length) break;
    const value = bytes.subarray(from, from + length);
    const file = found.at(-1);
    if (level === 2 && kind === rendering) {
      found.push({ filename: "", content: Buffer.alloc(0), contentType: "" });
    } else if (level === 2 && kind === title && file) file.filename = nameOf(value);
    else if (level === 2 && kind === data && file) file.content = Buffer.from(value);
    at = from + length + 2;
    if (found.length > mostPacked) return [];
  }
  return found.filter(({ content }) => content.length > 0);
}

/** In the Windows code page, terminated by a zero. */
function nameOf(value: Uint8Array): string {
  const text = new TextDecoder("windows-1252").decode(value);
  return text.slice(0, text.includes("\0") ? text.indexOf("\0") : undefined);
}
