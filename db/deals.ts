/** Deals: each a record with its company, persons, tags and place in a pipeline. */
import * as changes from "./changes.ts";
import * as customValues from "./custom_values.ts";
import * as companyNames from "./company_names.ts";
import { sameWords } from "./contacts.ts";
import * as persons from "./deal_contacts.ts";
import * as steps from "./deal_stages.ts";
import { Invalid, NotFound, Stale } from "./errors.ts";
import { fresh, kept, shown } from "./field_rights.ts";
import { notifyOwner } from "./notifications.ts";
import { dayOf } from "./local_times.ts";
import type { Clock } from "./record_clocks.ts";
import * as names from "./record_names.ts";
import * as retentions from "./retentions.ts";
import { assertOwn } from "./repetitions.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";
import * as sights from "./sights.ts";
import type { Colour, StageKind } from "./stages.ts";
import * as tags from "./tags.ts";
import * as trash from "./trash.ts";

/** The editable fields in the deal's own row. */
export interface DealFields {
  title: string;
  /** Null while unknown; never negative. */
  amountCents: number | null;
  currency: string;
  /** A calendar day. */
  expectedCloseOn: string | null;
  ownerId: string | null;
  source: string;
  notes: string;
}

export interface DealInput extends DealFields {
  /** Found by name or created; empty for none. */
  companyName: string;
  /** The company chosen before, if the name still matches. */
  companyId: string | null;
  stageId: string;
  /** Why it was lost; ignored in other stages. */
  lostReasonId: string | null;
  tags: string[];
  /** New values of custom fields; those left out stay unchanged. */
  custom?: customValues.CustomInput;
}

export interface Deal extends DealFields {
  /** When it may be erased, and what prevents it before then. */
  clock: Clock;
  id: string;
  version: number;
  companyId: string | null;
  companyName: string | null;
  ownerName: string | null;
  pipelineId: string;
  pipelineName: string;
  stageId: string;
  stageName: string;
  stageColour: Colour;
  probability: number;
  rottingDays: number | null;
  status: StageKind;
  stageSince: Date;
  closedAt: Date | null;
  lostReasonId: string | null;
  lostReason: string | null;
  tags: string[];
  custom: customValues.CustomValue[];
  tagIds: string[];
  /** Whether it has line items; their sum is then its amount. */
  itemised: boolean;
  lastTouchAt: Date;
  createdAt: Date;
  updatedAt: Date;
}

const written = [
  "title",
  "amountCents",
  "currency",
  "expectedCloseOn",
  "ownerId",
  "source",
  "notes",
] as const satisfies readonly (keyof DealFields)[];

/** Returns a deal outside the trash as the role may see it; throws NotFound. */
export async function find(scope: Scope, id: string): Promise<Deal> {
  return shown(scope, "deal", await whole(scope, id));
}

async function whole(scope: Scope, id: string): Promise<Deal> {
  const { sql, tenantId } = scope;
  const [row] = await sql<
    (Omit<Deal, "clock" | keyof tags.Tagged> & tags.Carried & {
      retention: retentions.StoredFacts;
    })[]
  >`
    select p.id, p.version, p.title, p.amount_cents::float8, p.currency, p.expected_close_on, p.owner_id,
      p.source, p.notes, p.pipeline_id, p.stage_id, p.status, p.stage_since, p.closed_at,
      p.lost_reason_id, p.last_touch_at, p.created_at, p.updated_at,
      o.id as company_id, o.name as company_name, line.name as pipeline_name,
      s.name as stage_name, s.colour as stage_colour, s.probability, s.rotting_days,
      r.name as lost_reason,
      exists (
        select
        from deal_items n
        where n.tenant_id = p.tenant_id
          and n.deal_id = p.id
      ) as itemised,
      (
        select i.name
        from users u
        join identities i on i.id = u.identity_id
        where u.tenant_id = p.tenant_id
          and u.id = p.owner_id
      ) as owner_name,
      ${tags.column(scope, "deal")},
      ${customValues.column(scope, "deal")},
      ${retentions.columns(scope, "deal")}
    from deals p
    join stages s on s.tenant_id = p.tenant_id and s.id = p.stage_id
    join pipelines line on line.tenant_id = p.tenant_id and line.id = p.pipeline_id
    left join lost_reasons r on r.tenant_id = p.tenant_id and r.id = p.lost_reason_id
    left join companies o
      on o.tenant_id = p.tenant_id and o.id = p.company_id and o.deleted_at is null
    where p.tenant_id = ${tenantId}
      and p.id = ${id}
      and p.deleted_at is null
  `;
  if (!row) throw new NotFound("deal");
  await customValues.addNames(scope, [row]);
  const { retention, ...rest } = tags.withTags(row);
  return { ...rest, clock: retentions.clockFrom("deal", retention, dayOf(scope.now)) };
}

/**
 * Creates a deal with these persons under the id its form was rendered with. Returns false, and
 * adds nothing, when the actor has already sent this form. Throws NotFound when somebody else's
 * record has the id, and Invalid when the stage is not in use.
 */
