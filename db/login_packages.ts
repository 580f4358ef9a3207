/**
 * The answer to a person with a log-in who claims access: all data the provider itself holds about
 * them.
 */
import * as packages from "./access_packages.ts";
import type { AccessPackage } from "./access_packages.ts";
import type { Person } from "./person_tables.ts";
import type { Scope } from "./scope.ts";
import * as tenants from "./tenants.ts";
import * as traces from "./traces.ts";
import * as userData from "./user_data.ts";

/** Maximum number of log lines included. */
const mostLines = 20_000;

/** Reads it. Tenants answer for the data they hold about their users, so they are only named. */
export async function read(
  scope: Scope,
  secretKey: string,
  dataDir: string,
  person: Person,
): Promise<AccessPackage> {
  const { sql } = scope;
  const tables: AccessPackage["tables"] = [];
  const add = (table: string, rows: Record<string, unknown>[]) => {
    const there = tables.find((each) => each.table === table);
    if (there) there.rows.push(...rows);
    else if (rows.length > 0) tables.push({ table, rows });
  };
  const known: string[] = [];
  for (const [at, identityId] of person.contactIds.entries()) {
    const email = person.emails[at] ?? "";
    const held = await userData.read(sql, null, { identityId, email, userId: null });
    for (const [table, { rows }] of Object.entries(held)) add(table, rows);
    const memberships = await tenants.memberships(sql, identityId);
    add("users", memberships.map(({ tenantName, role }) => ({ tenant: tenantName, role })));
    known.push(identityId, ...memberships.map(({ userId }) => userId));
  }
  add("logs", await traces.logLines(dataDir, known, mostLines));
  const frame = await packages.frame(scope, { secretKey, dataDir }, person);
  return {
    ...frame,
    tables: [...tables, ...frame.tables],
    periods: packages.periodsOf([...tables, ...frame.tables].map(({ table }) => table)),
  };
}
