/** What forms and filters of records offer: who may own a record, which tags and own fields there are. */
import * as customFields from "./custom_fields.ts";
import type { Scope } from "./scope.ts";
import type { Tag } from "./tags.ts";

export interface Owner {
  id: string;
  name: string;
}

export interface Choices {
  owners: Owner[];
  tags: Tag[];
  /** The own fields of all kinds of records, in order. */
  fields: customFields.CustomField[];
}

/** The active users who may write and the tags, by name, at most 200 of each; the own fields. */
export async function list(scope: Scope): Promise<Choices> {
  const { sql, tenantId } = scope;
  const [choices] = await sql<[Choices]>`
    select
      (
        select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name)), '[]')
        from (
          select u.id, i.name
          from users u
          join identities i on i.id = u.identity_id
          where u.tenant_id = ${tenantId}
            and u.role <> 'read_only'
            and u.deactivated_at is null
          order by i.name, u.id
          limit 200
        ) o
      ) as owners,
      (
        select coalesce(json_agg(json_build_object('id', w.id, 'name', w.name)), '[]')
        from (
          select id, name
          from tags
          where tenant_id = ${tenantId}
          order by name_key
          limit 200
        ) w
      ) as tags,
      ${customFields.column(scope)}
  `;
  return { ...choices, fields: customFields.seen(scope, choices.fields) };
}
