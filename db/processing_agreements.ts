/** Which processing agreement (Art. 28(3) GDPR) a customer has accepted, by whom and when. */
import { createHash } from "node:crypto";
import * as changes from "./changes.ts";
import { newId } from "./ids.ts";
import { groups, inGroup } from "./measures.ts";
import { canonical } from "./policies.ts";
import * as records from "./processing_records.ts";
import type { Scope } from "./scope.ts";

/** A part of the agreement with its heading; annexes contain tables. */
export interface Part {
  title: string;
  paragraphs: string[];
  table?: { head: string[]; rows: string[][] };
}

/**
 * The version of the ten clauses. Increase it if a clause's meaning changes for the customer: a
 * mere rewording, or an additional right for the customer, leaves accepted agreements in force.
 */
export const termsVersion = 2;

/** The oldest version of them that contains everything Art. 28(3) GDPR demands. */
export const oldestLawful = 2;

/** What an agreement must settle under Art. 28(3), without its wording. */
export interface Substance {
  terms: number;
  provider: string;
  tenant: string;
  /** Groups of persons with their kinds of data, each as one term of the personal-data map. */
  data: string[];
  measures: string[];
}

/**
 * What an agreement between this provider and this customer has to settle today, with the names as
 * the agreement spells them.
 */
export const substanceOf = (provider: string, tenant: string): Substance => ({
  terms: termsVersion,
  provider,
  tenant,
  data: records.list("processor").map(({ subjects, categories }) => `${subjects}: ${categories}`),
  measures: groups.flatMap(inGroup),
});

/** Why an accepted agreement must be agreed again. */
export const reasons = ["terms", "parties", "data", "measures"] as const;
export type Reason = typeof reasons[number];

export interface Agreement {
  id: string;
  sha256: string;
  content: Part[];
  /** Null if it was accepted before this was recorded. */
  substance: Substance | null;
  acceptedByName: string;
  acceptedAt: Date;
}

/** SHA-256 of a text, independent of the order of its keys. */
export const digestOf = (content: readonly Part[]): string =>
  createHash("sha256").update(canonical(content)).digest("hex");

/** The newest agreement the customer has accepted, or null. */
export async function lookup({ sql, tenantId }: Scope): Promise<Agreement | null> {
  const [row] = await sql<Agreement[]>`
    select id, sha256, content, substance, accepted_by_name, accepted_at
    from processing_agreements
    where tenant_id = ${tenantId}
    order by accepted_at desc, id desc
    limit 1
  `;
  return row ?? null;
}

/**
 * Why the accepted agreement no longer settles what it must; empty if it does, however the text
 * reads today. Processors do not matter here: customers are told of each new one, and may object.
 */
export function outdatedBy(accepted: Agreement, today: Substance, content: Part[]): Reason[] {
  const { substance } = accepted;
  const before = substance ?? readFrom(accepted.content, today, content);
  const found: Record<Reason, boolean> = {
    terms: before.terms < today.terms,
    parties: before.provider !== today.provider || before.tenant !== today.tenant,
    data: today.data.some((each) => !before.data.includes(each)),
    measures: before.measures.some((each) => !today.measures.includes(each)),
  };
  return reasons.filter((reason) => found[reason]);
}

/** The substance of a text of which only the words were kept: whatever it names is settled. */
function readFrom(old: Part[], today: Substance, content: Part[]): Substance {
  const opening = old[0]?.paragraphs[0] ?? "";
  const rows = (parts: Part[]) => parts[1]?.table?.rows.map((row) => row.join(": ")) ?? [];
  const known = new Set(rows(old));
  const named = (name: string) => opening.includes(`${name} (`) ? name : "";
  return {
    terms: 1,
    provider: named(today.provider),
    tenant: named(today.tenant),
    data: today.data.filter((_, index) => known.has(rows(content)[index] ?? "")),
    measures: [],
  };
}

/**
 * Accepts exactly this text in the customer's name; safe to repeat. If the text was accepted before
 * and is current again, that acceptance counts from now on.
 */
export async function accept(
  scope: Scope,
  content: Part[],
  substance: Substance,
  name: string,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const id = newId();
  const { count } = await sql`
    insert into processing_agreements (
      tenant_id, id, sha256, content, substance, accepted_by_name, user_id, accepted_at
    ) values (
      ${tenantId}, ${id}, ${digestOf(content)}, ${sql.json(content)},
      ${sql.json(substance)}, ${name}, ${actor.userId}, ${now}
    )
    on conflict (tenant_id, sha256) do update
    set substance = excluded.substance, accepted_by_name = excluded.accepted_by_name,
      user_id = excluded.user_id, accepted_at = excluded.accepted_at
    where exists (
      select
      from processing_agreements newer
      where newer.tenant_id = ${tenantId}
        and newer.accepted_at > processing_agreements.accepted_at
    )
  `;
  if (count === 0) return;
  await changes.record(scope, {
    kind: "tenant",
    id: tenantId,
    action: "agreement_accepted",
  });
}
