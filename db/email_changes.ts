/**
 * A new e-mail address for an identity: it takes effect once it has been confirmed from the new
 * mailbox.
 */
import * as identities from "./identities.ts";
import type { AnySql, Sql } from "./pool.ts";
import * as sessions from "./sessions.ts";
import * as demands from "./sign_in_demands.ts";
import * as tokens from "./tokens.ts";

/** Creates the token for the link sent to the new address; an older one stops working. */
export async function request(sql: AnySql, identityId: string, email: string): Promise<string> {
  await tokens.revoke(sql, "email_change", identityId);
  return await tokens.issue(sql, { kind: "email_change", identityId, email });
}

/** The new address that a valid link confirms, or null. */
export async function lookup(sql: AnySql, token: string): Promise<string | null> {
  return (await tokens.lookup(sql, "email_change", token))?.email ?? null;
}

/**
 * Uses up a link and moves the log-in; returns false when the link is invalid or the address has
 * been taken. Ends everything the old address could still open: links for a new password and all
 * sessions except the one in `keep`.
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
    // Another identity took the address between our check and our update.
    if (error?.code === "23505") return false;
    throw error;
  });
}
