/** Sample data: an invented trading company's records and activities, removed in one go. */
import { removeOfImport } from "./activity_erasures.ts";
import * as changes from "./changes.ts";
import { newId } from "./ids.ts";
import * as lostReasons from "./lost_reasons.ts";
import * as pipelines from "./pipelines.ts";
import { type ActivityPlan, activityRows, activityTables } from "./samples/activities.ts";
import * as sampleMails from "./sample_mails.ts";
import * as sampleOffers from "./samples/offers.ts";
import { type Buyer, type DealPlan, dealRows, dealTables } from "./samples/deals.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";
import { type Row, tables } from "./samples/rows.ts";
import { allTags, batches } from "./samples/stock.ts";

export interface Amount {
  contacts: number;
  companies: number;
  /** The same seed generates the same persons. */
  seed?: number;
}

/** The amount created by the checkbox at set-up. */
export const few: Amount = { contacts: 25, companies: 8 };
/** The amount created for the demo. */
export const many: Amount = { contacts: 2_000, companies: 400 };

export interface Samples {
  importId: string;
  contacts: number;
  companies: number;
}

/** The tenant's sample data, or null. */
export async function lookup({ sql, tenantId }: Scope): Promise<Samples | null> {
  const [found] = await sql<Samples[]>`
    select id as import_id, (counts->>'contacts')::int as contacts,
      (counts->>'companies')::int as companies
    from imports
    where tenant_id = ${tenantId}
      and kind = 'sample'
      and status = 'done'
    limit 1
  `;
  return found ?? null;
}

/** Generates sample data in the tenant, unless there are some, and makes them searchable. */
export async function create(scope: Scope, { seed = 2_017, ...amount }: Amount): Promise<Samples> {
  const { sql, tenantId, actor, now } = scope;
  const present = await lookup(scope);
  if (present) return present;
  const importId = newId();
  await sql`
    insert into imports (
      tenant_id, id, kind, status, file_name, counts, created_by, created_at, started_at, finished_at
    )
    values (
      ${tenantId}, ${importId}, 'sample', 'done', '', ${sql.json(amount)}, ${actor.userId}, ${now},
      ${now}, ${now}
    )
  `;
  const owners = await sql<{ id: string }[]>`
    select id
    from users
    where tenant_id = ${tenantId}
      and role <> 'read_only'
      and deactivated_at is null
    order by id
    limit 20
  `;
  const plan = {
    ...amount,
    seed,
    tenantId,
    importId,
    now,
    owners: owners.map((user) => user.id),
    tags: await createTags(scope, importId),
  };
  for (const batch of batches(plan)) {
    for (const table of tables) await insert(scope, table, batch[table]);
    const ids = (rows: Row[]) => rows.map((row) => String(row.id));
    await sql`select refresh_company_search(${ids(batch.companies)}::uuid[])`;
    await sql`select refresh_contact_search(${ids(batch.contacts)}::uuid[])`;
  }
  const buyers = await listBuyers(scope, importId);
  const deals = await createDeals(scope, { ...plan, buyers });
  await createActivities(scope, { ...plan, buyers, deals });
  await sampleMails.create(scope, { importId, contacts: amount.contacts, seed });
  await changes.record(scope, { kind: "import", id: importId, action: "created" });
  return { importId, ...amount };
}

/** The companies that buy or might buy, each with two of its contacts. */
async function listBuyers({ sql, tenantId }: Scope, importId: string): Promise<Buyer[]> {
  return await sql<Buyer[]>`
    select c.id, c.industry, c.created_at,
      array(
        select a.contact_id
        from affiliations a
        where a.tenant_id = ${tenantId}
          and a.company_id = c.id
        order by a.id
        limit 2
      ) as contacts
    from companies c
    where c.tenant_id = ${tenantId}
      and c.import_id = ${importId}
      and c.status in ('customer', 'lead', 'prospect')
    order by c.id
    limit 2000
  `;
}

