/** Mail that users write: drafts, preview, sending, and the page of every mail. */
import * as companies from "../db/companies.ts";
import * as contacts from "../db/contacts.ts";
import * as deals from "../db/deals.ts";
import * as drafts from "../db/drafts.ts";
import { NotFound } from "../db/errors.ts";
import { isId, madeBy, newId } from "../db/ids.ts";
import * as messageFiles from "../db/message_files.ts";
import * as messageViews from "../db/message_views.ts";
import * as outgoing from "../db/outgoing_messages.ts";
import type { Scope } from "../db/scope.ts";
import * as sentMails from "../db/sent_mails.ts";
import type { Flash } from "../db/sessions.ts";
import { messageLetter } from "../views/mail/messages.tsx";
import { MessageIndex } from "../views/messages/index.tsx";
import { path } from "../views/path.ts";
import { listAddresses } from "./address_hits.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { cursor, pageAt } from "./lists.ts";
import { begin, faultsOf, MessageForm, type MessageInput, valuesOf } from "./message_forms.ts";
import { partsOf, showForm, showPreview, withTemplate } from "./message_pages.tsx";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

/** Before the files of mails: what was sent, or came, is shown with its files and gets no others. */
export const draftFiles = web.createApp()
  .get(`/${fields.idPart}/files`, signedIn, scoped, may("files.read"), async (c, next) => {
    const { id, state } = await messageViews.find(c.var.scope, c.req.param("id"));
    if (state !== "draft") return c.redirect(path`/messages/${id}`, 303);
    await next();
  });

export default web.createApp()
  .use(signedIn, scoped, may("mail.read"))
  .get("/", list)
  .get("/addresses", may("mail.send"), listAddresses)
  .get("/new", may("mail.send"), async (c) => {
    return await showForm(c, await begin(c.var.scope, c.var.view, c.req.query()));
  })
  .post("/new", may("mail.send"), (c) => write(c, null))
  .get(`/${fields.idPart}/edit`, may("mail.send"), async (c) => {
    const draft = await drafts.find(c.var.scope, c.req.param("id"));
    return await showForm(c, { values: valuesOf(draft), errors: {} }, { saved: draft.id });
  })
  .post(
    `/${fields.idPart}/edit`,
    may("mail.send"),
    async (c) => await write(c, await drafts.find(c.var.scope, c.req.param("id"))),
  )
  .get(`/${fields.idPart}/preview`, may("mail.send"), async (c) => {
    const draft = await drafts.find(c.var.scope, c.req.param("id"));
    const faults = faultsOf(draft);
    if (Object.keys(faults).length > 0) return c.redirect(path`/messages/${draft.id}/edit`, 303);
    return await showPreview(c, draft);
  })
  .get(
    `/${fields.idPart}/dispatch`,
    may("mail.send"),
    (c) => c.redirect(path`/messages/${c.req.param("id")}`, 303),
  )
  .post(`/${fields.idPart}/dispatch`, may("mail.send"), dispatch)
  .post(`/${fields.idPart}/retry`, may("mail.send"), async (c) => {
    const id = c.req.param("id");
    await outgoing.retry(c.var.scope, id);
    return await redirect(c, path`/messages/${id}`, { kind: "info", key: "outgoing.queued_now" });
  })
  .post(`/${fields.idPart}/deletion`, may("mail.send"), async (c) => {
    await drafts.remove(c.var.scope, c.req.param("id"));
    return await redirect(c, "/messages?folder=drafts", { kind: "ok", key: "outgoing.discarded" });
  });

async function list(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const wish = c.req.query("folder") ?? "";
  const folder = Object.hasOwn(sentMails.folders, wish) ? wish as sentMails.Folder : "sent";
  const place = cursor(c);
  const [shown, waiting] = await Promise.all([
    pageAt(place, (at) => sentMails.list(scope, folder, at)),
    sentMails.waiting(scope),
  ]);
  return await page(
    c,
    <MessageIndex view={view} folder={folder} page={shown} waiting={waiting} />,
    { title: "outgoing.title" },
  );
}

