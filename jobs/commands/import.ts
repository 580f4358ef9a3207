/** `crm import`: imports a file into a tenant in this process, by the same code as the page. */
import { basename, resolve } from "node:path";
import * as dataKeys from "../../db/data_keys.ts";
import * as imports from "../../db/imports.ts";
import * as assignees from "../../db/imports/assignees.ts";
import * as files from "../../db/imports/files.ts";
import { type Existing, existings } from "../../db/imports/merges.ts";
import { large, Unreadable } from "../../db/imports/problems.ts";
import * as runs from "../../db/imports/runs.ts";
import * as states from "../../db/imports/states.ts";
import { legalBases, type LegalBasis, purposeOf } from "../../db/origins.ts";
import { type Scope, system, type Who, withScope } from "../../db/scope.ts";
import { codes } from "../../db/countries.ts";
import { longPool } from "../../db/pool.ts";
import * as vault from "../../db/vault.ts";
import type { Config } from "../../db/config.ts";
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
import { type Outcome, outcomeOf, printJson, printText, reasonOf } from "./import_outcomes.ts";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const options = {
  tenant: text,
  source: text,
  "legal-basis": text,
  existing: text,
  owner: text,
  sheet: text,
  country: text,
  "dry-run": flag,
  json: flag,
} as const;

const unreadable = 65;

export const importCommand: Command = {
  summary: "Import contacts, companies or deals from a file",
  help: `Usage: deno task crm import FILE [--tenant SLUG] --source TEXT --legal-basis BASIS
         [--existing skip|fill|overwrite] [--owner EMAIL] [--sheet NAME]
         [--country XX] [--dry-run] [--json]

Reads Excel (.xlsx, .xml of 2003), LibreOffice (.ods, .fods), tables in web pages, CSV, TSV, vCard
(2.1, 3.0, 4.0; also as JSON or XML), JSContact, phone books from FRITZ!Box and desk phones, LDIF and
JSON, works out what each column means, and creates what is new: all of it or, on an error, nothing.
Takes files up to ${large.bytes / 2 ** 30} GB and ${
    large.rows.toLocaleString("en")
  } rows. The import can be undone under /imports for 30 days.

  --source TEXT         where the data come from, in words
  --legal-basis BASIS   ${legalBases.join(", ")}
  --tenant SLUG         may be left out if there is only one tenant
  --existing MODE       what to do with rows whose record already exists (same e-mail, same customer
                        number and name, or same name and postcode): skip (default), fill its empty
                        fields, or overwrite it with filled cells
  --owner EMAIL         owner of the records from rows that name no active user; default: nobody.
                        Rows that name one, by e-mail address or name, go to that user
  --sheet NAME          the sheet of a workbook; default: the first one that is not empty
  --country XX          the country of phone numbers and postcodes without one (DE, AT, CH …);
                        default: as the file suggests, otherwise the tenant's own
  --dry-run             count and report, create nothing
  --json                print one JSON object:
      {"created": N, "updated": N, "duplicates": N, "skipped": N,
       "rejected": [{"row": N, "column": "…", "value": "…", "code": "…", "reason": "…"}],
       "warnings": [the same], "skippedRows": [the same], "ignoredColumns": ["…"],
       "unreadSheets": ["…"], "owners": {"given": N, "unknown": [{"name": "…", "rows": N}]},
       "persons": N, "companies": N, "deals": N, "records": N, "dryRun": false, "importId": "…"}
      created = persons + companies + deals; skipped rows hold no record, or nothing to make one
      from; owners: rows that name an active user, and the names of others

Exit codes: 0 done, 1 done with rejected rows, 2 usage, 65 the file cannot be read,
69 no database, 78 configuration.`,
  async run(args, config) {
    const { values, positionals } = parse(args, options, Infinity);
    const [file, ...rest] = positionals;
    if (!file || rest.length > 0) throw new Usage("give exactly one FILE");
    const grounds = groundsOf(required(values.source, "source"), values["legal-basis"]);
    const existing = existings.find((each) => each === (values.existing ?? "skip"));
    if (!existing) throw new Usage(`--existing must be one of ${existings.join(", ")}`);
    const country = values.country?.toUpperCase();
    if (country && !codes.includes(country)) throw new Usage("--country takes DE, AT, CH …");
    const wanted = {
      grounds,
      existing,
      owner: values.owner,
      sheet: values.sheet,
      country,
      dryRun: values["dry-run"] ?? false,
    };
    return await inDatabase(config, async (database) => {
      const tenant = await findTenant(database.app, values.tenant);
      const outcome = await importFile(database.store, database, tenant, file, wanted);
      if (outcome instanceof Unreadable) {
        const reason = refusalOf(outcome);
        if (values.json) console.log(JSON.stringify({ error: outcome.code, reason }));
        console.error(`${file}: ${reason}`);
        return unreadable;
      }
      const print = values.json ? printJson : printText;
      const who = { tenantId: tenant.id, actor: system };
      const rejected = await withScope(longPool(database.app), who, (scope) => {
        return print(scope, outcome);
      });
      return rejected ? 1 : 0;
    });
  },
};

