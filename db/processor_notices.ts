/** Who among the customers was told of a change of processors, and what keeps it from taking effect. */
import { today } from "./clock.ts";
import type { AnySql } from "./pool.ts";
import { type Change, noticePeriod } from "./processor_changes.ts";
import type { Scope } from "./scope.ts";

/** An owner who has to be told. */
export interface Owner {
  tenantId: string;
  userId: string;
  email: string;
  name: string;
  locale: "de" | "en";
}

/** How far a change is told. */
export interface Tally {
  untold: number;
  queued: number;
  sent: number;
  bounced: number;
  /** The day on which the last of those who were there at the announcement was told. */
  toldOn: string | null;
}

/** Records stay three years after the year in which they were made (class `policy_notice`). */
const keptYears = 3;

/** The next owners without a record of this change, of all tenants; at most `bound`. */
export async function listUntold(sql: AnySql, changeId: string, bound: number): Promise<Owner[]> {
  return await sql<Owner[]>`
    select tenant_id, user_id, email, name, locale
    from untold_owners(${changeId}, ${bound})
  `;
}

/** Notes in a tenant that an owner's mail was queued. False where it was noted before. */
export async function create(
  { sql, tenantId, now }: Scope,
  changeId: string,
  userId: string,
): Promise<boolean> {
  const { count } = await sql`
    insert into processor_notices (tenant_id, change_id, user_id, queued_at)
    values (${tenantId}, ${changeId}, ${userId}, ${now})
    on conflict do nothing
  `;
  return count > 0;
}

/** Says which mail carries an owner's notice. */
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

/** Takes over what became of the mails, and removes records whose years are over. */
export async function settle(sql: AnySql): Promise<void> {
  const year = Temporal.PlainDate.from(today()).year - keptYears;
  await sql`
    select settle_processor_notices(make_timestamptz(${year}, 1, 1, 0, 0, 0, 'Europe/Berlin'))
  `;
}

/** How far a change is told. */
export async function count(sql: AnySql, changeId: string): Promise<Tally> {
  const [tally] = await sql<Tally[]>`
    select untold, queued, sent, bounced, told_on
    from processor_notice_tally(${changeId})
  `;
  return tally!;
}

/** Why an announced change has no effect yet. */
export type Delay = "not_due" | "not_told" | "not_settled" | "told_late";

/** What keeps a change from taking effect today; null when nothing does. */
export function delay(
  { takesEffectOn }: Pick<Change, "takesEffectOn">,
  tally: Tally,
): Delay | null {
  if (takesEffectOn > today()) return "not_due";
  if (tally.untold > 0) return "not_told";
  if (tally.queued > 0) return "not_settled";
  // Whoever became an owner later was told at once; all others have the whole period.
  const { toldOn } = tally;
  const over = toldOn === null
    ? null
    : Temporal.PlainDate.from(toldOn).add(noticePeriod).toString();
  return over !== null && over > today() ? "told_late" : null;
}
