/**
 * Determines who must confirm that nothing of a tenant is left: every processor that ever had its
 * data.
 */
import type { Sql } from "../pool.ts";

/**
 * Asks the processors that are enabled, and those that were while the tenant was a customer: even
 * if disabled or removed since, they may still hold what they received then.
 */
export async function askProcessors(owner: Sql, erasureId: string, since: string): Promise<void> {
  await owner`
    insert into tenant_erasure_confirmations (erasure_id, processor_id, name)
    select ${erasureId}, p.id, p.name
    from processors p
    where p.enabled
      or exists (
        select
        from processor_changes c
        left join lateral (
          select s.action, s.takes_effect_on
          from processor_changes s
          where s.processor_id = c.processor_id
            and s.id < c.id
            and s.action in ('enabled', 'disabled')
          order by s.id desc
          limit 1
        ) before on true
        where c.processor_id = p.id
          and c.at >= ${since}::text::timestamptz
          -- Removed while disabled, or disabled before taking effect: that ended nothing.
          and (
            (c.action = 'disabled' and before.action is null)
            or (
              c.action in ('disabled', 'removed')
              and before.action = 'enabled'
              and before.takes_effect_on <= (c.at at time zone 'Europe/Berlin')::date
            )
          )
      )
    on conflict do nothing
  `;
}
