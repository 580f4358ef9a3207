/**
 * A person's own rows in the kept file of an import, as the file has them (Art. 15(3) GDPR): never
 * a row about somebody else, nor the cells of others in the same row.
 */
import * as vault from "../vault.ts";
import * as furtherPersons from "./further_persons.ts";
import { hasCards, type Plan } from "./plans.ts";
import { Unreadable } from "./problems.ts";
import { reader, rowReader } from "./readers.ts";
import type { ImportedRecord } from "./records.ts";
import { isAbout, type KeptFile, type Sought } from "./sought_files.ts";

/** A row or card of a file: the number it has there, and its cells under their headings. */
export interface OwnRow {
  row: number;
  cells: { name: string; value: string }[];
}

/** Most rows given of one file: a person has one, or a few of a list of deals. */
const most = 1_000;

/** The person's rows; null if the file is gone or cannot be read. */
export async function list(
  store: vault.Vault,
  { id, plan }: KeptFile,
  sought: Sought,
): Promise<OwnRow[] | null> {
  const name = `imports/${id}`;
  if (!await vault.exists(store, name)) return null;
  const rows: OwnRow[] = [];
  try {
    for await (const found of own(() => vault.open(store, name), plan, sought)) {
      if (rows.push(found) === most) break;
    }
    return rows;
  } catch (error) {
    if (error instanceof Unreadable || error instanceof vault.FileBroken) return null;
    throw error;
  }
}

/** The rows of a file that are about the person, one by one. */
export async function* own(
  source: () => ReadableStream<Uint8Array>,
  plan: Plan,
  sought: Sought,
): AsyncGenerator<OwnRow> {
  const [files, rowRecords] = await Promise.all([reader(), rowReader()]);
  if (hasCards(plan)) {
    for await (const record of files.read(source, plan)) {
      for (const mine of ownPersons(record, sought)) {
        yield { row: record.row, cells: cellsOf(mine.contact) };
      }
    }
    return;
  }
  for await (const { row, cells } of files.cells(source, plan)) {
    const record = rowRecords.record({ number: row, cells, unclosed: false }, plan);
    const mine = ownPersons(record, sought);
    if (mine.length === 0) continue;
    const alone = !record.others?.length && (record.deal?.persons.length ?? 0) < 2;
    yield {
      row,
      cells: alone
        ? cells.map((value, at) => ({ name: plan.columns[at]?.name || String(at + 1), value }))
          .filter(({ value }) => value.trim() !== "")
        // Of a row with several persons only what was read as this person's.
        : mine.flatMap(({ contact, deal }) =>
          cellsOf(contact ?? (deal && { ...deal, persons: undefined }))
        ),
    };
  }
}

const ownPersons = (record: ImportedRecord, sought: Sought): ImportedRecord[] =>
  furtherPersons.apart([record]).filter(({ others: _, ...each }) => isAbout(each, sought, true));

/** What was read of a person, by the names of the fields. */
function cellsOf(record: object | null | undefined): OwnRow["cells"] {
  return Object.entries(record ?? {}).flatMap(([name, value]) => {
    const text = said(value);
    return text === "" ? [] : [{ name, value: text }];
  });
}

/** A value as text: of several, each; of a number or an address, its parts. */
function said(value: unknown): string {
  if (value === null || value === undefined || typeof value === "boolean") return "";
  if (Array.isArray(value)) return value.map(said).filter(Boolean).join("; ");
  if (typeof value === "object") {
    return [...new Set(Object.values(value).map(said).filter(Boolean))].join(", ");
  }
  return String(value);
}
