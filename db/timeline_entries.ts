/** What each entry of a timeline is shown with, joined to the few that a page holds. */
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";
import type { Subject } from "./timeline.ts";

/** Letters of a text that an entry shows. */
const shown = 300;

/** The sides to entries `e`, one of which is there for each: its data as JSON, and who did it. */
export function hydrations({ sql, tenantId }: Scope, subject: Subject): Fragment {
  return sql`
    left join lateral (
      select a.done_by as actor_id, json_build_object(
        'kind', a.kind, 'subject', a.subject, 'body', left(a.body, ${shown})
      ) as data
      from activities a
      where e.kind = 'activity'
        and a.tenant_id = ${tenantId}
        and a.id = e.id
    ) activity on true
    left join lateral (
      select case when m.direction = 'out' then m.user_id end as actor_id, json_build_object(
        'direction', m.direction,
        'from', coalesce(nullif(m.from_name, ''), m.from_address),
        'subject', m.subject,
        'text', left(m.body_text, ${shown})
      ) as data
      from messages m
      where e.kind = 'mail'
        and m.tenant_id = ${tenantId}
        and m.id = e.id
    ) mail on true
    left join lateral (
      select f.created_by as actor_id, json_build_object(
        'name', f.name, 'mediaType', f.media_type, 'size', f.size,
        'home', case
          when f.contact_id <> ${subject.id} then (
            select json_build_object('kind', 'contact', 'id', p.id, 'name', concat_ws(
              ' ', nullif(p.title, ''), nullif(p.first_name, ''), nullif(p.name_prefix, ''),
              nullif(p.last_name, '')
            ))
            from contacts p
            where p.tenant_id = ${tenantId}
              and p.id = f.contact_id
          )
          when f.deal_id <> ${subject.id} then (
            select json_build_object('kind', 'deal', 'id', d.id, 'name', d.title)
            from deals d
            where d.tenant_id = ${tenantId}
              and d.id = f.deal_id
          )
        end
      ) as data
      from files f
      where e.kind = 'file'
        and f.tenant_id = ${tenantId}
        and f.id = e.id
    ) file on true
    left join lateral (
      select s.actor_id, json_build_object(
        'dealId', d.id, 'title', d.title, 'from', old.name, 'to', new.name, 'toKind', new.kind
      ) as data
      from deal_stage_changes s
      join deals d on d.tenant_id = s.tenant_id and d.id = s.deal_id
      join stages new on new.tenant_id = s.tenant_id and new.id = s.to_stage_id
      left join stages old on old.tenant_id = s.tenant_id and old.id = s.from_stage_id
      where e.kind = 'stage'
        and s.tenant_id = ${tenantId}
        and s.id = e.id
    ) stage on true
    left join lateral (
      select c.actor_id, json_build_object(
        'action', c.action, 'fields', c.fields, 'reason', c.reason, 'actorKind', c.actor_kind
      ) as data
      from changes c
      where e.kind = 'change'
        and c.tenant_id = ${tenantId}
        and c.id = e.id
    ) change on true`;
}
