/** A contact with a long history for the bench, and others with shorter ones. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import * as pipelines from "../../db/pipelines.ts";
import type { Sql, Tx } from "../../db/pool.ts";
import { system, withScope } from "../../db/scope.ts";

/** Entries of each kind in the long story. */
const story = { activity: 1_500, mail: 1_500, file: 500, stage: 200, change: 1_300 };
/** How many there are together. */
export const storyLength = Object.values(story).reduce((sum, n) => sum + n);

/** How many others have a story, and how many times shorter it is. */
const others = { contacts: 400, shorter: 20 };

/** Writes the stories: the long one for the contact whose id is the lowest, and for its company. */
export async function fillTimelines(
  pool: Sql,
  tenantId: string,
  owners: readonly string[],
): Promise<void> {
  await withScope(pool, { tenantId, actor: system }, async (scope) => {
    const { sql } = scope;
    const people = await sql<Person[]>`
      select c.id, a.company_id
      from contacts c
      join affiliations a on a.tenant_id = c.tenant_id and a.contact_id = c.id and a.is_primary
      where c.tenant_id = ${tenantId}
      order by c.id
      limit ${1 + others.contacts}
    `;
    const [{ stages }] = await pipelines.list(scope);
    // These files have no bytes, so their key is one that is gone.
    const keyId = newId();
    await sql`
      insert into data_keys (tenant_id, id, purpose, created_at, destroyed_at)
      values (${tenantId}, ${keyId}, 'files', ${now()}, ${now()})
    `;
    const tools = {
      sql,
      tenantId,
      owner: owners[0]!,
      key: keyId,
      stages: stages.map((s) => s.id),
    };
    for (const [index, person] of people.entries()) {
      await write(tools, person, index === 0 ? 1 : others.shorter);
    }
  });
}

interface Person {
  id: string;
  companyId: string;
}

interface Tools {
  sql: Tx;
  tenantId: string;
  owner: string;
  key: string;
  stages: readonly string[];
}

async function write(tools: Tools, person: Person, shorter: number): Promise<void> {
  const { sql, tenantId, owner, key, stages } = tools;
  const count = (kind: keyof typeof story) => Math.ceil(story[kind] / shorter);
  const made = (kind: keyof typeof story, minutes: number) =>
    sql`(
      select n, gen_random_uuid() as id,
        ${now()}::timestamptz - make_interval(mins => n * ${minutes * shorter}) as at
      from generate_series(1, ${count(kind)}) as n
    )`;
  const links = (table: string, column: string) =>
    sql`
      insert into ${sql(table)} (
        tenant_id, ${table === "message_links" ? sql`id` : sql`record_id`}, ${sql(column)},
        contact_id, company_id, at ${table === "activity_links" ? sql`, direct` : sql``}
      )
      select ${tenantId},
        ${table === "message_links" ? sql`gen_random_uuid()` : sql`coalesce(r.contact, r.company)`},
        made.id, r.contact, r.company, made.at
        ${table === "activity_links" ? sql`, r.contact is not null` : sql``}
      from made, (
        values (${person.id}::uuid, null::uuid), (null, ${person.companyId}::uuid)
      ) as r (contact, company)`;
  await sql`
    with made as materialized ${made("activity", 601)}, rows as (
      insert into activities (
        tenant_id, id, kind, subject, body, done_at, done_by, owner_id, at, created_at, updated_at
      )
      select ${tenantId}, id, (array['call', 'meeting', 'task', 'note'])[1 + n % 4],
        'Rückfrage zum Angebot Nr. ' || n, 'Muster gehen heute noch raus.', at, ${owner}, ${owner},
        at, at, at
      from made
    )
    ${links("activity_links", "activity_id")}
  `;
  await sql`
    with made as materialized ${made("mail", 597)}, talks as (
      insert into threads (tenant_id, id, created_at)
      select ${tenantId}, id, at
      from made
    ), rows as (
      insert into messages (
        tenant_id, id, thread_id, direction, state, user_id, from_name, from_address, subject,
        body_text, at, created_at
      )
      select ${tenantId}, id, id, case n % 2 when 0 then 'in' else 'out' end,
        case n % 2 when 0 then 'received' else 'sent' end, ${owner}, 'Erika Muster',
        'erika@muster.example', 'Lieferung Nr. ' || n, 'Guten Tag, die Ware ist da.', at, at
      from made
    )
    ${links("message_links", "message_id")}
  `;
  await sql`
    with made as materialized ${made("file", 1_799)}, rows as (
      insert into files (
        tenant_id, id, contact_id, name, media_type, size, object_id, data_key_id, at, created_by
      )
      select ${tenantId}, id, ${person.id}, 'Angebot ' || n || '.pdf', 'application/pdf', 90000,
        gen_random_uuid(), ${key}, at, ${owner}
      from made
    )
    ${links("file_links", "file_id")}
  `;
  const deals = Array.from({ length: Math.ceil(10 / shorter) }, () => newId());
  await sql`
    with line as (
      insert into deals (
        tenant_id, id, title, company_id, owner_id, pipeline_id, stage_id, status, stage_since,
        last_touch_at, created_at, updated_at
      )
      select s.tenant_id, deal.id, 'Nachbestellung', ${person.companyId}, ${owner}, s.pipeline_id,
        s.id, s.kind, ${now()}, ${now()}, ${now()}, ${now()}
      from unnest(${deals}::uuid[]) as deal (id)
      join stages s on s.tenant_id = ${tenantId} and s.id = ${stages[0]!}
      returning id
    )
    insert into deal_contacts (tenant_id, deal_id, contact_id, added_at)
    select ${tenantId}, id, ${person.id}, ${now()}
    from line
  `;
  await sql`
    insert into deal_stage_changes (tenant_id, id, deal_id, from_stage_id, to_stage_id, at, actor_id)
    select ${tenantId}, made.id, (${deals}::uuid[])[1 + made.n % ${deals.length}],
      ${stages[0]!}, ${stages[1]!}, made.at, ${owner}
    from ${made("stage", 4_501)} made
  `;
  await sql`
    insert into changes (
      tenant_id, id, record_kind, record_id, action, fields, actor_kind, actor_id, at
    )
    select ${tenantId}, made.id, 'contact', ${person.id}, 'updated',
      '[{"name":"status","from":"lead","to":"customer"}]', 'user', ${owner}, made.at
    from ${made("change", 691)} made
  `;
}
