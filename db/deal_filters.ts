/** Filters that only lists of deals have. */
import type { Scope } from "./scope.ts";

export interface DealFilter {
  pipeline?: string;
  stage?: string;
  lostReason?: string;
  /** A person on the deal. */
  person?: string;
  amountFrom?: number;
  amountTo?: number;
  /** Calendar days, the last one included. */
  closeFrom?: string;
  closeTo?: string;
  /** Open and in one stage for longer than the stage allows. */
  rotting?: true;
}

/** The conditions on row `p`; `deal_conditions` says the same in SQL. */
export function dealConditions(
  { sql, tenantId, now }: Scope,
  filter: DealFilter & { empty?: readonly string[] },
) {
  const { pipeline, stage, lostReason, person, amountFrom, amountTo, closeFrom, closeTo } = filter;
  const { rotting, empty = [] } = filter;
  const none = sql``;
  return sql`
      ${pipeline === undefined ? none : sql`and p.pipeline_id = ${pipeline}`}
      ${stage === undefined ? none : sql`and p.stage_id = ${stage}`}
      ${lostReason === undefined ? none : sql`and p.lost_reason_id = ${lostReason}`}
      ${amountFrom === undefined ? none : sql`and p.amount_cents >= ${amountFrom}::bigint`}
      ${amountTo === undefined ? none : sql`and p.amount_cents <= ${amountTo}::bigint`}
      ${closeFrom === undefined ? none : sql`and p.expected_close_on >= ${closeFrom}::date`}
      ${closeTo === undefined ? none : sql`and p.expected_close_on <= ${closeTo}::date`}
      ${
    rotting === undefined ? none : sql`
      and p.status = 'open'
      and exists (
        select
        from stages s
        where s.tenant_id = ${tenantId}
          and s.id = p.stage_id
          and p.stage_since < ${now}::timestamptz - make_interval(days => s.rotting_days)
      )`
  }
      ${
    person === undefined ? none : sql`
      and exists (
        select
        from deal_contacts x
        join contacts c on c.tenant_id = x.tenant_id and c.id = x.contact_id
        where x.tenant_id = ${tenantId}
          and x.deal_id = p.id
          and x.contact_id = ${person}
          and c.deleted_at is null
          and c.restricted_at is null
      )`
  }
      ${empty.includes("company") ? sql`and p.company_id is null` : none}
      ${empty.includes("amount") ? sql`and p.amount_cents is null` : none}
      ${empty.includes("close") ? sql`and p.expected_close_on is null` : none}`;
}
