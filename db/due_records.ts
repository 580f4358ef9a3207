/** Records whose end is near or here: how the nightly look finds them, and what is done about them. */
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

/** Records looked at in one transaction. */
export const batch = 500;
/** Days before its end on which a record is announced. */
export const noticeDays = 7;

/** Instants as PostgreSQL writes them: a Date would lose their microseconds, and the place with them. */
interface Look {
  afterAt: string | null;
  afterId: string | null;
  finishedAt: Date | null;
}

/**
 * Looks at the next records of a kind that were not touched for the shortest period, and notes those
 * whose end is near; whether more are left. Goes on where the day's last look ended: two processes
 * take turns, as each waits for the other's row.
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
  // A day of grace at both ends: the clock tells exactly.
  const before = Temporal.PlainDate.from(today).subtract({ months: shortest })
    .add({ days: noticeDays + 1 }).toString();
  return await sql<{ id: string; touchedAt: string; retention: retentions.Told }[]>`
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

/** Notes them, each with the day on which it goes unless somebody decides; a week's notice is theirs. */
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

/** What was touched, held or kept since is not due any more. */
async function forget({ sql, tenantId }: Scope, kind: Kind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    delete from due_records
    where tenant_id = ${tenantId}
      and ${sql(`${kind}_id`)} = any(${[...ids]}::uuid[])
  `;
}

/**
 * Erases at most `batch` records of a kind whose bound has come, by the trash's own erasure; how
 * many rows were looked at. Each is looked at anew: what was touched or held since stays.
 */
export async function erase(scope: Scope, kind: Kind, secretKey: string): Promise<number> {
  const { sql, tenantId, now } = scope;
  const own = sql(`${kind}_id`);
  const rows = await sql<{ id: string; retention: retentions.Told }[]>`
    select p.id, ${retentions.columns(scope, kind)}
    from due_records q
    join ${sql(tables[kind])} p on p.tenant_id = q.tenant_id and p.id = q.${own}
    where q.tenant_id = ${tenantId}
      and q.due_on <= ${dayOf(now)}
      and q.bound_on <= ${dayOf(now)}
      and p.deleted_at is null
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
  // Whatever else is due in the trash goes first: what was decided here is not left behind it.
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

/** What waits for a decision, what goes first first, a page at a time; restricted persons are not told. */
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
 * Erases a due record at once, as an admin has decided; false where it is not due any more. Throws
 * NotFound where it never was.
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
  await erase(scope, kind, secretKey);
  const left = await sql`
    select id
    from ${sql(tables[kind])}
    where tenant_id = ${tenantId}
      and id = ${recordId}
  `;
  return left.length === 0;
}
