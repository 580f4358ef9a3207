/** Prints the outcome of `crm import` as a stream, because a file may have a million faults. */
import * as imports from "../../db/imports.ts";
import { Assignees, list, type NamedOwner } from "../../db/imports/assignees.ts";
import type { Outcome as Kind } from "../../db/imports/findings.ts";
import type { Inspection } from "../../db/imports/inspections.ts";
import type { Problem } from "../../db/imports/problems.ts";
import * as reports from "../../db/imports/reports.ts";
import type { Scope } from "../../db/scope.ts";
import { isMessageKey, translator } from "../../views/i18n/translate.ts";

const t = translator("en");

/** What is reported besides the faults of rows. */
export interface Outcome {
  created: number;
  updated: number;
  duplicates: number;
  skipped: number;
  persons: number;
  companies: number;
  deals: number;
  records: number;
  dryRun: boolean;
  importId: string;
  /** Columns from which nothing was imported. */
  ignoredColumns: string[];
  /** Non-empty sheets of a workbook that were not read. */
  unreadSheets: string[];
  /**
   * How many rows name an active user as responsible, and other names; absent without such a
   * column.
   */
  owners?: { given: number; unknown: NamedOwner[] };
}

/** The outcome of a finished import or rehearsal. */
export async function outcomeOf(
  scope: Scope,
  id: string,
  inspection: Inspection,
  dryRun: boolean,
): Promise<Outcome> {
  const { counts, inspection: seen } = await imports.find(scope, id);
  const names = seen?.owners?.names;
  const { contacts: persons = 0, companies = 0, deals = 0 } = counts;
  return {
    created: persons + companies + deals,
    updated: counts.updated ?? 0,
    duplicates: counts.duplicates ?? 0,
    skipped: counts.skipped ?? 0,
    persons,
    companies,
    deals,
    records: counts.records ?? 0,
    dryRun,
    importId: id,
    ...leftOut(inspection),
    ...names ? { owners: await ownersNamed(scope, names) } : {},
  };
}

async function ownersNamed(scope: Scope, names: readonly NamedOwner[]) {
  const users = new Assignees(await list(scope));
  const unknown = names.filter(({ name }) => users.find(name) === undefined);
  return { given: rowsOf(names) - rowsOf(unknown), unknown };
}

const rowsOf = (names: readonly NamedOwner[]): number =>
  names.reduce((sum, { rows }) => sum + rows, 0);

/** The parts of the file that were not read at all. */
function leftOut({ plan, sheets = [] }: Inspection) {
  return {
    ignoredColumns: plan.columns.flatMap(({ target, name }, at) =>
      target === "ignore" ? [name || `column ${at + 1}`] : []
    ),
    unreadSheets: sheets.filter(({ filled, name }) => filled && name !== plan.sheet)
      .map(({ name }) => name),
  };
}

/** Prints one JSON object with one fault per line. Returns whether rows were rejected. */
export async function printJson(scope: Scope, outcome: Outcome): Promise<boolean> {
  const { created, updated, duplicates, skipped, ignoredColumns, unreadSheets, ...rest } = outcome;
  console.log(unclosed({ created, updated, duplicates, skipped }));
  const rejected = await printList(scope, outcome, "rejected", "rejected");
  await printList(scope, outcome, "warnings", "warning");
  await printList(scope, outcome, "skippedRows", "skipped");
  console.log(`,${JSON.stringify({ ignoredColumns, unreadSheets, ...rest }).slice(1)}`);
  return rejected > 0;
}

const unclosed = (value: object): string => JSON.stringify(value).slice(0, -1);

async function printList(
  scope: Scope,
  { importId }: Outcome,
  name: string,
  kind: Kind,
): Promise<number> {
  let count = 0;
  console.log(`,"${name}":[`);
  for await (const problems of problemsOf(scope, importId, kind)) {
    const lines = problems.map((problem) => JSON.stringify(withReason(problem)));
    console.log(`${count > 0 ? "," : ""}${lines.join(",\n")}`);
    count += problems.length;
  }
  console.log("]");
  return count;
}

/** Prints the outcome as sentences. Returns whether rows were rejected. */
export async function printText(scope: Scope, outcome: Outcome): Promise<boolean> {
  const { importId, dryRun } = outcome;
  const tally = await reports.tally(scope, importId);
  const { rejected = 0, warning: warnings = 0 } = tally;
  const line = (count: number, words: string) =>
    console.log(`${String(count).padStart(8)} ${words}`);
  console.log(`${dryRun ? "Would create" : "Created"}:`);
  line(outcome.persons, "contacts");
  line(outcome.companies, "companies");
  line(outcome.deals, "deals");
  console.log(`${dryRun ? "Would update" : "Updated"}:`);
  line(outcome.updated, "records");
  console.log("Not created:");
  line(outcome.duplicates, "duplicates");
  line(outcome.skipped, "skipped");
  for (const [reason, rows] of await reasons(scope, importId)) console.log(`  ${rows} × ${reason}`);
  line(rejected, "rejected");
  for await (const problems of problemsOf(scope, importId, "rejected")) {
    console.log(
      problems.map(withReason).map(({ row, column, reason }) =>
        `  row ${row}${column ? `, ${column}` : ""}: ${reason}`
      ).join("\n"),
    );
  }
  if (outcome.owners) {
    const { given, unknown } = outcome.owners;
    console.log("Owners:");
    line(given, "rows name an active user");
    line(rowsOf(unknown), `rows name nobody here${unknown.length > 0 ? ":" : ""}`);
    for (const { name, rows } of unknown.slice(0, 20)) console.log(`  ${rows} × ${name}`);
    if (unknown.length > 20) {
      console.log(`  and ${unknown.length - 20} more names; --json lists them`);
    }
  }
  if (outcome.ignoredColumns.length > 0) {
    console.log(`Columns not imported: ${outcome.ignoredColumns.join(", ")}`);
  }
  if (outcome.unreadSheets.length > 0) {
    console.log(`Sheets not read: ${outcome.unreadSheets.join(", ")}`);
  }
  if (warnings > 0) console.log(`${warnings} warnings; --json lists them`);
  return rejected > 0;
}

/** Why rows were skipped: each reason with its count. */
async function reasons(scope: Scope, importId: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for await (const problems of problemsOf(scope, importId, "skipped")) {
    for (const { reason } of problems.map(withReason)) {
      found.set(reason, (found.get(reason) ?? 0) + 1);
    }
  }
  return found;
}

async function* problemsOf(scope: Scope, importId: string, kind: Kind): AsyncGenerator<Problem[]> {
  for await (const batch of reports.all(scope, importId, kind)) {
    yield batch.flatMap(({ problems }) => problems);
  }
}

function withReason({ row, column, value, code, params }: Problem) {
  return { row, column, value, code, reason: reasonOf(code, { column, value, ...params }) };
}

/** Puts a fault of a row or of the file into a sentence. */
export function reasonOf(code: string, params: Record<string, string | number> = {}): string {
  const key = `import_problems.${code}`;
  return isMessageKey(key) ? t(key, { limit: "", ...params }) : code;
}
