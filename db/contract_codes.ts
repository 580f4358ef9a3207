/** Codes by mail that prove an owner is acting, needed to withdraw a notice. */
import { Buffer } from "node:buffer";
import { createHmac, hkdfSync, randomInt } from "node:crypto";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";
import * as tokens from "./tokens.ts";

/** Eight digits: guesses are limited per account. */
const newCode = (): string => String(randomInt(100_000_000)).padStart(8, "0");

function digest(secretKey: string, { tenantId, actor }: Scope, code: string): Buffer {
  const secret = Buffer.from(secretKey, "base64");
  const key = Buffer.from(hkdfSync("sha256", secret, tenantId, "contract codes", 32));
  return createHmac("sha256", key).update(`${actor.userId} ${code}`).digest();
}

/** Creates a code for the acting user; older ones stop working. Only its digest is stored. */
export async function issue(
  scope: Scope,
  secretKey: string,
  identityId: string,
): Promise<string> {
  const { sql, tenantId, now } = scope;
  await tokens.revoke(sql, "contract", identityId);
  const code = newCode();
  await sql`
    insert into tokens (id, kind, token_digest, identity_id, tenant_id, created_at, expires_at)
    values (
      ${newId()}, 'contract', ${digest(secretKey, scope, code)}, ${identityId}, ${tenantId},
      ${now}, ${tokens.deadline("contract", now)}
    )
  `;
  return code;
}

/** Uses a code up; false if it is wrong, used, expired or another person's. */
export async function use(scope: Scope, secretKey: string, code: string): Promise<boolean> {
  const { sql, tenantId, now } = scope;
  const { count } = await sql`
    update tokens
    set used_at = ${now}
    where kind = 'contract'
      and tenant_id = ${tenantId}
      and token_digest = ${digest(secretKey, scope, code.replace(/\s/g, ""))}
      and used_at is null
      and expires_at > ${now}
  `;
  return count === 1;
}
