/** What decides how long a tenant's records are kept: its periods, and documents of records. */
import * as changes from "./changes.ts";
import { inCase } from "./case_queues.ts";
import { Invalid, NotFound } from "./errors.ts";
import { dayOf } from "./local_times.ts";
import type { PeriodFact } from "./policies/facts.ts";
import type { Fragment } from "./pool.ts";
import { type AssignableName, type Periods, usualPeriods } from "./record_classes.ts";
import { type Clock, clockOf, type Facts, keepableUntil } from "./record_clocks.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import * as tenants from "./tenants.ts";

/** The tenant's periods. */
export async function find({ sql, tenantId }: Scope): Promise<Periods> {
  const [row] = await sql<{ periods: Periods }[]>`
    select ${periodsOf(sql)} as periods
    from retention_settings s
    where s.tenant_id = ${tenantId}
  `;
  return row?.periods ?? usualPeriods;
}

/** The periods of the classes as this tenant has set them: days in the trash, months of history. */
export async function ofTenant(
  scope: Scope,
  periods: readonly PeriodFact[],
): Promise<PeriodFact[]> {
  const { history } = await find(scope);
  const { trashDays } = await tenants.find(scope);
  const own: Partial<Record<string, string>> = {
    record: `P${trashDays}D`,
    history: `P${history}M`,
  };
  return periods.map((each) => ({ ...each, period: own[each.class] ?? each.period }));
}

/** Sets the periods and records the change; the database refuses what law or policy forbid. */
export async function update(scope: Scope, periods: Periods): Promise<void> {
  const { sql, tenantId } = scope;
  const before = await find(scope);
  const { confirmDays, ...months } = periods;
  await sql`
    insert into retention_settings ${sql({ tenantId, ...snake(months), confirmDays } as never)}
    on conflict (tenant_id) do update
    set prospect = excluded.prospect, lost_deal = excluded.lost_deal,
      applicant = excluded.applicant, claim = excluded.claim, history = excluded.history,
      confirm_days = excluded.confirm_days
  `;
  const names = Object.keys(periods) as (keyof Periods)[];
  const fields = names.filter((name) => before[name] !== periods[name])
    .map((name) => ({ name: `retention_${name}` }));
  if (fields.length === 0) return;
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "updated", fields });
}

const snake = ({ lost_deal, ...rest }: Omit<Periods, "confirmDays">) => ({
  ...rest,
  lostDeal: lost_deal,
});

/** As a single JSON value: column names would be converted to camel case. */
const periodsOf = (sql: Scope["sql"]): Fragment =>
  sql`jsonb_build_object(
    'prospect', s.prospect, 'lost_deal', s.lost_deal, 'applicant', s.applicant, 'claim', s.claim,
    'history', s.history, 'confirmDays', s.confirm_days
  )`;

/** Everything a record's clock is computed from, as the column `retention` of row `p`. */
export function columns({ sql }: Scope, kind: Kind): Fragment {
  const own = sql(`${kind}_id`);
  const deals = kind === "contact"
    ? sql`
      from deal_contacts x
      join deals d on d.tenant_id = x.tenant_id and d.id = x.deal_id and d.deleted_at is null
      where x.tenant_id = p.tenant_id
        and x.contact_id = p.id`
    : sql`
      from deals d
      where d.tenant_id = p.tenant_id
        and d.company_id = p.id
        and d.deleted_at is null`;
  const ofDeals = kind === "deal" ? sql`null` : sql`(
    select jsonb_build_object(
      'touched', max(d.last_touch_at) filter (where d.status = 'open'),
      'won', max(d.closed_at) filter (where d.status = 'won')
    )
    ${deals}
  )`;
  return sql`jsonb_build_object(
    'status', p.status,
    'touched', p.last_touch_at,
    'deals', ${ofDeals},
    ${kind === "deal" ? sql`'closed', p.closed_at,` : sql``}
    ${
    kind !== "contact" ? sql`` : sql`
    'retainUntil', p.retain_until,
    'retainReason', p.retain_reason,
    'restricted', p.restricted_at is not null,
    'inCase', ${inCase(sql)},`
  }
    'duties', to_jsonb(
      array(
        select jsonb_build_object(
          'id', r.id, 'class', r.class, 'reference', r.reference, 'startsOn', r.starts_on,
          'endsOn', r.ends_on, 'createdOn', (r.created_at at time zone 'Europe/Berlin')::date
        )
        from retention_duties r
        where r.tenant_id = p.tenant_id
          and r.${own} = p.id
        order by r.created_at, r.id
      )
    ),
    'holds', to_jsonb(
      array(
        select jsonb_build_object(
          'id', h.id, 'kind', h.kind, 'reason', h.reason, 'reviewOn', h.review_on
        )
        from holds h
        where h.tenant_id = p.tenant_id
          and h.${own} = p.id
          and h.released_at is null
        order by h.created_at, h.id
      )
    ),
    'periods', (
      select ${periodsOf(sql)}
      from retention_settings s
      where s.tenant_id = p.tenant_id
    )
  ) as retention`;
}

