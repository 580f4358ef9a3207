/** Parses a raw mail into who, when and what; it never fails, whatever the mail contains. */
import { Buffer } from "node:buffer";
import type { AddressObject, Attachment, ParsedMail } from "mailparser";
import { onceEncoded } from "../mixed_texts.ts";
import { type Fields, listOf, type MailKind, type MailList } from "./automatics.ts";
import { westernised } from "./charsets.ts";
import { isEncrypted } from "./encryptions.ts";
import * as envelopes from "./envelopes.ts";
import {
  addresses,
  fileName,
  instant,
  line,
  type MailAddress,
  messageIds,
  paragraphs,
} from "./headers.ts";
import * as invitations from "./invitations.ts";
import { cleanMarkup, isTooDeep, longest as longestHtml, longestMade } from "./markup.ts";
import { flattened, standsIn, textOf } from "./texts.ts";
import * as utf7 from "./utf7.ts";
import * as repairs from "./repairs.ts";
import { type Complaint, complaintOf } from "./complaints.ts";
import { shortHead } from "./short_heads.ts";
import { isReportPart, type Report, reportOf } from "./reports.ts";
import * as savedFiles from "./saved_files.ts";
import { toldIn } from "./worded_reports.ts";
import { partsOf } from "./written_files.ts";

