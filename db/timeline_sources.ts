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
import {
  activitySide,
  changeSide,
  fileSide,
  mailSide,
  type Side,
  stepSide,
} from "./timeline_entries.ts";

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
  const bounds = { ...asked, size: literal(sql, most) };
  return kinds.map((kind) => sources[kind](scope, subject, bounds))
    .reduce((all, one) => sql`${all} union all ${one}`);
}

type Bounds = Pick<Asked, "place" | "alone"> & { size: Fragment };

const sources: Record<EntryKind, (scope: Scope, of: Subject, bounds: Bounds) => Fragment> = {
  activity: activities,
  mail: mails,
  file: files,
  stage: steps,
  change: changes,
};

/** What is selected of an entry `k`. */
const columns = ({ sql }: Scope, kind: EntryKind, key: string, { actor, data }: Side) =>
  sql`${kind} as kind, k.at, k.${sql(key)} as id, ${actor} as actor_id, ${data} as data`;

/** Rows `k` behind the place, newest first. */
function behind({ sql }: Scope, key: string, { place, size }: Bounds): Fragment {
  return sql`
      and (k.at, k.${sql(key)}) < (
        to_timestamp(${place.micros}::float8 / 1000000), ${place.id}::uuid
      )
    order by k.at desc, k.${sql(key)} desc
    limit ${size}`;
}

function activities(scope: Scope, { kind, id }: Subject, bounds: Bounds): Fragment {
  const { sql, tenantId } = scope;
  return sql`(
    select ${columns(scope, "activity", "activity_id", activitySide(scope))}
    from activity_links k
    join activities a on a.tenant_id = ${tenantId} and a.id = k.activity_id
    where k.tenant_id = ${tenantId}
      and k.${sql(`${kind}_id`)} = ${id}
      and k.open_due is null
      and ${activityVisible(scope)}
      ${behind(scope, "activity_id", bounds)}
  )`;
}

function mails(scope: Scope, { kind, id }: Subject, bounds: Bounds): Fragment {
  const { sql, tenantId } = scope;
  return sql`(
    select ${columns(scope, "mail", "message_id", mailSide(scope))}
    from message_links k
    join messages m on m.tenant_id = ${tenantId} and m.id = k.message_id
    where k.tenant_id = ${tenantId}
      and k.${sql(`${kind}_id`)} = ${id}
      and ${messageVisible(scope)}
      ${behind(scope, "message_id", bounds)}
  )`;
}

function files(scope: Scope, subject: Subject, bounds: Bounds): Fragment {
  const { sql, tenantId } = scope;
  return sql`(
    select ${columns(scope, "file", "file_id", fileSide(scope, subject))}
    from file_links k
    join files f on f.tenant_id = ${tenantId} and f.id = k.file_id
    where k.tenant_id = ${tenantId}
      and k.${sql(`${subject.kind}_id`)} = ${subject.id}
      and f.deleted_at is null
      and ${livesOnRecord(scope)}
      ${behind(scope, "file_id", bounds)}
  )`;
}

function steps(scope: Scope, { kind, id }: Subject, bounds: Bounds): Fragment {
  const { sql, tenantId } = scope;
  const deals = {
    contact: sql`
      select x.deal_id
      from deal_contacts x
      where x.tenant_id = ${tenantId}
        and x.contact_id = ${id}`,
    company: sql`
      select o.id
      from deals o
      where o.tenant_id = ${tenantId}
        and o.company_id = ${id}`,
    deal: sql`select ${id}::uuid`,
  };
  const next = sql`
    select k.id, k.at, k.actor_id, k.deal_id, k.from_stage_id, k.to_stage_id
    from deal_stage_changes k
    where k.tenant_id = ${tenantId}
      and k.deal_id = any(array(
        select d.id
        from deals d
        where d.tenant_id = ${tenantId}
          and d.deleted_at is null
          and d.id in (${deals[kind]})
        order by d.last_touch_at desc
        limit ${literal(sql, mostDeals)}
      ))
      ${
    // The first step is told as the making of the deal, unless steps alone are wanted.
    bounds.alone ? sql`` : sql`and k.from_stage_id is not null`}
      ${behind(scope, "id", bounds)}`;
  return sql`(
    select ${columns(scope, "stage", "id", stepSide(scope))}
    from (${next}) k
    join deals d on d.tenant_id = ${tenantId} and d.id = k.deal_id
    join stages new on new.tenant_id = ${tenantId} and new.id = k.to_stage_id
    left join stages old on old.tenant_id = ${tenantId} and old.id = k.from_stage_id
    order by k.at desc, k.id desc
  )`;
}

function changes(scope: Scope, { kind, id }: Subject, bounds: Bounds): Fragment {
  const { sql, tenantId } = scope;
  return sql`(
    select ${columns(scope, "change", "id", changeSide(scope))}
    from changes k
    where k.tenant_id = ${tenantId}
      and k.record_kind = ${kind}
      and k.record_id = ${id}
      ${
    // A file stands there itself.
    bounds.alone ? sql`` : sql`and k.action <> 'file_added'`}
      ${behind(scope, "id", bounds)}
  )`;
}