/** The column's content, before it is brought into one shape for all kinds. */
export type StoredFacts =
  & Partial<Facts>
  & Pick<Facts, "status" | "touched" | "duties" | "holds">
  & {
    deals: { touched: string | null; won: string | null } | null;
  };

/** The facts from the column. */
function factsOf({ deals, ...stored }: StoredFacts): Facts {
  return {
    closed: null,
    retainUntil: null,
    retainReason: null,
    restricted: false,
    inCase: false,
    periods: null,
    ...stored,
    // A deal under discussion counts as a touch of everybody involved in it.
    touched: deals?.touched && new Date(deals.touched) > new Date(stored.touched)
      ? deals.touched
      : stored.touched,
    won: deals?.won ?? null,
  };
}

/** The clock from the column. */
export const clockFrom = (kind: Kind, stored: StoredFacts, today: string): Clock =>
  clockOf(kind, factsOf(stored), today);

export interface DutyInput {
  id: string;
  class: AssignableName;
  reference: string;
  startsOn: string | null;
}

/** Names a document that keeps a record; a form that is sent twice adds it only once. */
export async function addDuty(
  scope: Scope,
  kind: Kind,
  recordId: string,
  input: DutyInput,
): Promise<void> {
  await lookupClock(scope, kind, recordId);
  if (!await insert(scope, kind, recordId, { ...input, endsOn: null })) return;
  await changes.record(scope, { kind, id: recordId, action: "duty_added" });
}

/**
 * Keeps a record that is due for removal until a given day, for a reason. Throws Invalid if the day
 * is past the longest lawful one.
 */
export async function keep(
  scope: Scope,
  kind: Kind,
  recordId: string,
  input: { id: string; reason: string; until: string },
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const today = dayOf(now);
  const clock = await lookupClock(scope, kind, recordId);
  const most = keepableUntil(clock, today);
  if (input.until <= today || input.until > most) {
    throw new Invalid("retentions.keep_refused", "until");
  }
  const duty = { id: input.id, class: "kept", reference: input.reason, startsOn: today } as const;
  if (!await insert(scope, kind, recordId, { ...duty, endsOn: input.until })) return;
  await sql`
    delete from due_records
    where tenant_id = ${tenantId}
      and ${sql(`${kind}_id`)} = ${recordId}
  `;
  await changes.record(scope, { kind, id: recordId, action: "kept" });
}

/** False if the id exists already. */
async function insert(
  { sql, tenantId, actor, now }: Scope,
  kind: Kind,
  recordId: string,
  duty: Omit<DutyInput, "class"> & { class: AssignableName | "kept"; endsOn: string | null },
): Promise<boolean> {
  const row = {
    tenantId,
    ...duty,
    [`${kind}Id`]: recordId,
    createdBy: actor.userId,
    createdAt: now,
  };
  const [made] = await sql`
    insert into retention_duties ${sql(row as never)}
    on conflict do nothing
    returning id
  `;
  return made !== undefined;
}

/** Takes a document away again and returns the record it kept. Throws NotFound. */
export async function removeDuty(
  scope: Scope,
  id: string,
): Promise<{ kind: Kind; recordId: string }> {
  const { sql, tenantId } = scope;
  const [row] = await sql<Record<`${Kind}Id`, string | null>[]>`
    delete from retention_duties
    where tenant_id = ${tenantId}
      and id = ${id}
    returning contact_id, company_id, deal_id
  `;
  if (!row) throw new NotFound("duty");
  const home = homeOf(row);
  await changes.record(scope, { kind: home.kind, id: home.recordId, action: "duty_removed" });
  return home;
}

/** The record that one of the three columns names. */
export function homeOf(row: Record<`${Kind}Id`, string | null>): { kind: Kind; recordId: string } {
  const kind = (["contact", "company", "deal"] as const).find((each) => row[`${each}Id`])!;
  return { kind, recordId: row[`${kind}Id`]! };
}

/** The clock of a live record. Throws NotFound. */
export async function lookupClock(scope: Scope, kind: Kind, id: string): Promise<Clock> {
  const [clock] = await clocksOf(scope, kind, [id]);
  if (!clock) throw new NotFound(kind);
  return clock;
}

/** The clocks of those of the given records that are live. */
export async function clocksOf(scope: Scope, kind: Kind, ids: readonly string[]): Promise<Clock[]> {
  const { sql, tenantId, now } = scope;
  const rows = await sql<{ retention: StoredFacts }[]>`
    select ${columns(scope, kind)}
    from ${sql(tables[kind])} p
    where p.tenant_id = ${tenantId}
      and p.id = any(${[...ids]}::uuid[])
      and p.deleted_at is null
    order by p.id
  `;
  return rows.map(({ retention }) => clockFrom(kind, retention, dayOf(now)));
}