export interface MailFile {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

export interface Contents {
  kind: MailKind;
  list: MailList;
  /** Without brackets; null if the mail has none. */
  messageId: string | null;
  /** The mails it answers, the nearest last; never the mail itself. */
  references: string[];
  subject: string;
  from: MailAddress | null;
  replyTo: MailAddress[];
  to: MailAddress[];
  cc: MailAddress[];
  /** According to the sender's clock; null if missing or impossible. */
  sentAt: Date | null;
  text: string;
  /** Harmless markup, or empty. */
  html: string;
  files: MailFile[];
  report: Report | null;
  /** That a reader called one of our mails unwanted. */
  complaint: Complaint | null;
  /** Why part of it is missing; the original is then among the files. */
  incomplete: "headers" | "structure" | "markup" | "text" | "files" | "size" | "encrypted" | null;
}

/** How many characters of text are kept. */
const longestText = 500_000;
const mostFiles = 100;
/** Pictures shown within the text, in bytes: each, and in total. */
const largestPicture = 64 * 1024;
const picturesTogether = 256 * 1024;

const options = {
  skipTextToHtml: true,
  skipTextLinks: true,
  keepCidLinks: true,
  keepDeliveryStatus: true,
  checksumAlgo: false,
  skipHtmlToText: true,
} as const;

/** Loaded with the first mail, because it takes thirty megabytes. */
const parser = async () => (await import("mailparser")).simpleParser;

/** Parses a mail, or only its beginning if it was `cut`. Never throws because of its contents. */
export async function read(given: Uint8Array, { cut = false, within = 0 } = {}): Promise<Contents> {
  const raw = within > 0 ? given : savedFiles.asSent(given);
  const simpleParser = await parser();
  try {
    const mail = await simpleParser(Buffer.from(repairs.repaired(raw)), options);
    if (utf7.isDeclared(raw)) {
      if (mail.text) mail.text = utf7.decode(mail.text);
      if (mail.html) mail.html = utf7.decode(mail.html);
    }
    if (repairs.isWestern(raw)) {
      if (mail.text) mail.text = onceEncoded(mail.text);
      if (mail.html) mail.html = onceEncoded(mail.html);
    }
    const signed = envelopes.signedIn(mail, raw);
    if (signed && !cut && within < 2) {
      const contents = await read(signed.mail, { within: within + 1 });
      return { ...contents, files: [...contents.files, fileOf(signed.envelope, 0)] };
    }
    const unread = isUnread(mail, raw);
    const mended = within > 1
      ? null
      : westernised(raw, mail) ?? (unread ? repairs.withBoundary(raw) : null);
    if (mended) return await read(mended, { cut, within: within + 1 });
    const text = unread ? repairs.asText(raw) : null;
    const plain = text && await simpleParser(Buffer.from(repairs.repaired(text)), options);
    const contents = await contentsOf(plain ?? mail, raw, plain ? "structure" : null);
    return cut ? { ...contents, files: [], incomplete: "size" } : contents;
  } catch (error) {
    const why = /head/i.test(String((error as Error).message)) ? "headers" : "structure";
    return await contentsOf(await headOnly(raw), raw, why);
  }
}

/** The header fields only, truncated if they are excessively long. */
async function headOnly(raw: Uint8Array): Promise<ParsedMail> {
  const short = Buffer.from(shortHead(raw), "latin1");
  const simpleParser = await parser();
  return await simpleParser(short, options).catch(() =>
    simpleParser(Buffer.from("\r\n\r\n"), options)
  );
}

async function contentsOf(
  mail: ParsedMail,
  raw: Uint8Array,
  broken: Contents["incomplete"],
): Promise<Contents> {
  const fields = fieldsOf(mail);
  const parts = partsOf(mail);
  const formal = reportOf(parts, fields);
  const complaint = complaintOf(parts, raw);
  // A mail that names no author at least names who sent it.
  const from = addresses(mail.from)[0] ?? addresses(senderOf(mail))[0] ?? null;
  const subject = line(mail.subject, 500);
  const [messageId = null] = messageIds(mail.messageId);
  const body = await bodyOf(mail, parts);
  const files = parts
    .filter((part) =>
      !isReportPart(part.contentType) && !((formal || complaint) && isOriginal(part)) &&
      !body.shown.has(part) &&
      (part.filename ||
        part.content.length > 0 && !(body.text.trim() && restated.test(part.contentType)))
    )
    .flatMap((part, index) => {
      const packed = envelopes.packedIn(part.contentType, part.filename, part.content);
      return packed.length > 0 ? packed.map(fileOf) : [fileOf(part, index)];
    });
  const incomplete = broken ?? body.incomplete ?? (files.length > mostFiles ? "files" : null) ??
    (isUnread(mail, raw) ? "structure" : isEncrypted(parts, body.text) ? "encrypted" : null);
  if (incomplete) {
    files.splice(mostFiles);
    files.push({ name: "original.eml", mediaType: "message/rfc822", bytes: raw });
  }
  const references = messageIds([...[mail.references ?? []].flat(), mail.inReplyTo ?? ""]);
  // Older servers append our mail as it was.
  const added = parts.find(isOriginal)?.content.subarray(0, 16_384);
  const words = added ? `${body.text}\n\n${new TextDecoder("latin1").decode(added)}` : body.text;
  const { kind, report } = toldIn(formal, fields, subject, from?.address ?? "", words);
  return {
    kind,
    list: listOf(fields, kind),
    messageId,
    references: references.filter((id) => id !== messageId),
    subject,
    from,
    replyTo: addresses(mail.replyTo),
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    sentAt: instant(fields.get("date")),
    text: body.text,
    html: body.html,
    files,
    report,
    complaint,
    incomplete,
  };
}

function senderOf({ headers }: ParsedMail): AddressObject | undefined {
  const found = headers.get("sender");
  return found && typeof found === "object" && "value" in found
    ? found as AddressObject
    : undefined;
}

/** Whether the mail announces parts that were not found although it has content. */
function isUnread({ text, html, attachments, headerLines }: ParsedMail, raw: Uint8Array): boolean {
  const type = headerLines.find(({ key }) => key === "content-type")?.line ?? "";
  const head = headerLines.reduce((sum, { line }) => sum + line.length + 2, 0);
  return /multipart\//i.test(type) && !text?.trim() && !html && attachments.length === 0 &&
    raw.length > head + 10;
}

/** Formats that repeat the same text and that few programs read. */
const restated = /^text\/(?:enriched|richtext|x-amp-html|watch-html)$/i;

const isOriginal = ({ contentType }: FilePart) => /^message\/(rfc822|global)$/i.test(contentType);

/** The original fields, unfolded; the first one of those that occur repeatedly. */
function fieldsOf({ headerLines }: ParsedMail): Fields {
  const fields = new Map<string, string>();
  for (const { key, line } of headerLines.slice(0, 1_000)) {
    if (!fields.has(key)) {
      fields.set(
        key,
        line.slice(line.indexOf(":") + 1, 10_000).replace(/\r?\n[ \t]*/g, " ").trim(),
      );
    }
  }
  return fields;
}

interface Body {
  text: string;
  html: string;
  /** The parts shown within the text. */
  shown: ReadonlySet<Attachment>;
  incomplete: Contents["incomplete"];
}

async function bodyOf(mail: ParsedMail, parts: readonly Attachment[]): Promise<Body> {
  const text = paragraphs(mail.text, longestText);
  const cut = (mail.text?.length ?? 0) > longestText ? "text" : null;
  const html = mail.html ? mail.html.replaceAll("\0", "").toWellFormed() : "";
  const none: Body = { text, html: "", shown: new Set(), incomplete: cut };
  if (!html.trim()) return text.trim() ? none : { ...none, text: await invitedTo(parts) };
  if (html.length > longestHtml || isTooDeep(html)) return await unread(none, html);
  const pictures = picturesOf(parts, html);
  try {
    const sources = new Map([...pictures].map(([cid, { data }]) => [cid, data]));
    const clean = await cleanMarkup(html, sources);
    if (clean.length > longestMade) return await unread(none, html);
    const shown = new Set([...pictures.values()].map(({ part }) => part));
    const words = standsIn(text) ? paragraphs(textOf(clean), longestText) : text;
    if (!words.trim() && !clean.includes("<img")) {
      const plain = await unread(none, html);
      if (plain.text.trim()) return plain;
    }
    return { text: words, html: clean, shown, incomplete: cut };
  } catch {
    return await unread(none, html);
  }
}

/** The invitation in a mail that has no text. */
async function invitedTo(parts: readonly Attachment[]): Promise<string> {
  const part = parts.find(({ contentType }) => invitations.isInvitation(contentType));
  return part ? await invitations.wordsOf(part.content) : "";
}

/** A mail whose markup is dropped; its words are kept if it has no plain text. */
async function unread(none: Body, html: string): Promise<Body> {
  if (none.text.trim()) return { ...none, incomplete: "markup" };
  const words = await cleanMarkup(flattened(html, longestHtml)).then(textOf, () => "");
  return { ...none, text: paragraphs(words, longestText), incomplete: "markup" };
}

/** The small pictures that the markup refers to, by Content-ID. */
function picturesOf(parts: readonly Attachment[], html: string) {
  const found = new Map<string, { part: Attachment; data: string }>();
  let together = 0;
  for (const part of parts) {
    const type = imageType(part.content);
    if (!part.cid || !type || found.has(part.cid) || !html.includes(`cid:${part.cid}`)) continue;
    if (part.size > largestPicture || together + part.size > picturesTogether) continue;
    together += part.size;
    found.set(part.cid, { part, data: `data:${type};base64,${part.content.toString("base64")}` });
  }
  return found;
}

/** A picture's type by its first bytes: what the mail claims proves nothing. */
function imageType(bytes: Uint8Array): string | null {
  const begins = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (begins.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (begins.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(begins)) return "image/gif";
  return /^RIFF....WEBP/s.test(begins) ? "image/webp" : null;
}

/** A name for a part that came without one. */
function nameless(part: FilePart, number: number): string {
  const place = part.headers?.get("content-location");
  const last = typeof place === "string" ? place.split(/[/\\]/).at(-1)! : "";
  if (/^[^?#]{1,100}\.\w{1,8}$/.test(last)) return fileName(last, last);
  if (isOriginal(part)) return `mail-${number}.eml`;
  return /^text\/calendar$/i.test(part.contentType) ? `invite-${number}.ics` : `file-${number}`;
}

type FilePart = Pick<Attachment, "content" | "contentType" | "filename"> & Partial<Attachment>;

function fileOf(part: FilePart, index: number): MailFile {
  const bytes = part.content;
  const name = fileName(part.filename, nameless(part, index + 1));
  return { name, mediaType: line(part.contentType, 100) || "application/octet-stream", bytes };
}
