/** What forms and filters of records offer: possible owners, tags and custom fields. */
import * as customFields from "./custom_fields.ts";
import { teamOwner } from "./owners.ts";
import type { Fragment } from "./pool.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { isNarrowed } from "./sights.ts";
import type { Tag } from "./tags.ts";
import { shownName } from "./users.ts";
import * as views from "./views.ts";

export interface Owner {
  id: string;
  name: string;
}

export interface Names {
  owners: Owner[];
  /** The custom fields of all kinds of records, in order. */
  fields: customFields.CustomField[];
}

export interface Choices extends Names {
  tags: Tag[];
  /** Teams as lists name them besides owners (`teamOwner`). */
  teams: Owner[];
}

/**
 * The active users with write access and the tags, by name, at most 200 of each; the custom fields.
 */
export async function list(scope: Scope): Promise<Choices> {
  const [choices] = await scope.sql<[Choices]>`select ${columns(scope)}`;
  return seenNames(scope, choices);
}

/** The same plus the saved views of lists of a kind, since a list's page offers both. */
export async function listWithViews(
  scope: Scope,
  kind: Kind,
): Promise<Choices & { views: views.ViewRow[] }> {
  const [choices] = await scope.sql<[Choices & { views: views.ViewRow[] }]>`
    select ${columns(scope)}, ${views.column(scope, kind)}
  `;
  return seenNames(scope, choices);
}

function columns(scope: Scope): Fragment {
  const { sql, tenantId } = scope;
  return sql`
      ${nameColumns(scope)},
      array_to_json(
        array(
          select json_build_object('id', id, 'name', name)
          from tags
          where tenant_id = ${tenantId}
            and changing is distinct from 'removing'
          order by name_key
          limit 200
        )
      ) as tags,
      ${teamsOf(scope)} as teams`;
}

/**
 * The tenant's teams; empty for users with limited sight, who may not learn how others cooperate.
 */
function teamsOf(scope: Scope): Fragment {
  const { sql, tenantId } = scope;
  if (isNarrowed(scope)) return sql`'[]'::json`;
  return sql`
      array_to_json(
        array(
          select json_build_object('id', ${teamOwner("")}::text || id, 'name', name)
          from teams
          where tenant_id = ${tenantId}
          order by name_key
          limit 100
        )
      )`;
}

/** Limits what was read to what the role may see. */
export const seenNames = <Read extends Names>(scope: Scope, read: Read): Read => ({
  ...read,
  fields: customFields.seen(scope, read.fields),
});

/** Only owners and custom fields, whose names a record's page shows. */
export function nameColumns(scope: Scope): Fragment {
  const { sql, tenantId } = scope;
  return sql`
      array_to_json(
        array(
          select json_build_object('id', u.id, 'name', ${shownName(sql)})
          from users u
          join identities i on i.id = u.identity_id
          where u.tenant_id = ${tenantId}
            and u.role <> 'read_only'
            and u.deactivated_at is null
          order by ${shownName(sql)}, u.id
          limit 200
        )
      ) as owners,
      ${customFields.column(scope)}`;
}
