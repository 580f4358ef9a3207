/** Deals: the list, the record, its forms. */
import * as choices from "../db/choices.ts";
import * as companies from "../db/companies.ts";
import * as persons from "../db/deal_contacts.ts";
import * as copies from "../db/deal_copies.ts";
import * as dealItems from "../db/deal_items.ts";
import * as dealSums from "../db/deal_sums.ts";
import * as people from "../db/deal_persons.ts";
import * as lists from "../db/deal_lists.ts";
import * as steps from "../db/deal_stages.ts";
import * as customFields from "../db/custom_fields.ts";
import * as deals from "../db/deals.ts";
import type { Duplicate } from "../db/duplicates.ts";
import { Invalid, Stale } from "../db/errors.ts";
import { refused } from "../db/field_rights.ts";
import { formId, isId } from "../db/ids.ts";
import type { Scope } from "../db/scope.ts";
import * as lostReasons from "../db/lost_reasons.ts";
import { currencies } from "../db/money.ts";
import * as offerLists from "../db/offer_lists.ts";
import * as pipelines from "../db/pipelines.ts";
import * as recordPanels from "../db/record_panels.ts";
import { DealForm } from "../views/deals/form.tsx";
import { DealIndex } from "../views/deals/index.tsx";
import { DealPage } from "../views/deals/page.tsx";
import { path } from "../views/path.ts";
import type { Difference } from "../views/records/fields.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { parametersOf } from "./addresses.ts";
import { comparable, DealFields, type DealValue, inputOf, valuesOf } from "./deal_forms.ts";
import { customInput } from "./custom_values.ts";
import { sourceOf, valuesOfCopy } from "./deal_copies.ts";
import { dealsLike } from "./duplicates.tsx";
import { idPart, ownId } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { backToList } from "./list_ways.ts";
import { id as idOf } from "./lists.ts";
import { load as loadPanels } from "./panels.ts";
import { listed } from "./record_lists.ts";
import { closedFaults, differences, ownerFault, ownerKnown } from "./records.ts";
import { toSaved } from "./saved.ts";
import { toSuccessor } from "./successors.ts";
import * as timelines from "./timelines.tsx";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, scoped, may("deals.read"))
  .get("/", list)
  .get("/new", may("deals.write"), async (c) => await showNew(c, await blank(c)))
  .post("/new", may("deals.write"), create)
  .get(`/${idPart}`, (c) => showDeal(c).catch((error) => toSuccessor(c, "deal", error)))
  .get(`/${idPart}/edit`, may("deals.write"), async (c) => {
    const deal = await deals.find(c.var.scope, c.req.param("id"));
    const fields = await customFields.list(c.var.scope, "deal");
    const values = valuesOf(deal, c.var.view, fields);
    return await showForm(c, { values, errors: {} }, deal, {});
  })
  .post(`/${idPart}/edit`, may("deals.write"), update)
  .post(`/${idPart}/deletion`, may("deals.delete"), async (c) => {
    const id = c.req.param("id");
    await deals.remove(c.var.scope, id);
    const undo = path`/trash/deals/${id}/restoration`;
    const to = backToList(c, "/deals", "/deals/board");
    return await redirect(c, to, { kind: "ok", key: "deals.deleted", undo });
  });

async function list(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const found = await listed(c, "deal", lists, async ({ person }) => {
    const [lines, reasons, personName] = await Promise.all([
      pipelines.list(scope),
      lostReasons.list(scope),
      person ? people.lookupName(scope, person) : null,
    ]);
    return { pipelines: lines, reasons, personName };
  });
  if (found instanceof Response) return found;
  const [shown, deals] = found;
  const { total, asked } = shown;
  const sums = total === null
    ? dealSums.of(shown.page.rows)
    : total.count <= Math.min(total.bound, dealSums.bound)
    ? await dealSums.list(scope, asked.filter)
    : [];
  return await page(c, <DealIndex {...shown} deals={deals} sums={sums} />, {
    title: "deals.title",
  });
}

