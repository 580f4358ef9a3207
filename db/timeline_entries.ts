/** What each kind of entry of a timeline is shown with, joined to the few that a page holds. */
import type { Kind as ActivityKind } from "./activities.ts";
import type { FieldChange } from "./changes.ts";
import type { Direction, MessageState } from "./messages.ts";
import type { Kind as RecordKind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import type { StageKind } from "./stages.ts";
import type { Subject } from "./timeline.ts";

export interface EntryData {
  activity: { kind: ActivityKind; subject: string; body: string };
  mail: {
    direction: Direction;
    state: MessageState;
    from: string;
    subject: string;
    body: string;
  };
  file: { name: string; mediaType: string; size: number; home: FileHome | null };
  stage: { dealId: string; title: string; from: string | null; to: string; toKind: StageKind };
  change: { action: string; fields: FieldChange[]; reason: string; actorKind: "user" | "system" };
}

/** The person or deal that a file was put on, where the timeline is another's. */
export interface FileHome {
  kind: RecordKind;
  id: string;
  name: string;
}

/** Letters of a text that an entry shows. */
const letters = 300;

/**
 * The sides to entries `e`, one for each kind: the data as JSON, and who did it. The key of another
 * kind is null, so that no index is asked for it.
 */
export function sides({ sql, tenantId }: Scope, { id }: Subject) {
  return sql`
    left join lateral (
      select a.done_by as actor_id, json_build_object(
        'kind', a.kind, 'subject', a.subject, 'body', left(a.body, ${letters})
      ) as data
      from activities a
      where a.tenant_id = ${tenantId}
        and a.id = case when e.kind = 'activity' then e.id end
    ) activity on true
    left join lateral (
      select m.user_id as actor_id, json_build_object(
        'direction', m.direction, 'state', m.state,
        'from', coalesce(nullif(m.from_name, ''), m.from_address), 'subject', m.subject, 'body', left(m.body_text, ${letters})
      ) as data
      from messages m
      where m.tenant_id = ${tenantId}
        and m.id = case when e.kind = 'mail' then e.id end
    ) mail on true
    left join lateral (
      select f.created_by as actor_id, json_build_object(
        'name', f.name, 'mediaType', f.media_type, 'size', f.size, 'home', case
          when f.contact_id <> ${id} then (
            select json_build_object('kind', 'contact', 'id', p.id, 'name', concat_ws(
              ' ', nullif(p.title, ''), nullif(p.first_name, ''), nullif(p.name_prefix, ''),
              nullif(p.last_name, '')
            ))
            from contacts p
            where p.tenant_id = ${tenantId}
              and p.id = f.contact_id
          )
          when f.deal_id <> ${id} then (
            select json_build_object('kind', 'deal', 'id', d.id, 'name', d.title)
            from deals d
            where d.tenant_id = ${tenantId}
              and d.id = f.deal_id
          )
        end
      ) as data
      from files f
      where f.tenant_id = ${tenantId}
        and f.id = case when e.kind = 'file' then e.id end
    ) file on true
    left join lateral (
      select s.actor_id, json_build_object(
        'dealId', d.id, 'title', d.title, 'from', old.name, 'to', new.name, 'toKind', new.kind
      ) as data
      from deal_stage_changes s
      join deals d on d.tenant_id = ${tenantId} and d.id = s.deal_id
      join stages new on new.tenant_id = ${tenantId} and new.id = s.to_stage_id
      left join stages old on old.tenant_id = ${tenantId} and old.id = s.from_stage_id
      where s.tenant_id = ${tenantId}
        and s.id = case when e.kind = 'stage' then e.id end
    ) stage on true
    left join lateral (
      select c.actor_id, json_build_object(
        'action', c.action, 'fields', c.fields, 'reason', c.reason, 'actorKind', c.actor_kind
      ) as data
      from changes c
      where c.tenant_id = ${tenantId}
        and c.id = case when e.kind = 'change' then e.id end
    ) change on true`;
}
