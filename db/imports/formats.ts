/** Detects the kind of file from its first bytes, and refuses certain kinds. */

import { formOf } from "./card_forms.ts";
import { peek, type Scan } from "./encodings.ts";
import type { Source } from "./inspections.ts";
import * as openDocuments from "./open_documents.ts";
import type { Format } from "./plans.ts";
import { type RefusalCode, Unreadable } from "./problems.ts";
import * as xmlSheets from "./xml_sheets.ts";

const magic: readonly [RefusalCode, readonly number[]][] = [
  ["pdf", [0x25, 0x50, 0x44, 0x46]],
  ["xls_not_yet", [0xd0, 0xcf, 0x11, 0xe0]],
  ["image", [0x89, 0x50, 0x4e, 0x47]],
  ["image", [0xff, 0xd8, 0xff]],
  ["image", [0x47, 0x49, 0x46, 0x38]],
  ["zip", [0x1f, 0x8b]],
  ["zip", [0x37, 0x7a, 0xbc, 0xaf]],
  ["zip", [0x52, 0x61, 0x72, 0x21]],
];

/**
 * The format: a spreadsheet, a text of rows, an address book or JSON. Anything else is refused with
 * a code that says what it is.
 */
export async function formatOf(scan: Scan, source: Source): Promise<Format> {
  const { head } = scan;
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] ?? 9) < 9) {
    return await zipped(head, source);
  }
  for (const [code, bytes] of magic) {
    if (!bytes.every((byte, at) => head[at] === byte)) continue;
    throw new Unreadable(
      code === "xls_not_yet" && await isEncrypted(source) ? "xlsx_encrypted" : code,
    );
  }
  const start = peek(head, scan.encoding).replace(/^\ufeff/, "").trimStart();
  if (start.replaceAll("\0", "").trim() === "" && scan.bytes <= head.length) {
    throw new Unreadable("empty");
  }
  if (/^(?:[\w-]+\.)?BEGIN\s*:\s*VCARD/i.test(start) || formOf(start)) return "vcard";
  if (isOpenDocument(start)) return "ods";
  if (xmlSheets.begins(start)) return "xml";
  if (/^<!doctype html|^<html|^<table|^<head|^<meta|^<style/i.test(start)) return "html";
  if (/^<\?xml|^<\w+[\s>]/i.test(start)) throw new Unreadable("xml");
  if (/^\[\s*[\[{\]]|^\{\s*["}]/.test(start)) return "json";
  if (isLdif(start)) return "ldif";
  const known = knownText(start);
  if (known) throw new Unreadable(known);
  if (looksBinary(start) || start.startsWith("=ybegin ")) throw new Unreadable("binary");
  return "csv";
}

/** Whether this is a LibreOffice spreadsheet in a single XML file instead of an archive (.fods). */
function isOpenDocument(start: string): boolean {
  return /^<(?:\?xml|office:document)\s/.test(start) && /<office:document\s/.test(start) &&
    start.includes("application/vnd.oasis.opendocument.spreadsheet");
}

/** Kinds of text that would pass for tables because of their colons and commas. */
function knownText(start: string): RefusalCode | null {
  if (/^BEGIN\s*:\s*VCALENDAR/i.test(start)) return "calendar";
  if (start.startsWith("{\\rtf")) return "rich_text";
  const lines = start.slice(0, 16_384).split(/\r\n|\n|\r/, 100);
  const end = lines.indexOf("");
  const fields = (end < 0 ? lines : lines.slice(0, end))
    .filter((line) => /^(?:from|to|subject|date|message-id|received|mime-version):\s/i.test(line));
  const first = lines[0] ?? "";
  const opens = /^From \S+ /.test(first) || /^[\w-]+:\s/.test(first);
  return opens && fields.length > 2 ? "mail" : null;
}

/** Whether the first line that is no comment, or fold of one, begins an LDIF entry. */
function isLdif(start: string): boolean {
  const lines = start.split(/\r\n|\n|\r/, 1000);
  const entry = lines.find((line) => !/^(?:\s|#|version\s*:\s*\d+\s*$|$)/i.test(line)) ?? "";
  return /^dn:/i.test(entry);
}

/** The kind of archive according to names near its start; a workbook is verified when opened. */
async function zipped(head: Uint8Array, source: Source): Promise<Format> {
  const names = new TextDecoder("windows-1252").decode(head);
  if (/opendocument\.spreadsheet/.test(names)) return "ods";
  if (/xl[/\\]|\[Content_Types\]|_rels[/\\]/.test(names) && !/word\/|ppt\//.test(names)) {
    return "xlsx";
  }
  // Packed again by another program, the part with the type is no longer first and readable.
  if (names.includes("content.xml") && await openDocuments.isOne(source)) return "ods";
  throw new Unreadable("zip");
}

/**
 * Whether an old Office container holds a newer, password-protected file: the name of the stream
 * that holds it, in UTF-16, occurs wherever the container keeps its directory.
 */
async function isEncrypted(source: Source): Promise<boolean> {
  const name = [..."EncryptedPackage"].map((letter) => `${letter}\0`).join("");
  const decoder = new TextDecoder("windows-1252");
  let rest = "";
  for await (const chunk of source()) {
    const text = rest + decoder.decode(chunk, { stream: true });
    if (text.includes(name)) return true;
    rest = text.slice(-name.length);
  }
  return false;
}

/** With more than a twentieth of control characters it is not text in any encoding. */
function looksBinary(start: string): boolean {
  // deno-lint-ignore no-control-regex
  const controls = start.match(/[\x01-\x08\x0e-\x1a\x1c-\x1e\x7f\ufffd]/g)?.length ?? 0;
  return controls > start.length / 20;
}
