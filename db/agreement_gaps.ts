/** What is processed for a customer although its accepted agreement does not settle it. */
import { mapped } from "./personal_data.ts";
import { files } from "./personal_data/files.ts";
import {
  type Agreement,
  oldestLawful,
  outdatedBy,
  type Substance,
} from "./processing_agreements.ts";
import * as records from "./processing_records.ts";
import type { Scope } from "./scope.ts";

/** A group of persons and a kind of data about them, each as the personal-data map names it. */
type Pair = `${string}: ${string}`;

/** Values of a column that say nothing. */
const nothing = ["", "{}", "[]", "\\x", "false", "0"];

/**
 * Whether the customer's data are processed without an agreement as Art. 28(3) GDPR demands it: of
 * another provider, on terms that lack what it has to contain, or about kinds of data that it does
 * not name. A kind that an update brought counts once the customer stores data of it. Measures do
 * not: whether those promised are in force is proved by clause 7.1.
 */
export async function hasGap(
  scope: Scope,
  accepted: Agreement,
  today: Substance,
): Promise<boolean> {
  // The agreement is its tenant's: under another name it is the same party, which is asked again.
  const tenant = accepted.substance?.tenant ?? today.tenant;
  const outdated = outdatedBy(accepted, { ...today, tenant }, []);
  if (outdated.includes("parties")) return true;
  const { terms, data } = accepted.substance ?? { terms: 1, data: [] };
  if (terms < oldestLawful) return true;
  return outdated.includes("data") && await storesBeyond(scope, pairsIn(data));
}

/** The pairs in an agreement's terms: each names groups of persons, and kinds of data for all. */
function pairsIn(terms: readonly string[]): Set<Pair> {
  return new Set(terms.flatMap((term) => {
    const [subjects = "", categories = ""] = term.split(": ");
    return subjects.split(",").flatMap((subject) =>
      categories.split(",").map((category): Pair => `${subject}: ${category}`)
    );
  }));
}

/** Whether data are stored of a pair that is not settled. */
async function storesBeyond(scope: Scope, settled: ReadonlySet<Pair>): Promise<boolean> {
  const columns = new Map<string, string[]>();
  for (const [path, column] of mapped()) {
    if (!records.names(column, "processor")) continue;
    if (settled.has(`${column.subject}: ${column.category}`)) continue;
    const [schema, table, name] = path.split(".");
    if (schema !== "public") return true;
    columns.set(table!, [...columns.get(table!) ?? [], name!]);
  }
  // What is in files cannot be looked through.
  const unread = Object.values(files).some(({ categories, ...store }) =>
    categories.some((category) =>
      records.names({ ...store, category }, "processor") &&
      !settled.has(`${store.subject}: ${category}`)
    )
  );
  if (unread) return true;
  // Restricted persons' data are stored as well.
  await scope.sql`set local app.sees_restricted = 'on'`;
  for (const [table, names] of columns) if (await holds(scope, table, names)) return true;
  return false;
}

/** Whether a row of the tenant says something in one of the columns. */
async function holds(
  { sql, tenantId }: Scope,
  table: string,
  names: readonly string[],
): Promise<boolean> {
  const filled = names.map((name) =>
    sql`(t.${sql(name)} is not null and t.${sql(name)}::text <> all (${nothing}))`
  ).reduce((before, each) => sql`${before} or ${each}`);
  const [row] = await sql<[{ found: boolean }]>`
    select exists (
      select
      from ${sql(table)} t
      where t.tenant_id = ${tenantId}
        and (${filled})
    ) as found
  `;
  return row.found;
}