/** The page of a deal; `message` says what became of a request, with its `status`. */
export async function showDeal(
  c: Ctx,
  message: string | null = null,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const { scope, view } = c.var;
  const id = c.req.param("id")!;
  if (timelines.isTurn(c)) return await timelines.turn(c, { kind: "deal", id });
  const deal = await deals.find(scope, id);
  const [members, calculation, offers, way, lines, reasons, there] = await Promise.all([
    persons.list(scope, id),
    dealItems.list(scope, id),
    offerLists.listOf(scope, id),
    steps.list(scope, id),
    pipelines.list(scope),
    lostReasons.list(scope),
    recordPanels.look(scope, { kind: "deal", id }),
  ]);
  const panels = await loadPanels(c, { kind: "deal", id }, there);
  const stages = lines.find(({ id }) => id === deal.pipelineId)?.stages ?? [];
  const own = { view, deal, members, way, stages, reasons, message, calculation, offers };
  return await page(c, <DealPage {...own} {...panels} />, {
    title: { text: deal.title },
    status,
  });
}

/** A new form: its id makes a second sending of it harmless; what the address names is filled in. */
async function blank(c: Ctx): Promise<FormState> {
  const { scope } = c.var;
  const parameters = parametersOf(c);
  const named = (name: string) => idOf(parameters, name);
  const [company, person] = [named("company"), named("person")];
  const work = person === null ? null : await people.workplace(scope, person);
  const companyId = company ?? work?.companyId ?? null;
  const name = companyId === null ? null : await companies.lookupName(scope, companyId);
  const lines = await pipelines.list(scope);
  const copy = named("copy");
  if (copy !== null) {
    const values = await valuesOfCopy(c, copy, lines);
    return { values: { ...values, _blank: "1", id: formId() }, errors: {} };
  }
  const pipeline = lines.find(({ id }) => id === named("pipeline")) ?? lines[0];
  return {
    values: {
      _blank: "1",
      id: formId(),
      companyId: name === null ? "" : companyId!,
      companyName: name ?? "",
      currency: currencies[0],
      stageId: named("stage") ?? pipeline.stages[0]!.id,
      ownerId: c.var.session!.userId!,
      contactIds: work === null ? [] : [person!],
    },
    errors: {},
  };
}

async function create(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const fields = await customFields.list(scope, "deal");
  const read = await readForm(c, DealFields(null, fields));
  if (!read.ok) return await showNew(c, read.form, { status: 422 });
  const id = ownId(read.form);
  const custom = await customInput(scope, fields, read.value.custom);
  const source = await sourceOf(c, read.form);
  const withLines = read.value.copyLines && source !== null && source.lines > 0;
  const faults = {
    ...closedFaults(scope, "deal", read.form),
    ...await faultsOf(c, read.value, null),
    ...custom.faults,
    ...withLines && read.value.currency !== source.currency
      ? { currency: "items.currency_fixed" }
      : {},
  };
  if (Object.keys(faults).length > 0) {
    return await showNew(c, invalid(read.form, faults), { status: 422 });
  }
  const alike = read.value._anyway ? [] : await dealsLike(c, { ...read.form.values, id });
  if (alike.length > 0) return await showNew(c, read.form, { status: 422, alike });
  const known = await people.named(scope, read.value.contactIds);
  try {
    const made = await deals.create(
      scope,
      id,
      inputOf(read.value, custom.input),
      known.map((person) => person.id),
    );
    if (made && source) await copies.complete(scope, id, source, withLines);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await showNew(c, invalid(read.form, { [error.field]: error.code }), { status: 422 });
  }
  return await toSaved(c, "deal", id, "deals.created");
}

