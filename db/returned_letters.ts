/** Letters about a request that reached nobody: a step of the case, so that somebody tells by other means. */
import * as caseEvents from "./case_events.ts";
import * as cases from "./cases.ts";
import { providerId } from "./controllers.ts";
import type { MailKind } from "./mails.ts";
import type { Sql } from "./pool.ts";
import type { Scope } from "./scope.ts";

export interface ReturnedLetter {
  /** Whose request it is about. */
  controllerId: string;
  /** It begins with the case's number, and names nobody. */
  subject: string;
  writtenAt: Date;
  failedAt: Date;
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
    { tenantId: string | null; subject: string; createdAt: Date; finishedAt: Date }[]
  >`
    select tenant_id, subject, created_at, finished_at
    from mails
    where id = ${mailId}
      and status = 'failed'
      and kind = any (${[...kinds]})
  `;
  if (!row) return null;
  const { tenantId, subject, createdAt: writtenAt, finishedAt: failedAt } = row;
  return { controllerId: tenantId ?? providerId, subject, writtenAt, failedAt };
}

/**
 * Notes it in its case, whose number comes back; null where it was noted already, or the case is
 * over. Where the letter was to tell of the `restriction`'s end, nobody was told: it stays (Art. 18(3)),
 * save where a later letter told of another one's.
 */
export async function note(
  scope: Scope,
  { subject, writtenAt, failedAt }: ReturnedLetter,
  { restriction }: { restriction: boolean },
): Promise<string | null> {
  const number = /\bDS-[0-9A-Z]{4}-[0-9A-Z]{2}\b/.exec(subject)?.[0];
  const found = number ? await cases.lookup(scope, number) : null;
  if (!found) return null;
  const { sql, tenantId } = scope;
  const { id: caseId } = found;
  const known = await sql`
    select
    from case_events
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and action = 'letter_returned'
      and reason = ${subject}
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
  await caseEvents.append(scope, { caseId, action: "letter_returned", reason: subject, by });
  return found.number;
}
