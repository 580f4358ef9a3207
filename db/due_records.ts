/** Records whose retention ends soon or has ended: how the nightly check finds and handles them. */
import { plainName } from "./full_names.ts";
import { dayOf } from "./local_times.ts";
import { newId } from "./ids.ts";
import { NotFound } from "./errors.ts";
import { type Cursor, type Page, page, pageSize, parts } from "./pages.ts";
import type { RecordClassName } from "./record_classes.ts";
import type { Clock } from "./record_clocks.ts";
import { type Kind, tables } from "./record_kinds.ts";
import * as retentions from "./retentions.ts";
import type { Scope } from "./scope.ts";
import * as trash from "./trash.ts";

export interface DueRecord {
  id: string;
  kind: Kind;
  recordId: string;
  name: string;
  class: RecordClassName | "kept" | "set";
  dueOn: string;
  boundOn: string;
}

/** The number of records checked in one transaction. */
export const batch = 500;
/** Days before its erasure on which a record is announced. */
const noticeDays = 7;

/** Instants as PostgreSQL writes them: a Date would lose the microseconds, and so the position. */
interface Look {
  afterAt: string | null;
  afterId: string | null;
  finishedAt: Date | null;
}

/**
 * Checks the next records of a kind untouched for the shortest period, and records those whose
 * retention ends soon; returns whether more are left. Continues where the day's last check ended:
 * two processes take turns, since each waits for the other's row.
 */
export async function look(scope: Scope, kind: Kind): Promise<boolean> {
  const { sql, tenantId, now } = scope;
  const today = dayOf(now);
  await sql`
    insert into retention_runs (tenant_id, kind, run_on)
    values (${tenantId}, ${kind}, ${today})
    on conflict do nothing
  `;
  const [from] = await sql<[Look]>`
    select after_at::text, after_id, finished_at
    from retention_runs
    where tenant_id = ${tenantId}
      and kind = ${kind}
      and run_on = ${today}
    for update
  `;
  if (from.finishedAt) return false;
  const rows = await candidates(scope, kind, from, today);
  const clocks = rows.map(({ id, retention }) => ({
    id,
    clock: retentions.clockFrom(kind, retention, today),
  }));
  const soon = Temporal.PlainDate.from(today).add({ days: noticeDays }).toString();
  const near = clocks.filter(({ clock }) => clock.state !== "held" && clock.erasableOn <= soon);
  const noted = new Set(near.map(({ id }) => id));
  await note(scope, kind, near, today);
  await forget(scope, kind, rows.map(({ id }) => id).filter((id) => !noted.has(id)));
  const last = rows.at(-1);
  await sql`
    update retention_runs
    set looked = looked + ${rows.length},
      after_at = ${last?.touchedAt ?? from.afterAt}::text::timestamptz, after_id = ${
    last?.id ?? from.afterId
  },
      finished_at = ${rows.length < batch ? now : null}
    where tenant_id = ${tenantId}
      and kind = ${kind}
      and run_on = ${today}
  `;
  return rows.length === batch;
}

async function candidates(scope: Scope, kind: Kind, from: Look, today: string) {
  const { sql, tenantId } = scope;
  const { prospect, lost_deal, claim } = await retentions.find(scope);
  const shortest = kind === "deal" ? Math.min(lost_deal, claim) : Math.min(prospect, claim);
  // One day of tolerance at both ends: the clock decides exactly.
  const before = Temporal.PlainDate.from(today).subtract({ months: shortest })
    .add({ days: noticeDays + 1 }).toString();
  return await sql<{ id: string; touchedAt: string; retention: retentions.StoredFacts }[]>`
    select p.id, p.last_touch_at::text as touched_at, ${retentions.columns(scope, kind)}
    from ${sql(tables[kind])} p
    where p.tenant_id = ${tenantId}
      and p.deleted_at is null
      and p.last_touch_at < ${before}::date
      ${
    from.afterId === null
      ? sql``
      : sql`and (p.last_touch_at, p.id) > (${from.afterAt}::text::timestamptz, ${from.afterId})`
  }
    order by p.last_touch_at, p.id
    limit ${batch}
  `;
}

/**
 * Records them, each with the day of its erasure unless somebody decides; at least a week's notice.
 */
async function note(
  { sql, tenantId, now }: Scope,
  kind: Kind,
  found: readonly { id: string; clock: Clock }[],
  today: string,
): Promise<void> {
  if (found.length === 0) return;
  const soonest = Temporal.PlainDate.from(today).add({ days: noticeDays }).toString();
  const rows = found.map(({ id, clock }) => ({
    tenantId,
    id: newId(),
    [`${kind}Id`]: id,
    class: clock.cause.class,
    dueOn: clock.erasableOn,
    boundOn: clock.boundOn > soonest ? clock.boundOn : soonest,
    foundAt: now,
  }));
  await sql`
    insert into due_records ${sql(rows as never)}
    on conflict (tenant_id, ${sql(`${kind}_id`)}) do update
    set class = excluded.class, due_on = excluded.due_on,
      bound_on = case
        when due_records.due_on = excluded.due_on
          then least(due_records.bound_on, excluded.bound_on)
        else excluded.bound_on
      end
  `;
}

