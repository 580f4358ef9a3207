/** Holds: what suspends a record's erasure, who placed it, why, and when it has to be reviewed. */
import { plainName } from "./full_names.ts";
import * as changes from "./changes.ts";
import { Invalid, NotFound } from "./errors.ts";
import { inCase } from "./case_queues.ts";
import { addDays, dayOf } from "./local_times.ts";
import type { HoldKind } from "./record_clocks.ts";
import { type Kind, tables } from "./record_kinds.ts";
import { homeOf } from "./retentions.ts";
import type { Scope } from "./scope.ts";

export interface HoldInput {
  id: string;
  kind: HoldKind;
  reason: string;
  reviewOn: string;
}

/** A hold whose reason has to be reviewed. */
export interface ToReview {
  id: string;
  kind: HoldKind;
  reason: string;
  reviewOn: string;
  recordKind: Kind;
  recordId: string;
  /** Empty for a record that is restricted or in the trash. */
  name: string;
}

/** A hold lasts until it is released, but at most a year without a review. */
const longestReview = { years: 1 };
/** How long a hold goes on after a review found that its reason still applies. */
const extension = { months: 3 };
/** Days after which admins are reminded again of holds that nobody has reviewed. */
const remindAfter = 7;

/**
 * Suspends the erasure of a record that is not in the trash. Throws NotFound, and Invalid unless a
 * review is planned within a year.
 */
export async function create(
  scope: Scope,
  kind: Kind,
  recordId: string,
  input: HoldInput,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const today = dayOf(now);
  const most = Temporal.PlainDate.from(today).add(longestReview).toString();
  if (input.reviewOn <= today || input.reviewOn > most) {
    throw new Invalid("retentions.review_refused", "reviewOn");
  }
  const [record] = await sql`
    select id
    from ${sql(tables[kind])}
    where tenant_id = ${tenantId}
      and id = ${recordId}
      and deleted_at is null
    for share
  `;
  if (!record) throw new NotFound(kind);
  const row = {
    tenantId,
    ...input,
    [`${kind}Id`]: recordId,
    createdBy: actor.userId,
    createdAt: now,
  };
  const [made] = await sql`
    insert into holds ${sql(row as never)}
    on conflict do nothing
    returning id
  `;
  if (!made) return;
  await sql`
    delete from due_records
    where tenant_id = ${tenantId}
      and ${sql(`${kind}_id`)} = ${recordId}
  `;
  await changes.record(scope, { kind, id: recordId, action: "held" });
}

/**
 * Releases a hold so that the record can be erased; returns whose. Throws NotFound if already
 * released.
 */
export async function release(
  scope: Scope,
  id: string,
): Promise<{ kind: Kind; recordId: string }> {
  const { sql, tenantId, actor, now } = scope;
  const [row] = await sql<Record<`${Kind}Id`, string | null>[]>`
    update holds
    set released_at = ${now}, released_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${id}
      and released_at is null
    returning contact_id, company_id, deal_id
  `;
  if (!row) throw new NotFound("hold");
  const home = homeOf(row);
  await changes.record(scope, { kind: home.kind, id: home.recordId, action: "hold_released" });
  return home;
}

/**
 * Keeps a hold because its reason still applies, for three months until the next review; a repeated
 * call changes nothing. Throws NotFound for one that is released.
 */
export async function extend({ sql, tenantId, now }: Scope, id: string): Promise<string> {
  const reviewOn = Temporal.PlainDate.from(dayOf(now)).add(extension).toString();
  const [row] = await sql`
    update holds
    set review_on = ${reviewOn}, told_on = null
    where tenant_id = ${tenantId}
      and id = ${id}
      and released_at is null
    returning id
  `;
  if (!row) throw new NotFound("hold");
  return reviewOn;
}

