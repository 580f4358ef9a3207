/** Holds: what suspends a record's erasure, by whom, why, and when somebody looks at it again. */
import * as changes from "./changes.ts";
import { Invalid, NotFound } from "./errors.ts";
import { dayOf } from "./local_times.ts";
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

/** A hold lasts until it is released, but a year at most without a look at it. */
const longestReview = { years: 1 };

/**
 * Suspends the erasure of a living record. Throws NotFound, and Invalid where nobody would look at
 * it again within a year.
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

/** Lets the erasure go on; whose. Throws NotFound for one that is released already. */
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

/** How many holds somebody has to look at again by now. */
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

/** Moves the erasure of held records that wait in the trash to the next day; how many. */
export async function suspend({ sql, tenantId, now }: Scope, kind: Kind): Promise<number> {
  const { count } = await sql`
    update ${sql(tables[kind])} p
    set erase_after = ${new Date(now.getTime() + 86_400_000)}
    where p.tenant_id = ${tenantId}
      and p.deleted_at is not null
      and p.erase_after <= ${now}
      and p.id in (
        select h.${sql(`${kind}_id`)}
        from holds h
        where h.tenant_id = ${tenantId}
          and h.${sql(`${kind}_id`)} is not null
          and h.released_at is null
      )
  `;
  return count;
}
