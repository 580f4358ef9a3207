/**
 * Which of a person's rows are removed, and which stay without the person because they concern
 * others too.
 */
import { removeAlone } from "./activity_erasures.ts";
import { removeReported } from "./erasure_replays.ts";
import { objectOf } from "./files.ts";
import type { Hit } from "./findings.ts";
import * as copies from "./masked_copies.ts";
import * as maskings from "./maskings.ts";
import * as mergeEnds from "./merge_ends.ts";
import * as messages from "./messages.ts";
import * as offers from "./offer_retentions.ts";
import { type Person, ways } from "./person_tables.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";

/** The bytes of the person's files, and of answers made for the person. */
export async function objects(scope: Scope, person: Person) {
  const { sql, tenantId } = scope;
  const files = await sql<{ id: string; objectId: string }[]>`
    select t.id, t.object_id
    from files t
    where t.tenant_id = ${tenantId}
      and ${ways.files(scope, person)}
    union all
    select t.id, t.object_id
    from access_archives t
    where t.tenant_id = ${tenantId}
      and t.object_id is not null
      and ${ways.access_archives(scope, person)}
  `;
  return files.map(({ id, objectId }) => ({ id, object: objectOf(tenantId, objectId) }));
}

/** The imports whose rows include the person: as created, changed, found or left out. */
export async function importsOf(scope: Scope, person: Person): Promise<string[]> {
  const { sql, tenantId } = scope;
  const found = new Set<string>();
  for (
    const table of ["contacts", "deals", "activities", "import_rows", "import_updates"] as const
  ) {
    const rows = await sql<{ id: string }[]>`
      select distinct t.import_id as id
      from ${sql(table)} t
      where t.tenant_id = ${tenantId}
        and t.import_id is not null
        and ${ways[table](scope, person)}
    `;
    for (const { id } of rows) found.add(id);
  }
  return [...found];
}

/** Those of the imports that came from a file, locked; the file is erased with the person. */
export const ofFiles = async (
  { sql, tenantId }: Scope,
  ids: readonly string[],
): Promise<string[]> =>
  (await sql<{ id: string }[]>`
    select id
    from imports
    where tenant_id = ${tenantId}
      and id = any (${[...ids]}::uuid[])
      and kind = 'file'
    order by id
    for update
  `).map(({ id }) => id);

/** What is kept of those imports may name the person: the report, and a file name "Erika Muster.vcf". */
export async function maskFiles(scope: Scope, person: Person, ids: readonly string[]) {
  const words = maskings.wordsOf(person);
  await removeReported(scope, ids, words);
  return await maskings.mask(scope, "imports", words, scope.sql`t.id = any (${[...ids]}::uuid[])`);
}

/** Those of the files that still exist. */
export const stillThere = async ({ sql, tenantId }: Scope, ids: readonly string[]) =>
  (await sql<{ id: string }[]>`
    select id
    from files
    where tenant_id = ${tenantId}
      and id = any (${[...ids]}::uuid[])
    union all
    select id
    from access_archives
    where tenant_id = ${tenantId}
      and id = any (${[...ids]}::uuid[])
  `).map(({ id }) => id);

/** Removes the files on the person's own record; a job removes their bytes later. */
export async function removeFiles({ sql, tenantId }: Scope, ids: readonly string[]): Promise<void> {
  await sql`
    delete from files
    where tenant_id = ${tenantId}
      and contact_id = any (${[...ids]}::uuid[])
  `;
}

/**
 * Removes what is about this person only; returns the identifiers of the activities and deals
 * removed.
 */
export async function removeOwn(
  scope: Scope,
  person: Person,
  kept: readonly string[],
): Promise<string[]> {
  const { sql, tenantId } = scope;
  const ids = [...person.contactIds];
  const before = await sql<{ id: string }[]>`
    select t.id
    from activities t
    where t.tenant_id = ${tenantId}
      and ${ways.activities(scope, person)}
  `;
  await messages.removeAlone(scope, ids, kept);
  await removeAlone(scope, "contact", ids);
  await offers.forgetOf(scope, ids);
  const deals = await sql<{ id: string }[]>`
    select d.id
    from deals d
    where d.tenant_id = ${tenantId}
      and d.status <> 'won'
      and d.company_id is null
      and d.id in (
        select x.deal_id
        from deal_contacts x
        where x.tenant_id = ${tenantId}
          and x.contact_id = any (${ids}::uuid[])
      )
      and not exists (
        select
        from deal_contacts o
        where o.tenant_id = d.tenant_id
          and o.deal_id = d.id
          and o.contact_id <> all (${ids}::uuid[])
      )
    for update
  `;
  for (const table of ["web_form_entries", "import_rows"] as const) {
    await sql`
      delete from ${sql(table)} t
      where t.tenant_id = ${tenantId}
        and ${ways[table](scope, person)}
    `;
  }
  await offers.forget(scope, deals.map(({ id }) => id));
  await sql`
    delete from deals
    where tenant_id = ${tenantId}
      and id = any (${deals.map(({ id }) => id)}::uuid[])
  `;
  return [...before, ...deals].map(({ id }) => id);
}

