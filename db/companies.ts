/** Companies: each a record with its contact points, tags and register data. */
import * as changes from "./changes.ts";
import * as customValues from "./custom_values.ts";
import * as points from "./contact_points.ts";
import { sameWords, type Status } from "./contacts.ts";
import { NotFound, Stale } from "./errors.ts";
import { fresh, kept, shown } from "./field_rights.ts";
import { hold } from "./held_records.ts";
import { notifyOwner } from "./notifications.ts";
import { dayOf } from "./local_times.ts";
import type { Clock } from "./record_clocks.ts";
import * as names from "./record_names.ts";
import * as retentions from "./retentions.ts";
import { assertOwn } from "./repetitions.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";
import * as sights from "./sights.ts";
import * as subsidiaries from "./subsidiaries.ts";
import * as tags from "./tags.ts";
import * as trash from "./trash.ts";

/** The editable fields in the company's own row. */
export interface CompanyFields {
  name: string;
  legalForm: string;
  industry: string;
  status: Status;
  customerNumber: string;
  vatId: string;
  taxNumber: string;
  registerCourt: string;
  registerNumber: string;
  website: string;
  notes: string;
  ownerId: string | null;
}

export interface CompanyInput extends CompanyFields, points.ContactPoints {
  /** The company that was chosen; null means find it by name or create it. */
  parentId: string | null;
  /** The parent company's name; empty for none. */
  parentName: string;
  tags: string[];
  /** New values of custom fields; those left out stay unchanged. */
  custom?: customValues.CustomInput;
}

export interface Company extends CompanyFields, points.ContactPoints {
  /** When it may be erased, and what prevents it before then. */
  clock: Clock;
  id: string;
  version: number;
  parentId: string | null;
  /** Null when there is no parent, or the parent is in the trash. */
  parentName: string | null;
  tags: string[];
  custom: customValues.CustomValue[];
  tagIds: string[];
  ownerName: string | null;
  lastTouchAt: Date;
  createdAt: Date;
  updatedAt: Date;
}

const written = [
  "name",
  "legalForm",
  "industry",
  "status",
  "customerNumber",
  "vatId",
  "taxNumber",
  "registerCourt",
  "registerNumber",
  "website",
  "notes",
  "ownerId",
] as const satisfies readonly (keyof CompanyFields)[];

/** Returns a company outside the trash with all related data the role may see; throws NotFound. */
export async function find(scope: Scope, id: string): Promise<Company> {
  return shown(scope, "company", await whole(scope, id));
}

async function whole(scope: Scope, id: string): Promise<Company> {
  const { sql, tenantId } = scope;
  const [row] = await sql<
    (Omit<Company, "clock" | keyof tags.Tagged> & tags.Carried & {
      retention: retentions.StoredFacts;
    })[]
  >`
    select p.id, p.version, p.name, p.legal_form, p.industry, p.status, p.customer_number, p.vat_id,
      p.tax_number, p.register_court, p.register_number, p.website, p.notes, p.owner_id,
      p.last_touch_at, p.created_at, p.updated_at, p.parent_id,
      (
        select o.name
        from companies o
        where o.tenant_id = p.tenant_id
          and o.id = p.parent_id
          and o.deleted_at is null
      ) as parent_name,
      (
        select i.name
        from users u
        join identities i on i.id = u.identity_id
        where u.tenant_id = p.tenant_id
          and u.id = p.owner_id
      ) as owner_name,
      ${tags.column(scope, "company")},
      ${customValues.column(scope, "company")},
      ${points.columns(scope, "company")},
      ${retentions.columns(scope, "company")}
    from companies p
    where p.tenant_id = ${tenantId}
      and p.id = ${id}
      and p.deleted_at is null
  `;
  if (!row) throw new NotFound("company");
  await customValues.addNames(scope, [row]);
  const { retention, ...rest } = tags.withTags(row);
  return { ...rest, clock: retentions.clockFrom("company", retention, dayOf(scope.now)) };
}

/** The name of a company outside the trash, or null; used to describe filters. */
export async function lookupName({ sql, tenantId }: Scope, id: string): Promise<string | null> {
  const [row] = await sql<{ name: string }[]>`
    select name
    from companies
    where tenant_id = ${tenantId}
      and id = ${id}
      and deleted_at is null
  `;
  return row?.name ?? null;
}

