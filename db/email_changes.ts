/** A new e-mail address for an identity: it counts once the new address has confirmed it. */
import * as identities from "./identities.ts";
import type { AnySql, Sql } from "./pool.ts";
import * as tokens from "./tokens.ts";

/** Makes the link's token for the new address; an older one stops working. */
export async function request(sql: AnySql, identityId: string, email: string): Promise<string> {
  await tokens.revoke(sql, "email_change", identityId);
  return await tokens.issue(sql, { kind: "email_change", identityId, email });
}

/** The new address that a live link confirms, or null. */
export async function lookup(sql: AnySql, token: string): Promise<string | null> {
  return (await tokens.lookup(sql, "email_change", token))?.email ?? null;
}

/** Uses a link up and moves the log-in; false when the link or the address is no longer free. */
export async function complete(pool: Sql, token: string): Promise<boolean> {
  return await pool.begin(async (sql) => {
    const used = await tokens.use(sql, "email_change", token);
    if (!used?.identityId || !used.email) return false;
    return await identities.moveTo(sql, used.identityId, used.email);
  });
}
