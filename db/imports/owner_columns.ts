/** Finds the columns that name the responsible user: of persons, of companies, of deals. */
import type { NamedOwner } from "./assignees.ts";
import { type Cells, first } from "./cells.ts";
import * as dealColumns from "./deal_columns.ts";
import { read } from "./headings.ts";
import type { Column } from "./mappings.ts";
import type { PlanColumn } from "./plans.ts";
import type { ImportedContact, ImportedRecord } from "./records.ts";
import type { Target } from "./targets.ts";

/** The people whom the file names in these columns. */
export interface OwnersOfFile {
  columns: number[];
  names: NamedOwner[];
}

const isOwner = (target: Target): boolean =>
  target === "owner" || target === "company.owner" || target === "deal.owner";

/** Whether a heading marks its column as one of owners, in any kind of list. */
export const named = (heading: string): boolean =>
  isOwner(read(heading)?.target ?? "ignore") || dealColumns.saysOwner(heading);

/** The columns of owners under a plan. */
export const among = (columns: readonly PlanColumn[]): number[] =>
  columns.flatMap(({ target }, at) => isOwner(target) ? [at] : []);

/** The people named by these columns, as far as they were recognised before the rows were read. */
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

/** A key of another program, which by itself names nobody. */
const key = /^(?:zcrm_)?\d+$|^005\w{12,15}$|^[0-9a-f]{8}-[0-9a-f-]{27}$|^[0-9a-f]{24,}$/i;
/** More names than this, few of which repeat, are not colleagues. */
const most = 50;

/**
 * Leaves one column of owners each for persons and companies: addresses are preferred to names, and
 * names to keys.
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

/** The columns of deals, ignoring those of owners that hold only keys under "user_id". */
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

/** Whether a row contains nothing except, at most, who is responsible. */
export function onlyOwners(cells: Cells): boolean {
  for (const target of cells.keys()) if (!isOwner(target)) return false;
  return true;
}

/**
 * Assigns the row's persons and companies to the owner named; one without an owner gets the
 * other's.
 */
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

/** The people a row names as owners, each once. */
export function ownersIn({ contact, companies: [company], deal }: ImportedRecord): string[] {
  const [own = "", theirs = ""] = [contact?.owner ?? deal?.owner, company?.owner];
  return own === theirs || theirs === "" ? [own] : [own, theirs];
}
