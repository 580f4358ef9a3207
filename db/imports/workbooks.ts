/** Reads a workbook (.xlsx, .xlsm): its sheets, and their rows while the archive is unpacked. */

import { type Archive, open as openArchive } from "./archives.ts";
import { attribute, visit, visitAll } from "./elements.ts";
import type { Source } from "./inspections.ts";
import { currencyOf } from "./cell_currencies.ts";
import { mailOf } from "./mailed_names.ts";
import { type Show, showing } from "./number_formats.ts";
import { limits, Unreadable } from "./problems.ts";
import { read as readStrings, SharedStrings } from "./shared_strings.ts";
import { type Book, Glance, offered, type Sheet } from "./sheets.ts";
import type { Row } from "./tables.ts";
import { tail, WorksheetReader } from "./worksheets.ts";

interface Part extends Omit<Sheet, "filled" | "named"> {
  path: string;
}

export class Workbook implements Book {
  #strings: SharedStrings | null = null;
  #styles: Styles | null = null;
  #archive: Archive;
  #parts: Part[];
  #paths: Map<string, string>;
  #from1904: boolean;

  constructor(archive: Archive, parts: Part[], paths: Map<string, string>, from1904: boolean) {
    this.#archive = archive;
    this.#parts = parts;
    this.#paths = paths;
    this.#from1904 = from1904;
  }