/** What has since been touched, put on hold or kept is no longer due. */
async function forget({ sql, tenantId }: Scope, kind: Kind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    delete from due_records
    where tenant_id = ${tenantId}
      and ${sql(`${kind}_id`)} = any(${[...ids]}::uuid[])
  `;
}

/**
 * Erases up to `batch` records of a kind whose notice has ended, by way of the trash; returns how
 * many rows were checked. Each is checked again: what has been touched or put on hold since stays.
 * With `only`, it is that record alone.
 */
export async function erase(
  scope: Scope,
  kind: Kind,
  secretKey: string,
  only: string | null = null,
): Promise<number> {
  const { sql, tenantId, now } = scope;
  const own = sql(`${kind}_id`);
  const rows = await sql<{ id: string; retention: retentions.StoredFacts }[]>`
    select p.id, ${retentions.columns(scope, kind)}
    from due_records q
    join ${sql(tables[kind])} p on p.tenant_id = q.tenant_id and p.id = q.${own}
    where q.tenant_id = ${tenantId}
      and q.due_on <= ${dayOf(now)}
      and q.bound_on <= ${dayOf(now)}
      and p.deleted_at is null
      ${only === null ? sql`` : sql`and p.id = ${only}`}
    order by q.bound_on, q.id
    limit ${batch}
    for update of p skip locked
  `;
  const ids = rows.map(({ id }) => id);
  const due = rows.filter(({ retention }) =>
    retentions.clockFrom(kind, retention, dayOf(now)).state === "due"
  ).map(({ id }) => id);
  await forget(scope, kind, ids);
  await sql`
    update ${sql(tables[kind])}
    set deleted_at = ${now}, deleted_by = ${scope.actor.userId}, erase_after = ${now},
      version = version + 1
    where tenant_id = ${tenantId}
      and id = any(${due}::uuid[])
  `;
  // Also erase whatever else is due in the trash, so that these records do not queue behind it.
  for (let count = due.length > 0 ? trash.batch : 0; count === trash.batch;) {
    count = await trash.erase(scope, kind, secretKey);
  }
  await sql`
    update retention_runs
    set erased = erased + ${due.length}
    where tenant_id = ${tenantId}
      and kind = ${kind}
      and run_on = ${dayOf(now)}
  `;
  return ids.length;
}

/**
 * Records awaiting a decision, earliest erasure first, a page at a time; not restricted persons.
 */
export async function list(scope: Scope, cursor: Cursor): Promise<Page<DueRecord>> {
  const { sql, tenantId } = scope;
  const { id, backwards } = parts(cursor);
  const direction = backwards ? sql`desc` : sql`asc`;
  const rows = await sql<DueRecord[]>`
    select q.id, q.class, q.due_on, q.bound_on,
      case when c.id is not null then 'contact' when f.id is not null then 'company' else 'deal' end
        as kind,
      coalesce(c.id, f.id, d.id) as record_id,
      coalesce(
        ${plainName("c")},
        ''
      ) || coalesce(f.name, d.title, '') as name
    from due_records q
    left join contacts c on c.tenant_id = q.tenant_id and c.id = q.contact_id
    left join companies f on f.tenant_id = q.tenant_id and f.id = q.company_id
    left join deals d on d.tenant_id = q.tenant_id and d.id = q.deal_id
    where q.tenant_id = ${tenantId}
      and coalesce(c.deleted_at, f.deleted_at, d.deleted_at) is null
      and c.restricted_at is null
      ${
    id === null ? sql`` : sql`
      and (q.due_on, q.id) ${backwards ? sql`<` : sql`>`} (
        select s.due_on, s.id
        from due_records s
        where s.tenant_id = ${tenantId}
          and s.id = ${id}
      )`
  }
    order by q.due_on ${direction}, q.id ${direction}
    limit ${pageSize + 1}
  `;
  return page(rows, cursor);
}

/**
 * Erases a due record at once, as decided by an admin; false if it is no longer due. Throws
 * NotFound if it never was.
 */
export async function confirm(scope: Scope, id: string, secretKey: string): Promise<boolean> {
  const { sql, tenantId, now } = scope;
  const [row] = await sql<{ contactId: string; companyId: string; dealId: string }[]>`
    update due_records
    set bound_on = least(bound_on, ${dayOf(now)})
    where tenant_id = ${tenantId}
      and id = ${id}
      and due_on <= ${dayOf(now)}
    returning contact_id, company_id, deal_id
  `;
  if (!row) throw new NotFound("due record");
  const { kind, recordId } = retentions.homeOf(row);
  await erase(scope, kind, secretKey, recordId);
  const left = await sql`
    select id
    from ${sql(tables[kind])}
    where tenant_id = ${tenantId}
      and id = ${recordId}
  `;
  return left.length === 0;
}
