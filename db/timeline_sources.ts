/**
 * The next entries of a timeline: each kind is read along an index of its own, only as far as a
 * page needs.
 */
import { visibleOn as activityVisible } from "./activity_conditions.ts";
import { visibleOn as messageVisible } from "./message_views.ts";
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";
import type { EntryKind, Filter, Subject } from "./timeline.ts";
import { activitySide, changeSide, fileSide, mailSide, stepSide } from "./timeline_entries.ts";

/** How many deals of a contact or company have their stage changes read: those touched last. */
const mostDeals = 200;

export interface Asked {
  kinds: readonly EntryKind[];
  /** The entry to start after: its microsecond and its id. */
  place: { micros: string; id: string };
  /** The most entries wanted. */
  most: number;
  /** What is wanted alone: it then includes what another kind would show. */
  filter: Filter | null;
}

/** The actions of a history that imports took. */
const byImports = ["imported", "undone"];
/** The actions that concern a person's rights and what may be kept of them. */
const onPrivacy = [
  ...["consent_given", "consent_withdrawn", "objected", "objected_by_link"],
  ...["objected_by_complaint", "objection_withdrawn"],
  ...["restricted", "restriction_lifted", "corrected", "disclosed", "erased", "written_despite"],
  ...["notice_sent", "notice_withdrawn", "notice_excepted", "notice_exception_withdrawn"],
  ...["duty_added", "duty_removed", "held", "hold_released"],
  "kept",
];

/**
 * The next entries that may be shown, as `kind`, `at`, `id`, `actor_id` and `data`. Preparing a
 * kind costs PostgreSQL more than finding none of it, so the query names only the kinds asked for.
 */
export function entries(scope: Scope, subject: Subject, { kinds, most, ...asked }: Asked) {
  const { sql } = scope;
  const { micros, id } = asked.place;
  const bounds = {
    filter: asked.filter,
    place: sql`(to_timestamp(${micros}::float8 / 1000000), ${id}::uuid)`,
    size: literal(most),
  };
  return kinds.map((kind) => sources[kind](scope, subject, bounds))
    .reduce((all, one) => sql`${all} union all ${one}`);
}

interface Bounds {
  filter: Filter | null;
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

function activities(
  scope: Scope,
  { kind, id }: Subject,
  { filter, place, size }: Bounds,
): Fragment {
  const { sql, tenantId } = scope;
  const part = filter === null
    ? sql``
    : filter === "note"
    ? sql`and a.kind = 'note'`
    : sql`and a.kind <> 'note'`;
  return sql`(
    select 'activity' as kind, k.at, k.activity_id as id, ${activitySide(scope)}
    from activity_links k
    join activities a on a.tenant_id = k.tenant_id and a.id = k.activity_id
    where k.tenant_id = ${tenantId}
      and k.${sql(`${kind}_id`)} = ${id}
      and k.open_due is null
      ${part}
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
    join messages m on m.tenant_id = k.tenant_id and m.id = k.message_id
    where k.tenant_id = ${tenantId}
      and k.${sql(`${kind}_id`)} = ${id}
      and ${messageVisible(scope, id)}
      and (k.at, k.message_id) < ${place}
    order by k.at desc, k.message_id desc
    limit ${size}
  )`;
}

/** The record's own files, and those of related live records, each looked up at most once. */
function files(scope: Scope, { kind, id }: Subject, { place, size }: Bounds): Fragment {
  const { sql, tenantId } = scope;
  return sql`(
    select 'file' as kind, k.at, k.file_id as id, ${fileSide(scope)}
    from file_links k
    join files f on f.tenant_id = k.tenant_id and f.id = k.file_id
    left join contacts p on p.tenant_id = k.tenant_id
      and p.id = nullif(f.contact_id, k.record_id) and p.deleted_at is null
    left join companies o on o.tenant_id = k.tenant_id
      and o.id = nullif(f.company_id, k.record_id) and o.deleted_at is null
    left join deals d on d.tenant_id = k.tenant_id
      and d.id = nullif(f.deal_id, k.record_id) and d.deleted_at is null
    where k.tenant_id = ${tenantId}
      and k.${sql(`${kind}_id`)} = ${id}
      and f.deleted_at is null
      and (
        k.record_id in (f.contact_id, f.company_id, f.deal_id)
        or coalesce(p.id, o.id, d.id) is not null
      )
      and (k.at, k.file_id) < ${place}
    order by k.at desc, k.file_id desc
    limit ${size}
  )`;
}

function steps(scope: Scope, { kind, id }: Subject, { filter, place, size }: Bounds): Fragment {
  const { sql, tenantId } = scope;
  const next = sql`
    select k.id, k.at, k.actor_id, k.deal_id, d.title, k.from_stage_id, k.to_stage_id
    from (
      select d.id, d.title
      from deals d
      where d.tenant_id = ${tenantId}
        and d.deleted_at is null
        and d.id in (${dealsOf(scope, { kind, id })})
      order by d.last_touch_at desc
      limit ${literal(mostDeals)}
    ) d
    join deal_stage_changes k on k.tenant_id = ${tenantId} and k.deal_id = d.id
    where (k.at, k.id) < ${place}
      ${
    // On the deal itself the first step is its creation, unless only steps are wanted.
    filter !== null || kind !== "deal" ? sql`` : sql`and k.from_stage_id is not null`}
    order by k.at desc, k.id desc
    limit ${size}`;
  return sql`(
    select 'stage' as kind, k.at, k.id, ${stepSide(scope)}
    from (${next}) k
    order by k.at desc, k.id desc
  )`;
}

/** The ids of a record's deals; for a deal, its own. */
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

/** The record's own changes, and those of records merged into it. */
function changes(scope: Scope, { kind, id }: Subject, { filter, place, size }: Bounds): Fragment {
  const { sql, tenantId } = scope;
  return sql`(
    select 'change' as kind, k.at, k.id, ${changeSide(scope, id)}
    from (
      select k.at, k.id, k.actor_id, k.action, k.fields, k.reason, k.actor_kind, k.record_id
      from (
        select ${id}::uuid as id
        union all
        select f.id
        from former_ids f
        where f.tenant_id = ${tenantId}
          and f.${sql(`${kind}_id`)} = ${id}
      ) own
      cross join lateral (
        select k.at, k.id, k.actor_id, k.action, k.fields, k.reason, k.actor_kind, k.record_id
        from changes k
        where k.tenant_id = ${tenantId}
          and k.record_kind = ${kind}
          and k.record_id = own.id
          ${actions(scope, filter)}
          and (k.at, k.id) < ${place}
        order by k.at desc, k.id desc
        limit ${size}
      ) k
      order by k.at desc, k.id desc
      limit ${size}
    ) k
    order by k.at desc, k.id desc
  )`;
}

/** The condition on the actions of changes `k`. */
function actions({ sql }: Scope, filter: Filter | null): Fragment {
  switch (filter) {
    case "import":
      return sql`and k.action = any (${byImports})`;
    case "privacy":
      return sql`and k.action = any (${onPrivacy})`;
    case "change":
      return sql`and k.action <> all (${[...byImports, ...onPrivacy]})`;
    default:
      // A file has an entry of its own.
      return sql`and k.action <> 'file_added'`;
  }
}
