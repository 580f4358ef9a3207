/** Letters about a request that reached nobody: a step of the case, so that somebody tells by other means. */
import * as caseEvents from "./case_events.ts";
import * as cases from "./cases.ts";
import { providerId } from "./controllers.ts";
import type { MailKind } from "./mails.ts";
import type { Sql } from "./pool.ts";
import type { Scope } from "./scope.ts";
import * as transmissions from "./transmissions.ts";

export interface ReturnedLetter {
  /** Whose request it is about. */
  controllerId: string;
  /** It begins with the case's number, and names nobody. */
  subject: string;
  writtenAt: Date;
  failedAt: Date;
  /** The address of a recipient of the person's data, where it was to tell one (Art. 19 GDPR). */
  reach: string | null;
}

/** Codes are asked for by who waits for them, and asked for again. */
const kinds: readonly MailKind[] = [
  "case_receipt",
  "case_notice",
  "case_delivery",
  "recipient_notice",
];

/** The letter about a request that a mail was and that failed for good; null for every other mail. */
export async function lookup(pool: Sql, mailId: string): Promise<ReturnedLetter | null> {
  const [row] = await pool<
    {
      tenantId: string | null;
      kind: MailKind;
      recipient: string;
      subject: string;
      createdAt: Date;
      finishedAt: Date;
    }[]
  >`
    select tenant_id, kind, recipient, subject, created_at, finished_at
    from mails
    where id = ${mailId}
      and status = 'failed'
      and kind = any (${[...kinds]})
  `;
  if (!row) return null;
  const { tenantId, kind, recipient, subject, createdAt: writtenAt, finishedAt: failedAt } = row;
  const reach = kind === "recipient_notice" ? recipient : null;
  return { controllerId: tenantId ?? providerId, subject, writtenAt, failedAt, reach };
}

/**
 * Notes it in its case, whose number comes back; null where it was noted already, or the case is
 * over. Where the letter was to tell of the `restriction`'s end, nobody was told: it stays (Art. 18(3)),
 * save where a later letter told of another one's. A recipient that it was to tell waits to be told by hand.
 */
export async function note(
  scope: Scope,
  { subject, writtenAt, failedAt, reach }: ReturnedLetter,
  { restriction }: { restriction: boolean },
): Promise<string | null> {
  const number = /\bDS-[0-9A-Z]{4}-[0-9A-Z]{2}\b/.exec(subject)?.[0];
  const found = number ? await cases.lookup(scope, number) : null;
  if (!found) return null;
  const { sql, tenantId } = scope;
  const { id: caseId } = found;
  const untold = reach === null
    ? []
    : await transmissions.markUntold(scope, caseId, reach, writtenAt);
  if (reach !== null && untold.length === 0) return null;
  // Several recipients are told under one subject.
  const reason = untold.length === 0 ? subject : `${subject}: ${untold.join(", ")}`;
  const known = await sql`
    select
    from case_events
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and action = 'letter_returned'
      and reason = ${reason}
      and at >= ${failedAt}
  `;
  if (known.length > 0) return null;
  if (restriction) {
    await sql`
      update restrictions r
      set told_at = null, lift_on = null
      from case_items i
      where r.tenant_id = ${tenantId}
        and i.tenant_id = r.tenant_id
        and i.id = r.item_id
        and i.case_id = ${caseId}
        and r.lifted_at is null
        and r.told_at <= ${writtenAt}
    `;
  }
  const by = { kind: "system", id: null } as const;
  await caseEvents.append(scope, { caseId, action: "letter_returned", reason, by });
  return found.number;
}
