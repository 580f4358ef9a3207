/** Offers: the list, the draft, its PDF, and every step until it is decided. */
import { z } from "zod";
import * as changes from "../db/changes.ts";
import * as dealContacts from "../db/deal_contacts.ts";
import type { Flash } from "../db/sessions.ts";
import * as steps from "../db/deal_stages.ts";
import * as deals from "../db/deals.ts";
import { Invalid, NotFound, Stale } from "../db/errors.ts";
import { presetOf, table } from "../db/exports/csv.ts";
import { columns } from "../db/exports/offers.ts";
import { isId, newId } from "../db/ids.ts";
import * as letterheads from "../db/letterheads.ts";
import { addDays, dayOf } from "../db/local_times.ts";
import * as offerLists from "../db/offer_lists.ts";
import * as offerSettings from "../db/offer_settings.ts";
import * as offerSteps from "../db/offer_steps.ts";
import * as offers from "../db/offers.ts";
import * as pipelines from "../db/pipelines.ts";
import { OfferForm } from "../views/offers/form.tsx";
import { OfferIndex } from "../views/offers/index.tsx";
import { OfferPage } from "../views/offers/page.tsx";
import { path } from "../views/path.ts";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { may, maySee, scoped, signedIn } from "./guards.ts";
import { cursor, pageAt, text } from "./lists.ts";
import { draftFor, OfferFields, valuesOf, withProposals } from "./offer_forms.ts";
import { bytesOf, fileName, paperOf, whole } from "./offer_papers.ts";
import { type Ctx, faultOf, invalid, overtaken, page, readForm, redirect, web } from "./web.tsx";
import type { FormState } from "../views/ui/form.tsx";

const Decision = z.object({
  state: z.enum(["accepted", "declined"], "option"),
  stageId: z.string().optional().default("").transform((id) => isId(id) ? id : null),
  version: z.coerce.number().int().min(1).max(2_000_000_000).catch(1),
});

/** Offers kept only by law are shown only to people who manage offers. */
const withoutKept = web.createMiddleware(async (c, next) => {
  const { scope, view } = c.var;
  if (!view.can("offers.manage") && await offers.isKept(scope, c.req.param("id")!)) {
    throw new NotFound("offer");
  }
  await next();
});

export default web.createApp()
  .use(signedIn, scoped, may("offers.read"))
  .get("/", list)
  .get("/export", may("exports.run"), exported)
  .use(`/${fields.idPart}/*`, withoutKept)
  .get(`/${fields.idPart}`, (c) => show(c))
  .get(`/${fields.idPart}/paper`, paper)
  .get(`/${fields.idPart}/edit`, may("deals.write"), async (c) => {
    const offer = await offers.find(c.var.scope, c.req.param("id"));
    if (offer.state !== "draft") return c.redirect(path`/offers/${offer.id}`, 303);
    return await showForm(c, dealOf(offer), { values: valuesOf(offer), errors: {} });
  })
  .post(`/${fields.idPart}/edit`, may("deals.write"), update)
  .post(`/${fields.idPart}/deletion`, may("deals.write"), async (c) => {
    const id = c.req.param("id");
    const { dealId } = await offers.find(c.var.scope, id);
    const faults = await faultOf(offers.remove(c.var.scope, id));
    if (faults) return await show(c, Object.values(faults)[0]);
    const back = dealId === null ? "/offers" : path`/deals/${dealId}`;
    return await redirect(c, back, { kind: "ok", key: "offers.discarded" });
  })
  .post(`/${fields.idPart}/issue`, may("deals.write"), async (c) => {
    const { scope, view } = c.var;
    const id = c.req.param("id");
    const letterhead = await letterheads.find(scope);
    const write = (offer: offers.Offer) => paperOf(offer, letterhead, view.now);
    return await stepped(c, offerSteps.issue(scope, id, write), "offers.issued");
  })
  .post(`/${fields.idPart}/dispatch`, may("deals.write"), async (c) => {
    const { id } = await offers.find(c.var.scope, c.req.param("id"));
    return await stepped(c, offerSteps.markSent(c.var.scope, id), "offers.marked_sent");
  })
  .post(`/${fields.idPart}/decision`, may("deals.write"), decide)
  .post(
    `/${fields.idPart}/decision/removal`,
    may("deals.write"),
    (c) => stepped(c, offerSteps.reopen(c.var.scope, c.req.param("id")), "offers.reopened"),
  )
  .post(`/${fields.idPart}/versions`, may("deals.write"), async (c) => {
    const { scope } = c.var;
    const id = c.req.param("id");
    const { validDays } = await offerSettings.find(scope);
    const until = addDays(dayOf(scope.now), validDays);
    let draft = id;
    const work = offerSteps.renew(scope, id, newId(), until).then((made) => draft = made);
    const faults = await faultOf(work);
    if (faults) return await show(c, Object.values(faults)[0]);
    return c.redirect(path`/offers/${draft}/edit`, 303);
  });

