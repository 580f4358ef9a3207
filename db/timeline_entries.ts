/** The data shown with each kind of timeline entry. */
import { fullName } from "./full_names.ts";
import type { Kind as ActivityKind } from "./activities.ts";
import type { FieldChange } from "./changes.ts";
import type { Direction, MessageState } from "./messages.ts";
import type { Kind as RecordKind } from "./record_kinds.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";
import type { StageKind } from "./stages.ts";

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
  change: {
    action: string;
    fields: FieldChange[];
    reason: string;
    actorKind: "user" | "system";
    merged: boolean;
  };
}

/** The contact or deal that a file was attached to, if the timeline is another record's. */
export interface FileHome {
  kind: RecordKind;
  id: string;
  name: string;
}

/** How many characters of a text an entry shows. */
const letters = 300;

/** Who completed activity `a`, and the data it is shown with as JSON; the others work alike. */
export const activitySide = ({ sql }: Scope): Fragment =>
  sql`a.done_by as actor_id, json_build_object(
    'kind', a.kind, 'subject', a.subject, 'body', left(a.body, ${letters})
  ) as data`;

/** The same for mail `m`. */
export const mailSide = ({ sql }: Scope): Fragment =>
  sql`m.user_id as actor_id, json_build_object(
    'direction', m.direction, 'state', m.state,
    'from', coalesce(nullif(m.from_name, ''), m.from_address), 'subject', m.subject,
    'body', left(m.body_text, ${letters})
  ) as data`;

/**
 * The same for file `f`, with the contact `p` or deal `d` it is attached to, if that is another
 * record.
 */
export const fileSide = ({ sql }: Scope): Fragment =>
  sql`f.created_by as actor_id, json_build_object(
    'name', f.name, 'mediaType', f.media_type, 'size', f.size, 'home', case
      when p.id is not null
        then json_build_object('kind', 'contact', 'id', p.id, 'name', ${fullName("p")})
      when d.id is not null then json_build_object('kind', 'deal', 'id', d.id, 'name', d.title)
    end
  ) as data`;

/** The same for stage change `k` with its deal's title; its stages are looked up later. */
export const stepSide = ({ sql, tenantId }: Scope): Fragment =>
  sql`k.actor_id, (
    select json_build_object(
      'dealId', k.deal_id, 'title', k.title, 'from', old.name, 'to', new.name, 'toKind', new.kind
    )
    from stages new
    left join stages old on old.tenant_id = new.tenant_id and old.id = k.from_stage_id
    where new.tenant_id = ${tenantId}
      and new.id = k.to_stage_id
  ) as data`;

/** The same for change `k`, and whether it was to a record later merged into this one. */
export const changeSide = ({ sql }: Scope, id: string): Fragment =>
  sql`k.actor_id, json_build_object(
    'action', k.action, 'fields', k.fields, 'reason', k.reason, 'actorKind', k.actor_kind,
    'merged', k.record_id <> ${id}
  ) as data`;
