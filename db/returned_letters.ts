/**
 * Letters about a request that reached nobody: noted in the case, so that somebody informs the
 * person in another way.
 */
import * as caseEvents from "./case_events.ts";
import * as cases from "./cases.ts";
import type { Case } from "./cases.ts";
import { providerId } from "./controllers.ts";
import type { MailKind } from "./mails.ts";
import type { Sql } from "./pool.ts";
import * as restrictionEnds from "./restriction_ends.ts";
import type { Scope } from "./scope.ts";
import * as transmissions from "./transmissions.ts";

export interface EndedLetter {
  /** The tenant or provider that answers the request. */
  controllerId: string;
  /** Begins with the case's number and names nobody. */
  subject: string;
  writtenAt: Date;
  /** Whether a server took it; otherwise it failed for good. */
  sent: boolean;
  endedAt: Date;
  /** The address of a recipient of the person's data, if it was to inform one (Art. 19 GDPR). */
  reach: string | null;
}

/** Codes are not included: people waiting for one simply request it again. */
const kinds: readonly MailKind[] = [
  "case_receipt",
  "case_notice",
  "case_delivery",
  "recipient_notice",
];

/** The letter about a request behind a mail that is on its way no more; null for any other mail. */
export async function lookup(pool: Sql, mailId: string): Promise<EndedLetter | null> {
  const [row] = await pool<
    {
      tenantId: string | null;
      kind: MailKind;
      recipient: string;
      subject: string;
      sent: boolean;
      createdAt: Date;
      finishedAt: Date;
    }[]
  >`
    select tenant_id, kind, recipient, subject, status <> 'failed' as sent, created_at, finished_at
    from mails
    where id = ${mailId}
      and status <> 'queued'
      and kind = any (${[...kinds]})
  `;
  if (!row) return null;
  const { tenantId, kind, recipient, subject, sent, createdAt: writtenAt, finishedAt: endedAt } =
    row;
  const reach = kind === "recipient_notice" ? recipient : null;
  return { controllerId: tenantId ?? providerId, subject, writtenAt, sent, endedAt, reach };
}

/** The case that a letter is about, by the number in its subject; null if it no longer exists. */
export async function caseOf(
  scope: Scope,
  { subject }: Pick<EndedLetter, "subject">,
): Promise<Case | null> {
  const number = /\bDS-[0-9A-Z]{4}-[0-9A-Z]{2}\b/.exec(subject)?.[0];
  return number ? await cases.lookup(scope, number) : null;
}

/**
 * Notes the returned letter in its case and returns the case's number; null if it was noted already
 * or the case no longer exists. If it was to announce the `restriction`'s end, nobody was told, so
 * the restriction stays (Art. 18(3)), except where a later letter announced its end. A recipient it
 * was to inform is now to be told by hand.
 */
export async function note(
  scope: Scope,
  letter: EndedLetter,
  { restriction }: { restriction: boolean },
): Promise<string | null> {
  const { subject, writtenAt, endedAt, reach } = letter;
  const found = await caseOf(scope, letter);
  if (!found) return null;
  const { sql, tenantId } = scope;
  const { id: caseId } = found;
  const notReached = reach === null
    ? []
    : await transmissions.markNotNotified(scope, caseId, reach, writtenAt);
  if (reach !== null && notReached.length === 0) return null;
  // Several recipients are informed under the same subject.
  const reason = notReached.length === 0 ? subject : `${subject}: ${notReached.join(", ")}`;
  const known = await sql`
    select
    from case_events
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and action = 'letter_returned'
      and reason = ${reason}
      and at >= ${endedAt}
  `;
  if (known.length > 0) return null;
  if (restriction) await restrictionEnds.withdraw(scope, caseId, writtenAt);
  const by = { kind: "system", id: null } as const;
  await caseEvents.append(scope, { caseId, action: "letter_returned", reason, by });
  return found.number;
}
