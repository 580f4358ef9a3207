/** The inbox: its folders, and what is done with a mail there: assign, create a contact, discard. */
import { z } from "zod";
import * as contacts from "../db/contacts.ts";
import { NotFound } from "../db/errors.ts";
import * as inbox from "../db/inbox.ts";
import * as discards from "../db/inbox_discards.ts";
import * as assignments from "../db/inbox_assignments.ts";
import * as mailboxRuns from "../db/mailboxes/runs.ts";
import type { Flash } from "../db/sessions.ts";
import { inboxHref, InboxIndex } from "../views/inbox.tsx";
import { path } from "../views/path.ts";
import { changeRows } from "../views/ui/rows.tsx";
import { inputOf, NewContact, originOf } from "./contact_forms.ts";
import { asksFirst } from "./contact_bars.ts";
import { contactsLike } from "./duplicates.tsx";
import { idPart, ownId, tick } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { cursor as placed, pageAt, text } from "./lists.ts";
import { showMessage } from "./messages.tsx";
import { country } from "./records.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const Assignment = z.object({
  kind: z.enum(["contact", "company"]),
  recordId: z.uuid(),
  learn: tick,
});

const Chosen = z.object({
  ids: z.preprocess((value) => [value ?? []].flat(), z.array(z.uuid()).max(200)),
  all: tick,
  last: z.uuid().optional(),
  mark: z.string().max(64).optional(),
});

export default web.createApp()
  .use(signedIn, scoped, may("mail.read"))
  .get("/", list)
  .post("/discarding", may("mail.send"), async (c) => {
    const read = await readForm(c, Chosen);
    const filter = filterOf(c);
    const count = read.ok ? await discard(c, filter, read.value) : 0;
    if (count === 0) {
      const key = read.ok && read.value.mark && read.value.all
        ? "inbox.changed"
        : "inbox.none_selected";
      return await redirect(c, inboxHref(filter), { kind: "info", key });
    }
    const undo = inboxHref(filter, { at: c.var.scope.now.toISOString() }, "/recovery");
    const flash = { kind: "ok", key: "inbox.discarded", params: { count }, undo } as const;
    return await redirect(c, inboxHref(filter), flash);
  })
  .post("/recovery", may("mail.send"), async (c) => {
    const at = z.iso.datetime().safeParse(c.req.query("at"));
    const discardedAt = at.success && new Date(at.data);
    const count = discardedAt ? await discards.withdraw(c.var.scope, { discardedAt }) : 0;
    const flash = { kind: "ok", key: "inbox.recovered_many", params: { count } } as const;
    return await redirect(c, inboxHref(filterOf(c)), flash);
  })
  .post(`/${idPart}/discarding`, may("mail.send"), async (c) => {
    const { id } = await inbox.find(c.var.scope, c.req.param("id"));
    await discards.create(c.var.scope, [id]);
    const undo = path`/inbox/${id}/recovery`;
    const next = await nextMail(c, id);
    const flash = { kind: "ok", key: "inbox.discarded", params: { count: 1 }, undo, next } as const;
    return await redirect(c, "/inbox", flash);
  })
  .post(`/${idPart}/recovery`, may("mail.send"), async (c) => {
    const { id, messageId } = await inbox.find(c.var.scope, c.req.param("id"));
    if (await discards.withdraw(c.var.scope, { id }) === 0) throw new NotFound("inbox message");
    return await redirect(c, path`/messages/${messageId}`, { kind: "ok", key: "inbox.recovered" });
  })
  .post(`/${idPart}/assignment`, may("mail.send"), async (c) => {
    const { scope } = c.var;
    const { id, messageId } = await inbox.find(scope, c.req.param("id"));
    const read = await readForm(c, Assignment);
    if (!read.ok) return c.redirect(path`/messages/${messageId}`, 303);
    const { kind, recordId, learn } = read.value;
    const count = await assignments.assign(scope, id, { kind, id: recordId }, learn);
    const next = await nextMail(c, id);
    const flash = { kind: "ok", key: "inbox.assigned", params: { count }, next } as const;
    return await redirect(c, path`/messages/${messageId}`, flash);
  })
  .get(`/${idPart}/contact`, async (c) => {
    const { messageId } = await inbox.find(c.var.scope, c.req.param("id"));
    return c.redirect(path`/messages/${messageId}`, 303);
  })
  .post(`/${idPart}/contact`, may("contacts.write"), create);

/** Leads on from a mail that was dealt with. */
async function nextMail(c: Ctx, id: string): Promise<Flash["next"]> {
  const messageId = await inbox.following(c.var.scope, id);
  return messageId ? [path`/messages/${messageId}`, "inbox.next"] : undefined;
}

/** Throws away what was ticked, or all that the list showed; how many. */
async function discard(
  c: Ctx,
  filter: inbox.Filter,
  { ids, all, last, mark }: z.output<typeof Chosen>,
): Promise<number> {
  if (!all) return await discards.create(c.var.scope, ids);
  if (!last || !mark || !awaits(filter)) return 0;
  return await discards.createAll(c.var.scope, filter, { last, mark });
}

/** Whether mails of a place are still to be dealt with. */
const awaits = ({ place }: inbox.Filter) => place === "open" || place === "automatic";

/** Which part of the inbox the address names. */
const filterOf = (c: Ctx): inbox.Filter => ({
  place: inbox.places.find((each) => each === c.req.query("place")) ?? "open",
  whose: (["own", "shared"] as const).find((each) => each === c.req.query("whose")) ?? null,
  q: text(c.req.query("q")),
});

async function list(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const filter = filterOf(c);
  const cursor = placed(c);
  const [shown, open, automatic, failing] = await Promise.all([
    pageAt(cursor, (at) => inbox.list(scope, filter, at)),
    inbox.count(scope, "open"),
    inbox.count(scope, "automatic"),
    view.can("mail_accounts.manage") ? mailboxRuns.failing(scope) : [],
  ]);
  const counts = { open, automatic, bound: inbox.bound };
  // One page is ticked as a whole at its head.
  const many = (shown.next ?? shown.previous) !== null && awaits(filter) && view.can("mail.send");
  const all = many ? await discards.count(scope, filter) : null;
  const props = { view, page: shown, filter, counts, failing, all, most: discards.most };
  return await page(c, <InboxIndex {...props} />, { title: "inbox.title" });
}

/** The sender as a new contact, with source and legal basis; the mail goes to their page. */
async function create(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const entry = await inbox.find(scope, c.req.param("id")!);
  const read = await readForm(c, NewContact(country(c)));
  const grown = changeRows(read.form.values);
  if (grown || !read.ok) return await showMessage(c, entry.messageId, { form: read.form });
  const { value } = read;
  const id = ownId(read.form);
  const alike = value._anyway ? [] : await contactsLike(c, { ...read.form.values, id });
  const origin = originOf(view, value);
  const input = { ...inputOf(value, origin), ownerId: c.var.session!.userId };
  const barred = await asksFirst(c, value, input);
  if (barred || alike.length > 0) {
    return await showMessage(c, entry.messageId, { form: read.form, alike, barred });
  }
  await contacts.create(scope, id, input, origin.collected, "mail");
  const target = { kind: "contact", id } as const;
  const count = await assignments.assign(scope, entry.id, target, true);
  const next = await nextMail(c, entry.id);
  const flash = { kind: "ok", key: "inbox.created", params: { count }, next } as const;
  return await redirect(c, path`/contacts/${id}`, flash);
}
