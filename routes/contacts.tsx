/** Contacts: the list, the record, its forms, and small changes to it. */
import { z } from "zod";
import * as choices from "../db/choices.ts";
import * as lists from "../db/contact_lists.ts";
import * as customFields from "../db/custom_fields.ts";
import * as persons from "../db/custom_persons.ts";
import * as contacts from "../db/contacts.ts";
import type { Duplicate } from "../db/duplicates.ts";
import { Stale } from "../db/errors.ts";
import { refused } from "../db/field_rights.ts";
import * as notices from "../db/notices.ts";
import * as objections from "../db/objections.ts";
import * as postalKeys from "../db/postal_keys.ts";
import * as suppressions from "../db/suppressions.ts";
import { ContactForm } from "../views/contacts/form.tsx";
import { ContactIndex } from "../views/contacts/index.tsx";
import { fullName } from "../views/contacts/names.ts";
import { objected, ObjectionsPage } from "../views/contacts/objections.tsx";
import { ContactPage } from "../views/contacts/page.tsx";
import { path } from "../views/path.ts";
import type { Difference } from "../views/records/fields.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { OfferedNames } from "../views/ui/offered_field.tsx";
import { changeRows } from "../views/ui/rows.tsx";
import {
  inputOf,
  NewContact,
  OldContact,
  originNames,
  originOf,
  valuesOf,
} from "./contact_forms.ts";
import { asksFirst } from "./contact_bars.ts";
import { blank, nextOf } from "./contact_series.ts";
import { contactsLike } from "./duplicates.tsx";
import { idPart, ownId } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { customInput } from "./custom_values.ts";
import { backToList, withinList } from "./list_ways.ts";
import { text } from "./lists.ts";
import { load as loadPanels } from "./panels.ts";
import { listed } from "./record_lists.ts";
import { closedFaults, country, differences, maybe, ownerFault, ownerKnown } from "./records.ts";
import { toSaved } from "./saved.ts";
import { toSuccessor } from "./successors.ts";
import * as timelines from "./timelines.tsx";
import { type Ctx, faultOf, invalid, page, readForm, redirect, web } from "./web.tsx";

const Objections = z.object({
  channels: z.preprocess(
    (value) => [value ?? []].flat(),
    z.array(z.enum(["all", "email", "phone", "post", "sms"], "option")),
  ),
  reason: maybe(200),
  /** The ones the form was rendered with: any added since cannot have been unticked. */
  seen: z.string().max(50).optional(),
});

export default web.createApp()
  .use(signedIn, scoped, may("contacts.read"))
  .get("/", list)
  .get("/names", may("contacts.write"), names)
  .get("/new", may("contacts.write"), async (c) => showNew(c, await blank(c)))
  .post("/new", may("contacts.write"), create)
  .get(`/${idPart}`, (c) => show(c).catch((error) => toSuccessor(c, "contact", error)))
  .get(`/${idPart}/edit`, may("contacts.write"), async (c) => {
    const contact = await contacts.find(c.var.scope, c.req.param("id"));
    const fields = await customFields.list(c.var.scope, "contact");
    return await showEdit(c, contact, {
      values: valuesOf(contact, c.var.view, country(c), fields),
      errors: {},
    });
  })
  .post(`/${idPart}/edit`, may("contacts.write"), update)
  .post(`/${idPart}/deletion`, may("contacts.delete"), async (c) => {
    const id = c.req.param("id");
    await contacts.remove(c.var.scope, id);
    const undo = path`/trash/contacts/${id}/restoration`;
    const to = backToList(c, "/contacts");
    return await redirect(c, to, { kind: "ok", key: "contacts.deleted", undo });
  })
  .post(`/${idPart}/notice`, may("contacts.write"), async (c) => {
    const id = c.req.param("id");
    await notices.send(c.var.scope, id);
    const undo = withinList(c, path`/contacts/${id}/notice/withdrawal`);
    return await redirect(c, withinList(c, path`/contacts/${id}`), {
      kind: "ok",
      key: "contacts.notice_marked",
      undo,
    });
  })
  .post(`/${idPart}/notice/withdrawal`, may("contacts.write"), async (c) => {
    const id = c.req.param("id");
    await notices.withdraw(c.var.scope, id);
    return await redirect(c, withinList(c, path`/contacts/${id}`), {
      kind: "ok",
      key: "contacts.notice_withdrawn",
    });
  })
  .get(`/${idPart}/objections`, may("contacts.write"), async (c) => {
    const contact = await contacts.find(c.var.scope, c.req.param("id"));
    return await showObjections(c, contact, { values: objected(contact), errors: {} });
  })
  .post(`/${idPart}/objections`, may("contacts.write"), async (c) => {
    const contact = await contacts.find(c.var.scope, c.req.param("id"));
    const read = await readForm(c, Objections);
    const faults = read.ok ? await faultOf(object(c, contact, read.value)) : {};
    if (faults) return await showObjections(c, contact, invalid(read.form, faults), 422);
    return await redirect(c, withinList(c, path`/contacts/${contact.id}`), {
      kind: "ok",
      key: "contacts.objections_saved",
    });
  });

