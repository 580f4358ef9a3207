/** A controller's cases, for the people who answer them: a tenant's admins, the provider's operators. */
import { z } from "zod";
import * as authorities from "../db/authorities.ts";
import * as caseEvents from "../db/case_events.ts";
import * as caseFeeds from "../db/case_feeds.ts";
import * as caseFiles from "../db/case_files.ts";
import * as caseItems from "../db/case_items.ts";
import * as caseQueues from "../db/case_queues.ts";
import * as cases from "../db/cases.ts";
import { today } from "../db/clock.ts";
import * as controllers from "../db/controllers.ts";
import { Invalid } from "../db/errors.ts";
import { formId, isId } from "../db/ids.ts";
import { rights } from "../db/letters/rules.ts";
import * as personLetters from "../db/person_letters.ts";
import { CaseForm, LetterheadForm } from "../views/cases/forms.tsx";
import { CaseIndex } from "../views/cases/index.tsx";
import { itemPrefix } from "../views/cases/item.tsx";
import type { Desk } from "../views/cases/desk.tsx";
import { path } from "../views/path.ts";
import { requestsPath } from "../views/requests/paths.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { actor, corrections, faultKey } from "./case_corrections.tsx";
import { caseLists } from "./case_lists.tsx";
import { showCase } from "./case_pages.tsx";
import { askFirst } from "./confirmed.tsx";
import { DecisionInput, decisionOf, LetterheadInput, NoteInput, PostInput } from "./case_forms.ts";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { may, operator, providerScoped, scoped, signedIn } from "./guards.ts";
import { cursor } from "./lists.ts";
import { effects } from "./case_effects.tsx";
import { transferForms } from "./case_transfers.tsx";
import { rectificationForms } from "./rectifications.tsx";
import { redactionPages } from "./redactions.tsx";
import { personLetterPages } from "./person_letters.tsx";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const ofTenant: Desk = { base: "/settings/requests" };

/** A tenant's cases, and how it stands on its letters; of the provider the imprint says that. */
export const tenantCases = pages(ofTenant)
  .get("/letterhead", async (c) => {
    const found = await controllers.findLetterhead(c.var.scope);
    return await showLetterhead(c, marked({ values: { ...found }, errors: {} }));
  })
  .post("/letterhead", async (c) => {
    const read = await readForm(c, LetterheadInput);
    if (!read.ok) return await showLetterhead(c, read.form, 422);
    const race = raced(read.form, { ...await controllers.findLetterhead(c.var.scope) });
    if (race) return await showLetterhead(c, race, 422);
    await controllers.update(c.var.scope, read.value);
    return await redirect(c, ofTenant.base, { kind: "ok", key: "cases.letterhead_saved" });
  });
/** The provider's. */
export const providerCases = pages({ base: "/operator/requests" });

