/** Deals in the API, and the pipelines and stages they go through. */
import { z } from "zod";
import * as persons from "../../db/deal_contacts.ts";
import { rewriteInstant } from "../../db/instants.ts";
import { asksFirst, type Written } from "../../db/record_lists.ts";
import * as lists from "../../db/deal_lists.ts";
import * as people from "../../db/deal_persons.ts";
import * as deals from "../../db/deals.ts";
import * as lostReasons from "../../db/lost_reasons.ts";
import { currencies, mostCents } from "../../db/money.ts";
import * as pipelines from "../../db/pipelines.ts";
import { colours, kinds } from "../../db/stages.ts";
import { DealFields, inputOf } from "../deal_forms.ts";
import { ownerKnown } from "../records.ts";
import { type Ctx, faultOf, web } from "../web.tsx";
import { refused, shaped } from "./bodies.ts";
import { may, scoped } from "./callers.ts";
import { Custom, customOf, customValuesOf } from "./custom_values.ts";
import * as fields from "./fields.ts";
import { filters, wantedBy } from "./listing.ts";
import { pointerOf } from "./problems.ts";
import { companyName } from "./references.ts";
import { resource } from "./resources.ts";

const { text } = fields;

const deal = {
  title: text(200).min(1),
  companyId: fields.id.nullable(),
  amountCents: z.int().min(0).max(mostCents).nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/).meta({
    description: `Of a new deal one of ${currencies.join(", ")}`,
  }),
  expectedCloseOn: fields.day.nullable(),
  stageId: fields.id.meta({ description: "A stage of one of the pipelines" }),
  lostReasonId: fields.id.nullable(),
  ownerId: fields.id.nullable(),
  source: text(300),
  notes: text(20_000),
  tags: z.array(fields.Tag).max(50),
};

const Change = fields.partial({ ...deal, custom: Custom }).meta({ id: "DealChange" });

const Create = fields.partial({ ...deal, custom: Custom }).extend({
  title: deal.title,
  stageId: deal.stageId,
  contactIds: z.array(fields.id).max(20).optional().meta({ description: "People in the deal" }),
}).meta({ id: "DealCreate" });

const Item = fields.hideable({
  ...fields.base,
  ...deal,
  custom: Custom,
  companyName: z.string().nullable(),
  pipelineId: fields.id,
  status: z.enum(kinds),
  probability: z.int().min(0).max(100),
  stageSince: fields.instant,
  closedAt: fields.instant.nullable(),
  contacts: z.array(z.strictObject({ id: fields.id, name: z.string(), role: z.string() }))
    .max(persons.most),
  ...fields.traces,
}, ["amountCents", "expectedCloseOn", "notes"]).meta({ id: "Deal" });

const Row = fields.hideable({
  id: fields.id,
  title: z.string(),
  companyId: fields.id.nullable(),
  company: z.string().nullable(),
  amountCents: z.int().nullable(),
  currency: z.string(),
  expectedCloseOn: fields.day.nullable(),
  pipelineId: fields.id,
  stageId: fields.id,
  status: z.enum(kinds),
  stageSince: fields.instant,
  ownerId: fields.id.nullable(),
  source: z.string(),
  tags: z.array(z.string()),
  lastTouchAt: fields.instant,
  createdAt: fields.instant,
}, ["amountCents", "expectedCloseOn"]).meta({ id: "DealRow" });

/** What may be changed, as it stands. */
const changeable = (stored: deals.Deal) =>
  Object.fromEntries(
    Object.keys(deal).map((name) => [name, stored[name as keyof typeof stored]]),
  ) as { [Name in keyof typeof deal]: deals.Deal[Name] };

async function find(c: Ctx, id: string) {
  const stored = await deals.find(c.var.scope, id);
  const members = await persons.list(c.var.scope, id);
  return {
    id: stored.id,
    version: stored.version,
    ...changeable(stored),
    custom: await customValuesOf(c, "deal", stored.custom),
    companyName: stored.companyName,
    pipelineId: stored.pipelineId,
    status: stored.status,
    probability: stored.probability,
    stageSince: stored.stageSince,
    closedAt: stored.closedAt,
    contacts: members.map(({ id, name, role }) => ({ id, name, role })),
    lastTouchAt: stored.lastTouchAt,
    createdAt: stored.createdAt,
    updatedAt: stored.updatedAt,
  };
}

