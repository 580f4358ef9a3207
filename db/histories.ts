/** Removal of old changes and exports, and the reminder to delete exported copies. */
import { keptDays } from "./exports.ts";
import * as retentions from "./retentions.ts";
import type { Scope } from "./scope.ts";

/** Rows removed in one transaction. */
export const batch = 2000;

const day = 86_400_000;

const ago = (now: Date, months: number) =>
  new Date(
    Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO("UTC")
      .subtract({ months }).epochMilliseconds,
  );

/** Removes at most `batch` entries that have reached the tenant's maximum age; returns how many. */
export async function removeOld(scope: Scope): Promise<number> {
  const { sql, tenantId, now } = scope;
  const before = ago(now, (await retentions.find(scope)).history);
  const [row] = await sql<[{ count: number }]>`select erase_history(${before}, ${batch}) as count`;
  const { count } = await sql`
    delete from exports
    where tenant_id = ${tenantId}
      and created_at <= ${before}
  `;
  return row.count + count;
}

/** A user who exported data so long ago that the copies have to be deleted. */
export interface Holder {
  email: string;
  name: string;
  locale: "de" | "en";
  count: number;
}

/** Marks exports whose copies have to be deleted by now as reminded; returns who to write to. */
export async function takeReminders({ sql, tenantId, now }: Scope): Promise<Holder[]> {
  return await sql<Holder[]>`
    with due as (
      update exports
      set reminded_at = ${now}
      where tenant_id = ${tenantId}
        and status = 'done'
        and reminded_at is null
        and finished_at <= ${new Date(now.getTime() - keptDays * day)}
        and finished_at > ${new Date(now.getTime() - 3 * keptDays * day)}
      returning created_by
    )
    select i.email, i.name, i.locale, count(*)::int as count
    from due
    join users u on u.tenant_id = ${tenantId} and u.id = due.created_by
    join identities i on i.id = u.identity_id
    where u.deactivated_at is null
    group by i.email, i.name, i.locale
    order by i.email
    limit 500
  `;
}
