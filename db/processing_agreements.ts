/** Which processing agreement (Art. 28(3) GDPR) a customer has accepted, by whom and when. */
import { createHash } from "node:crypto";
import * as changes from "./changes.ts";
import { newId } from "./ids.ts";
import { canonical } from "./policies.ts";
import type { Scope } from "./scope.ts";

/** A part of the agreement with its heading; annexes carry tables. */
export interface Part {
  title: string;
  paragraphs: string[];
  table?: { head: string[]; rows: string[][] };
}

export interface Agreement {
  id: string;
  sha256: string;
  content: Part[];
  acceptedByName: string;
  acceptedAt: Date;
}

/** SHA-256 of a text, the same whatever order its keys come in. */
export const digestOf = (content: readonly Part[]): string =>
  createHash("sha256").update(canonical(content)).digest("hex");

/** The newest agreement the customer has accepted, or null. */
export async function lookup({ sql, tenantId }: Scope): Promise<Agreement | null> {
  const [row] = await sql<Agreement[]>`
    select id, sha256, content, accepted_by_name, accepted_at
    from processing_agreements
    where tenant_id = ${tenantId}
    order by accepted_at desc, id desc
    limit 1
  `;
  return row ?? null;
}

/** Accepts this very text in the name of the customer; safe to repeat. */
export async function accept(scope: Scope, content: Part[], name: string): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const id = newId();
  const { count } = await sql`
    insert into processing_agreements (
      tenant_id, id, sha256, content, accepted_by_name, user_id, accepted_at
    ) values (
      ${tenantId}, ${id}, ${digestOf(content)}, ${sql.json(content as never)}, ${name},
      ${actor.userId}, ${now}
    )
    on conflict (tenant_id, sha256) do nothing
  `;
  if (count === 0) return;
  await changes.record(scope, {
    kind: "tenant",
    id: tenantId,
    action: "agreement_accepted",
  });
}
