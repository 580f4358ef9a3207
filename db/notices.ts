/** The duty to inform a person whose data are stored: when it is due and whether it was met. */
import * as changes from "./changes.ts";
import { NotFound } from "./errors.ts";
import type { Scope } from "./scope.ts";

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
