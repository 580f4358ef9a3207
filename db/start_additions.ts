/** What others added to a user's own and opened records while the user was away. */
import { visibleOn as activityVisible } from "./activity_conditions.ts";
import type { Kind as ActivityKind } from "./activities.ts";
import { words } from "./fragments.ts";
import { fullName } from "./full_names.ts";
import { visibleOn as messageVisible } from "./message_views.ts";
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import type { Kind as RecordKind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { none, partsOf, type Place, placeOf } from "./start_places.ts";

/** An activity, mail or file, and the record that it was added to. */
export interface Addition {
  kind: RecordKind;
  id: string;
  name: string;
  at: Date;
  what: ActivityKind | "mail" | "file";
  /** A subject or the name of a file. */
  text: string;
  /** Who added it, or who wrote a received mail; null for users who no longer exist. */
  actor: string | null;
  place: Place;
}

/** Which of them are read. */
export interface Reach {
  since: Date;
  /** Only older ones than this; null for the newest. */
  before: Place | null;
  /** How many of the newest of each kind are looked at, whoever they concern. */
  lookedAt: number;
  /** How many that concern the user are read. */
  most: number;
}

/** What the start page reads. */
const reachOf = (since: Date): Reach => ({ since, before: null, lookedAt: 200, most: 40 });

/**
 * The newest activities, mails and files of a tenant since an instant, and who added them; what the
 * system did to activities is nobody's addition.
 */
const sources = {
  activity: ({ sql, tenantId, actor }: Scope, { since, before, lookedAt }: Reach) =>
    sql`
      select a.id, a.updated_at as at, coalesce(a.updated_by, ${actor.userId}) as by
      from activities a
      where a.tenant_id = ${tenantId}
        and a.deleted_at is null
        and a.updated_at > ${since}
        ${notAfter(sql, before, "a.updated_at", "a.id")}
      order by a.updated_at desc, a.id desc
      limit ${literal(lookedAt)}`,
  mail: ({ sql, tenantId, now }: Scope, { since, before, lookedAt }: Reach) =>
    sql`
      select m.id, m.at, m.user_id as by
      from messages m
      where m.tenant_id = ${tenantId}
        and m.state in ('received', 'sent')
        and m.at > ${since}
        and m.at <= ${now}
        ${notAfter(sql, before, "m.at", "m.id")}
      order by m.at desc, m.id desc
      limit ${literal(lookedAt)}`,
  file: ({ sql, tenantId }: Scope, { since, before, lookedAt }: Reach) =>
    sql`
      select f.id, f.at, f.created_by as by
      from files f
      where f.tenant_id = ${tenantId}
        and f.deleted_at is null
        and f.at > ${since}
        ${notAfter(sql, before, "f.at", "f.id")}
      order by f.at desc, f.id desc
      limit ${literal(lookedAt)}`,
};

/** The entry at a place, which may concern further records, and those before it. */
function notAfter(sql: Scope["sql"], before: Place | null, at: string, id: string): Fragment {
  if (before === null) return sql``;
  const { at: latest, entry } = partsOf(before);
  return sql`and (${words(at)}, ${words(id)}) <= (${latest}::text::timestamptz, ${entry}::uuid)`;
}

/** Whether others added anything to whatever record; cheaper than to read it. */
export function some(scope: Scope, since: Date) {
  const { sql, actor } = scope;
  return Object.values(sources)
    .map((newest) =>
      sql`exists (
        select
        from (${newest(scope, reachOf(since))}) n
        where n.by is distinct from ${actor.userId}
      )`
    )
    .reduce((all, one) => sql`${all} or ${one}`);
}

/** What others added lately, and whether there may be more that concerns the user. */
export interface Latest {
  rows: Addition[];
  more: boolean;
}

/** What the start page shows of it. */
export async function latest(scope: Scope, since: Date): Promise<Latest> {
  const reach = reachOf(since);
  const [rows, end] = await Promise.all([list(scope, reach), endOf(scope, reach)]);
  return { rows, more: end !== null || rows.length === reach.most };
}

/**
 * What others added, the newest first: to the user's own records, and to those of others since the
 * user opened them.
 */
export async function list(scope: Scope, reach: Reach): Promise<Addition[]> {
  const { sql, tenantId } = scope;
  return await sql<Addition[]>`
    select e.kind, e.id, e.name, e.at, e.what, e.text, coalesce(e.sender, i.name) as actor,
      ${placeOf(scope, sql`e.at`, sql`e.entry_id`, sql`e.id`)} as place
    from (
      ${entries(scope, reach)}
      order by at desc, entry_id desc, id desc
      limit ${literal(reach.most)}
    ) e
    left join users u on u.tenant_id = ${tenantId} and u.id = e.actor_id
    left join identities i on i.id = u.identity_id
    order by e.at desc, e.entry_id desc, e.id desc
  `;
}

/** How many of those looked at concern the user, and whether there may be more of one kind. */
export async function count(scope: Scope, reach: Reach): Promise<{ count: number; more: boolean }> {
  const { sql } = scope;
  // One entry can be on many records, so that the limit is reached before all were looked at.
  const beyond = (["activity", "mail", "file"] as const)
    .map((source) =>
      sql`exists (${concerning(scope, reach, source)} offset ${literal(reach.most - 1)})`
    )
    .reduce((all, one) => sql`${all} or ${one}`);
  const [row] = await sql<[{ count: number; more: boolean }]>`
    select (select count(*)::int from (${entries(scope, reach)}) e) as count, ${beyond} as more
  `;
  return row;
}

const entries = (scope: Scope, reach: Reach): Fragment =>
  scope.sql`
      (${activities(scope, reach)})
      union all
      (${mails(scope, reach)})
      union all
      (${files(scope, reach)})`;

/** The place down to which all kinds were looked at; null if that is all there is. */
export async function endOf(scope: Scope, reach: Reach): Promise<Place | null> {
  const { sql } = scope;
  const last = Object.values(sources)
    .map((newest) =>
      sql`(
      select ${placeOf(scope, sql`n.at`, sql`n.id`, sql`${none}::text`)} as place
      from (${newest(scope, reach)}) n
      order by n.at desc, n.id desc
      offset ${literal(reach.lookedAt - 1)}
      limit 1
    )`
    )
    .reduce((all, one) => sql`${all} union all ${one}`);
  const [row] = await sql<[{ place: Place | null }]>`
    select max(l.place collate "C") as place
    from (${last}) l
  `;
  return row.place;
}

/** The records of entry `n`. */
const links = {
  activity: ({ sql, tenantId }: Scope) =>
    sql`
    select l.record_id, l.contact_id, l.company_id, l.deal_id
    from activity_links l
    where l.tenant_id = ${tenantId}
      and l.activity_id = n.id
      and l.direct`,
  mail: ({ sql, tenantId }: Scope) =>
    sql`
    select coalesce(l.contact_id, l.company_id, l.deal_id) as record_id, l.contact_id, l.company_id,
      l.deal_id
    from message_links l
    where l.tenant_id = ${tenantId}
      and l.message_id = n.id`,
  file: ({ sql, tenantId }: Scope) =>
    sql`
    select coalesce(f.contact_id, f.company_id, f.deal_id) as record_id, f.contact_id, f.company_id,
      f.deal_id
    from files f
    where f.tenant_id = ${tenantId}
      and f.id = n.id`,
};

function activities(scope: Scope, reach: Reach): Fragment {
  const { sql, tenantId } = scope;
  return sql`
    select k.kind, k.record_id as id, k.activity_id as entry_id, k.name, k.at, a.kind as what, a.subject as text,
      a.updated_by as actor_id, null as sender
    from (${concerning(scope, reach, "activity")}) k
    join activities a on a.tenant_id = ${tenantId} and a.id = k.activity_id
    where ${activityVisible(scope)}`;
}

function mails(scope: Scope, reach: Reach): Fragment {
  const { sql, tenantId } = scope;
  return sql`
    select k.kind, k.record_id, k.activity_id, k.name, k.at, 'mail', m.subject, m.user_id,
      case when m.direction = 'in' then coalesce(nullif(m.from_name, ''), m.from_address) end
    from (${concerning(scope, reach, "mail")}) k
    join messages m on m.tenant_id = ${tenantId} and m.id = k.activity_id
    where ${messageVisible(scope, sql`k.record_id`)}`;
}

function files(scope: Scope, reach: Reach): Fragment {
  const { sql, tenantId } = scope;
  return sql`
    select k.kind, k.record_id, k.activity_id, k.name, k.at, 'file', f.name, f.created_by, null
    from (${concerning(scope, reach, "file")}) k
    join files f on f.tenant_id = ${tenantId} and f.id = k.activity_id`;
}

/**
 * The newest entries by others that concern the user, one for each such record; the entry's id is
 * `activity_id`, as the rules of activities' visibility call it.
 */
function concerning(scope: Scope, reach: Reach, source: keyof typeof sources): Fragment {
  const { sql, tenantId, actor } = scope;
  const { before, most } = reach;
  const from = before === null ? null : partsOf(before);
  return sql`
    select n.id as activity_id, ${tenantId}::uuid as tenant_id, true as direct, n.at, l.record_id,
      case when c.id is not null then 'contact' when o.id is not null then 'company' else 'deal' end
        as kind,
      coalesce(o.name, d.title, ${fullName("c")}) as name
    from (${sources[source](scope, reach)}) n
    cross join lateral (${links[source](scope)}) l
    left join contacts c
      on c.tenant_id = ${tenantId} and c.id = l.contact_id and c.deleted_at is null
    left join companies o
      on o.tenant_id = ${tenantId} and o.id = l.company_id and o.deleted_at is null
    left join deals d on d.tenant_id = ${tenantId} and d.id = l.deal_id and d.deleted_at is null
    where n.by is distinct from ${actor.userId}
      and coalesce(c.id, o.id, d.id) is not null
      ${
    from === null ? sql`` : sql`
      and (n.at, n.id, l.record_id)
        < (${from.at}::text::timestamptz, ${from.entry}::uuid, ${from.record}::uuid)`
  }
      and (
        coalesce(c.owner_id, o.owner_id, d.owner_id) = ${actor.userId}
        or exists (
          select
          from visits v
          where v.tenant_id = ${tenantId}
            and v.user_id = ${actor.userId}
            and v.record_id = l.record_id
            and v.seen_at < n.at
        )
      )
    order by n.at desc, n.id desc, l.record_id desc
    limit ${literal(most)}`;
}