/** New offers, under the address of their deal. */
export const offersOfDeals = web.createApp()
  .use(
    `/${fields.idPart}/offers/new`,
    signedIn,
    scoped,
    may("deals.write"),
    maySee("deal", "amount"),
  )
  .get(`/${fields.idPart}/offers/new`, async (c) => {
    const deal = await deals.find(c.var.scope, c.req.param("id"));
    return await showForm(c, deal.id, await draftFor(c, deal));
  })
  .post(`/${fields.idPart}/offers/new`, async (c) => {
    const { scope } = c.var;
    const deal = await deals.find(scope, c.req.param("id"));
    const read = await readForm(c, OfferFields(dayOf(scope.now)));
    if (asksForTexts(read.form)) {
      return await showForm(c, deal.id, await withProposals(c, deal, read.form.values));
    }
    if (!read.ok) return await showForm(c, deal.id, read.form, 422);
    const { id: _id, version: _, ...input } = read.value;
    const contactId = await memberOf(c, deal.id, input.contactId);
    const own = fields.ownId(read.form);
    await offers.create(scope, own, deal, { ...input, contactId });
    return await redirect(c, path`/offers/${own}`, { kind: "ok", key: "offers.saved" });
  });

async function list(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const states = view.can("offers.manage") ? [...offers.states, "kept"] as const : offers.states;
  const state = states.find((each) => each === c.req.query("state")) ?? null;
  const filter = { q: text(c.req.query("q")), state };
  const place = cursor(c);
  const shown = await pageAt(place, (at) => offerLists.list(scope, filter, at));
  return await page(c, <OfferIndex view={view} page={shown} filter={filter} />, {
    title: "offers.title",
  });
}

async function show(c: Ctx, fault: string | null = null): Promise<Response> {
  const { scope, view } = c.var;
  const kept = await offers.find(scope, c.req.param("id")!);
  const offer = await whole(scope, kept);
  const deal = offer.dealId === null ? null : await deals.find(scope, offer.dealId);
  const lines = deal ? await pipelines.list(scope) : [];
  const stages = lines.find(({ id }) => id === deal?.pipelineId)?.stages ?? [];
  const props = { view, offer, versions: kept.versions, deal, stages, fault };
  const title = { text: offer.number ?? offer.subject };
  return await page(c, <OfferPage {...props} />, { title, status: fault ? 422 : 200 });
}

/** The kept paper of an issued offer; of a draft, what it would be now. */
async function paper(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const offer = await offers.find(scope, c.req.param("id")!);
  const bytes = await bytesOf(scope, offer, view.now);
  const inline = c.req.query("download") === undefined;
  return download(c, bytes, { name: fileName(view, offer), type: "application/pdf", inline });
}

