/** The end of what is written down about changes and exports: a reminder, and a year later nothing. */
import { keptDays } from "./exports.ts";
import type { Scope } from "./scope.ts";

/** Rows taken away in one transaction. */
export const batch = 2000;

const day = 86_400_000;

/** How long history and the list of exports are kept (retention class `history`). */
const kept = { months: 12 };

const yearAgo = (now: Date) =>
  new Date(
    Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO("UTC")
      .subtract(kept).epochMilliseconds,
  );

/** Removes at most `batch` entries that are a year old; how many. */
export async function removeOld({ sql, tenantId, now }: Scope): Promise<number> {
  const before = yearAgo(now);
  const [row] = await sql<[{ count: number }]>`select erase_history(${before}, ${batch}) as count`;
  const { count } = await sql`
    delete from exports
    where tenant_id = ${tenantId}
      and created_at <= ${before}
  `;
  return row.count + count;
}

/** Somebody who took exports out so long ago that the copies have to go. */
export interface Holder {
  email: string;
  name: string;
  locale: "de" | "en";
  count: number;
}

/** Marks exports whose copies have to be deleted by now as reminded; whom to write to. */
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
