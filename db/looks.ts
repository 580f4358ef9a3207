/** Who has opened a contact's record, by day: the answer to "who has seen my data?". */
import { dayOf } from "./local_times.ts";
import type { Scope } from "./scope.ts";

export interface Look {
  userId: string;
  name: string;
  /** A calendar day. */
  day: string;
}

/** How long looks are kept (retention class `look`). */
const keptFor = { months: 12 };
const pageSize = 50;
/** Rows removed in one transaction. */
export const batch = 5_000;

/**
 * A page of the users who opened a contact's record, latest first; `next` is where the next page
 * starts. `visits.record` writes the looks, along with what each user opened last.
 */
export async function list(
  { sql, tenantId }: Scope,
  contactId: string,
  after: Pick<Look, "day" | "userId"> | null = null,
): Promise<{ looks: Look[]; next: Pick<Look, "day" | "userId"> | null }> {
  const rows = await sql<Look[]>`
    select l.user_id, i.name, l.day
    from looks l
    join users u on u.tenant_id = l.tenant_id and u.id = l.user_id
    join identities i on i.id = u.identity_id
    where l.tenant_id = ${tenantId}
      and l.contact_id = ${contactId}
      ${after === null ? sql`` : sql`and (l.day, l.user_id) < (${after.day}, ${after.userId})`}
    order by l.day desc, l.user_id desc
    limit ${pageSize + 1}
  `;
  const looks = rows.slice(0, pageSize);
  const last = looks.at(-1)!;
  return {
    looks,
    next: rows.length > pageSize ? { day: last.day, userId: last.userId } : null,
  };
}

/** Removes at most `batch` of a tenant's expired looks; returns how many. */
export async function removeExpired({ sql, tenantId, now }: Scope): Promise<number> {
  const last = Temporal.PlainDate.from(dayOf(now)).subtract(keptFor).toString();
  const { count } = await sql`
    delete from looks
    where tenant_id = ${tenantId}
      and (contact_id, day, user_id) in (
        select contact_id, day, user_id
        from looks
        where tenant_id = ${tenantId}
          and day <= ${last}
        limit ${batch}
        for update skip locked
      )
  `;
  return count;
}
