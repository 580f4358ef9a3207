/**
 * Prepares an answer to a right of access for sending: other people's data is made unreadable and
 * withheld files are left out.
 */
import type { AccessPackage } from "./access_packages.ts";
import type { TableRows } from "./person_tables.ts";
import * as redactions from "./redactions.ts";

/** Covers the words everywhere and removes every mention of withheld files except their number. */
export function cover(
  found: AccessPackage,
  words: readonly string[],
  isLeftOut: (fileId: string) => boolean,
): AccessPackage {
  const files = found.files.filter(({ id }) => !isLeftOut(id));
  const tables = found.tables.map((each) => each.table === "files" ? kept(each, isLeftOut) : each)
    .filter(({ rows }) => rows.length > 0);
  const names = redactions.covered(files.map(({ name }) => name), words);
  return {
    ...found,
    tables: redactions.apply(tables, words),
    files: files.map((each, i) => ({ ...each, name: names[i]! })),
    leftOut: found.files.length - files.length,
  };
}

/**
 * The answer as it was to be looked at: without the files that have been added since, and without
 * such rows in the tables that `isLooked` names. What was changed since is covered like everything
 * that nobody has seen.
 */
export function asOf(
  found: AccessPackage,
  at: Date,
  isLooked: (table: string) => boolean = () => true,
): AccessPackage {
  const isLater = (moment: unknown) => typeof moment === "string" && Date.parse(moment) > +at;
  const isSeen = (table: string, row: Record<string, unknown>) =>
    !isLater(row[table === "files" ? "at" : "created_at"]);
  return {
    ...found,
    tables: found.tables.map(({ table, rows }) => ({
      table,
      rows: isLooked(table) ? rows.filter((row) => isSeen(table, row)) : rows,
    })).filter(({ rows }) => rows.length > 0),
    files: found.files.filter(({ addedAt }) => addedAt <= at),
  };
}

const kept = ({ table, rows }: TableRows, isLeftOut: (fileId: string) => boolean): TableRows => ({
  table,
  rows: rows.filter(({ id }) => !isLeftOut(String(id))).map(({ id: _, ...row }) => row),
});
