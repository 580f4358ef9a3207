/** Persons that an own field names: whom a text means. They are contacts, visible ones. */
import type { Scope } from "./scope.ts";

const name = ({ sql }: Scope) =>
  sql`concat_ws(
    ' ', nullif(c.title, ''), nullif(c.first_name, ''), nullif(c.name_prefix, ''), nullif(c.last_name, '')
  )`;

const address = /([^\s<>@]+@[^\s<>@]+)/;

/** The ids of living persons whom a name, an address, `Name <address>` or an id means; at most two. */
export async function resolve(scope: Scope, text: string): Promise<string[]> {
  const { sql, tenantId } = scope;
  const email = address.exec(text)?.[1]?.toLowerCase() ?? null;
  const rows = await sql<{ id: string }[]>`
    select c.id
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.deleted_at is null
      and c.restricted_at is null
      and ${
    email !== null
      ? sql`c.id in (
        select e.contact_id
        from emails e
        where e.tenant_id = ${tenantId}
          and e.address_key = ${email}
          and e.contact_id is not null
      )`
      : sql`(
        c.id in (
          select found.id
          from search_records(
            'contact', ${text.slice(0, 200)}, 'name', false, null, false, 20, null, null, null, null
          ) found
        )
        and fold(${name(scope)}) = fold(${text})
      )`
  }
    order by c.id
    limit 2
  `;
  return rows.map(({ id }) => id);
}

/** What is offered while somebody types: `Name <address>`, or the name of who has none. */
export async function suggest(scope: Scope, text: string): Promise<string[]> {
  const { sql, tenantId } = scope;
  const rows = await sql<{ name: string; email: string | null }[]>`
    select ${name(scope)} as name, c.summary ->> 'email' as email
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.deleted_at is null
      and c.restricted_at is null
      and c.id in (
        select found.id
        from search_records('contact', ${text}, 'name', false, null, false, 10, null, null, null, null) found
      )
    order by c.sort_name collate "C", c.id
    limit 10
  `;
  return rows.map(({ name, email }) => email ? `${name} <${email}>` : name);
}
