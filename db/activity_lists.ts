/** Activities in lists: open ones by due date, completed ones, and those of a record. */
import { type Kind, kinds, type Priority, type Timing } from "./activities.ts";
import { visible } from "./activity_conditions.ts";
import { type About, aboutColumn } from "./activity_links.ts";
import { nameOf } from "./activity_participants.ts";
import { addDays, dayOf, instantOf } from "./local_times.ts";
import { ownedBy } from "./owners.ts";
import { type Cursor, literal, type Page, page, pageSize, parts } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";
import { isNarrowed, widely } from "./sights.ts";
import { matches } from "./text_matches.ts";

/** The part of a list: open activities by due date, or completed ones. */
export const shares = ["open", "overdue", "today", "week", "done"] as const;
export type Share = typeof shares[number];

export interface Filter {
  /** Words in the subject or text; empty for all. */
  q: string;
  share: Share;
  kind: Kind | null;
  priority: Priority | null;
  /** The owner, a user or a team (`teamOwner`); null for everybody. */
  owner: string | null;
  record: { kind: About["kind"]; id: string } | null;
}

/** An activity as lists and calendars show it. */
export interface ActivityRow extends Timing {
  id: string;
  kind: Kind;
  subject: string;
  doneAt: Date | null;
  priority: Priority;
  ownerId: string | null;
  ownerName: string | null;
  /** Its recurrence rule, if it is the next one of a series. */
  rrule: string | null;
  about: About[];
}

/** The number of names shown in a row. */
const mostNames = 3;

/** The columns of a row. */
export const rowColumns = (scope: Scope) =>
  scope.sql`
    a.id, a.kind, a.subject, a.due_at, a.ends_at, a.all_day, a.done_at, a.priority, a.owner_id,
    a.rrule, ${nameOf(scope, "owner_id")} as owner_name, ${aboutColumn(scope, mostNames)}`;

/**
 * The instants that separate the shares: the start of today, of tomorrow and of the day a week on.
 */
export function bounds(now: Date): Bounds {
  const at = now.getTime();
  // The last result is valid all day; calculating it takes longer than writing the query.
  if (!last || at < last.today.getTime() || at >= last.tomorrow.getTime()) {
    const day = dayOf(now);
    last = {
      today: instantOf(day),
      tomorrow: instantOf(addDays(day, 1)),
      later: instantOf(addDays(day, 7)),
    };
  }
  return last;
}

interface Bounds {
  readonly today: Date;
  readonly tomorrow: Date;
  readonly later: Date;
}

let last: Bounds | undefined;

/** The condition of a share. */
function within({ sql, now }: Scope, share: Share) {
  const { today, tomorrow, later } = bounds(now);
  switch (share) {
    case "done":
      return sql`and a.done_at is not null`;
    case "open":
      return sql`and a.done_at is null`;
    case "overdue":
      return sql`and a.done_at is null and a.due_key < ${today}`;
    case "today":
      return sql`and a.done_at is null and a.due_key >= ${today} and a.due_key < ${tomorrow}`;
    case "week":
      return sql`and a.done_at is null and a.due_key >= ${today} and a.due_key < ${later}`;
  }
}

/** The number of latest hits searched for completed activities, of which a tenant has very many. */
const mostHits = 1_000;

/**
 * The condition that an activity contains the search words. Open activities are checked row by
 * row; for completed ones the index supplies the latest hits the user sees.
 */
function found(scope: Scope, q: string, share: Share) {
  const { sql } = scope;
  if (q === "") return sql``;
  if (share !== "done") return sql`and ${matches(scope, sql`a.search`, q)}`;
  return sql`
    and a.id in (select hits.id from search_entries('activity', ${q}, ${mostHits}) as hits (id))`;
}

function narrowed(
  scope: Scope,
  { q, kind, priority, owner, record }: Omit<Filter, "share">,
  share: Share,
) {
  const { sql, tenantId } = scope;
  return sql`
    ${found(scope, q, share)}
    ${kind ? sql`and a.kind = ${kind}` : sql``}
    ${priority ? sql`and a.priority = ${priority}` : sql``}
    ${ownedBy(scope, "a.owner_id", owner)}
    ${
    record
      ? sql`
        and a.id in (
          select activity_id
          from activity_links
          where tenant_id = ${tenantId}
            and ${sql(`${record.kind}_id`)} = ${record.id}
        )`
      : sql``
  }`;
}

/**
 * What `sees_activity` says of row `a`, as a condition without its function call, which costs ten
 * times more: only for finding ids with sight lifted, which are then read with the user's own.
 */