/**
 * An objection that is taken back opens the addresses, or the numbers, that a link in a mail or a
 * request had barred, unless another one on record still speaks of them.
 */
async function object(
  c: Ctx,
  contact: contacts.Contact,
  { channels, reason, seen }: z.output<typeof Objections>,
): Promise<void> {
  const { scope, services: { config } } = c.var;
  const { id, emails, phones } = contact;
  const gone = await objections.assign(scope, id, channels, reason, seen?.split(" "));
  if (gone.length === 0) return;
  const standing = await objections.list(scope, id);
  const hashes = suppressions.hasherOfAll(config.secretKey, scope.tenantId);
  const open = async (ways: readonly objections.Channel[], barred: readonly string[]) => {
    if (!gone.some((each) => ways.includes(each))) return;
    if (standing.some((each) => ways.includes(each))) return;
    await suppressions.lift(scope, barred.flatMap(hashes), ways);
  };
  const [addresses, numbers] = [emails.map(({ address }) => address), phones.map((p) => p.number)];
  await open(["all", "email"], addresses);
  await open(["all", "phone", "sms"], numbers);
  const places = (await postalKeys.ofContacts(scope, [id])).map(({ key }) => key);
  await open(["all", "post"], places);
  // An earlier record of the person left each channel barred under all it was reached by.
  const left = standing.includes("all") ? [] : gone.includes("all") ? objections.channels : gone;
  const freed = left.filter((each) => each !== "all" && !standing.includes(each));
  const marks = [...addresses, ...numbers, ...places];
  await suppressions.lift(scope, marks.flatMap(hashes), freed);
}

async function showObjections(
  c: Ctx,
  contact: contacts.Contact,
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const props = { view: c.var.view, contact, form };
  return await page(c, <ObjectionsPage {...props} />, { title: "contacts.objections", status });
}

async function list(c: Ctx): Promise<Response> {
  const found = await listed(c, "contact", lists, () => Promise.resolve());
  if (found instanceof Response) return found;
  return await page(c, <ContactIndex {...found[0]} />, { title: "contacts.title" });
}

async function show(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const id = c.req.param("id")!;
  if (timelines.isTurn(c)) return await timelines.turn(c, { kind: "contact", id });
  const { contact, there } = await contacts.findWithPanels(scope, id);
  const panels = await loadPanels(c, { kind: "contact", id }, there);
  return await page(c, <ContactPage view={view} contact={contact} {...panels} />, {
    title: { text: fullName(contact) },
  });
}

/** Persons that fit what is typed into the first field sent, as options. */
async function names(c: Ctx): Promise<Response> {
  const typed = text(Object.values(c.req.query())[0]);
  const found = typed.length < 2 ? [] : await persons.suggest(c.var.scope, typed);
  return c.html(<OfferedNames names={found} />);
}

