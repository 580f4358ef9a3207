/**
 * Extracts files that old programs write into the text of a mail: uuencode, and its base64 variant.
 */
import { Buffer } from "node:buffer";
import type { Attachment, ParsedMail } from "mailparser";

const begins = /^begin(-base64)? [0-7]{3,4} (\S.{0,199})$/;
/** Most files that are taken out of one mail's text; nobody sends more. */
const most = 100;

interface Found {
  name: string;
  content: Buffer;
  /** The line after its last. */
  end: number;
}

/** The parts of a mail, including the files in its text, which are removed from the text. */
export function partsOf(mail: ParsedMail): (Attachment & { content: Buffer })[] {
  const parts = mail.attachments.map((part) =>
    decoded({
      ...part,
      content: part.content ?? Buffer.alloc(0),
    })
  );
  const taken = mail.text ? outOf(mail.text) : null;
  if (!taken) return parts;
  mail.text = taken.text;
  return [...parts, ...taken.files.map(({ name, content }) => partOf(name, content))];
}

/** A part that is such a file as a whole: few programs declare that encoding for a part. */
function decoded<Part extends Attachment>(part: Part): Part {
  const said = part.headers?.get("content-transfer-encoding");
  if (typeof said !== "string" || !/^(?:x-)?uue(?:ncode)?$/i.test(said.trim())) return part;
  const [file] = outOf(part.content.toString("latin1"))?.files ?? [];
  return file ? { ...part, content: file.content, filename: part.filename ?? file.name } : part;
}

/** The text without its files; null if it has none. */
function outOf(text: string): { text: string; files: Found[] } | null {
  if (!/^begin(?:-base64)? [0-7]{3}/m.test(text)) return null;
  const lines = text.split(/\r?\n/);
  const files: Found[] = [];
  const rest: string[] = [];
  for (let at = 0; at < lines.length;) {
    const file = files.length < most ? fileAt(lines, at) : null;
    if (file) files.push(file);
    else rest.push(lines[at]!);
    at = file ? file.end : at + 1;
  }
  return files.length > 0 ? { text: rest.join("\n"), files } : null;
}

/** The file that begins at this line; null if it does not end, or its contents are invalid. */
function fileAt(lines: readonly string[], from: number): Found | null {
  const [, plain, name = ""] = begins.exec(lines[from]!) ?? [];
  if (name === "") return null;
  const pieces: Buffer[] = [];
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at]!;
    const over = plain ? line === "====" : line === "end";
    if (over) {
      return pieces.length > 0 ? { name, content: Buffer.concat(pieces), end: at + 1 } : null;
    }
    const piece = plain ? base64(line) : bytesOf(line);
    if (!piece) return null;
    pieces.push(piece);
  }
  return null;
}

const base64 = (line: string): Buffer | null =>
  /^[A-Za-z0-9+/]+=*$/.test(line) ? Buffer.from(line, "base64") : null;

/**
 * A line, decoded by its length and four letters for three bytes; trailing blanks may have been
 * lost.
 */
function bytesOf(line: string): Buffer | null {
  if (line === "") return Buffer.alloc(0);
  if (!/^[ -`]+$/.test(line)) return null;
  const length = (line.charCodeAt(0) - 32) & 63;
  const letters = Math.ceil(length / 3) * 4;
  // Some programs append a checksum letter to the line.
  if (line.length - 1 > letters + 1 || length > 0 && line.length < 2) return null;
  const made = Buffer.alloc(length);
  for (let at = 0; at < length; at++) {
    const place = 1 + Math.floor(at / 3) * 4 + at % 3;
    const [one, two] = [place, place + 1].map((each) =>
      ((each < line.length ? line.charCodeAt(each) : 32) - 32) & 63
    ) as [number, number];
    const shift = (at % 3) * 2;
    made[at] = (one << (2 + shift) | two >> (4 - shift)) & 255;
  }
  return made;
}

/** Types by file extension, because such a file does not state its type. */
const types: Readonly<Record<string, string>> = {
  txt: "text/plain",
  pdf: "application/pdf",
  doc: "application/msword",
  xls: "application/vnd.ms-excel",
  csv: "text/csv",
  vcf: "text/vcard",
  gif: "image/gif",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
};

function partOf(name: string, content: Buffer): Attachment & { content: Buffer } {
  const end = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const known = Object.hasOwn(types, end) ? types[end] : undefined;
  const contentType = known ?? "application/octet-stream";
  return { filename: name, content, contentType, size: content.length } as
    & Attachment
    & { content: Buffer };
}
