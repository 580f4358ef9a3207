/** Repairs mails of careless programs before they are read: bare line feeds, undeclared umlauts. */
import { Buffer } from "node:buffer";
import * as mixedTexts from "../mixed_texts.ts";
import * as charsets from "./charsets.ts";
import * as footers from "./footers.ts";
import * as namedTexts from "./named_texts.ts";
import * as partHeads from "./part_heads.ts";
import * as utf7 from "./utf7.ts";

/** A larger mail is read as it is. */
const largest = 5 * 1024 * 1024;
const [lf, cr] = [10, 13];

/** A part that declares its own charset; a declaration within markup does not count. */
const declared =
  /^(?:content-type:|[ \t])[^\n<]*charset\s?=\s?"?(?!utf-?8|us-ascii|(?:x-)?unknown|x-user-defined)[a-z0-9]/im;
/** A part that declares a Western charset, as some programs do that write UTF-8. */
const western = /charset\s?=\s?"?(?:iso-8859-1\b|windows-1252|latin-?1|cp-?1252)/i;
/** How far parts' header fields are searched for. */
const looked = 1024 * 1024;
const binary = /^content-transfer-encoding: ?binary/im;

/**
 * The mail with line feeds, and with umlauts of Windows-1252 as UTF-8 unless declared otherwise.
 */
export function repaired(raw: Uint8Array): Uint8Array {
  if (raw.length > largest) return raw;
  const lines = spelledOut(raw.includes(lf) ? raw : raw.map((byte) => byte === cr ? lf : byte));
  if (!lines.some((byte) => byte > 127)) return lines;
  const plain = new TextDecoder("latin1").decode(lines);
  const end = /\r?\n\r?\n/.exec(plain)?.index ?? plain.length;
  const whole = !declared.test(plain) && !binary.test(plain);
  const upTo = whole ? lines.length : end;
  const mended = new TextEncoder().encode(mixedTexts.decode(lines.subarray(0, upTo)));
  const mail = new Uint8Array(mended.length + lines.length - upTo);
  mail.set(mended);
  mail.set(lines.subarray(upTo), mended.length);
  return mail;
}

/** Whether a part of the mail declares Latin-1 or the like. */
export const isWestern = (raw: Uint8Array): boolean =>
  western.test(Buffer.from(raw.subarray(0, looked)).toString("latin1"));