export async function create(
  scope: Scope,
  id: string,
  given: DealInput,
  contactIds: readonly string[] = [],
): Promise<boolean> {
  const { sql, tenantId, actor, now } = scope;
  const open = fresh(scope, "deal", given);
  const ownerId = await sights.ownerOfNew(scope, "deal", open.ownerId);
  const input = { ...open, ownerId };
  await names.take(scope, "deal", null, { ...input, companies: [] });
  const place = await steps.enter(scope, input.stageId, input.lostReasonId);
  const companyId = await companyOf(scope, input);
  if (sights.givesAway(scope, ownerId)) {
    await persons.assertKnown(scope, contactIds);
    await sights.lift(scope);
  }
  const [row] = await sql`
    insert into deals ${
    sql({
      tenantId,
      id,
      ...fieldsOf(input),
      ...place,
      companyId,
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
    await assertOwn(scope, "deal", id);
    return false;
  }
  await steps.record(scope, [{ id, from: null }], place.stageId);
  if (contactIds.length > 0) await persons.add(scope, id, contactIds);
  if (input.tags.length > 0) await tags.assign(scope, "deal", id, input.tags);
  if (input.custom) await customValues.assign(scope, "deal", [{ id, custom: input.custom }]);
  await searchTexts.refresh(scope, "deal", [id]);
  await changes.record(scope, { kind: "deal", id, action: "created" });
  await notifyOwner(scope, input.ownerId, { dealId: id });
  return true;
}

/**
 * Saves a deal if the version that was read is still current. Throws NotFound, Stale when somebody
 * has saved another version meanwhile, or Invalid when the stage is not in use or line items
 * determine the amount.
 */
export async function update(
  scope: Scope,
  id: string,
  version: number,
  given: DealInput,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  await names.take(scope, "deal", id, { ...given, companies: [given] });
  const stored = await lock(scope, id);
  const before = await whole(scope, id);
  if (before.version !== version) throw new Stale("deal", before.version);
  const input = kept(scope, "deal", before, given);
  if (before.itemised) assertWorth(before, input);
  // The form does not show a company that is in the trash or out of sight, so keep it.
  const companyId = input.companyName === "" && before.companyName === null
    ? stored
    : await companyOf(scope, input);
  const fields = { ...fieldsOf(input), companyId };
  const moves = before.stageId !== input.stageId;
  const place = moves
    ? await steps.enter(scope, input.stageId, input.lostReasonId)
    : { lostReasonId: before.status === "lost" ? input.lostReasonId : null };
  const known = { ...fieldsOf(before), companyId: stored };
  const changed = [
    ...changes.differences(known, fields),
    ...changes.differences(
      { lostReasonId: before.lostReasonId },
      { lostReasonId: place.lostReasonId },
    ),
  ];
  changed.push(...await customValues.update(scope, "deal", id, before.custom, input.custom));
  const retagged = !sameWords(before.tags, input.tags);
  if (retagged) await tags.assign(scope, "deal", id, input.tags);
  if (changed.length === 0 && !retagged && !moves) return;
  if (before.ownerId !== fields.ownerId) await sights.lift(scope);
  await sql`
    update deals
    set ${sql({ ...fields, ...place })}, version = version + 1, last_touch_at = ${now},
      updated_at = ${now}, updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (moves) await steps.record(scope, [{ id, from: before.stageId }], input.stageId);
  if (before.ownerId !== fields.ownerId) await notifyOwner(scope, fields.ownerId, { dealId: id });
  await searchTexts.refresh(scope, "deal", [id]);
  const listed = retagged ? [{ name: "tags" }] : [];
  if (changed.length + listed.length === 0) return;
  await changes.record(scope, {
    kind: "deal",
    id,
    action: "updated",
    fields: [...changed, ...listed],
  });
}

/** The sum of line items cannot be overwritten: prices are changed on the items themselves. */
function assertWorth(before: Deal, { amountCents, currency }: DealInput): void {
  if (amountCents !== before.amountCents) throw new Invalid("items.amount_fixed", "amount");
  if (currency !== before.currency) throw new Invalid("items.currency_fixed", "currency");
}

/** Locks a deal until the transaction ends; returns its company's id, visible or not. */
async function lock({ sql, tenantId }: Scope, id: string): Promise<string | null> {
  const [row] = await sql<{ companyId: string | null }[]>`
    select company_id
    from deals
    where tenant_id = ${tenantId}
      and id = ${id}
    for no key update
  `;
  return row?.companyId ?? null;
}

/** Moves a deal to the trash; throws NotFound. */
export async function remove(scope: Scope, id: string): Promise<void> {
  await trash.put(scope, "deal", id);
}

async function companyOf(scope: Scope, input: DealInput): Promise<string | null> {
  if (input.companyName === "") return null;
  return await companyNames.ensure(scope, input.companyName, input.companyId);
}

function fieldsOf(input: DealFields): DealFields {
  return Object.fromEntries(written.map((name) => [name, input[name]])) as unknown as DealFields;
}