async function update(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const deal = await deals.find(scope, c.req.param("id")!);
  const fields = await customFields.list(scope, "deal");
  const read = await readForm(c, DealFields(deal, fields));
  if (!read.ok) return await showForm(c, read.form, deal, { status: 422 });
  const custom = await customInput(scope, fields, read.value.custom, deal.custom);
  const faults = {
    ...closedFaults(scope, "deal", read.form),
    ...await faultsOf(c, read.value, deal),
    ...custom.faults,
  };
  if (Object.keys(faults).length > 0) {
    return await showForm(c, invalid(read.form, faults), deal, { status: 422 });
  }
  try {
    await deals.update(scope, deal.id, read.value.version, inputOf(read.value, custom.input));
  } catch (error) {
    if (error instanceof Stale) return await showConflict(c, read.form);
    if (!(error instanceof Invalid)) throw error;
    const form = invalid(read.form, { [error.field]: error.code });
    return await showForm(c, form, deal, { status: 422 });
  }
  return await toSaved(c, "deal", deal.id, "deals.edited");
}

/** What only the database knows to be wrong, by field; null when nothing is. */
async function faultsOf(
  c: Ctx,
  { ownerId, lostReasonId }: DealValue,
  deal: deals.Deal | null,
): Promise<Record<string, string> | null> {
  const { scope } = c.var;
  if (ownerId !== deal?.ownerId && !await ownerKnown(scope, ownerId)) return ownerFault;
  if (lostReasonId === null || lostReasonId === deal?.lostReasonId) return null;
  const reasons = await lostReasons.list(scope);
  return reasons.some(({ id }) => id === lostReasonId) ? null : { lostReasonId: "option" };
}

interface Asides {
  status?: 422 | 409;
  alike?: readonly Duplicate[];
  differences?: readonly Difference[];
}

const showNew = (c: Ctx, form: FormState, asides: Asides = {}): Promise<Response> =>
  showForm(c, form, null, asides);

async function showForm(
  c: Ctx,
  form: FormState,
  deal: deals.Deal | null,
  { status, ...asides }: Asides,
): Promise<Response> {
  const { scope, view } = c.var;
  const chosen = [form.values.contactIds ?? []].flat().filter(isId)
    .slice(0, persons.most);
  const [offered, lines, reasons, made, colleagues, source] = await Promise.all([
    choices.list(scope),
    pipelines.list(scope),
    lostReasons.list(scope),
    deal === null && chosen.length > 0 ? people.named(scope, chosen) : [],
    deal === null ? colleaguesIn(scope, form) : [],
    deal === null ? sourceOf(c, form) : null,
  ]);
  const kept = deal?.lostReasonId && !reasons.some(({ id }) => id === deal.lostReasonId)
    ? [...reasons, { id: deal.lostReasonId, name: deal.lostReason! }]
    : reasons;
  const others = colleagues.filter(({ id }) => !chosen.includes(id));
  const props = {
    ...{ view, form, deal, choices: offered, pipelines: lines, reasons: kept, currencies, source },
    persons: [
      ...made.map((person) => ({ ...person, chosen: true })),
      ...others.map((person) => ({ ...person, chosen: false })),
    ],
  };
  return await page(c, <DealForm {...props} {...asides} />, {
    title: deal ? "deals.edit" : "deals.new",
    status,
  });
}

/** The persons at the company that a form names, unless it is a copy's or another was typed. */
async function colleaguesIn(scope: Scope, form: FormState): ReturnType<typeof people.atCompany> {
  const { companyId, companyName, copyOf } = form.values;
  if (copyOf || typeof companyId !== "string" || !isId(companyId)) return [];
  const name = await companies.lookupName(scope, companyId);
  return name === companyName ? await people.atCompany(scope, companyId) : [];
}

/** The form as it was sent, ready to be saved over the new version, with what differs from that. */
async function showConflict(c: Ctx, form: FormState): Promise<Response> {
  const { scope, view } = c.var;
  const deal = await deals.find(scope, c.req.param("id")!);
  const fields = await customFields.list(scope, "deal");
  const theirs = valuesOf(deal, view, fields);
  const mine = { values: { ...form.values, version: String(deal.version) }, errors: {} };
  return await showForm(c, mine, deal, {
    status: 409,
    differences: differences(
      comparable(form, view),
      theirs,
      refused(scope, "deal", Object.keys(theirs)),
    ),
  });
}
