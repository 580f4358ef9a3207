/** The duty to inform a person whose data are stored: when it is due and whether it was met. */
import { type Changed, touchable, type What } from "./bulk_batches.ts";
import * as changes from "./changes.ts";
import { NotFound } from "./errors.ts";
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";

/** Where the data came from: the person, or somebody or somewhere else. */
export type Collected = "from_person" | "elsewhere";

/**
 * The last day on which the person may be informed, as `YYYY-MM-DD`: the day of collection when
 * the person gave the data (Art. 13(1) GDPR), else one month later (Art. 14(3)(a); a month ends on
 * the day of the same number or on its last day, Art. 3(2)(c) of Regulation 1182/71).
 */
export function dueOn(collected: Collected, collectedOn: string): string {
  if (collected === "from_person") return collectedOn;
  return Temporal.PlainDate.from(collectedOn).add({ months: 1 }).toString();
}

/**
 * Somebody was written to on this day, in or out of the writer's sight: whoever was not informed
 * yet must be by then, because the month ends with the first communication (Art. 14(3)(b) GDPR). A
 * mail from before the data were collected was none with them.
 */
export async function hasten(
  scope: Scope,
  contactIds: readonly string[],
  day: string,
): Promise<void> {
  const { sql, tenantId } = scope;
  await widely(scope, () =>
    sql`
    update contacts
    set notice_due_on = ${day}
    where tenant_id = ${tenantId}
      and id = any (${[...contactIds]}::uuid[])
      and notice_sent_at is null
      and notice_due_on > ${day}
      and (created_at at time zone 'Europe/Berlin')::date <= ${day}
  `);
}

/** Records that the person was informed now. Throws NotFound. */
export async function send(scope: Scope, contactId: string): Promise<void> {
  await mark(scope, contactId, scope.now);
  await changes.record(scope, { kind: "contact", id: contactId, action: "notice_sent" });
}

/** Withdraws that record. Throws NotFound. */
export async function withdraw(scope: Scope, contactId: string): Promise<void> {
  await mark(scope, contactId, null);
  await changes.record(scope, { kind: "contact", id: contactId, action: "notice_withdrawn" });
}

async function mark({ sql, tenantId }: Scope, contactId: string, at: Date | null): Promise<void> {
  const [row] = await sql`
    update contacts
    set notice_sent_at = ${at}
    where tenant_id = ${tenantId}
      and id = ${contactId}
      and deleted_at is null
    returning id
  `;
  if (!row) throw new NotFound("contact");
}

/** Records of a batch that those not informed yet were informed now; returns whom it concerned. */
export async function apply(scope: Scope, what: What, ids: readonly string[]): Promise<Changed[]> {
  const { sql, tenantId, now } = scope;
  return await sql<Changed[]>`
    with meant as materialized (
      select p.id
      ${touchable(scope, what, ids)}
    )
    update contacts p
    set notice_sent_at = ${now}
    from meant
    where p.tenant_id = ${tenantId}
      and p.id = meant.id
      and p.notice_sent_at is null
    returning p.id, null as old
  `;
}

/** Withdraws it where it was this change's record. */
export async function revert(scope: Scope, what: What, ids: readonly string[]): Promise<Changed[]> {
  const { sql, tenantId } = scope;
  return await sql<Changed[]>`
    with meant as materialized (
      select p.id
      ${touchable(scope, what, ids)}
    )
    update contacts p
    set notice_sent_at = null
    from meant
    where p.tenant_id = ${tenantId}
      and p.id = meant.id
      and p.notice_sent_at <= (
        select coalesce(finished_at, 'infinity')
        from bulk_changes
        where tenant_id = ${tenantId}
          and id = ${what.id}
      )
    returning p.id, null as old
  `;
}

/** Writes the histories of a batch. */
export async function note(scope: Scope, ids: readonly string[], forth: boolean): Promise<void> {
  const action = forth ? "notice_sent" : "notice_withdrawn";
  await changes.recordAll(scope, { kind: "contact", ids, action });
}
