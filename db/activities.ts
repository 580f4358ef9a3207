/** Calls, meetings, tasks and notes: when, whose, with whom, about what. */
import type { Scope } from "./scope.ts";

export const kinds = ["call", "meeting", "task", "note"] as const;
export type Kind = typeof kinds[number];

export const priorities = ["low", "normal", "high"] as const;
export type Priority = typeof priorities[number];

/**
 * The condition under which an activity, row `a`, may be shown: out of the trash, and about nobody
 * who is restricted, for its words may name them (Art. 18 GDPR). Whoever sees restricted persons
 * sees it. An activity all of whose persons lie in the trash waits there with them.
 */
export function visible({ sql }: Scope) {
  return sql`
    a.deleted_at is null
    and not exists (
      select
      from activity_links l
      left join contacts p on p.tenant_id = l.tenant_id and p.id = l.contact_id
      where l.tenant_id = a.tenant_id
        and l.activity_id = a.id
        and l.contact_id is not null
        and l.direct
        and p.id is null
    )
    and (
      not exists (
        select
        from activity_links l
        where l.tenant_id = a.tenant_id
          and l.activity_id = a.id
          and l.direct
      )
      or exists (
        select
        from activity_links l
        left join contacts p on p.tenant_id = l.tenant_id and p.id = l.contact_id
        left join companies o on o.tenant_id = l.tenant_id and o.id = l.company_id
        left join deals d on d.tenant_id = l.tenant_id and d.id = l.deal_id
        where l.tenant_id = a.tenant_id
          and l.activity_id = a.id
          and l.direct
          and coalesce(p.deleted_at, o.deleted_at, d.deleted_at) is null
      )
    )`;
}
