/** The columns that say who in the house is responsible: of persons, of companies, of deals. */
import type { NamedOwner } from "./assignees.ts";
import { type Cells, first } from "./cells.ts";
import * as dealColumns from "./deal_columns.ts";
import { read } from "./headings.ts";
import type { Column } from "./mappings.ts";
import type { PlanColumn } from "./plans.ts";
import type { ImportedContact, ImportedRecord } from "./records.ts";
import type { Target } from "./targets.ts";

/** Whom the file names in these columns. */
export interface OwnersOfFile {
  columns: number[];
  names: NamedOwner[];
}

const isOwner = (target: Target): boolean =>
  target === "owner" || target === "company.owner" || target === "deal.owner";

/** Whether a heading calls its column one of owners, in any list. */
export const named = (heading: string): boolean =>
  isOwner(read(heading)?.target ?? "ignore") || dealColumns.saysOwner(heading);

/** The columns of owners under a plan. */
export const among = (columns: readonly PlanColumn[]): number[] =>
  columns.flatMap(({ target }, at) => isOwner(target) ? [at] : []);

/** Whom these columns name, as far as they were known for such before the rows were read. */
export function namesIn(
  columns: readonly PlanColumn[],
  namesOf: (column: number) => readonly NamedOwner[],
): OwnersOfFile {
  const found = among(columns);
  const rows = new Map<string, number>();
  for (const each of found.flatMap(namesOf)) {
    rows.set(each.name, (rows.get(each.name) ?? 0) + each.rows);
  }
  const names = [...rows].map(([name, rows]) => ({ name, rows }));
  return { columns: found, names };
}

/** A key of another program, which names nobody by itself. */
const key = /^(?:zcrm_)?\d+$|^005\w{12,15}$|^[0-9a-f]{8}-[0-9a-f-]{27}$|^[0-9a-f]{24,}$/i;
/** More names than that, of which few come again, are no colleagues. */
const most = 50;

/**
 * Leaves one column of owners each to persons and to companies: addresses tell more than names, and
 * names more than keys.
 */
export function settle(plan: PlanColumn[], columns: readonly Column[]): void {
  for (const target of ["owner", "company.owner"] as const) {
    const all = plan.flatMap((column, at) =>
      column.target === target ? [{ column, rank: rankOf(columns[at]!) }] : []
    );
    if (all.length === 0) continue;
    const best = all.reduce((best, next) => next.rank > best.rank ? next : best);
    for (const each of all) {
      if (each === best && each.rank >= 0) continue;
      Object.assign(each.column, { target: "ignore", confidence: 0 });
    }
  }
}

/** The columns of deals, those of owners ignored that hold nothing but keys below "user_id". */
export const keyless = (plan: readonly PlanColumn[], columns: readonly Column[]): PlanColumn[] =>
  plan.map((column, at) =>
    column.target === "deal.owner" && /id$/i.test(column.name) && rankOf(columns[at]!) === 1
      ? { ...column, target: "ignore", confidence: 0 }
      : column
  );

function rankOf({ cells }: Column): number {
  const filled = cells.filter(Boolean);
  if (filled.length === 0) return 0;
  const names = new Set(filled).size;
  if (names > most && names * 2 > filled.length) return -1;
  const share = (has: (cell: string) => boolean) => filled.filter(has).length / filled.length;
  if (share((cell) => cell.includes("@")) > 0.5) return 3;
  return share((cell) => key.test(cell)) > 0.5 ? 1 : 2;
}

/** Whether a row says nothing, or only who is responsible. */
export function onlyOwners(cells: Cells): boolean {
  for (const target of cells.keys()) if (!isOwner(target)) return false;
  return true;
}

/** Gives the row's persons and companies to whom it names; each to the other's owner where it has none. */
export function fill(
  { contact, companies, others = [] }: ImportedRecord,
  cells: Cells,
): void {
  const own = first(cells, "owner");
  const theirs = first(cells, "company.owner");
  const persons: (ImportedContact | null)[] = [contact, ...others];
  for (const person of persons) if (person) person.owner = own || theirs;
  for (const company of companies) company.owner = theirs || own;
}

/** Whom a row names, each once. */
export function ownersIn({ contact, companies: [company], deal }: ImportedRecord): string[] {
  const [own = "", theirs = ""] = [contact?.owner ?? deal?.owner, company?.owner];
  return own === theirs || theirs === "" ? [own] : [own, theirs];
}
