/** What is compared in deals to be merged besides their own columns. */
import type { Scope } from "./scope.ts";

/** Row `p` of a deal with the names it refers to, and `worth`: its amount with its lines. */
export const row = ({ sql }: Scope) =>
  sql`to_jsonb(p) || (
    select jsonb_build_object(
      'worth', case
        when p.amount_cents is not null or n.lines > 0
          then concat_ws('|', p.amount_cents::text, p.currency, n.lines::text) end,
      'lines', n.lines,
      'stage_words', concat_ws(
        ': ', l.name, s.name,
        (select r.name from lost_reasons r where r.tenant_id = p.tenant_id and r.id = p.lost_reason_id)
      ),
      'company_name', (
        select o.name
        from companies o
        where o.tenant_id = p.tenant_id
          and o.id = p.company_id
      )
    )
    from stages s
    join pipelines l on l.tenant_id = s.tenant_id and l.id = s.pipeline_id
    cross join lateral (
      select count(*)::int as lines
      from deal_items i
      where i.tenant_id = p.tenant_id
        and i.deal_id = p.id
    ) n
    where s.tenant_id = p.tenant_id
      and s.id = p.stage_id
  )`;
