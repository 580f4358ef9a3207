/** Decisions about teams and what each role sees, for the people who make them. */
import type { FieldChange } from "./changes.ts";
import { literal } from "./pages.ts";
import type { Scope } from "./scope.ts";

export interface SightChange {
  /** `team`, or `tenant` for what a role sees. */
  kind: "team" | "tenant";
  action: string;
  /** The team's current name; null if it is gone. */
  teamName: string | null;
  fields: FieldChange[];
  /** Names of the users mentioned in the fields, by id. */
  names: Record<string, string>;
  actorName: string | null;
  at: Date;
}

const most = 20;

/** The latest changes, newest first. */
export async function list({ sql, tenantId }: Scope): Promise<SightChange[]> {
  return await sql<SightChange[]>`
    select c.record_kind as kind, c.action, t.name as team_name, c.fields, c.at,
      i.name as actor_name, (
        select coalesce(json_object_agg(u.id, n.name), '{}')
        from jsonb_array_elements(c.fields) f
        join users u
          on u.tenant_id = ${tenantId} and u.id::text in (f ->> 'to', f ->> 'from')
        join identities n on n.id = u.identity_id
        where f ->> 'name' = 'member'
      ) as names
    from (
      (
        select c.id, c.record_kind, c.record_id, c.action, c.fields, c.actor_id, c.at
        from changes c
        where c.tenant_id = ${tenantId}
          and c.record_kind = 'team'
      )
      union all
      (
        select c.id, c.record_kind, c.record_id, c.action, c.fields, c.actor_id, c.at
        from changes c
        where c.tenant_id = ${tenantId}
          and c.record_kind = 'tenant'
          and c.record_id = ${tenantId}
          and c.action = 'sight_changed'
      )
    ) c
    left join teams t on t.tenant_id = ${tenantId} and t.id = c.record_id
    left join users a on a.tenant_id = ${tenantId} and a.id = c.actor_id
    left join identities i on i.id = a.identity_id
    order by c.at desc, c.id desc
    limit ${literal(most)}
  `;
}
