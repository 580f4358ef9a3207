/** `crm import`: a file into a tenant, by the same code as the page, in this process. */
import { basename, resolve } from "node:path";
import * as dataKeys from "../../db/data_keys.ts";
import * as imports from "../../db/imports.ts";
import * as files from "../../db/imports/files.ts";
import { type Existing, existings } from "../../db/imports/merges.ts";
import { large, type Problem, Unreadable } from "../../db/imports/problems.ts";
import * as reports from "../../db/imports/reports.ts";
import * as runs from "../../db/imports/runs.ts";
import * as states from "../../db/imports/states.ts";
import type { Inspection } from "../../db/imports/inspections.ts";
import { legalBases, type LegalBasis, purposeOf } from "../../db/origins.ts";
import { type Scope, system, type Who, withScope } from "../../db/scope.ts";
import { codes } from "../../db/countries.ts";
import * as vault from "../../db/vault.ts";
import type { Config } from "../../db/config.ts";
import { isMessageKey, translator } from "../../views/i18n/translate.ts";
import {
  type Command,
  type Database,
  findTenant,
  inDatabase,
  parse,
  required,
  Usage,
} from "../command.ts";
import { codeOf } from "../imports.ts";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const options = {
  tenant: text,
  source: text,
  "legal-basis": text,
  existing: text,
  sheet: text,
  country: text,
  "dry-run": flag,
  json: flag,
} as const;

const unreadable = 65;
const t = translator("en");

export const importCommand: Command = {
  summary: "Import contacts and companies from a file",
  help: `Usage: deno task crm import FILE [--tenant SLUG] --source TEXT --legal-basis BASIS
         [--existing skip|fill|overwrite] [--sheet NAME] [--country XX]
         [--dry-run] [--json]

Reads Excel (.xlsx), CSV, TSV, vCard (2.1, 3.0, 4.0) and JSON, guesses what each column means, and creates what
is new: all of it or, on a fault, nothing. Takes files up to ${large.bytes / 2 ** 30} GB and ${
    large.rows.toLocaleString("en")
  } rows. The import can be undone under /imports for 30 days.

  --source TEXT         where the data come from, in words
  --legal-basis BASIS   ${legalBases.join(", ")}
  --tenant SLUG         may be left out where there is one tenant
  --existing MODE       what becomes of rows whose record exists (same e-mail, same customer number
                        and name, or same name and postal code): skip (default), fill its empty
                        fields, overwrite it with filled cells
  --sheet NAME          the sheet of a workbook; the first filled one when left out
  --country XX          whose phone numbers and postal codes those without a country are (DE, AT,
                        CH …); told by the file, else the tenant's own, when left out
  --dry-run             counts and reports, creates nothing
  --json                prints one JSON object:
      {"created": N, "updated": N, "duplicates": N, "skipped": N,
       "rejected": [{"row": N, "column": "…", "value": "…", "code": "…", "reason": "…"}],
       "warnings": [the same], "skippedRows": [the same], "ignoredColumns": ["…"],
       "unreadSheets": ["…"],
       "persons": N, "companies": N, "records": N, "dryRun": false, "importId": "…"}
      created = persons + companies; skipped rows hold no record, or nothing to make one of

Exit codes: 0 done, 1 done with rejected rows, 2 usage, 65 the file cannot be read,
69 no database, 78 configuration.`,
  async run(args, config) {
    const { values, positionals } = parse(args, options);
    const [file, ...rest] = positionals;
    if (!file || rest.length > 0) throw new Usage("name one FILE");
    const grounds = groundsOf(required(values.source, "source"), values["legal-basis"]);
    const existing = existings.find((each) => each === (values.existing ?? "skip"));
    if (!existing) throw new Usage(`--existing is one of ${existings.join(", ")}`);
    const country = values.country?.toUpperCase();
    if (country && !codes.includes(country)) throw new Usage("--country takes DE, AT, CH …");
    const wanted = {
      grounds,
      existing,
      sheet: values.sheet,
      country,
      dryRun: values["dry-run"] ?? false,
    };
    return await inDatabase(config, async (database) => {
      const tenant = await findTenant(database.app, values.tenant);
      const outcome = await importFile(database.house, database, tenant, file, wanted);
      if (outcome instanceof Unreadable) {
        const reason = refusalOf(outcome);
        if (values.json) console.log(JSON.stringify({ error: outcome.code, reason }));
        console.error(`${file}: ${reason}`);
        return unreadable;
      }
      console.log(values.json ? JSON.stringify(outcome) : sentences(outcome));
      return outcome.rejected.length > 0 ? 1 : 0;
    });
  },
};

function groundsOf(source: string, basis: string | undefined): imports.Grounds {
  const legalBasis = required(basis, "legal-basis") as LegalBasis;
  if (!legalBases.includes(legalBasis)) {
    throw new Usage(`--legal-basis is one of ${legalBases.join(", ")}`);
  }
  if (source.trim() === "" || source.length > 200) {
    throw new Usage("--source takes 1 to 200 characters");
  }
  return { source: source.trim(), legalBasis, purpose: purposeOf(legalBasis) };
}

interface Told extends Omit<Problem, "params"> {
  reason: string;
}

interface Outcome {
  created: number;
  updated: number;
  duplicates: number;
  skipped: number;
  rejected: Told[];
  warnings: Told[];
  skippedRows: Told[];
  /** Columns of which nothing is taken. */
  ignoredColumns: string[];
  /** Filled sheets of a workbook that were not read. */
  unreadSheets: string[];
  persons: number;
  companies: number;
  records: number;
  dryRun: boolean;
  importId: string;
}

interface Wanted {
  grounds: imports.Grounds;
  existing: Existing;
  sheet: string | undefined;
  country: string | undefined;
  dryRun: boolean;
}

