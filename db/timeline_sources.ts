/**
 * The next entries of a timeline: each kind is read along an index of its own, and only as far as a
 * page needs it.
 */
import { visible as activityVisible } from "./activity_links.ts";
import { livesOnRecord } from "./file_homes.ts";
import { visible as messageVisible } from "./message_views.ts";
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";
import type { EntryKind, Subject } from "./timeline.ts";
import { activitySide, changeSide, fileSide, mailSide, stepSide } from "./timeline_entries.ts";

/** Deals of a person or company whose steps are looked at: those touched last. */
const mostDeals = 200;

export interface Asked {
  kinds: readonly EntryKind[];
  /** Behind which entry to begin: its microsecond and its id. */
  place: { micros: string; id: string };
  /** How many at most. */
  most: number;
  /** Whether one kind alone is wanted: then it tells what another kind tells elsewhere. */
  alone: boolean;
}

/**
 * The next entries that may be shown, as `kind`, `at`, `id`, `actor_id` and `data`. What PostgreSQL
 * makes ready for a kind costs more than to find nothing of it: the text names only those asked for.
 */
export function entries(scope: Scope, subject: Subject, { kinds, most, ...asked }: Asked) {
  const { sql } = scope;
  const { micros, id } = asked.place;
  const bounds = {
    alone: asked.alone,
    place: sql`(to_timestamp(${micros}::float8 / 1000000), ${id}::uuid)`,
    size: literal(most),
  };
  return kinds.map((kind) => sources[kind](scope, subject, bounds))
    .reduce((all, one) => sql`${all} union all ${one}`);
}

interface Bounds {
  alone: boolean;
  place: Fragment;
  size: Fragment;
}

const sources: Record<EntryKind, (scope: Scope, of: Subject, bounds: Bounds) => Fragment> = {
  activity: activities,
  mail: mails,
  file: files,
  stage: steps,
  change: changes,
};

function activities(scope: Scope, { kind, id }: Subject, { place, size }: Bounds): Fragment {
  const { sql, tenantId } = scope;
  return sql`(
    select 'activity' as kind, k.at, k.activity_id as id, ${activitySide(scope)}
    from activity_links k
    join activities a on a.tenant_id = ${tenantId} and a.id = k.activity_id
    where k.tenant_id = ${tenantId}
      and k.${sql(`${kind}_id`)} = ${id}
      and k.open_due is null
      and ${activityVisible(scope)}
      and (k.at, k.activity_id) < ${place}
    order by k.at desc, k.activity_id desc
    limit ${size}
  )`;
}

function mails(scope: Scope, { kind, id }: Subject, { place, size }: Bounds): Fragment {
  const { sql, tenantId } = scope;
  return sql`(
    select 'mail' as kind, k.at, k.message_id as id, ${mailSide(scope)}
    from message_links k
    join messages m on m.tenant_id = ${tenantId} and m.id = k.message_id
    where k.tenant_id = ${tenantId}
      and k.${sql(`${kind}_id`)} = ${id}
      and ${messageVisible(scope)}
      and (k.at, k.message_id) < ${place}
    order by k.at desc, k.message_id desc
    limit ${size}
  )`;
}

function files(scope: Scope, subject: Subject, { place, size }: Bounds): Fragment {
  const { sql, tenantId } = scope;
  return sql`(
    select 'file' as kind, k.at, k.file_id as id, ${fileSide(scope, subject)}
    from file_links k
    join files f on f.tenant_id = ${tenantId} and f.id = k.file_id
    where k.tenant_id = ${tenantId}
      and k.${sql(`${subject.kind}_id`)} = ${subject.id}
      and f.deleted_at is null
      and ${livesOnRecord(scope)}
      and (k.at, k.file_id) < ${place}
    order by k.at desc, k.file_id desc
    limit ${size}
  )`;
}

function steps(scope: Scope, { kind, id }: Subject, { alone, place, size }: Bounds): Fragment {
  const { sql, tenantId } = scope;
  const next = sql`
    select k.id, k.at, k.actor_id, k.deal_id, k.from_stage_id, k.to_stage_id
    from deal_stage_changes k
    where k.tenant_id = ${tenantId}
      and k.deal_id = any(array(
        select d.id
        from deals d
        where d.tenant_id = ${tenantId}
          and d.deleted_at is null
          and d.id in (${dealsOf(scope, { kind, id })})
        order by d.last_touch_at desc
        limit ${literal(mostDeals)}
      ))
      ${
    // The first step is told as the making of the deal, unless steps alone are wanted.
    alone ? sql`` : sql`and k.from_stage_id is not null`}
      and (k.at, k.id) < ${place}
    order by k.at desc, k.id desc
    limit ${size}`;
  return sql`(
    select 'stage' as kind, k.at, k.id, ${stepSide(scope)}
    from (${next}) k
    join deals d on d.tenant_id = ${tenantId} and d.id = k.deal_id
    join stages new on new.tenant_id = ${tenantId} and new.id = k.to_stage_id
    left join stages old on old.tenant_id = ${tenantId} and old.id = k.from_stage_id
    order by k.at desc, k.id desc
  )`;
}

/** The ids of a record's deals; a deal's own. */
function dealsOf({ sql, tenantId }: Scope, { kind, id }: Subject): Fragment {
  if (kind === "deal") return sql`${id}::uuid`;
  return kind === "contact"
    ? sql`
          select x.deal_id
          from deal_contacts x
          where x.tenant_id = ${tenantId}
            and x.contact_id = ${id}`
    : sql`
          select o.id
          from deals o
          where o.tenant_id = ${tenantId}
            and o.company_id = ${id}`;
}

/** Its own, and those of the records that were merged into it: only these two kinds can be. */
function changes(scope: Scope, { kind, id }: Subject, { alone, place, size }: Bounds): Fragment {
  const { sql, tenantId } = scope;
  const merged = kind === "deal" ? sql`` : sql`
      union all
      select f.id
      from former_ids f
      where f.tenant_id = ${tenantId}
        and f.${sql(`${kind}_id`)} = ${id}`;
  return sql`(
    select 'change' as kind, k.at, k.id, k.actor_id, k.data
    from (
      select ${id}::uuid as id
      ${merged}
    ) own
    cross join lateral (
      select k.at, k.id, ${changeSide(scope, id)}
      from changes k
      where k.tenant_id = ${tenantId}
        and k.record_kind = ${kind}
        and k.record_id = own.id
        ${
    // A file stands there itself.
    alone ? sql`` : sql`and k.action <> 'file_added'`}
        and (k.at, k.id) < ${place}
      order by k.at desc, k.id desc
      limit ${size}
    ) k
    order by k.at desc, k.id desc
    limit ${size}
  )`;
}
