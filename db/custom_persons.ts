/** Finds the persons that a custom field's text refers to. They are contacts the user can see. */
import { fullName } from "./full_names.ts";
import * as personNames from "./person_names.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

const address = /(?<![^\s<>@])([^\s<>@]+@[^\s<>@]+)/;

/**
 * The ids of persons outside the trash that match a name, an address, `Name <address>` or an id; at
 * most two.
 */
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
          from search_contacts(${text.slice(0, 200)}, 20, null) found
        )
        and fold(${fullName("c")}) = fold(${text})
      )`
  }
    order by c.id
    limit 2
  `;
  return rows.map(({ id }) => id);
}

/** The persons matched by the texts, for those texts that match exactly one. */
export async function resolveAll(
  scope: Scope,
  texts: readonly string[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(texts)];
  if (wanted.length === 0) return new Map();
  const { sql, tenantId } = scope;
  const emails = wanted.map((text) => address.exec(text)?.[1]?.toLowerCase() ?? null);
  const names = wanted.map((text, at) => {
    if (emails[at] !== null) return null;
    const { firstName, lastName } = personNames.split(text);
    return lastName === "" ? firstName : `${lastName} ${firstName}`;
  });
  const rows = await sql<{ text: string; id: string }[]>`
    with given as materialized (
      select text, email, fold(name) as key
      from unnest(${wanted}::text[], ${emails}::text[], ${names}::text[]) as named (text, email, name)
    )
    select given.text, c.id
    from given
    cross join lateral (
      select contact_id
      from emails
      where tenant_id = ${tenantId}
        and address_key between given.email and given.email
      order by address_key
      offset 0
    ) e
    join contacts c on c.tenant_id = ${tenantId} and c.id = e.contact_id
    where c.deleted_at is null
      and c.restricted_at is null
    union
    select given.text, c.id
    from given
    cross join lateral (
      select id
      from contacts
      where tenant_id = ${tenantId}
        and sort_name collate "C" between (given.key collate "C") and given.key collate "C"
        and deleted_at is null
        and restricted_at is null
      order by sort_name collate "C", id
      limit 2
    ) c
  `;
  const found = Map.groupBy(rows, ({ text }) => text);
  return new Map(
    [...found].flatMap(([text, all]) => all.length === 1 ? [[text, all[0]!.id] as const] : []),
  );
}

/** A few persons that match a typed text, by name, each with the main address. */
export async function like(
  scope: Scope,
  text: string,
): Promise<{ name: string; email: string | null }[]> {
  const { sql, tenantId } = scope;
  return await sql<{ name: string; email: string | null }[]>`
    select ${fullName("c")} as name, c.summary ->> 'email' as email
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.deleted_at is null
      and c.restricted_at is null
      and c.id in (
        select found.id
        from search_contacts(${text}, 10, null) found
      )
    order by c.sort_name collate "C", c.id
    limit 10
  `;
}

/** Suggestions while somebody types: `Name <address>`, or only the name if there is no address. */
export async function suggest(scope: Scope, text: string): Promise<string[]> {
  const rows = await like(scope, text);
  return rows.map(({ name, email }) => email ? `${name} <${email}>` : name);
}

/**
 * The contact that a `value` of field `f` refers to, for a lateral join: found by id, since
 * otherwise the text of every id in the tenant would be compared.
 */
export const personNamed = ({ sql, tenantId }: Pick<Scope, "sql" | "tenantId">, value: Fragment) =>
  sql`
      select p.*
      from contacts p
      where p.tenant_id = ${tenantId}
        and p.id = case
          when f.kind = 'person' and ${value} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            then ${value}::uuid end
      offset 0`;
