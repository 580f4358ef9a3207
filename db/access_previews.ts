/**
 * What there is to decide before an answer to a right of access is handed out: how much is stored,
 * whom it also concerns, which files go with it, and a mark of what was looked at.
 */
import { createHash } from "node:crypto";
import * as accessFiles from "./access_files.ts";
import * as packages from "./access_packages.ts";
import type { AccessPackage } from "./access_packages.ts";
import { type Parties, recipientsOf } from "./access_recipients.ts";
import * as sizes from "./access_sizes.ts";
import type { Language } from "./custom_access.ts";
import type { KeyStore } from "./key_store.ts";
import { columnsOf, type Person, personTables, type TableRows } from "./person_tables.ts";
import * as redactions from "./redactions.ts";
import type { Scope } from "./scope.ts";

export interface AccessPreview extends Pick<Parties, "operator" | "recipients"> {
  person: Person;
  sizes: sizes.Sizes;
  /** The person's own record, as the answer reports it. */
  contact: Record<string, unknown>;
  /** The words proposed to be made unreadable. */
  proposed: string[];
  /** The newest files, which can be left out. */
  files: accessFiles.PackageFile[];
  /** What was read: everything, or of a large answer the newest rows of some tables. */
  tables: readonly TableRows[];
  /** How many files there are in all. */
  fileCount: number;
  /** The answer itself; null if it is too large to be read here. */
  found: AccessPackage | null;
  /** A mark of all this: while it is the same, nothing has come or changed that nobody saw. */
  mark: string;
}

/** Files that can be left out one by one; what a person has beyond them is enclosed. */
export const shownFiles = 1_000;

/** Of a large answer: the rows of a table that are searched for others, the newest ones. */
const sampleRows = 200;

/** Their tables: of the others no row is the newest. */
const sampled = personTables.filter((table) =>
  table === "contacts" || (redactions.isOpen(table) && columnsOf(table).some(([id]) => id === "id"))
);

/** Looks at a person's data: all of it if that is little, else its numbers and a sample. */
export async function look(
  scope: Scope,
  store: KeyStore,
  person: Person,
  language: Language,
): Promise<AccessPreview> {
  const size = await sizes.of(scope, person);
  const found = size.isLarge ? null : await packages.read(scope, store, person, language);
  const tables = found?.tables ??
    await packages.readTables(scope, person, sampled, language, sampleRows);
  const files = found?.files ?? await accessFiles.list(scope, person, shownFiles);
  const most = found ? null : redactions.most;
  const proposed = await redactions.propose(scope, person, tables, most);
  const { operator, recipients } = found ?? await recipientsOf(scope);
  const shown = files.slice(0, shownFiles);
  return {
    ...{ person, sizes: size, tables, proposed, found, operator, recipients, files: shown },
    contact: tables.find(({ table }) => table === "contacts")?.rows[0] ?? {},
    fileCount: size.tables.find(({ table }) => table === "files")?.count ?? 0,
    mark: markOf(size, tables, proposed, files),
  };
}

/** The numbers of rows, the rows themselves as far as they were read, the words, and the files. */
function markOf(
  size: sizes.Sizes,
  tables: readonly TableRows[],
  proposed: readonly string[],
  files: readonly accessFiles.PackageFile[],
): string {
  // Others are not named in the rest, and looking at it writes some of it.
  const counts = size.tables.filter(({ table }) => redactions.isOpen(table));
  const rows = tables.filter(({ table }) => redactions.isOpen(table))
    .map(({ table, rows }) => [table, rows.map((row) => JSON.stringify(row)).sort()]);
  const seen = [counts, rows, proposed.toSorted(), files.map(({ id }) => id).sort()];
  return createHash("sha256").update(JSON.stringify(seen)).digest("base64url");
}
