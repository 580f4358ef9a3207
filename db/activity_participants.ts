/** Who takes part in an activity besides its owner: users, and persons it is about. */
import { fullName } from "./full_names.ts";
import type { Scope } from "./scope.ts";

export interface Participant {
  userId: string | null;
  contactId: string | null;
  name: string;
}

/** The maximum number of participating users. */
export const mostUsers = 50;

/** The name of the user in a column of row `a`; null if there is none. */
export function nameOf({ sql }: Scope, column: "owner_id" | "done_by") {
  return sql`
    (
      select i.name
      from users u
      join identities i on i.id = u.identity_id
      where u.tenant_id = a.tenant_id
        and u.id = a.${sql(column)}
    )`;
}

/**
 * The participants of an activity, row `a`, by name, users first; leaves out those hidden from the
 * user.
 */
export function column({ sql }: Scope) {
  return sql`
    (
      select coalesce(
        json_agg(json_build_object('userId', f.user_id, 'contactId', f.contact_id, 'name', f.name)),
        '[]'
      )
      from (
        select x.user_id, x.contact_id,
          coalesce(i.name, ${fullName("p")}) as name
        from activity_participants x
        left join users u on u.tenant_id = x.tenant_id and u.id = x.user_id
        left join identities i on i.id = u.identity_id
        left join contacts p
          on p.tenant_id = x.tenant_id and p.id = x.contact_id and p.deleted_at is null
        where x.tenant_id = a.tenant_id
          and x.activity_id = a.id
          and coalesce(u.id, p.id) is not null
        order by x.user_id is null, 3, x.person_id
        limit 100
      ) f
    ) as participants`;
}

/** Sets the participants, keeping those the user cannot see; returns whether anything changed. */
export async function assign(
  { sql, tenantId }: Scope,
  activityId: string,
  userIds: readonly string[],
  contactIds: readonly string[],
): Promise<boolean> {
  const rows = [
    ...[...new Set(userIds)].map((id) => ({ personId: id, userId: id, contactId: null })),
    ...[...new Set(contactIds)].map((id) => ({ personId: id, userId: null, contactId: id })),
  ].map((row) => ({ tenantId, activityId, ...row }));
  const { count: gone } = await sql`
    delete from activity_participants x
    where x.tenant_id = ${tenantId}
      and x.activity_id = ${activityId}
      and x.person_id <> all(${rows.map(({ personId }) => personId)}::uuid[])
      and (
        x.user_id is not null
        or exists (
          select
          from contacts p
          where p.tenant_id = ${tenantId}
            and p.id = x.contact_id
            and p.deleted_at is null
        )
      )
  `;
  if (rows.length === 0) return gone > 0;
  const { count: come } = await sql`
    insert into activity_participants ${sql(rows)}
    on conflict (tenant_id, activity_id, person_id) do nothing
  `;
  return gone + come > 0;
}