function groundsOf(source: string, basis: string | undefined): imports.Grounds {
  const legalBasis = required(basis, "legal-basis") as LegalBasis;
  if (!legalBases.includes(legalBasis)) {
    throw new Usage(`--legal-basis must be one of ${legalBases.join(", ")}`);
  }
  if (source.trim() === "" || source.length > 200) {
    throw new Usage("--source takes 1 to 200 characters");
  }
  return { source: source.trim(), legalBasis, purpose: purposeOf(legalBasis) };
}

interface Wanted {
  grounds: imports.Grounds;
  existing: Existing;
  owner: string | undefined;
  sheet: string | undefined;
  country: string | undefined;
  dryRun: boolean;
}

/** Returns the outcome, or why the file cannot be read. */
async function importFile(
  config: Config,
  { app }: Database,
  tenant: { id: string; locale: "de" | "en"; country: string },
  path: string,
  { grounds, existing, owner, sheet, country, dryRun }: Wanted,
): Promise<Outcome | Unreadable> {
  const who = { tenantId: tenant.id, actor: system };
  const ownerId = owner === undefined
    ? undefined
    : await withScope(app, who, (scope) => userCalled(scope, owner));
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
      const chosen = { existing, ...ownerId ? { ownerId } : {} };
      await states.order(scope, id, dryRun ? "checking" : "queued", grounds, chosen);
    });
    const tools = { pool: app, secretKey: config.secretKey, source };
    await (dryRun ? runs.check : runs.run)(tools, who, id);
    return await withScope(app, who, (scope) => outcomeOf(scope, id, inspection, dryRun));
  } catch (error) {
    await abandon(app, who, config, id, error);
    if (error instanceof Unreadable) return error;
    throw error;
  }
}

/** Finds the user with this address or name. Throws Usage. */
async function userCalled(scope: Scope, text: string): Promise<string> {
  const found = new assignees.Assignees(await assignees.list(scope)).find(text);
  if (!found) throw new Usage(`--owner: ${text} is not an active user of this tenant`);
  return found;
}

async function abandon(app: Database["app"], who: Who, config: Config, id: string, error: unknown) {
  const code = codeOf(error) ?? "interrupted";
  await withScope(app, who, (scope) => states.fail(scope, id, code)).catch(() => {});
  await vault.remove(config, imports.objectOf(id));
}

/** Why the file is refused, stating the limits of the command line. */
function refusalOf({ code, params }: Unreadable): string {
  if (code === "too_large") return `The file is larger than ${large.bytes / 2 ** 30} GB.`;
  return reasonOf(code, params);
}

async function* read(path: string): AsyncGenerator<Uint8Array> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(resolve(path));
    if ((await file.stat()).isDirectory) throw new Deno.errors.IsADirectory();
  } catch {
    throw new Usage(`cannot read the file ${path}`);
  }
  yield* file.readable;
}