/** How a program calls what the form calls otherwise. */
const rename = (name: string) => name === "amount" ? "amountCents" : name;

/** Waits for a change; refusals are reported under the field names that programs know. */
async function done(c: Ctx, work: Promise<unknown>): Promise<void> {
  for (const [name, code] of Object.entries(await faultOf(work) ?? {})) {
    throw refused(c, pointerOf(rename(name)), code);
  }
}

/** A body checked by the form's rules; the amount alone is exact here and no text. */
async function read(c: Ctx, body: z.output<typeof Change>, stored: deals.Deal | null) {
  const { scope } = c.var;
  const { amountCents = null, companyId = null, custom, ...rest } = body;
  const name = await companyName(c, { companyId, companyName: "" }, "/companyId");
  const input = inputOf(shaped(c, DealFields(stored), {
    ...rest,
    companyId: companyId ?? "",
    companyName: name,
    ownerId: rest.ownerId ?? "",
    lostReasonId: rest.lostReasonId ?? "",
    expectedCloseOn: rest.expectedCloseOn ?? "",
  }, rename));
  if (input.ownerId !== (stored?.ownerId ?? null) && !await ownerKnown(scope, input.ownerId)) {
    throw refused(c, "/ownerId", "records.owner_unknown");
  }
  if (input.lostReasonId !== null && input.lostReasonId !== stored?.lostReasonId) {
    const reasons = await lostReasons.list(scope);
    const known = reasons.some(({ id }) => id === input.lostReasonId);
    if (!known) throw refused(c, "/lostReasonId", "option");
  }
  const own = await customOf(c, "deal", custom, { fresh: stored === null });
  return { ...input, amountCents, custom: own };
}

export default resource({
  noun: "deals",
  limited: "deal",
  merged: "deal",
  rights: { read: "deals.read", write: "deals.write", remove: "deals.delete" },
  filters: filters.deal,
  wanted: (c) => wantedBy(c, "deal"),
  schemas: { Create, Change, Item, Row },
  list: (c, { filter, order, cursor, size }) =>
    lists.listWritten(c.var.scope, filter, order, cursor, size),
  asksFirst: (c, { filter, order, cursor }) =>
    asksFirst(c.var.scope, "deal", filter, order, cursor),
  rowOf: ({ summary, ...row }: Written<lists.DealRow>) => ({
    ...row,
    companyId: summary.companyId ?? null,
    company: summary.company ?? null,
    tags: summary.tags ?? [],
    stageSince: rewriteInstant(row.stageSince),
    lastTouchAt: rewriteInstant(row.lastTouchAt),
    createdAt: rewriteInstant(row.createdAt),
  }),
  find,
  async create(c, id, { contactIds = [], ...body }) {
    const input = await read(c, body, null);
    const known = await people.named(c.var.scope, contactIds);
    if (known.length < new Set(contactIds).size) throw refused(c, "/contactIds", "option");
    await done(c, deals.create(c.var.scope, id, input, known.map((person) => person.id)));
  },
  async update(c, id, body) {
    const stored = await deals.find(c.var.scope, id);
    const input = await read(c, { ...changeable(stored), ...body }, stored);
    await done(c, deals.update(c.var.scope, id, stored.version, input));
  },
  remove: (c, id) => deals.remove(c.var.scope, id),
});

/** The pipelines with their stages and the reasons for losses: what a deal's fields may name. */
export const Pipelines = z.strictObject({
  data: z.array(z.strictObject({
    id: fields.id,
    name: z.string(),
    stages: z.array(z.strictObject({
      id: fields.id,
      name: z.string(),
      kind: z.enum(kinds),
      probability: z.int(),
      colour: z.enum(colours),
    })),
  })),
  lostReasons: z.array(z.strictObject({ id: fields.id, name: z.string() })),
}).meta({ id: "Pipelines" });

export const pipelineRoutes = web.createApp()
  .get("/", may("deals.read"), scoped, async (c) => {
    const { scope } = c.var;
    const lines = await pipelines.list(scope);
    const reasons = await lostReasons.list(scope);
    return c.json({
      data: lines.map(({ id, name, stages }) => ({
        id,
        name,
        stages: stages.map(({ id, name, kind, probability, colour }) => ({
          id,
          name,
          kind,
          probability,
          colour,
        })),
      })),
      lostReasons: reasons.map(({ id, name }) => ({ id, name })),
    });
  });
