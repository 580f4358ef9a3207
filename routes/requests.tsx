/** Where anybody exercises their rights towards the provider or a tenant, and sees the status. */
import { z } from "zod";
import { wrote } from "../db/authorities.ts";
import * as confirmations from "../db/case_confirmations.ts";
import * as items from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import * as controllers from "../db/controllers.ts";
import { NotFound } from "../db/errors.ts";
import { formId, isId, newId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import { type Right, rights } from "../db/letters/rules.ts";
import { siteOf } from "../db/network_prefixes.ts";
import * as officers from "../db/officers.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { type Scope, system } from "../db/scope.ts";
import * as tenants from "../db/tenants.ts";
import { RequestForm } from "../views/requests/form.tsx";
import {
  ConfirmationPage,
  receivedTitle,
  RequestCode,
  RequestReceived,
  RequestStatus,
  statusTitle,
} from "../views/requests/status.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { claimed, lines } from "./case_forms.ts";
import * as fields from "./fields.ts";
import { unlisted } from "./link_pages.ts";
import { inScope } from "./own_scopes.ts";
import { counters, prefix } from "./sign_in.ts";
import { type Ctx, invalid, page, readForm, web } from "./web.tsx";

const Input = z.object({
  id: z.string().refine(isId),
  rights: claimed.refine((chosen) => chosen.length > 0, "requests.choose"),
  name: fields.name(),
  email: fields.personEmail,
  address: lines(500),
  text: lines(10_000),
});

/** Complaints go to the authority, which has a page of its own. */
const offered = rights.filter((right) => right !== "complaint");
const numberPart = ":number{[Dd][Ss]-[0-9A-Za-z]{4}-[0-9A-Za-z]{2}}";
const person = { kind: "person", id: null } as const;

/** The pages of one controller, which the address names or, without a name, is the provider. */
const desk = () =>
  web.createApp()
    .use(unlisted)
    .get("/new", (c) => within(c, (scope) => showForm(c, scope, emptyForm)))
    .post("/new", async (c) => {
      const read = await readForm(c, Input);
      if (!read.ok) return await within(c, (scope) => showForm(c, scope, read.form, 422));
      // Counted before a transaction is open, which would hold a connection meanwhile.
      const { limits } = rateLimits;
      const email = read.value.email.toLowerCase();
      await rateLimits.count(counters(c), limits.requests, prefix(c));
      await rateLimits.count(counters(c), limits.requestsOfSite, siteOf(prefix(c)));
      const key = `${c.req.param("tenant") ?? ""} ${email}`;
      await rateLimits.count(counters(c), limits.requestsFor, key);
      await rateLimits.count(counters(c), limits.requestsForAll, email);
      return await within(c, (scope) => {
        return submit(c, scope, { ...read.value, id: fields.ownId(read.form) });
      });
    })
    .get(`/${numberPart}`, (c) => within(c, (scope) => showCode(c, scope, emptyForm)))
    .post(`/${numberPart}`, async (c) => {
      const read = await readForm(c, z.object({ code: fields.name(20) }));
      if (!read.ok) return await within(c, (scope) => showCode(c, scope, read.form, 422));
      await rateLimits.count(counters(c), rateLimits.limits.links, prefix(c));
      return await within(c, (scope) => enter(c, scope, read.value.code, read.form));
    })
    .post(`/${numberPart}/codes`, async (c) => {
      const { limits } = rateLimits;
      await rateLimits.count(counters(c), limits.requestCodes, prefix(c));
      const key = `${c.req.param("tenant") ?? ""} ${numberOf(c)}`;
      await rateLimits.count(counters(c), limits.requestCodesFor, key);
      return await within(c, async (scope) => {
        const found = await cases.lookup(scope, numberOf(c));
        // For an unknown number too: its job finds nothing, and the time taken reveals nothing.
        const caseId = found?.id ?? newId();
        await enqueue(scope.sql, "send_case_code", scope.tenantId, { caseId });
        return await showCode(c, scope, emptyForm, 200, true);
      });
    })
    .get(`/${numberPart}/confirmations/${fields.tokenPart}`, async (c) => {
      await rateLimits.count(counters(c), rateLimits.limits.links, prefix(c));
      return await within(c, async (scope) => {
        const found = await cases.lookup(scope, numberOf(c));
        const live = found !== null &&
          await confirmations.isLive(scope, found.id, c.req.param("token")!);
        return await showConfirmation(c, scope, live);
      });
    })
    .post(`/${numberPart}/confirmations/${fields.tokenPart}`, async (c) => {
      await rateLimits.count(counters(c), rateLimits.limits.links, prefix(c));
      return await within(c, async (scope) => {
        const found = await cases.lookup(scope, numberOf(c));
        const used = found !== null &&
          await confirmations.use(scope, found.id, c.req.param("token")!);
        if (!used) return await showConfirmation(c, scope, false);
        await cases.confirm(scope, found.id);
        return await showStatus(c, scope, found.id);
      });
    });

/** Requests to the provider. */
export default desk();
/** Requests to a tenant, under its short name. */
export const tenantRequests = desk();

const numberOf = (c: Ctx): string => c.req.param("number")!.toUpperCase();

/** Runs in the Scope of the controller that the address names. Throws NotFound. */
async function within<T>(c: Ctx, work: (scope: Scope) => Promise<T>): Promise<T> {
  const { pool } = c.var.services;
  const slug = c.req.param("tenant");
  const tenant = slug === undefined ? null : await tenants.lookup(pool, slug);
  if (slug !== undefined && !tenant) throw new NotFound("tenant");
  const tenantId = tenant?.id ?? controllers.providerId;
  return await inScope(c, { tenantId, actor: system }, work);
}

type Submitted = z.output<typeof Input>;

/** Takes a request in; a form that is sent again gets the same answer. */
async function submit(c: Ctx, scope: Scope, input: Submitted): Promise<Response> {
  const { secretKey } = c.var.services.config;
  const { id, name, email, address, text } = input;
  await cases.create(scope, secretKey, {
    id,
    channel: "form",
    language: c.var.view.locale,
    personName: name,
    personEmail: email,
    personAddress: address,
    body: text,
    claims: await claimsOf(input.rights, text),
  }, person);
  const request = await cases.find(scope, id);
  const controller = await controllers.find(scope);
  const officer = await officers.find(scope);
  const authority = wrote(request);
  return await page(
    c,
    <RequestReceived
      view={c.var.view}
      controller={controller}
      request={request}
      authority={authority}
      contact={officer.email || controller.email}
    />,
    { title: receivedTitle(authority), bare: true },
  );
}

/** What was ticked, and what the text claims beyond that, with its sentence. */
async function claimsOf(ticked: readonly Right[], text: string) {
  const ticks = ticked.map((right) => ({ right, sentence: "" }));
  if (text === "") return ticks;
  const { recognise } = await import("../db/letters.ts");
  const read = recognise(text).items;
  const more = read.filter(({ right }) => !ticked.includes(right));
  return [...ticks, ...more];
}

/** The right code shows the request, and is proof that its address is read. */
async function enter(c: Ctx, scope: Scope, code: string, form: FormState): Promise<Response> {
  const { secretKey } = c.var.services.config;
  const found = await cases.lookup(scope, numberOf(c));
  if (!await confirmations.match(scope, secretKey, found?.id ?? null, code)) {
    return await showCode(c, scope, invalid(form, { code: "requests.code_wrong" }), 422);
  }
  await cases.confirm(scope, found!.id);
  return await showStatus(c, scope, found!.id);
}

async function showForm(
  c: Ctx,
  scope: Scope,
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const id = String(form.values.id ?? "");
  const values = { ...form.values, id: isId(id) ? id : formId() };
  const node = (
    <RequestForm
      view={c.var.view}
      form={{ ...form, values }}
      controller={await controllers.find(scope)}
      rights={offered}
    />
  );
  return await page(c, node, { title: "requests.new_title", bare: true, status });
}

const titleOf = (c: Ctx, number: string) => ({
  text: c.var.view.t("requests.code_title", { number }),
});

async function showCode(
  c: Ctx,
  scope: Scope,
  form: FormState,
  status: 200 | 422 = 200,
  sent = false,
): Promise<Response> {
  const controller = await controllers.find(scope);
  const props = { view: c.var.view, controller, number: numberOf(c), form, sent };
  return await page(c, <RequestCode {...props} />, {
    title: titleOf(c, numberOf(c)),
    bare: true,
    status,
  });
}

async function showConfirmation(c: Ctx, scope: Scope, live: boolean): Promise<Response> {
  const controller = await controllers.find(scope);
  const props = { view: c.var.view, controller, number: numberOf(c), live };
  return await page(c, <ConfirmationPage {...props} />, {
    title: "requests.confirm_title",
    bare: true,
    status: live ? 200 : 410,
  });
}

async function showStatus(c: Ctx, scope: Scope, id: string): Promise<Response> {
  const [controller, request, list] = await Promise.all([
    controllers.find(scope),
    cases.find(scope, id),
    items.list(scope, id),
  ]);
  const authority = wrote(request);
  const props = { view: c.var.view, controller, request, authority, items: list };
  const title = { text: c.var.view.t(statusTitle(authority), { number: request.number }) };
  return await page(c, <RequestStatus {...props} />, { title, bare: true });
}
