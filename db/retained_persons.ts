/** Persons kept by law after their erasure: hardly more than a name, restricted, for a time. */
import { removeAlone } from "./activity_erasures.ts";
import * as changes from "./changes.ts";
import { dayOf } from "./local_times.ts";
import * as mergeEnds from "./merge_ends.ts";
import * as messages from "./messages.ts";
import * as offers from "./offer_retentions.ts";
import { columnsOf } from "./person_tables.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** What is emptied in a contact; names, customer number and the legal facts stay. */
const emptied = new Set(["contact", "birth", "work", "content", "settings"]);
/** Rows of a contact that must go; the postal address belongs to the letters that are kept. */
const children = [
  "emails",
  "phones",
  "affiliations",
  "contact_tags",
  "custom_values",
  "consents",
  "objections",
  "rectifications",
  "transmissions",
  "bulk_change_rows",
  "import_rows",
  "import_updates",
  "notifications",
  "visits",
  "looks",
  "due_records",
  "former_ids",
  "access_archives",
  "activity_links",
  "activity_participants",
] as const;
/** Rows that are also about others: they stay, without the person. */
const shared = ["deal_contacts", "duplicate_pairs", "offers", "unsubscribe_links"] as const;
/** Persons erased in one transaction. */
const batch = 100;

/** How long the law keeps a person, and by which provision. */
export interface Keeping {
  until: string;
  basis: string;
}

/** Removes from contacts whatever the law does not require, and restricts them until its day. */
export async function restrict(
  { sql, tenantId, now }: { sql: AnySql; tenantId: string; now: Date },
  ids: readonly string[],
  { until, basis }: Keeping,
): Promise<void> {
  const all = [...ids];
  // A backup being restored may be older than a table or a column.
  const there = await columnsThere(sql);
  for (const table of children) {
    if (!there.has(table)) continue;
    await sql`
      delete from ${sql(table)}
      where tenant_id = ${tenantId}
        and contact_id = any (${all}::uuid[])
    `;
  }
  await loosen({ sql, tenantId, now }, all, there);
  const columns = columnsOf("contacts")
    .filter(([name, { category }]) => emptied.has(category) && name !== "language")
    .filter(([name]) => there.get("contacts")!.includes(name))
    .map(([name]) => sql`${sql(name)} = default,`);
  await sql`
    update contacts
    set ${columns.reduce((before, column) => sql`${before} ${column}`)}
      letter_salutation = '', external_uid = '', owner_id = null, import_id = null, search = '',
      summary = '{}', restricted_at = coalesce(restricted_at, ${now}),
      restricted_reason = 'retention', restricted_until = ${until}, retain_until = ${until},
      retain_reason = ${basis}, deleted_at = null, deleted_by = null, erase_after = null,
      version = version + 1, updated_at = ${now}
    where tenant_id = ${tenantId}
      and id = any (${all}::uuid[])
  `;
}

/**
 * Removes persons from whatever a deletion would remove them from; won deals and kept offers still
 * name them.
 */
async function loosen(
  { sql, tenantId, now }: { sql: AnySql; tenantId: string; now: Date },
  ids: readonly string[],
  there: ReadonlyMap<string, unknown>,
): Promise<void> {
  const all = [...ids];
  if (there.has("deal_contacts")) {
    await sql`
      delete from deal_contacts x
      where x.tenant_id = ${tenantId}
        and x.contact_id = any (${all}::uuid[])
        and not exists (
          select
          from deals d
          where d.tenant_id = x.tenant_id
            and d.id = x.deal_id
            and d.status = 'won'
        )
    `;
  }
  if (there.has("duplicate_pairs")) {
    await sql`
      delete from duplicate_pairs
      where tenant_id = ${tenantId}
        and (contact_id = any (${all}::uuid[]) or other_contact_id = any (${all}::uuid[]))
    `;
  }
  if (there.has("offers")) {
    await sql`
      update offers
      set contact_id = null
      where tenant_id = ${tenantId}
        and contact_id = any (${all}::uuid[])
        and coalesce(kept_until < ${dayOf(now)}, true)
    `;
  }
  if (there.has("unsubscribe_links")) {
    await sql`
      update unsubscribe_links
      set contact_id = null
      where tenant_id = ${tenantId}
        and contact_id = any (${all}::uuid[])
    `;
  }
}

/** Contacts and the tables that refer to them, with the columns they have in this database. */
async function columnsThere(sql: AnySql): Promise<Map<string, string[]>> {
  const rows = await sql<{ name: string; columns: string[] }[]>`
    select c.relname as name, array_agg(a.attname::text) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace
      and c.relname = any (${["contacts", ...children, ...shared]}::text[])
    group by c.relname
  `;
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

/** Erases at most a batch of those whose day is over, with all kept for them; returns how many. */
export async function erase(scope: Scope): Promise<number> {
  const { sql, tenantId, now } = scope;
  await sql`set local app.sees_restricted = 'on'`;
  const due = await sql<{ id: string }[]>`
    select id
    from contacts
    where tenant_id = ${tenantId}
      and restricted_reason = 'retention'
      and restricted_until < ${dayOf(now)}
    order by restricted_until, id
    limit ${batch}
    for update skip locked
  `;
  const ids = due.map(({ id }) => id);
  if (due.length === 0) return 0;
  await removeAlone(scope, "contact", ids);
  await messages.removeAlone(scope, ids);
  await offers.forgetOf(scope, ids);
  await mergeEnds.forgetMentions(scope, ids);
  await sql`
    delete from contacts
    where tenant_id = ${tenantId}
      and id = any (${ids}::uuid[])
  `;
  await changes.recordAll(scope, { kind: "contact", ids, action: "erased" });
  await sql`
    update erasures
    set retained_ids = '{}', retained_until = null
    where tenant_id = ${tenantId}
      and retained_until < ${dayOf(now)}
  `;
  return ids.length;
}