  /** The sheets with cells, in the order of their tabs. */
  async sheets(): Promise<Sheet[]> {
    const sheets: Sheet[] = [];
    for (const { name, hidden } of this.#parts) {
      sheets.push({ name, hidden, ...await this.#glance(name) });
    }
    return sheets;
  }

  /** The filled rows of the sheet. Throws Unreadable if there is no such sheet. */
  async *rows(name: string): AsyncGenerator<Row> {
    const part = this.#parts.find((part) => part.name === name);
    if (!part) throw new Unreadable("sheet_missing");
    const { merges, links } = await tail(this.#archive.read(part.path));
    const reader = new WorksheetReader({
      strings: this.#strings ??= await this.#readStrings(),
      ...this.#styles ??= await this.#readStyles(),
      merges,
      mails: await mailsOf(this.#archive, part.path, links),
    });
    for await (const _ of visit(this.#archive.read(part.path), reader)) yield* reader.take();
  }

  /** Frees the memory that the file and its texts take. */
  close(): void {
    this.#archive.close();
    this.#strings?.close();
  }

  async #glance(name: string): Promise<Pick<Sheet, "filled" | "named">> {
    const glance = new Glance();
    for await (const row of this.rows(name)) {
      glance.take(row);
      if (glance.done) break;
    }
    return glance.found;
  }

  async #readStrings(): Promise<SharedStrings> {
    const path = this.#paths.get("sharedStrings");
    if (!path || !this.#archive.has(path)) return new SharedStrings(0);
    return await readStrings(this.#archive.read(path), this.#archive.size(path));
  }

  async #readStyles(): Promise<Styles> {
    const path = this.#paths.get("styles");
    if (!path || !this.#archive.has(path)) return { shows: [], currencies: [] };
    return await readStyles(this.#archive.read(path), this.#from1904);
  }
}

/** Opens a workbook. Throws Unreadable if the archive is none, or exceeds the limits. */
export async function open(source: Source): Promise<Workbook> {
  const archive = await openArchive(source);
  const main = (await relations(archive, "")).find(({ type }) => type === "officeDocument")?.path ??
    "xl/workbook.xml";
  if (/\.bin$/i.test(main)) throw new Unreadable("xlsb_not_yet");
  if (!archive.has(main)) throw new Unreadable("xlsx_broken");
  const related = await relations(archive, main);
  const paths = new Map(related.map(({ type, path }) => [type, path]));
  const targets = new Map(
    related.filter(({ type }) => type === "worksheet").map(({ id, path }) => [id, path]),
  );
  const parts: Part[] = [];
  let from1904 = false;
  await visitAll(archive.read(main), {
    open(name, attributes) {
      if (name === "workbookPr") {
        from1904 = /^(?:1|true)$/.test(attribute(attributes, "date1904"));
      }
      if (name !== "sheet" || parts.length >= offered) return;
      const path = targets.get(relationOf(attributes));
      const hidden = attribute(attributes, "state").toLowerCase().endsWith("hidden");
      if (path && archive.has(path)) {
        parts.push({ name: attribute(attributes, "name").slice(0, 200), hidden, path });
      }
    },
  });
  if (parts.length === 0) throw new Unreadable("empty");
  return new Workbook(archive, parts, paths, from1904);
}

/** `r:id` with any prefix; the sheet's own `sheetId` has none. */
function relationOf(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "";
}

interface Relation {
  id: string;
  type: string;
  path: string;
}

/** Where a part's relations are. */
const relationsOf = (of: string): string => of.replace(/[^/]*$/, (name) => `_rels/${name}.rels`);

/** The addresses to which cells are links, by cell. */
async function mailsOf(
  archive: Archive,
  of: string,
  links: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const part = relationsOf(of);
  if (links.size === 0 || !archive.has(part)) return new Map();
  const addresses = new Map<string, string>();
  await visitAll(archive.read(part), {
    open(name, attributes) {
      if (name !== "Relationship" || addresses.size >= links.size) return;
      const address = mailOf(attribute(attributes, "Target"));
      if (address !== "") addresses.set(attribute(attributes, "Id"), address);
    },
  });
  return new Map(
    [...links].flatMap(([cell, id]): [string, string][] => {
      const address = addresses.get(id);
      return address ? [[cell, address]] : [];
    }),
  );
}

/** The parts to which a part (or, for "", the package) refers, without those outside the file. */
async function relations(archive: Archive, of: string): Promise<Relation[]> {
  const folder = of.slice(0, of.lastIndexOf("/") + 1);
  const part = relationsOf(of);
  if (!archive.has(part)) return [];
  const found: Relation[] = [];
  await visitAll(archive.read(part), {
    open(name, attributes) {
      if (name !== "Relationship" || attribute(attributes, "TargetMode") === "External") return;
      if (found.length > 10_000) throw new Unreadable("xlsx_too_large");
      found.push({
        id: attribute(attributes, "Id"),
        type: attribute(attributes, "Type").split("/").at(-1)!,
        path: resolved(folder, attribute(attributes, "Target")),
      });
    },
  });
  return found;
}

/** A target within the archive: absolute, or relative to the folder of the part that names it. */
function resolved(folder: string, target: string): string {
  const steps = target.startsWith("/") ? target.split("/") : `${folder}${target}`.split("/");
  const path: string[] = [];
  for (const step of steps) {
    if (step === "..") path.pop();
    else if (step !== "" && step !== ".") path.push(step);
  }
  return path.join("/");
}

/** How each cell style shows its numbers, and in which currency. */
interface Styles {
  shows: Show[];
  currencies: string[];
}

async function readStyles(bytes: AsyncIterable<Uint8Array>, from1904: boolean): Promise<Styles> {
  const codes = new Map<number, string>();
  const known = new Map<number, Show>();
  const shows: Show[] = [];
  const currencies: string[] = [];
  let inCells = false;
  await visitAll(bytes, {
    open(name, attributes) {
      if (name === "numFmt") {
        codes.set(Number(attribute(attributes, "numFmtId")), attribute(attributes, "formatCode"));
      } else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells) {
        if (shows.length >= limits.styles) throw new Unreadable("xlsx_too_large");
        const id = Number(attribute(attributes, "numFmtId"));
        const show = known.get(id) ?? showing(id, codes.get(id), from1904);
        known.set(id, show);
        shows.push(show);
        currencies.push(currencyOf(codes.get(id)));
      }
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return { shows, currencies };
}