/** The outcome, or why the file cannot be read. */
async function importFile(
  config: Config,
  { app }: Database,
  tenant: { id: string; locale: "de" | "en"; country: string },
  path: string,
  { grounds, existing, sheet, country, dryRun }: Wanted,
): Promise<Outcome | Unreadable> {
  const who = { tenantId: tenant.id, actor: system };
  const id = imports.fileId();
  try {
    const keyId = await withScope(app, who, (scope) => dataKeys.current(scope, config));
    await vault.store(config, imports.objectOf(id), keyId, read(path), large.bytes);
  } catch (error) {
    if (error instanceof vault.FileTooLarge) return new Unreadable("too_large");
    throw error;
  }
  const source = () => vault.open(config, imports.objectOf(id));
  try {
    const inspection = await files.inspect(source, {
      ...(country === undefined ? { home: tenant.country } : { country }),
      locale: tenant.locale,
      fileName: basename(path),
      sheet,
      large: true,
    });
    if (sheet !== undefined && inspection.plan.sheet !== sheet) {
      throw new Unreadable("sheet_missing");
    }
    await withScope(app, who, async (scope) => {
      await imports.create(scope, { id, fileName: basename(path), inspection });
      await states.order(scope, id, dryRun ? "checking" : "queued", grounds, existing);
    });
    const tools = { pool: app, secretKey: config.secretKey, source };
    await (dryRun ? runs.check : runs.run)(tools, who, id);
    return await withScope(app, who, async (scope) => ({
      ...await outcomeOf(scope, id, dryRun),
      ...leftOut(inspection),
    }));
  } catch (error) {
    await abandon(app, who, config, id, error);
    if (error instanceof Unreadable) return error;
    throw error;
  }
}

/** What of the file was not read at all. */
function leftOut({ plan, sheets = [] }: Inspection) {
  return {
    ignoredColumns: plan.columns.flatMap(({ target, name }, at) =>
      target === "ignore" ? [name || `column ${at + 1}`] : []
    ),
    unreadSheets: sheets.filter(({ filled, name }) => filled && name !== plan.sheet)
      .map(({ name }) => name),
  };
}

async function abandon(app: Database["app"], who: Who, config: Config, id: string, error: unknown) {
  const code = codeOf(error) ?? "interrupted";
  await withScope(app, who, (scope) => states.fail(scope, id, code)).catch(() => {});
  await vault.remove(config, imports.objectOf(id));
}

async function outcomeOf(
  scope: Scope,
  id: string,
  dryRun: boolean,
): Promise<Omit<Outcome, "ignoredColumns" | "unreadSheets">> {
  const { counts } = await imports.find(scope, id);
  const { contacts: persons = 0, companies = 0 } = counts;
  const told = async (outcome: "rejected" | "warning" | "skipped") => {
    const all: Told[] = [];
    for await (const batch of reports.all(scope, id, outcome)) {
      all.push(...batch.flatMap(({ problems }) => problems.map(tell)));
    }
    return all;
  };
  return {
    created: persons + companies,
    updated: counts.updated ?? 0,
    duplicates: counts.duplicates ?? 0,
    skipped: counts.skipped ?? 0,
    rejected: await told("rejected"),
    warnings: await told("warning"),
    skippedRows: await told("skipped"),
    persons,
    companies,
    records: counts.records ?? 0,
    dryRun,
    importId: id,
  };
}

function tell({ row, column, value, code, params }: Problem): Told {
  return { row, column, value, code, reason: reasonOf(code, { column, value, ...params }) };
}

/** Why the file is refused, with the bounds of the command line. */
function refusalOf({ code, params }: Unreadable): string {
  if (code === "too_large") return `The file is larger than ${large.bytes / 2 ** 30} GB.`;
  return reasonOf(code, params);
}

function reasonOf(code: string, params: Record<string, string | number> = {}): string {
  const key = `import_problems.${code}`;
  return isMessageKey(key) ? t(key, { limit: "", ...params }) : code;
}

function sentences(outcome: Outcome): string {
  const line = (count: number, words: string) => `${String(count).padStart(8)} ${words}`;
  return [
    `${outcome.dryRun ? "Would create" : "Created"}:`,
    line(outcome.persons, "contacts"),
    line(outcome.companies, "companies"),
    `${outcome.dryRun ? "Would update" : "Updated"}:`,
    line(outcome.updated, "records"),
    "Not created:",
    line(outcome.duplicates, "duplicates"),
    line(outcome.skipped, "skipped"),
    ...reasons(outcome.skippedRows),
    line(outcome.rejected.length, "rejected"),
    ...outcome.rejected.map(({ row, column, reason }) =>
      `  row ${row}${column ? `, ${column}` : ""}: ${reason}`
    ),
    ...(outcome.ignoredColumns.length > 0
      ? [`Columns not taken: ${outcome.ignoredColumns.join(", ")}`]
      : []),
    ...(outcome.unreadSheets.length > 0
      ? [`Sheets not read: ${outcome.unreadSheets.join(", ")}`]
      : []),
    ...(outcome.warnings.length > 0
      ? [`${outcome.warnings.length} warnings; --json lists them`]
      : []),
  ].join("\n");
}

/** Why rows were skipped, each reason once. */
function reasons(skipped: readonly Told[]): string[] {
  const alike = Map.groupBy(skipped, ({ reason }) => reason);
  return [...alike].map(([reason, rows]) => `  ${rows.length} × ${reason}`);
}

async function* read(path: string): AsyncGenerator<Uint8Array> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(resolve(path));
  } catch {
    throw new Usage(`there is no file ${path} that can be read`);
  }
  yield* file.readable;
}
