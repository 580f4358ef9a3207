/**
 * Proof that the person claiming rights reads the address: a link and a code, stored as digests
 * only.
 */
import { timingSafeEqual } from "node:crypto";
import { newId } from "./ids.ts";
import { newCode, typedCode } from "./readable_codes.ts";
import { digester } from "./secret_chain.ts";
import type { Scope } from "./scope.ts";
import { newToken, tokenDigest } from "./sessions.ts";

/** How long the link and code are valid, in hours. */
const hours = 72;
const mostFailures = 3;

/** Mailed to the person and stored nowhere. */
export interface Confirmation {
  token: string;
  code: string;
}

/** Creates a link and a code for a case; older ones stop working. */
export async function issue(
  scope: Scope,
  secretKey: string,
  caseId: string,
): Promise<Confirmation> {
  const { sql, tenantId, now } = scope;
  const token = newToken();
  const code = newCode(8);
  await sql`
    delete from case_confirmations
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
  `;
  await sql`
    insert into case_confirmations (
      tenant_id, id, case_id, token_digest, code_digest, created_at, expires_at
    ) values (
      ${tenantId}, ${newId()}, ${caseId}, ${tokenDigest(token)},
      ${codeDigest(secretKey, tenantId, caseId, code)}, ${now},
      ${new Date(now.getTime() + hours * 3_600_000)}
    )
  `;
  return { token, code };
}

/** Whether a link of the case is valid; changes nothing. */
export async function isLive(scope: Scope, caseId: string, token: string): Promise<boolean> {
  const { sql, tenantId, now } = scope;
  const rows = await sql`
    select
    from case_confirmations
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and token_digest = ${tokenDigest(token)}
      and used_at is null
      and expires_at > ${now}
  `;
  return rows.length > 0;
}

/**
 * Uses a link up: of many concurrent callers exactly one gets true. Its code works until it
 * expires.
 */
export async function use(scope: Scope, caseId: string, token: string): Promise<boolean> {
  const { sql, tenantId, now } = scope;
  const { count } = await sql`
    update case_confirmations
    set used_at = ${now}
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and token_digest = ${tokenDigest(token)}
      and used_at is null
      and expires_at > ${now}
  `;
  return count > 0;
}

/** Whether a code is the case's; after three wrong ones none is, until a new one is requested. */
export async function match(
  scope: Scope,
  secretKey: string,
  caseId: string | null,
  typed: string,
): Promise<boolean> {
  const { sql, tenantId, now } = scope;
  const code = typedCode(typed);
  const digest = codeDigest(secretKey, tenantId, caseId ?? "", code);
  const [row] = await sql<{ id: string; codeDigest: Uint8Array }[]>`
    select id, code_digest
    from case_confirmations
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and failures < ${mostFailures}
      and expires_at > ${now}
    for update
  `;
  if (!row) return false;
  if (timingSafeEqual(digest, row.codeDigest)) return true;
  await sql`
    update case_confirmations
    set failures = failures + 1
    where tenant_id = ${tenantId}
      and id = ${row.id}
  `;
  return false;
}

/** Keyed, because a plain digest of only eight letters could be guessed. */
function codeDigest(secretKey: string, tenantId: string, caseId: string, code: string): Uint8Array {
  return digester(secretKey, { tenantId, info: "case confirmations" })(`${caseId} ${code}`);
}