/** Keeps what also concerns others, without the person; commercial letters stay unchanged. */
export async function maskShared(
  scope: Scope,
  person: Person,
  kept: readonly string[],
): Promise<maskings.Masked[]> {
  const { sql, tenantId } = scope;
  const words = maskings.wordsOf(person);
  const ofDeals = sql`t.deal_id in (
    select x.deal_id
    from deal_contacts x
    where x.tenant_id = ${tenantId}
      and x.contact_id = any (${[...person.contactIds]}::uuid[])
  )`;
  const conditions = {
    activities: ways.activities(scope, person),
    deals: ways.deals(scope, person),
    messages: sql`${ways.messages(scope, person)} and t.id <> all (${[...kept]}::uuid[])`,
    outgoing_messages: sql`(${ways.outgoing_messages(scope, person)})
      and t.message_id <> all (${[...kept]}::uuid[])`,
    files: sql`(${ways.files(scope, person)} or ${ofDeals})
      and coalesce(t.message_id <> all (${[...kept]}::uuid[]), true)`,
    deal_items: ways.deal_items(scope, person),
    custom_values: sql`${ofDeals} and t.choice_id is null and t.person_id is null`,
  };
  const masked = [await mergeEnds.forgetDeals(scope, person.contactIds, words)];
  // Only now: it removes what merged deals are found by.
  await mergeEnds.forgetMentions(scope, person.contactIds);
  for (const [table, condition] of Object.entries(conditions)) {
    masked.push(await maskings.mask(scope, table, words, condition));
  }
  const open = sql`(${ways.offers(scope, person)}) and t.id <> all (${[...kept]}::uuid[])`;
  masked.push(await maskOffers(scope, words, open));
  await offers.unlock(scope);
  await offers.readdress(scope, person.contactIds, kept);
  const deals = await sql<{ id: string }[]>`
    select t.id
    from deals t
    where t.tenant_id = ${tenantId}
      and ${ways.deals(scope, person)}
  `;
  await searchTexts.refresh(scope, "deal", deals.map(({ id }) => id));
  return masked;
}

/** The only place where an issued offer loses its text, together with its document. */
async function maskOffers(
  scope: Scope,
  words: readonly string[],
  condition: Fragment,
): Promise<maskings.Masked> {
  const { sql, tenantId } = scope;
  const rows = await sql<{ id: string }[]>`
    select t.id
    from offers t
    where t.tenant_id = ${tenantId}
      and (${condition})
  `;
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return { table: "offers", ids };
  await offers.unlock(scope);
  const masked = await maskings.mask(scope, "offers", words, sql`t.id = any (${ids}::uuid[])`);
  await offers.withoutPapers(scope, ids);
  return masked;
}

/**
 * Erases confirmed mentions: rows of imports are removed, elsewhere the person is made unreadable.
 */
export async function maskHits(
  scope: Scope,
  person: Person,
  hits: readonly Hit[],
): Promise<maskings.Masked[]> {
  const { sql, tenantId } = scope;
  const words = maskings.wordsOf(person);
  const brought = await sql<{ id: string }[]>`
    delete from import_rows r
    where r.tenant_id = ${tenantId}
      and exists (
        select
        from jsonb_to_recordset(${
    sql.json(hits.filter(({ table }) => table === "import_rows").map(({ key }) => key))
  }) as hit (import_id uuid, row_no int)
        where hit.import_id = r.import_id
          and hit.row_no = r.row_no
      )
    returning r.import_id as id
  `;
  const masked: maskings.Masked[] = [
    { table: "import_rows", ids: [...new Set(brought.map(({ id }) => id))] },
  ];
  for (const table of new Set(hits.map((hit) => hit.table))) {
    if (table === "import_rows") continue;
    const ids = hits.filter((hit) => hit.table === table)
      .map(({ key }) => key[maskings.keyOf(table)])
      .filter((id) => typeof id === "string");
    if (ids.length === 0) continue;
    if (table === "offers") {
      masked.push(await maskOffers(scope, words, sql`t.id = any (${ids}::uuid[])`));
      continue;
    }
    const named = sql`t.${sql(maskings.keyOf(table))} = any (${ids}::uuid[])`;
    const isText = sql`t.choice_id is null and t.person_id is null`;
    const condition = table === "custom_values" ? sql`${named} and ${isText}` : named;
    masked.push(await maskings.mask(scope, table, words, condition));
  }
  await copies.renew(scope, [
    ...masked,
    // Found by their copies alone: they have nothing to mask, but something to write anew.
    ...hits.map(({ table, key }) => ({ table, ids: typeof key.id === "string" ? [key.id] : [] })),
  ]);
  await copies.renewNaming(scope, person.names);
  return masked;
}
