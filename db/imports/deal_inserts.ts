/** Inserts new deals into the database in batches, after the companies that they name. */
import * as changes from "../changes.ts";
import * as customValues from "../custom_values.ts";
import type { Place } from "../deal_stages.ts";
import type { DealFields } from "../deals.ts";
import { newId } from "../ids.ts";
import { instantOf } from "../running_imports.ts";
import type { Scope } from "../scope.ts";
import * as searchTexts from "../search_texts.ts";
import type { Origin } from "./stages.ts";

export interface NewCompany {
  id: string;
  name: string;
}

/** A person involved in a deal, and their role. */
export interface Part {
  contactId: string;
  role: string;
}

export interface NewDeal {
  id: string;
  fields: DealFields & { companyId: string | null; externalUid: string };
  place: Place;
  createdAt: Date;
  persons: Part[];
  tags: string[];
  custom: Record<string, string[]>;
}

/** Inserts a batch with everything that belongs to it, including its history. */
export async function insert(
  scope: Scope,
  origin: Origin,
  companies: readonly NewCompany[],
  deals: readonly NewDeal[],
): Promise<void> {
  await insertCompanies(scope, origin, companies);
  if (deals.length === 0) return;
  const { sql, tenantId, actor, now } = scope;
  const ids = deals.map(({ id }) => id);
  await sql`insert into deals ${
    sql(deals.map(({ id, fields, place, createdAt }) => ({
      tenantId,
      id,
      ...fields,
      ...place,
      importId: origin.importId,
      lastTouchAt: now,
      createdAt,
      createdBy: actor.userId,
      updatedAt: now,
      updatedBy: actor.userId,
    })))
  }`;
  await insertSteps(scope, deals);
  await insertPersons(scope, deals);
  await insertTags(scope, origin, deals);
  const own = deals.map(({ id, custom }) => ({ id, custom }));
  await customValues.assign(scope, "deal", own);
  await searchTexts.refresh(scope, "deal", ids);
  await changes.recordAll(scope, { kind: "deal", ids, action: "imported" });
}

async function insertCompanies(
  scope: Scope,
  { importId, source, status, ownerId }: Origin,
  companies: readonly NewCompany[],
): Promise<void> {
  if (companies.length === 0) return;
  const { sql, tenantId, actor, now } = scope;
  const ids = companies.map(({ id }) => id);
  const at = instantOf(sql, now);
  await sql`
    insert into companies (
      tenant_id, id, name, status, source, import_id, owner_id, last_touch_at, created_at,
      created_by, updated_at, updated_by
    )
    select ${tenantId}, c.id, c.name, ${status}, ${source}, ${importId}, ${ownerId}, ${at}, ${at},
      ${actor.userId}, ${now}, ${actor.userId}
    from unnest(${ids}::uuid[], ${companies.map(({ name }) => name)}::text[]) as c (id, name)
  `;
  await searchTexts.refresh(scope, "company", ids);
  await changes.recordAll(scope, { kind: "company", ids, action: "imported" });
}

/** When each deal entered its stage; for closed deals, the day of closing. */
async function insertSteps(scope: Scope, deals: readonly NewDeal[]): Promise<void> {
  const { sql, tenantId, actor } = scope;
  await sql`insert into deal_stage_changes ${
    sql(deals.map(({ id, place }) => ({
      tenantId,
      id: newId(),
      dealId: id,
      toStageId: place.stageId,
      at: place.stageSince,
      actorId: actor.userId,
    })))
  }`;
}

async function insertPersons(
  { sql, tenantId, now }: Scope,
  deals: readonly NewDeal[],
): Promise<void> {
  const rows = deals.flatMap(({ id, persons }) =>
    persons.map((person) => ({ tenantId, dealId: id, ...person, addedAt: now }))
  );
  if (rows.length > 0) await sql`insert into deal_contacts ${sql(rows)}`;
}

/** Tags that the run creates belong to it. */
async function insertTags(
  { sql, tenantId, now }: Scope,
  { importId }: Origin,
  deals: readonly NewDeal[],
): Promise<void> {
  const given = deals.flatMap(({ id, tags }) => tags.map((name) => ({ id, name })));
  if (given.length === 0) return;
  await sql`
    insert into tags (tenant_id, id, name, import_id, created_at)
    select distinct on (lower(g.name)) ${tenantId}::uuid, gen_random_uuid(), g.name,
      ${importId}::uuid, ${now}::timestamptz
    from unnest(${given.map(({ name }) => name)}::text[]) as g (name)
    order by lower(g.name), g.name
    on conflict (tenant_id, name_key) do nothing
  `;
  await sql`
    insert into deal_tags (tenant_id, tag_id, deal_id)
    select distinct ${tenantId}::uuid, t.id, g.deal_id
    from unnest(
      ${given.map(({ id }) => id)}::uuid[], ${given.map(({ name }) => name)}::text[]
    ) as g (deal_id, name)
    join tags t on t.tenant_id = ${tenantId} and t.name_key = lower(g.name)
  `;
}
