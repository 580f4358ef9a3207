/** The conditions under which activities are shown, given what they are about. */
import type { Scope } from "./scope.ts";

/**
 * Whether a restriction hides person `p` of link `l`. The `case` is needed: without it, PostgreSQL
 * would call the function for every link before checking whether its person is visible.
 */
const shut = (sql: Scope["sql"]) =>
  sql`case when p.id is null then shut_contact(l.contact_id, false) else false end`;

/**
 * The condition under which the text of an activity, row `a`, may be read: it is about nobody who
 * is restricted (Art. 18 GDPR), unless the user sees restricted persons. Persons hidden only by the
 * user's role hide nothing here: `sees_activity` decides about those.
 */
export function unrestricted({ sql }: Scope) {
  return sql`
    not exists (
      select
      from activity_links l
      left join contacts p on p.tenant_id = l.tenant_id and p.id = l.contact_id
      where l.tenant_id = a.tenant_id
        and l.activity_id = a.id
        and l.contact_id is not null
        and l.direct
        and ${shut(sql)}
    )`;
}

/**
 * What the links of an activity, rows `l` with records `p`, `o` and `d`, together determine:
 * whether its text may be read and at least one of its records is not in the trash.
 */
const readable = ({ sql }: Scope) =>
  sql`
    not coalesce(bool_or(l.contact_id is not null and ${shut(sql)}), false)
      and (count(*) = 0 or count(*) > count(coalesce(p.deleted_at, o.deleted_at, d.deleted_at)))`;

/**
 * The condition under which an activity, row `a`, is shown: neither it nor everything it is about
 * is in the trash, and its text may be read. Reads its links once.
 */
export function visible(scope: Scope) {
  const { sql } = scope;
  return sql`
    a.deleted_at is null
    and (
      select ${readable(scope)}
      from activity_links l
      left join contacts p on p.tenant_id = l.tenant_id and p.id = l.contact_id
      left join companies o on o.tenant_id = l.tenant_id and o.id = l.company_id
      left join deals d on d.tenant_id = l.tenant_id and d.id = l.deal_id
      where l.tenant_id = a.tenant_id
        and l.activity_id = a.id
        and l.direct
    )`;
}

/**
 * The same for an activity on the page of a visible record outside the trash, tied to it by link
 * `k`: only its other records need checking.
 */
export function visibleOn({ sql }: Scope) {
  return sql`
    a.deleted_at is null
    and (
      select not coalesce(bool_or(l.contact_id is not null and ${shut(sql)}), false)
        and (
          k.direct
          or count(*) = 0
          or count(*) > count(coalesce(p.deleted_at, o.deleted_at, d.deleted_at))
        )
      from activity_links l
      left join contacts p on p.tenant_id = l.tenant_id and p.id = l.contact_id
      left join companies o on o.tenant_id = l.tenant_id and o.id = l.company_id
      left join deals d on d.tenant_id = l.tenant_id and d.id = l.deal_id
      where l.tenant_id = k.tenant_id
        and l.activity_id = k.activity_id
        and l.record_id <> k.record_id
        and l.direct
    )`;
}