async function update(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const offer = await offers.find(scope, c.req.param("id")!);
  const read = await readForm(c, OfferFields(dayOf(scope.now)));
  if (asksForTexts(read.form)) {
    const deal = await deals.find(scope, dealOf(offer));
    return await showForm(c, deal.id, await withProposals(c, deal, read.form.values));
  }
  if (!read.ok) return await showForm(c, dealOf(offer), read.form, 422);
  const { id: _, version, ...input } = read.value;
  const contactId = await memberOf(c, dealOf(offer), input.contactId);
  try {
    await offers.update(scope, offer.id, version, { ...input, contactId });
  } catch (error) {
    if (error instanceof Stale) {
      return await showForm(c, dealOf(offer), overtaken(read.form, error), 409);
    }
    if (!(error instanceof Invalid)) throw error;
    return await showForm(c, dealOf(offer), invalid(read.form, { [error.field]: error.code }), 422);
  }
  return await redirect(c, path`/offers/${offer.id}`, { kind: "ok", key: "offers.saved" });
}

const asksForTexts = ({ values }: FormState): boolean => values._next === "texts";

const dealOf = ({ dealId }: offers.Offer): string => {
  if (dealId === null) throw new NotFound("deal");
  return dealId;
};

/** The person, if it is one of the deal's that may be shown. */
async function memberOf(c: Ctx, dealId: string, contactId: string | null): Promise<string | null> {
  if (contactId === null) return null;
  const members = await dealContacts.list(c.var.scope, dealId);
  return members.some(({ id }) => id === contactId) ? contactId : null;
}

/** Answers a step of an offer: its page, with what was done or why not. */
async function stepped(
  c: Ctx,
  work: Promise<unknown>,
  key: "offers.issued" | "offers.marked_sent" | "offers.reopened",
): Promise<Response> {
  const faults = await faultOf(work);
  if (faults) return await show(c, Object.values(faults)[0]);
  return await redirect(c, path`/offers/${c.req.param("id")!}`, { kind: "ok", key });
}

/** Notes what came of the offer, and moves its deal where that was chosen. */
async function decide(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const offer = await offers.find(scope, c.req.param("id")!);
  const read = await readForm(c, Decision);
  if (!read.ok) return await show(c, Object.values(read.form.errors)[0]);
  const { state, stageId, version } = read.value;
  const faults = await faultOf(offerSteps.decide(scope, offer.id, state));
  if (faults) return await show(c, Object.values(faults)[0]);
  let flash: Flash = { kind: "ok", key: `offers.${state}` };
  if (stageId !== null && offer.dealId !== null) {
    try {
      await steps.move(scope, offer.dealId, { stageId, version });
    } catch (error) {
      // What came of the offer stands; the deal is shown as somebody else has left it.
      if (!(error instanceof Stale || error instanceof Invalid)) throw error;
      flash = {
        kind: "info",
        key: `offers.stage_kept_${error instanceof Stale ? "stale" : "invalid"}`,
      };
    }
  }
  const to = offer.dealId === null ? path`/offers/${offer.id}` : path`/deals/${offer.dealId}`;
  return await redirect(c, to, flash);
}

async function showForm(
  c: Ctx,
  dealId: string,
  form: FormState,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const { scope, view } = c.var;
  const deal = await deals.find(scope, dealId);
  const persons = await dealContacts.list(scope, dealId);
  const editing = c.req.path.startsWith("/offers/");
  const back = editing ? path`/offers/${c.req.param("id")!}` : path`/deals/${dealId}`;
  return await page(c, <OfferForm view={view} {...{ form, deal, persons, editing, back }} />, {
    title: editing ? "offers.edit" : "offers.new",
    status,
  });
}

/** All offers as a table that a spreadsheet of the reader's language opens. */
async function exported(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const { head, row } = table(columns, presetOf(view.locale));
  let body = head;
  for await (const each of offerLists.all(scope)) body += each.map(row).join("");
  const action = "offers_exported";
  await changes.record(scope, { kind: "tenant", id: scope.tenantId, action });
  return download(c, body, { name: view.t("offers.export_file"), type: "text/csv; charset=utf-8" });
}