const inSight = ({ sql }: Scope) =>
  sql`(
    a.owner_id = acting_user()
    or exists (
      select
      from activity_participants p
      where p.tenant_id = a.tenant_id
        and p.activity_id = a.id
        and p.user_id = acting_user()
    )
    or coalesce(
      (
        select bool_or(
          c.id is not null and not hides_owner('contacts', c.owner_id)
          or o.id is not null and not hides_owner('companies', o.owner_id)
          or d.id is not null and not hides_owner('deals', d.owner_id)
        )
        from activity_links l
        left join contacts c on c.tenant_id = l.tenant_id and c.id = l.contact_id
        left join companies o on o.tenant_id = l.tenant_id and o.id = l.company_id
        left join deals d on d.tenant_id = l.tenant_id and d.id = l.deal_id
        where l.tenant_id = a.tenant_id
          and l.activity_id = a.id
          and l.direct
      ),
      not hides_owner('rest', a.owner_id)
    )
  )`;

/**
 * Whether no query may run beside a list, because it looks beyond its user's sight for a moment.
 */
export const goesAlone = (scope: Scope, { share, q }: Pick<Filter, "share" | "q">): boolean =>
  share === "done" && q === "" && isNarrowed(scope);

/** Extra ids to fetch for a page, since some may be in the trash with everything they are about. */
const spare = 50;

/**
 * A page of a share: open activities by due date, completed ones newest first. A user may see few
 * of very many completed ones, so their ids are found first and only those are read.
 */
export async function list(
  scope: Scope,
  { share, ...filter }: Filter,
  cursor: Cursor,
  size = pageSize,
): Promise<Page<ActivityRow>> {
  const { sql, tenantId } = scope;
  const { id, backwards } = parts(cursor);
  const key = share === "done" ? sql`done_at` : sql`due_key`;
  const up = (share === "done") === backwards;
  const direction = up ? sql`asc` : sql`desc`;
  const all = (columns: Fragment, shown: Fragment, most: number) =>
    sql`
    select ${columns}
    from activities a
    where a.tenant_id = ${tenantId}
      ${within(scope, share)}
      ${narrowed(scope, filter, share)}
      and ${shown}
      ${
      id === null ? sql`` : sql`
      and (a.${key}, a.id) ${up ? sql`>` : sql`<`} (
        select s.${key}, s.id
        from activities s
        where s.tenant_id = ${tenantId}
          and s.id = ${id}
      )`
    }
    order by a.${key} ${direction}, a.id ${direction}
    limit ${literal(most)}
  `;
  const rows = (shown: Fragment) =>
    sql<ActivityRow[]>`${all(rowColumns(scope), shown, size + 1)}`.then((rows) => rows);
  if (!goesAlone(scope, { share, ...filter })) {
    return page(await rows(visible(scope)), cursor, size);
  }
  const seen = sql`a.deleted_at is null and ${inSight(scope)}`;
  const found = await widely(
    scope,
    () => sql<{ id: string }[]>`${all(sql`a.id`, seen, size + spare)}`.then((rows) => rows),
  );
  const ids = found.map(({ id }) => id);
  const few = await rows(sql`a.id = any (${ids}::uuid[]) and ${visible(scope)}`);
  const enough = few.length > size || ids.length < size + spare;
  return page(enough ? few : await rows(visible(scope)), cursor, size);
}

/** The number up to which a share is counted. */
export const bound = 100;

/** Counts each open share, up to `bound`. */
export async function count(
  scope: Scope,
  filter: Omit<Filter, "share">,
): Promise<Record<Exclude<Share, "done">, number>> {
  const { sql, tenantId } = scope;
  const one = (share: Share) =>
    sql`(
      select count(*)::int
      from (
        select
        from activities a
        where a.tenant_id = ${tenantId}
          ${within(scope, share)}
          ${narrowed(scope, filter, share)}
          and ${visible(scope)}
        limit ${literal(bound)}
      ) counted
    )`;
  const [row] = await sql<[Record<Exclude<Share, "done">, number>]>`
    select ${one("open")} as open, ${one("overdue")} as overdue, ${one("today")} as today,
      ${one("week")} as week
  `;
  return row;
}

/** The number of open activities on a record's page. */
const shownOfRecord = 8;

/** A record's open activities, next due first, as many as its page shows. */
export async function listOf(
  scope: Scope,
  kind: About["kind"],
  recordId: string,
): Promise<ActivityRow[]> {
  const { sql, tenantId } = scope;
  return await sql<ActivityRow[]>`
    select ${rowColumns(scope)}
    from activity_links x
    join activities a on a.tenant_id = x.tenant_id and a.id = x.activity_id
    where x.tenant_id = ${tenantId}
      and x.${sql(`${kind}_id`)} = ${recordId}
      and x.open_due is not null
      and ${visible(scope)}
    order by x.open_due, x.activity_id
    limit ${literal(shownOfRecord)}
  `;
}

/** Whether a word is the name of a kind. */
export const isKind = (word: string): word is Kind => (kinds as readonly string[]).includes(word);