/** "quoted-printable;" */
const trailing = /^(content-transfer-encoding:[ \t]*[\w-]+)[ \t]*;[^\r\n]*/gim;
/** "text" without a subtype means plain text, according to RFC 2045, 5.2. */
const halfType = /^(content-type:[ \t]*text)(?=[ \t]*(?:;|$))/gim;
/** "text/html charset=utf-8": what follows the type is not part of its name. */
const unpartedType = /^(content-type:[ \t]*[\w-]+\/[\w.+-]+)[ \t]+(?=[\w-]+[=:])/gim;
/** A disposition that is an encoded word, and therefore none. */
const noDisposition = /^content-disposition(?=:[ \t]*=\?)/gim;
const mailWithin = /^content-type:[ \t]*message\/(?:rfc822|global)\b/im;
const addressed = /^(?:from|to|cc|sender|reply-to)[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim;
/** "jdoe@test . example" and "jdoe@machine(comment).example", as in very old mails. */
const looseDot = /(@[\w-]+)(?:\([^()\r\n]{0,80}\)|[ \t])[ \t]*\.[ \t]*(?=\w)/g;
/** "To: a@x.example b@y.example", with only blanks between addresses. */
const unparted = /^(?:from|to|cc|reply-to):(?:[ \t]+[^\s<>"(),;:@]+@[^\s<>"(),;:@]+){2,}$/gim;
/** A line that begins or continues a field, or names the sender in a mailbox file. */
const ofHead = /^(?:[!-9;-~]+[ \t]*:|[ \t]|>?From |$)/;
/** A line of blanks instead of the empty one that should end the fields. */
const blankEnd = /^((?:[^\r\n]+\r?\n)+?)[ \t]+(?=\r?\n--)/;

const sevenWord = /=\?(?:x-)?(?:unicode-1-1-)?utf-?7[?*]/i;

/** The mail with UTF-7 words in its fields as UTF-8, and with faulty fields corrected. */
function spelledOut(lines: Uint8Array): Uint8Array {
  const text = Buffer.from(lines).toString("latin1");
  // With a blank after the name, the first line would be taken for that of a mailbox file.
  const begun = withoutHead(text.replace(blankEnd, "$1").replace(/^From[ \t]+:/, "From:"));
  let first = true;
  const mended = partHeads.inHeads(begun, (head, follows) => {
    const plain = asMeant(isUnpacked(head, follows) ? head.replace(packed, "$1 8bit") : head);
    const whole = first ? plain.replace(unparted, withCommas) : plain;
    first = false;
    return whole;
  });
  const parted = footers.encoded(namedTexts.asFiles(mended));
  return parted === text ? lines : Buffer.from(parted, "latin1");
}

const packed = /^(content-transfer-encoding[ \t]*:)[ \t]*base64\b[^\r\n]*/im;
const otherType =
  /^content-type[ \t]*:(?![ \t]*text\/(?:plain|html)\b)|^content-disposition[ \t]*:[ \t]*attachment/im;

/** Whether a text says that it is packed although its first line consists of words. */
function isUnpacked(head: string, follows: string): boolean {
  if (!packed.test(head) || otherType.test(head)) return false;
  const [first = ""] = /\S[^\r\n]*/.exec(follows) ?? [];
  return /^\S*[^\sA-Za-z0-9+/=-]|[A-Za-z\x80-\xff]{2}[,.:!]? +[A-Za-z\x80-\xff]/.test(first);
}

/** Fields without the mistakes of careless programs; the end of their last line is not included. */
function asMeant(head: string): string {
  // A mail within the mail is one of its own, also where programs would show it in the text.
  const apart = mailWithin.test(head)
    ? head.replace(/^(content-disposition:[ \t]*)inline\b/im, "$1attachment")
    : head;
  const worded = sevenWord.test(apart) ? utf7.inWords(apart) : apart;
  return charsets.named(worded).replace(trailing, "$1").replace(halfType, "$1/plain").replace(
    unpartedType,
    "$1; ",
  )
    .replace(noDisposition, "X-Disposition")
    .replace(addressed, (field) => field.replace(looseDot, "$1."));
}

const withCommas = (field: string): string => field.replace(/@[^\s@]+(?=[ \t])/g, "$&,");

/** The mail with an empty line before its text, if none separates it from the fields. */
function withoutHead(text: string): string {
  const head = text.slice(0, text.search(/\r?\n\r?\n/) + 1 || 10_000).split("\n");
  const first = head.findIndex((line) => !ofHead.test(line.replace(/\r$/, "")));
  // If fields follow, then it is one of them that is broken.
  if (first < 0 || head.slice(first).some((line) => /^[A-Za-z-]+: /.test(line))) return text;
  const at = head.slice(0, first).reduce((sum, line) => sum + line.length + 1, 0);
  return `${text.slice(0, at)}\r\n${text.slice(at)}`;
}

/** The mail as plain text, if it claims to have parts but no line could separate any. */
export function asText(raw: Uint8Array): Uint8Array | null {
  if (raw.length > largest) return null;
  const text = Buffer.from(raw).toString("latin1");
  const end = text.search(/\r?\n\r?\n/);
  if (end < 0 || /\n--[^\s-]/.test(text.slice(end))) return null;
  const head = text.slice(0, end).replace(
    /^(content-type[ \t]*:)[^\n]*(?:\n[ \t][^\n]*)*/im,
    "$1 text/plain",
  );
  return Buffer.from(head + text.slice(end), "latin1");
}

/**
 * The mail with its parts' actual boundary, if its head gives another or none; null if no line
 * could be one.
 */
export function withBoundary(raw: Uint8Array): Uint8Array | null {
  if (raw.length > largest) return null;
  const text = Buffer.from(raw).toString("latin1");
  const end = text.search(/\r?\n\r?\n/);
  const [, found] =
    /\n--([^\s"]{1,70})[ \t]*\r?\n(?=content-)/i.exec(end < 0 ? "" : text.slice(end)) ?? [];
  if (!found) return null;
  // A boundary with umlauts no longer matches once the fields are decoded.
  const name = /[^ -~]/.test(found) ? `=_${crypto.randomUUID()}` : found;
  const head = text.slice(0, end).replace(
    /^(content-type[ \t]*:[ \t]*multipart\/[\w-]+)[^\n]*(?:\n[ \t][^\n]*)*/im,
    (_, type: string) => `${type}; boundary="${name}"`,
  );
  // A function, because a boundary may contain `$'`, which in a string means the rest of the mail.
  const mended = head + text.slice(end).replaceAll(`\n--${found}`, () => `\n--${name}`);
  return mended === text ? null : Buffer.from(mended, "latin1");
}
