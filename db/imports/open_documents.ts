/**
 * Reads an OpenDocument spreadsheet (.ods, .ots, or .fods, which is no archive) while it is
 * unpacked.
 */

import { type Archive, open as openArchive } from "./archives.ts";
import { visit } from "./elements.ts";
import type { Source } from "./inspections.ts";
import { OpenSheets, type Tab } from "./open_sheets.ts";
import { limits, Unreadable } from "./problems.ts";
import { type Book, Glance, type Sheet } from "./sheets.ts";
import type { Row } from "./tables.ts";

const main = "content.xml";
const listPart = "META-INF/manifest.xml";
const typePart = "mimetype";
/** How much of the list of parts is read: the entry for the sheets is near its start. */
const listed = 1024 * 1024;

export class OpenDocument implements Book {
  #content: () => AsyncIterable<Uint8Array>;
  #archive: Archive | null;

  constructor(content: () => AsyncIterable<Uint8Array>, archive: Archive | null) {
    this.#content = content;
    this.#archive = archive;
  }

  /** The sheets in the order of their tabs; the whole file must be read to find the last. */
  async sheets(): Promise<Sheet[]> {
    const glances: Glance[] = [];
    const reader = new OpenSheets(({ at }) => !(glances[at] ??= new Glance()).done);
    for await (const _ of visit(this.#content(), reader)) {
      for (const { tab, row } of reader.take()) glances[tab.at]!.take(row);
    }
    return reader.tabs.map(({ at, name, hidden }) => {
      return { name, hidden, ...(glances[at] ?? new Glance()).found };
    });
  }

  /** The filled rows of the sheet. Throws Unreadable if there is no such sheet. */
  async *rows(name: string): AsyncGenerator<Row> {
    let wanted: Tab | null = null;
    const reader = new OpenSheets((tab) => (wanted ??= tab.name === name ? tab : null) === tab);
    for await (const _ of visit(this.#content(), reader)) {
      for (const { row } of reader.take()) yield row;
      if (reader.ended) return;
    }
    if (!wanted) throw new Unreadable("sheet_missing");
  }

  /** Frees the memory that the file takes. */
  close(): void {
    this.#archive?.close();
  }
}

/** Opens the file. Throws Unreadable if it is no spreadsheet, or is encrypted. */
export async function open(source: Source): Promise<OpenDocument> {
  if (!await isArchive(source)) return new OpenDocument(source, null);
  const archive = await openArchive(source, limits.openUnpacked);
  if (archive.has("encrypted-package") || await isSealed(archive)) {
    throw new Unreadable("xlsx_encrypted");
  }
  if (!archive.has(main)) throw new Unreadable("xlsx_broken");
  return new OpenDocument(() => archive.read(main), archive);
}

/** Whether the archive holds a spreadsheet, judging by its type or its list of parts. */
export async function isOne(source: Source): Promise<boolean> {
  const archive = await openArchive(source, limits.openUnpacked);
  try {
    const told = [typePart, listPart].find((part) => archive.has(part));
    return archive.has(main) && told !== undefined &&
      (await startOf(archive, told)).includes("opendocument.spreadsheet");
  } finally {
    archive.close();
  }
}

async function isArchive(source: Source): Promise<boolean> {
  for await (const chunk of source()) {
    if (chunk.length > 0) return chunk[0] === 0x50;
  }
  return false;
}

async function startOf(archive: Archive, part: string): Promise<string> {
  const decoder = new TextDecoder("utf-8");
  let text = "";
  for await (const chunk of archive.read(part)) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > listed) break;
  }
  return text;
}

/** Encrypted parts look like others in the archive; only the list of parts shows which they are. */
async function isSealed(archive: Archive): Promise<boolean> {
  if (!archive.has(listPart)) return false;
  const [, behind = ""] = (await startOf(archive, listPart)).split(`"${main}"`, 2);
  const sealed = behind.indexOf("encryption-data");
  const next = behind.indexOf("file-entry ");
  return sealed >= 0 && (next < 0 || sealed < next);
}