/** Keeps what was typed, then goes where the pressed button leads. */
async function write(c: Ctx, draft: drafts.Draft | null): Promise<Response> {
  const { scope, services: { config } } = c.var;
  const read = await readForm(c, MessageForm);
  const saved = draft ? { saved: draft.id } : {};
  if (!read.ok) return await showForm(c, read.form, { ...saved, status: 422 });
  const { value } = read;
  if (value._next === "template") {
    const filled = value.template ? await withTemplate(c, read.form, value) : read.form;
    return await showForm(c, filled, saved);
  }
  let id = draft?.id ?? (value.id && isId(value.id) ? value.id : newId());
  let notice: Flash | undefined;
  // Sent again after going back: unchanged it shows the sent mail, changed it makes another.
  if (!draft && await isOut(scope, id)) {
    const made = madeBy(id, JSON.stringify(inputOf(value)));
    const letter = messageLetter(await partsOf(c, value), value.language);
    const isSame = made === id || await drafts.isSentAs(scope, id, value, letter);
    if (isSame || await isOut(scope, made)) {
      return c.redirect(path`/messages/${isSame ? id : made}`, 303);
    }
    id = made;
    notice = { kind: "info", key: "outgoing.anew" };
  }
  const origin = draft ?? await originOf(c, value);
  await drafts.save(scope, id, inputOf(value), origin, new URL(config.baseUrl).hostname);
  if (value._next === "save") {
    const flash = notice ?? { kind: "ok", key: "outgoing.saved" } as const;
    return await redirect(c, path`/messages/${id}/edit`, flash);
  }
  if (value._next === "files") return await redirect(c, path`/messages/${id}/files`, notice);
  const faults = faultsOf(value);
  if (Object.keys(faults).length === 0) {
    return await redirect(c, path`/messages/${id}/preview`, notice);
  }
  const form = { values: { ...read.form.values, id }, errors: faults };
  return await showForm(c, form, { saved: id, status: 422 });
}

/** Whether a mail of the user is no longer a draft. */
async function isOut(scope: Scope, id: string): Promise<boolean> {
  const state = await drafts.stateOf(scope, id);
  return state !== null && state !== "draft";
}

const inputOf = (value: MessageInput): drafts.DraftInput => ({
  to: value.to,
  cc: value.cc,
  bcc: value.bcc,
  subject: value.subject,
  body: value.body,
  quoted: value.quoted,
  kind: value.kind,
  language: value.language,
  signed: value.signed,
});

/** Where a new mail comes from; ids of records that are not to be seen count for nothing. */
async function originOf(c: Ctx, value: drafts.Origin): Promise<drafts.Origin> {
  const { scope } = c.var;
  const seen = async (id: string | null, find: () => Promise<unknown>) => {
    if (id === null) return null;
    try {
      await find();
      return id;
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  };
  const { contactId, companyId, dealId, answersId } = value;
  return {
    contactId: await seen(contactId, () => contacts.find(scope, contactId!)),
    companyId: await seen(companyId, () => companies.find(scope, companyId!)),
    dealId: await seen(dealId, () => deals.find(scope, dealId!)),
    answersId: await seen(answersId, () => messageViews.find(scope, answersId!)),
  };
}

/** Queues the mail, unless the gate bars it; sent twice it goes once. */
async function dispatch(c: Ctx): Promise<Response> {
  const { scope, services: { config } } = c.var;
  const id = c.req.param("id")!;
  const state = await drafts.stateOf(scope, id);
  if (state !== null && state !== "draft") return c.redirect(path`/messages/${id}`, 303);
  const draft = await drafts.find(scope, id);
  if (Object.keys(faultsOf(draft)).length > 0) {
    return c.redirect(path`/messages/${id}/edit`, 303);
  }
  if (messageFiles.areTooMuch(await messageFiles.list(scope, id))) {
    return await showPreview(c, draft, 422);
  }
  const letter = messageLetter(await partsOf(c, draft), draft.language);
  const barred = await outgoing.dispatch(scope, config.secretKey, id, letter);
  if (barred.length > 0) return await showPreview(c, draft, 422);
  const back = whereFrom(await originOf(c, draft));
  return await redirect(c, back, { kind: "info", key: "outgoing.queued_now" });
}

/** The page that a mail was begun on: its writer goes on there. */
const whereFrom = ({ answersId, dealId, contactId, companyId }: drafts.Origin): string =>
  answersId
    ? path`/messages/${answersId}`
    : dealId
    ? path`/deals/${dealId}`
    : contactId
    ? path`/contacts/${contactId}`
    : companyId
    ? path`/companies/${companyId}`
    : "/messages?folder=queued";