function pages(desk: Desk) {
  const routes = desk.base === "/operator/requests"
    ? web.createApp().use(signedIn, operator, providerScoped)
    : web.createApp().use(signedIn, scoped, may("requests.manage"));
  return routes
    .route("/", corrections(desk))
    .route("/", effects(desk))
    .route("/", rectificationForms(desk))
    .route("/", transferForms(desk))
    .route("/letters", personLetterPages(desk))
    .route("/", caseLists(desk))
    .route("/", redactionPages(desk))
    .get("/", async (c) => {
      const status = c.req.query("status") === "closed" ? "closed" : "open";
      const queue = await caseQueues.list(c.var.scope, status, cursor(c));
      const { baseUrl, secretKey } = c.var.services.config;
      const { scope } = c.var;
      const controller = await controllers.find(scope);
      const token = await caseFeeds.tokenOf(scope, secretKey);
      const feed = baseUrl + path`/case-feeds/${scope.tenantId}/${token}.ics`;
      const waiting = status === "open" ? await personLetters.waiting(scope) : [];
      const props = {
        view: c.var.view,
        desk,
        status,
        queue,
        waiting,
        feed,
        ...arrivalsAt(c, controller),
        today: today(),
      } as const;
      return await page(c, <CaseIndex {...props} />, { title: "cases.title" });
    })
    .get("/new", (c) => showNew(c, desk, { ...emptyForm, values: { receivedOn: today() } }))
    .post("/new", async (c) => {
      const read = await readForm(c, PostInput);
      if (!read.ok) return await showNew(c, desk, read.form, 422);
      const id = fields.ownId(read.form);
      const { receivedOn, name, email, address, text, language, rights: ticked } = read.value;
      const { recognise } = await import("../db/letters.ts");
      const letter = recognise(text);
      const more = text === "" ? [] : letter.items.filter(({ right }) => !ticked.includes(right));
      await cases.create(c.var.scope, c.var.services.config.secretKey, {
        id,
        channel: "post",
        language,
        personName: name,
        personEmail: email,
        personAddress: address,
        body: text,
        receivedOn,
        claims: [...ticked.map((right) => ({ right, sentence: "" })), ...more],
      }, actor(c, desk));
      return await redirect(c, desk.base + path`/${id}`, { kind: "ok", key: "cases.created" });
    })
    .get(`/${fields.idPart}`, (c) => showCase(c, desk, c.req.param("id")))
    .post(`/${fields.idPart}/acknowledgement`, async (c) => {
      const { id } = await cases.find(c.var.scope, c.req.param("id"));
      await cases.acknowledge(c.var.scope, id);
      await caseEvents.append(c.var.scope, {
        caseId: id,
        action: "acknowledged",
        by: actor(c, desk),
      });
      return await redirect(c, desk.base + path`/${id}`);
    })
    .post(`/${fields.idPart}/notes`, async (c) => {
      const { id } = await cases.find(c.var.scope, c.req.param("id"));
      const read = await readForm(c, NoteInput);
      if (!read.ok) return await showCase(c, desk, id, { noteForm: read.form });
      const reason = read.value.text;
      await caseEvents.append(c.var.scope, {
        caseId: id,
        action: "noted",
        reason,
        by: actor(c, desk),
      });
      return await redirect(c, desk.base + path`/${id}#history`);
    })
    .get(`/files/${fields.idPart}`, async (c) => {
      const { scope, services: { config } } = c.var;
      const { bytes, ...file } = await caseFiles.open(scope, config, c.req.param("id"));
      return download(c, bytes, { name: file.name, type: file.mediaType, foreign: true });
    })
    .post(`/items/${fields.idPart}/decision`, (c) => decide(c, desk, c.req.param("id")));
}

async function decide(c: Ctx, desk: Desk, itemId: string): Promise<Response> {
  const { scope } = c.var;
  const item = await caseItems.find(scope, itemId);
  const prefix = itemPrefix(item.id);
  const read = await readForm(c, z.object({ version: z.string(), [prefix]: DecisionInput }));
  const refused = (form: FormState) =>
    showCase(c, desk, item.caseId, { itemForm: { id: item.id, form } });
  if (!read.ok) return await refused(read.form);
  const input = read.value[prefix] as z.output<typeof DecisionInput>;
  if (read.value.version !== String(item.version)) {
    return await refused(invalid(read.form, { [`${prefix}.action`]: "cases.changed" }));
  }
  // What is erased is gone: an open session alone must not order it.
  const first = item.right === "erasure" && input.action === "approve" && await askFirst(c);
  if (first) return first;
  try {
    await caseItems.decide(scope, item.caseId, item.id, decisionOf(input), actor(c, desk));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const fault = { [`${prefix}.${error.field || "action"}`]: faultKey(error) };
    return await refused(invalid(read.form, fault));
  }
  const to = desk.base + path`/${item.caseId}`;
  return await redirect(c, to, { kind: "ok", key: "cases.decided" });
}

async function showNew(c: Ctx, desk: Desk, form: FormState, status: 200 | 422 = 200) {
  const id = String(form.values.id ?? "");
  const values = { ...form.values, id: isId(id) ? id : formId() };
  const props = { view: c.var.view, desk, form: { ...form, values }, rights };
  return await page(c, <CaseForm {...props} />, { title: "cases.new_title", status });
}

/** Where requests reach a controller: its public form, and its address if mail is accepted. */
function arrivalsAt(c: Ctx, controller: controllers.Controller) {
  const { baseUrl, inbound } = c.var.services.config;
  return {
    form: `${baseUrl}${requestsPath(controller.slug)}/new`,
    letters: inbound ? controllers.letterAddress(controller, inbound.domain) : null,
  };
}

async function showLetterhead(c: Ctx, form: FormState, status: 200 | 422 = 200) {
  const controller = await controllers.find(c.var.scope);
  const { form: address, letters: mailTo } = arrivalsAt(c, controller);
  const { lands } = authorities;
  const props = { view: c.var.view, desk: ofTenant, form, lands, address, mailTo };
  return await page(c, <LetterheadForm {...props} />, { title: "cases.letterhead", status });
}