async function create(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const fields = await customFields.list(scope, "contact");
  const read = await readForm(c, NewContact(country(c), fields));
  const grown = changeRows(read.form.values);
  if (grown) return await showNew(c, { values: grown, errors: {} });
  if (!read.ok) return await showNew(c, read.form, { status: 422 });
  const { value } = read;
  const id = ownId(read.form);
  const origin = originOf(view, value);
  const custom = await customInput(scope, fields, value.custom);
  const input = inputOf(value, origin, custom.input);
  const faults = {
    ...closedFaults(scope, "contact", read.form),
    ...(await ownerKnown(scope, input.ownerId) ? custom.faults : ownerFault),
  };
  if (Object.keys(faults).length > 0) {
    return await showNew(c, invalid(read.form, faults), { status: 422 });
  }
  const alike = value._anyway ? [] : await contactsLike(c, { ...read.form.values, id });
  const barred = await asksFirst(c, value, input);
  const told = { status: 422, alike, barred } as const;
  if (barred || alike.length > 0) return await showNew(c, read.form, told);
  await contacts.create(scope, id, input, origin.collected);
  const next = value._next || value._anyway === "next" ? nextOf(id) : undefined;
  return await toSaved(c, "contact", id, "contacts.created", next);
}

async function update(c: Ctx): Promise<Response> {
  const { scope, services: { config } } = c.var;
  const contact = await contacts.find(scope, c.req.param("id")!);
  const fields = await customFields.list(scope, "contact");
  const read = await readForm(c, OldContact(country(c), contact, fields));
  const grown = changeRows(read.form.values);
  if (grown) return await showEdit(c, contact, { values: grown, errors: {} });
  if (!read.ok) return await showEdit(c, contact, read.form, { status: 422 });
  const custom = await customInput(scope, fields, read.value.custom, contact.custom);
  const input = inputOf(read.value, read.value, custom.input);
  const known = input.ownerId === contact.ownerId || await ownerKnown(scope, input.ownerId);
  const faults = {
    ...closedFaults(scope, "contact", read.form),
    ...(known ? custom.faults : ownerFault),
  };
  if (Object.keys(faults).length > 0) {
    return await showEdit(c, contact, invalid(read.form, faults), { status: 422 });
  }
  const barred = await asksFirst(c, read.value, input, contact);
  if (barred) return await showEdit(c, contact, read.form, { status: 422, barred });
  try {
    await contacts.update(scope, config.secretKey, contact.id, read.value.version, input);
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    return await showConflict(c, read.form);
  }
  return await toSaved(c, "contact", contact.id, "contacts.edited");
}

interface Asides {
  status?: 422 | 409;
  alike?: readonly Duplicate[];
  barred?: boolean;
  differences?: readonly Difference[];
}

const showNew = (c: Ctx, form: FormState, asides: Asides = {}) => showForm(c, form, null, asides);

async function showEdit(
  c: Ctx,
  contact: contacts.Contact,
  form: FormState,
  asides: Asides = {},
): Promise<Response> {
  return await showForm(c, form, { id: contact.id, name: fullName(contact) }, asides);
}

async function showForm(
  c: Ctx,
  form: FormState,
  contact: { id: string; name: string } | null,
  { status, ...asides }: Asides,
): Promise<Response> {
  const { scope, view } = c.var;
  const props = { view, form, contact, choices: await choices.list(scope), origins: originNames };
  return await page(c, <ContactForm {...props} {...asides} />, {
    title: contact ? "contacts.edit" : "contacts.new",
    status,
  });
}

/** The form as it was sent, ready to be saved over the new version, with what differs from that. */
async function showConflict(c: Ctx, form: FormState): Promise<Response> {
  const contact = await contacts.find(c.var.scope, c.req.param("id")!);
  const fields = await customFields.list(c.var.scope, "contact");
  const theirs = valuesOf(contact, c.var.view, country(c), fields);
  const mine = { values: { ...form.values, version: String(contact.version) }, errors: {} };
  return await showEdit(c, contact, mine, {
    status: 409,
    differences: differences(
      form.values,
      theirs,
      refused(c.var.scope, "contact", Object.keys(theirs)),
    ),
  });
}
