/** What a user has on their start page: 500 open activities, news, changes of others. */
import { now } from "../../db/clock.ts";
import type { Sql } from "../../db/pool.ts";

const activities = 500;
const day = 86_400_000;

/** Gives the tenant's first user a desk as full as a busy one, among the contacts that are there. */
export async function fillDailyWork(pool: Sql, tenantId: string): Promise<void> {
  const [user] = await pool<{ id: string; identityId: string }[]>`
    select id, identity_id
    from users
    where tenant_id = ${tenantId}
    order by id
    limit 1
  `;
  const { id: userId, identityId } = user!;
  const at = now();
  // A fortnight back and four weeks ahead, each about one contact.
  await pool`
    with made as (
      insert into activities (
        tenant_id, id, kind, subject, due_at, owner_id, at, created_at, created_by, updated_at
      )
      select ${tenantId}, gen_random_uuid(), (array['task', 'call', 'meeting'])[1 + n % 3],
        'Angebot ' || n || ' nachfassen',
        ${at}::timestamptz + make_interval(hours => (n - 170) * 2), ${userId}, ${at}, ${at},
        ${userId}, ${at}
      from generate_series(1, ${activities}) n
      returning id
    )
    insert into activity_links (tenant_id, activity_id, record_id, contact_id, direct, at)
    select ${tenantId}, m.id, c.id, c.id, true, ${at}
    from (select id, row_number() over () as n from made) m
    join (
      select id, row_number() over () as n
      from contacts
      where tenant_id = ${tenantId}
        and deleted_at is null
      limit ${activities}
    ) c using (n)
  `;
  await pool`
    insert into notifications (
      tenant_id, id, user_id, kind, record_kind, contact_id, in_app, mail_due, created_at
    )
    select ${tenantId}, gen_random_uuid(), ${userId}, 'assigned', 'contact', id, true, false, ${at}
    from contacts
    where tenant_id = ${tenantId}
      and deleted_at is null
    limit 30
  `;
  await pool`
    insert into changes (tenant_id, id, record_kind, record_id, action, fields, actor_kind, at)
    select tenant_id, gen_random_uuid(), 'contact', id, 'updated', '[{"name": "status"}]', 'system',
      updated_at
    from contacts
    where tenant_id = ${tenantId}
      and deleted_at is null
    order by updated_at desc
    limit 2000
  `;
  await pool`
    update identities
    set away_since = ${new Date(at.getTime() - day)}
    where id = ${identityId}
  `;
}
