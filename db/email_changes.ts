/** A new e-mail address for an identity: it counts once the new address has confirmed it. */
import * as identities from "./identities.ts";
import type { AnySql, Sql } from "./pool.ts";
import * as sessions from "./sessions.ts";
import * as demands from "./sign_in_demands.ts";
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

/**
 * Uses a link up and moves the log-in; false when the link or the address is no longer free. What
 * could still be opened through the old address ends: links to a new password and all sessions but
 * the one to keep.
 */
export async function complete(pool: Sql, token: string, keep: string | null): Promise<boolean> {
  return await pool.begin(async (sql) => {
    const used = await tokens.use(sql, "email_change", token);
    if (!used?.identityId || !used.email) return false;
    if (!await demands.allows(sql, used.identityId, used.email)) return false;
    if (!await identities.moveTo(sql, used.identityId, used.email)) return false;
    await tokens.revoke(sql, "password_reset", used.identityId);
    await sessions.removeAll(sql, used.identityId, keep);
    await demands.enforceFor(sql, used.identityId);
    return true;
  }).catch((error) => {
    // Another identity took the address between our look and our writing.
    if (error?.code === "23505") return false;
    throw error;
  });
}
