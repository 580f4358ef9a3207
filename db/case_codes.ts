/**
 * Codes in letters, typed to confirm what cannot be undone or written in replies. Only digests are
 * stored.
 */
import { randomInt, timingSafeEqual } from "node:crypto";
import { digester } from "./secret_chain.ts";
import type { Scope } from "./scope.ts";

/** After this many wrong codes, a letter's codes and links stop working. */
export const mostFailures = 3;

/** A new code: four digits for the officer to type. */
export const newCode = (): string => String(randomInt(1_000, 10_000));

/** The keyed digest of a code: a plain digest of four digits could easily be guessed. */
export function codeDigest(
  secretKey: string,
  { tenantId }: Pick<Scope, "tenantId">,
  letterId: string,
  code: string,
): Uint8Array {
  return digester(secretKey, { tenantId, info: "case codes" })(`${letterId} ${code}`);
}

/** The item of a letter that a code belongs to, or null; a wrong code counts against the letter. */
export async function match(
  scope: Scope,
  secretKey: string,
  letterId: string,
  code: string,
): Promise<string | null> {
  const { sql, tenantId } = scope;
  const [letter] = await sql<{ failures: number }[]>`
    select failures
    from case_letters
    where tenant_id = ${tenantId}
      and id = ${letterId}
    for update
  `;
  if (!letter || letter.failures >= mostFailures) return null;
  const codes = await sql<{ itemId: string; codeDigest: Uint8Array }[]>`
    select item_id, code_digest
    from case_codes
    where tenant_id = ${tenantId}
      and letter_id = ${letterId}
    limit 20
  `;
  const digest = codeDigest(secretKey, scope, letterId, code);
  const found = codes.find((each) => timingSafeEqual(each.codeDigest, digest));
  if (found) return found.itemId;
  await sql`
    update case_letters
    set failures = failures + 1
    where tenant_id = ${tenantId}
      and id = ${letterId}
  `;
  return null;
}