/** The holds whose review is due, the longest overdue first; at most 100. */
export async function listToReview({ sql, tenantId, now }: Scope): Promise<ToReview[]> {
  return await sql<ToReview[]>`
    select h.id, h.kind, h.reason, h.review_on,
      case
        when h.contact_id is not null then 'contact'
        when h.company_id is not null then 'company'
        else 'deal'
      end as record_kind,
      coalesce(h.contact_id, h.company_id, h.deal_id) as record_id,
      coalesce(
        case
          when c.deleted_at is null and c.restricted_at is null
            then nullif(
              ${plainName("c")},
              ''
            )
        end,
        case when f.deleted_at is null then f.name end,
        case when d.deleted_at is null then d.title end,
        ''
      ) as name
    from holds h
    left join contacts c on c.tenant_id = h.tenant_id and c.id = h.contact_id
    left join companies f on f.tenant_id = h.tenant_id and f.id = h.company_id
    left join deals d on d.tenant_id = h.tenant_id and d.id = h.deal_id
    where h.tenant_id = ${tenantId}
      and h.released_at is null
      and h.review_on <= ${dayOf(now)}
    order by h.review_on, h.id
    limit 100
  `;
}

/** What admins are told about holds: how many, and since when the first has waited for a review. */
export interface Reminder {
  count: number;
  firstOn: string;
}

/**
 * Marks the overdue holds as reminded of, if one is new or nobody has reviewed them for a week;
 * null when nobody has to be reminded today. Write the letter in the same transaction.
 */
export async function takeReminder({ sql, tenantId, now }: Scope): Promise<Reminder | null> {
  const today = dayOf(now);
  const [row] = await sql<[{ count: number; firstOn: string | null; due: boolean | null }]>`
    with waiting as (
      select id, review_on,
        told_on is null or told_on <= ${addDays(today, -remindAfter)} as due
      from holds
      where tenant_id = ${tenantId}
        and released_at is null
        and review_on <= ${today}
      for update
    ), told as (
      update holds h
      set told_on = ${today}
      from waiting w
      where h.tenant_id = ${tenantId}
        and h.id = w.id
        and exists (select from waiting where due)
    )
    select count(*)::int as count, min(review_on) as first_on, bool_or(due) as due
    from waiting
  `;
  return row.due ? { count: row.count, firstOn: row.firstOn! } : null;
}

/**
 * Postpones by a day the erasure of trashed activities and deals of a person who has an open
 * request: its answer says what there was when it came. Returns how many.
 */
export async function suspendInCase(
  { sql, tenantId, now }: Scope,
  kind: "activity" | "deal",
): Promise<number> {
  const [table, links] = kind === "deal"
    ? ["deals", "deal_contacts"]
    : ["activities", "activity_links"];
  const { count } = await sql`
    update ${sql(table!)} r
    set erase_after = ${new Date(now.getTime() + 86_400_000)}
    where r.tenant_id = ${tenantId}
      and r.deleted_at is not null
      and r.erase_after <= ${now}
      and exists (
        select
        from ${sql(links!)} l
        join contacts p on p.tenant_id = l.tenant_id and p.id = l.contact_id
        where l.tenant_id = ${tenantId}
          and l.${sql(`${kind}_id`)} = r.id
          and ${inCase(sql)}
      )
  `;
  return count;
}

/** How many holds are due for review. */
export async function countToReview({ sql, tenantId, now }: Scope): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from holds
    where tenant_id = ${tenantId}
      and released_at is null
      and review_on <= ${dayOf(now)}
  `;
  return row.count;
}

/**
 * Postpones by a day the erasure of trashed records that are held or whose person has an open
 * request, because that has to be answered first. Returns how many.
 */
export async function suspend({ sql, tenantId, now }: Scope, kind: Kind): Promise<number> {
  const { count } = await sql`
    update ${sql(tables[kind])} p
    set erase_after = ${new Date(now.getTime() + 86_400_000)}
    where p.tenant_id = ${tenantId}
      and p.deleted_at is not null
      and p.erase_after <= ${now}
      and (
        p.id in (
          select h.${sql(`${kind}_id`)}
          from holds h
          where h.tenant_id = ${tenantId}
            and h.${sql(`${kind}_id`)} is not null
            and h.released_at is null
        )
        ${kind === "contact" ? sql`or ${inCase(sql)}` : sql``}
      )
  `;
  return count;
}
