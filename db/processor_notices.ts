/** Which customers were told of a change of processors, and what keeps it from taking effect. */
import { now, startOf, today } from "./clock.ts";
import { Invalid, NotFound } from "./errors.ts";
import { dayOf } from "./local_times.ts";
import type { AnySql, Sql } from "./pool.ts";
import { type Change, noticePeriod } from "./processor_changes.ts";
import { type Scope, system, withScope } from "./scope.ts";

/** An owner who must be told. */
export interface Owner {
  tenantId: string;
  userId: string;
  email: string;
  name: string;
  locale: "de" | "en";
}

/** How far the announcement of a change has got. */
export interface Tally {
  untold: number;
  /** Owners whose mails came back, if no other owner of the same customer was told. */
  undelivered: number;
  queued: number;
  sent: number;
  bounced: number;
  /** The day on which the last of the owners at the time of the announcement was told. */
  toldOn: string | null;
  /** Objections still open. */
  objected: number;
  /** The day on which the last objection was answered. */
  answeredOn: string | null;
}

/** How long customers have after the answer to their objection, to draw their conclusions. */
const answerPeriod = "P14D";

/** Records are kept three years after the year of their creation (class `policy_notice`). */
const keptYears = 3;

/** The next owners, of all tenants, who are due for a mail about this change. */
export async function listDue(sql: AnySql, changeId: string, bound: number): Promise<Owner[]> {
  return await sql<Owner[]>`
    select tenant_id, user_id, email, name, locale
    from untold_owners(${changeId}, ${now()}, ${bound})
  `;
}

/** An owner whose mails came back, with the customer's name. */
export interface BouncedOwner extends Owner {
  tenantName: string;
}

/** Owners whose mails came back and whose customer was told through nobody else; at most 100. */
export async function listBounced(sql: AnySql, changeId: string): Promise<BouncedOwner[]> {
  return await sql<BouncedOwner[]>`
    select tenant_id, user_id, email, name, locale, tenant_name
    from untold_owners(${changeId}, null, 1000)
    where bounced
    limit 100
  `;
}

/**
 * Notes that an owner whose mails came back was told by other means, on a given day. Throws Invalid
 * for a day before the announcement or in the future, NotFound if no mail came back.
 */
export async function noteInformed(
  pool: Sql,
  change: Pick<Change, "id" | "at">,
  userId: string,
  day: string,
): Promise<void> {
  const owner = (await listBounced(pool, change.id)).find((each) => each.userId === userId);
  if (!owner) throw new NotFound("processor_notice");
  if (day < dayOf(change.at) || day > today()) {
    throw new Invalid("processors.told_day", "informedOn");
  }
  await withScope(pool, { tenantId: owner.tenantId, actor: system }, ({ sql, tenantId }) =>
    sql`
      update processor_notices
      set status = 'told', settled_at = ${startOf(day)}, retry_at = null
      where tenant_id = ${tenantId}
        and change_id = ${change.id}
        and user_id = ${userId}
        and status = 'bounced'
    `);
}

/**
 * Notes that a mail to an owner was queued, possibly again after a bounce. False if that was noted
 * before.
 */
export async function create(
  { sql, tenantId, now }: Scope,
  changeId: string,
  userId: string,
): Promise<boolean> {
  const { count } = await sql`
    insert into processor_notices (tenant_id, change_id, user_id, queued_at)
    values (${tenantId}, ${changeId}, ${userId}, ${now})
    on conflict (tenant_id, change_id, user_id) do update
    set status = 'queued', queued_at = excluded.queued_at, settled_at = null, retry_at = null,
      attempts = processor_notices.attempts + 1
    where processor_notices.status = 'bounced'
      and processor_notices.retry_at <= excluded.queued_at
  `;
  return count > 0;
}

/** Records which mail carries an owner's notice. */
export async function assignMail(
  { sql, tenantId }: Scope,
  changeId: string,
  userId: string,
  mailId: string,
): Promise<void> {
  await sql`
    update processor_notices
    set mail_id = ${mailId}
    where tenant_id = ${tenantId}
      and change_id = ${changeId}
      and user_id = ${userId}
  `;
}

/**
 * In the transaction that withdraws a change: mails not sent yet are taken back, and all others who
 * were told of it are due for word of that.
 */
export async function withdraw(sql: AnySql, changeId: string): Promise<void> {
  await sql`select withdraw_processor_notices(${changeId}, ${now()})`;
}

/** An owner who does not know yet that a change was withdrawn. */
export interface WithdrawalReader extends Owner {
  changeId: string;
}

/** The next of them, of all tenants. */
export async function listWithdrawalDue(sql: AnySql, bound: number): Promise<WithdrawalReader[]> {
  return await sql<WithdrawalReader[]>`
    select tenant_id, change_id, user_id, email, name, locale
    from untold_withdrawals(${bound})
  `;
}

/** Notes that an owner was sent word of a withdrawal; false if that was noted before. */
export async function noteWithdrawal(
  { sql, tenantId, now }: Scope,
  changeId: string,
  userId: string,
): Promise<boolean> {
  const { count } = await sql`
    update processor_notices
    set withdrawal_told_at = ${now}
    where tenant_id = ${tenantId}
      and change_id = ${changeId}
      and user_id = ${userId}
      and withdrawal_due_at is not null
      and withdrawal_told_at is null
  `;
  return count > 0;
}

/** Copies the delivery results of the mails, and removes records past their retention. */
export async function settle(sql: AnySql): Promise<void> {
  const year = Temporal.PlainDate.from(today()).year - keptYears;
  await sql`
    select settle_processor_notices(make_timestamptz(${year}, 1, 1, 0, 0, 0, 'Europe/Berlin'))
  `;
}

/** How far the announcement of a change has got. */
export async function count(sql: AnySql, changeId: string): Promise<Tally> {
  const [tally] = await sql<Tally[]>`
    select untold, undelivered, queued, sent, bounced, told_on, objected, answered_on
    from processor_notice_tally(${changeId})
  `;
  return tally!;
}

/** Why an announced change has not taken effect yet. */
export type Delay =
  | "objected"
  | "not_due"
  | "not_told"
  | "not_delivered"
  | "not_settled"
  | "told_late"
  | "answered_late"
  | "no_evidence";

/** What keeps a change from taking effect today; null if nothing does. */
export function delay(
  { takesEffectOn }: Pick<Change, "takesEffectOn">,
  tally: Tally,
): Delay | null {
  if (tally.objected > 0) return "objected";
  if (takesEffectOn > today()) return "not_due";
  if (tally.untold > 0) return "not_told";
  if (tally.undelivered > 0) return "not_delivered";
  if (tally.queued > 0) return "not_settled";
  // Owners who joined later were told at once; all others get the whole period.
  if (isWithin(tally.toldOn, noticePeriod)) return "told_late";
  return isWithin(tally.answeredOn, answerPeriod) ? "answered_late" : null;
}

/** Whether a period starting on a day is still running. */
const isWithin = (day: string | null, period: string): boolean =>
  day !== null && Temporal.PlainDate.from(day).add(period).toString() > today();
