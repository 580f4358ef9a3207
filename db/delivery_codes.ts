/** Codes typed to download an answer: each comes by a mail of its own and is valid for an hour. */
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { codeDigest, mostFailures } from "./case_codes.ts";
import { newCode, typedCode } from "./readable_codes.ts";
import type { Scope } from "./scope.ts";

/** How long a code is valid. */
export const codeMinutes = 60;

/** Creates a new code of an answer and returns it once; the previous one becomes invalid. */
export async function issue(scope: Scope, secretKey: string, id: string): Promise<string> {
  const { sql, tenantId, now } = scope;
  const code = newCode(8);
  await sql`
    update deliveries
    set code_digest = ${codeDigest(secretKey, scope, id, code)}, failures = 0,
      code_expires_at = ${new Date(now.getTime() + codeMinutes * 60_000)}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  return code;
}

/**
 * Whether a typed code is the current one; after three wrong ones none is, until a new one is made.
 */
export async function matches(
  scope: Scope,
  secretKey: string,
  id: string,
  typed: string,
): Promise<boolean> {
  const { sql, tenantId, now } = scope;
  const code = typedCode(typed);
  const [row] = await sql<{ codeDigest: Uint8Array }[]>`
    select code_digest
    from deliveries
    where tenant_id = ${tenantId}
      and id = ${id}
      and code_digest is not null
      and code_expires_at > ${now}
      and failures < ${mostFailures}
    for update
  `;
  if (!row) return false;
  if (timingSafeEqual(Buffer.from(row.codeDigest), codeDigest(secretKey, scope, id, code))) {
    return true;
  }
  await sql`
    update deliveries
    set failures = failures + 1
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  return false;
}