/** About two deals for every three companies, in the first pipeline; returns the open ones. */
async function createDeals(
  scope: Scope,
  plan: Omit<DealPlan, "deals" | "stages" | "reasons"> & { companies: number },
): Promise<ActivityPlan["deals"]> {
  const [{ stages }] = await pipelines.list(scope);
  const reasons = await lostReasons.list(scope);
  const deals = Math.min(Math.ceil(plan.companies * 2 / 3), 2_000);
  const rows = dealRows({
    ...plan,
    deals,
    stages,
    reasons: reasons.map(({ id }) => id),
  });
  for (const table of dealTables) await insert(scope, table, rows[table]);
  // The facts were written with the deals, before their stage changes existed.
  const closed = rows.deals.filter(({ status }) => status !== "open").map(({ id }) => String(id));
  await scope.sql`select write_facts(${scope.tenantId}, ${closed}::uuid[])`;
  await searchTexts.refresh(scope, "deal", rows.deals.map(({ id }) => String(id)));
  return rows.deals.filter(({ status }) => status === "open")
    .map((deal) => ({ id: String(deal.id), companyId: String(deal.company_id) }));
}

/** About three activities for each company. */
async function createActivities(
  scope: Scope,
  plan: Omit<ActivityPlan, "activities"> & { companies: number },
): Promise<void> {
  const rows = activityRows({ ...plan, activities: Math.min(plan.companies * 3, 6_000) });
  for (const table of activityTables) await insert(scope, table, rows[table]);
}

/** Removes the sample data with all attached, whoever changed them; null if there are none. */
export async function remove(scope: Scope): Promise<Samples | null> {
  const { sql, tenantId, now } = scope;
  const present = await lookup(scope);
  if (!present) return null;
  const { importId } = present;
  // A restricted sample is still a sample.
  await sql`set local app.sees_restricted = 'on'`;
  await sampleMails.remove(scope, importId);
  await removeOfImport(scope, importId, ["contact", "company", "deal"]);
  await sampleOffers.remove(scope, importId);
  // Made-up figures are removed as well: normally a deal's facts outlive it.
  await sql`
    delete from stat_facts f
    using deals d
    where f.tenant_id = ${tenantId}
      and d.tenant_id = f.tenant_id
      and d.id = f.deal_id
      and d.import_id = ${importId}
  `;
  await sql`delete from deals where tenant_id = ${tenantId} and import_id = ${importId}`;
  await sampleOffers.removeProducts(scope);
  await sql`delete from contacts where tenant_id = ${tenantId} and import_id = ${importId}`;
  const bereft = await sql<{ id: string }[]>`
    select d.id
    from deals d
    join companies c on c.tenant_id = d.tenant_id and c.id = d.company_id
    where d.tenant_id = ${tenantId}
      and c.import_id = ${importId}
  `;
  await sql`delete from companies where tenant_id = ${tenantId} and import_id = ${importId}`;
  await searchTexts.refresh(scope, "deal", bereft.map(({ id }) => id));
  await sql`
    delete from tags t
    where t.tenant_id = ${tenantId}
      and t.import_id = ${importId}
      and not exists (
        select from contact_tags c where c.tenant_id = t.tenant_id and c.tag_id = t.id
      )
      and not exists (
        select from company_tags c where c.tenant_id = t.tenant_id and c.tag_id = t.id
      )
      and not exists (
        select from deal_tags c where c.tenant_id = t.tenant_id and c.tag_id = t.id
      )
  `;
  await sql`
    update imports
    set status = 'undone', undone_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${importId}
  `;
  await changes.record(scope, { kind: "import", id: importId, action: "undone" });
  return present;
}

/** Creates missing tags; returns all their ids by name. */
async function createTags(
  { sql, tenantId, now }: Scope,
  importId: string,
): Promise<Map<string, string>> {
  await sql`
    insert into tags (tenant_id, id, name, import_id, created_at)
    select ${tenantId}, made.id, made.name, ${importId}, ${now}
    from unnest(${allTags.map(() => newId())}::uuid[], ${[...allTags]}::text[]) as made (id, name)
    on conflict (tenant_id, name_key) do nothing
  `;
  const tags = await sql<{ id: string; name: string }[]>`
    select t.id, wanted.name
    from unnest(${[...allTags]}::text[]) as wanted (name)
    join tags t on t.tenant_id = ${tenantId} and t.name_key = lower(wanted.name)
  `;
  return new Map(tags.map(({ id, name }) => [name, id]));
}

/** Inserts many rows of one shape at once. */
async function insert({ sql }: Scope, table: string, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = sql(Object.keys(rows[0]!));
  await sql`
    insert into ${sql(table)} (${columns})
    select ${columns}
    from jsonb_populate_recordset(null::${sql(table)}, ${sql.json(rows)})
  `;
}