/** Suggests up to ten names of companies outside the trash that match a typed text. */
export async function suggest({ sql, tenantId }: Scope, text: string): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select c.name
    from search_records('company', ${text}, 'match', false, null, false, 10, null, null, null, null)
      with ordinality as hits (id, total, place)
    join companies c on c.tenant_id = ${tenantId} and c.id = hits.id
    order by hits.place
  `;
  return rows.map(({ name }) => name);
}

/**
 * Creates a company under the id its form was rendered with. Returns false, and adds nothing, when
 * the actor has already sent this form. Throws NotFound when somebody else's record has the id, and
 * Invalid when the parent is one of its own subsidiaries.
 */
export async function create(scope: Scope, id: string, given: CompanyInput): Promise<boolean> {
  const { sql, tenantId, actor, now } = scope;
  const open = fresh(scope, "company", given);
  const ownerId = await sights.ownerOfNew(scope, "company", open.ownerId);
  const input = { ...open, ownerId };
  await names.take(scope, "company", null, { ...input, companies: [] });
  const parentId = await subsidiaries.parentOf(scope, id, input);
  if (sights.givesAway(scope, ownerId)) await sights.lift(scope);
  const [row] = await sql`
    insert into companies ${
    sql({
      tenantId,
      id,
      ...fieldsOf(input),
      parentId,
      lastTouchAt: now,
      createdAt: now,
      createdBy: actor.userId,
      updatedAt: now,
      updatedBy: actor.userId,
    })
  }
    on conflict (tenant_id, id) do nothing
    returning id
  `;
  if (!row) {
    await assertOwn(scope, "company", id);
    return false;
  }
  await Promise.all(points.create(scope, "company", id, input));
  if (input.tags.length > 0) await tags.assign(scope, "company", id, input.tags);
  if (input.custom) await customValues.assign(scope, "company", [{ id, custom: input.custom }]);
  await Promise.all([
    searchTexts.refresh(scope, "company", [id]),
    changes.record(scope, { kind: "company", id, action: "created" }),
    notifyOwner(scope, input.ownerId, { companyId: id }),
  ]);
  return true;
}

/**
 * Saves a company if the version that was read is still current. Throws NotFound, Stale when
 * somebody has saved another version meanwhile, or Invalid when the parent is one of its own
 * subsidiaries. A new name also updates the search text of its persons and deals.
 */
export async function update(
  scope: Scope,
  id: string,
  version: number,
  given: CompanyInput,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  await names.take(scope, "company", id, { ...given, companies: [] });
  if (given.parentName !== "") await subsidiaries.lock(scope, given);
  await hold(scope, "companies", id);
  const before = await whole(scope, id);
  if (before.version !== version) throw new Stale("company", before.version);
  const input = kept(scope, "company", before, given);
  const fields = fieldsOf(input);
  // A parent in the trash, or out of sight, is not on the form: it is kept for when it is restored.
  const kin = input.parentName === (before.parentName ?? "") &&
    (input.parentName === "" || input.parentId === before.parentId);
  const parentId = kin && before.parentId !== null
    ? before.parentId
    : await subsidiaries.parentOf(scope, id, input);
  const changed = changes.differences(fieldsOf(before), fields);
  if (parentId !== before.parentId) changed.push({ name: "parent_id" });
  const lists = await points.update(scope, "company", id, before, input);
  if (!sameWords(before.tags, input.tags)) {
    await tags.assign(scope, "company", id, input.tags);
    lists.push("tags");
  }
  changed.push(...await customValues.update(scope, "company", id, before.custom, input.custom));
  if (changed.length + lists.length === 0) return;
  if (before.ownerId !== fields.ownerId) await sights.lift(scope);
  await sql`
    update companies
    set ${
    sql(fields)
  }, parent_id = ${parentId}, version = version + 1, last_touch_at = ${now}, updated_at = ${now},
      updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await searchTexts.refresh(scope, "company", [id]);
  if (before.name !== fields.name) await searchTexts.refreshAround(scope, [id]);
  await changes.record(scope, {
    kind: "company",
    id,
    action: "updated",
    fields: [...changed, ...lists.map((name) => ({ name }))],
  });
  if (before.ownerId !== fields.ownerId) {
    await notifyOwner(scope, fields.ownerId, { companyId: id });
  }
}

/** Moves a company to the trash; throws NotFound. Its persons stay. */
export async function remove(scope: Scope, id: string): Promise<void> {
  await trash.put(scope, "company", id);
}

function fieldsOf(input: CompanyFields): CompanyFields {
  return Object.fromEntries(written.map((name) => [name, input[name]])) as unknown as CompanyFields;
}
