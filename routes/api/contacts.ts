/** Contacts in the API: the same input as in forms, with source and legal basis; duplicates first. */
import { z } from "zod";
import { rewriteInstant } from "../../db/instants.ts";
import { asksFirst, type Written } from "../../db/record_lists.ts";
import * as lists from "../../db/contact_lists.ts";
import * as contacts from "../../db/contacts.ts";
import { grounds as noticeGrounds } from "../../db/notice_exceptions.ts";
import { legalBases, purposes } from "../../db/origins.ts";
import { lengths } from "../../db/record_lengths.ts";
import { barredIn, type Reachable } from "../contact_bars.ts";
import { inputOf, NewContact, OldContact, originNames, originOf } from "../contact_forms.ts";
import { contactsAs } from "../duplicates.tsx";
import { statuses } from "../lists.ts";
import { ownerKnown } from "../records.ts";
import type { Ctx } from "../web.tsx";
import { refused, shaped } from "./bodies.ts";
import { callerOf } from "./callers.ts";
import { Custom, customOf, customValuesOf } from "./custom_values.ts";
import * as fields from "./fields.ts";
import { filters, wantedBy } from "./listing.ts";
import { fault, Problem } from "./problems.ts";
import { assertNew, companyName } from "./references.ts";
import { resource } from "./resources.ts";

const { text } = fields;

const Place = z.strictObject({
  companyId: fields.id.nullable().default(null),
  companyName: text(lengths.companyName).default("").meta({
    description: "Without `companyId`, the company is found by its name or created",
  }),
  role: text(lengths.role).default(""),
  department: text(lengths.department).default(""),
  sinceOn: fields.day.nullable().default(null),
  untilOn: fields.day.nullable().default(null),
}).meta({ id: "Place" });

const person = {
  salutation: z.enum(["", "ms", "mr", "divers"]),
  title: text(lengths.title),
  firstName: text(lengths.firstName),
  namePrefix: text(lengths.namePrefix),
  lastName: text(lengths.lastName),
  nameSuffix: text(lengths.nameSuffix),
  letterSalutation: text(lengths.letterSalutation),
  addressForm: z.enum(["formal", "informal"]),
  language: z.string().regex(/^[a-z]{2}$/),
  position: text(lengths.position),
  birthday: z.string().regex(/^(\d{4}|-)-\d{2}-\d{2}$/).nullable().meta({
    description: "`1980-12-31`, or `--12-31` without a year",
  }),
  ...fields.reach,
  companies: z.array(Place).max(50).meta({
    description: "Companies the person works for, the main one first",
  }),
};

const legal = {
  legalBasis: z.enum(legalBases),
  purpose: z.enum(purposes),
};

const Create = fields.partial({ ...person, custom: Custom }).extend({
  origin: z.enum(originNames).meta({ description: "Where the data come from" }),
  sourceDetail: text(200).optional().meta({ description: "Details; required for `other`" }),
  legalBasis: legal.legalBasis,
  purpose: legal.purpose.optional(),
  allowDuplicate: z.boolean().optional().meta({
    description: "Create the record even if there are possible duplicates",
  }),
}).meta({ id: "ContactCreate" });

const Change = fields.partial({
  ...person,
  custom: Custom,
  source: text(lengths.source).min(1),
  ...legal,
}).meta({ id: "ContactChange" });

const Item = fields.hideable({
  ...fields.base,
  ...person,
  custom: Custom,
  source: text(lengths.source),
  ...legal,
  sourceChannel: z.enum(["manual", "import", "sample", "mail", "form", "api"]),
  greeting: z.string().meta({ description: "The salutation that begins a letter" }),
  noticeDueOn: fields.day.nullable(),
  noticeSentAt: fields.instant.nullable(),
  noticeException: z.enum(noticeGrounds).nullable().meta({
    description: "Why the person need not be informed (Art. 14(5) GDPR)",
  }),
  objections: z.array(z.strictObject({ channel: z.string(), since: fields.instant }))
    .meta({ description: "Channels by which the person must not be contacted" }),
  hasConsent: z.boolean(),
  ...fields.traces,
}, ["position", "birthday", "website", "notes"]).meta({ id: "Contact" });

const Row = z.strictObject({
  id: fields.id,
  title: z.string(),
  firstName: z.string(),
  namePrefix: z.string(),
  lastName: z.string(),
  nameSuffix: z.string(),
  status: z.enum(statuses),
  ownerId: fields.id.nullable(),
  companyId: fields.id.nullable(),
  company: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  tags: z.array(z.string()),
  lastTouchAt: fields.instant,
  createdAt: fields.instant,
}).meta({ id: "ContactRow" });

/** What may be changed, as it stands. */
const changeable = (contact: contacts.Contact) => ({
  ...Object.fromEntries(
    Object.keys(person).map((name) => [name, contact[name as keyof typeof contact]]),
  ) as { [Name in keyof typeof person]: contacts.Contact[Name] },
  source: contact.source,
  legalBasis: contact.legalBasis,
  purpose: contact.purpose,
});

const itemOf = (contact: contacts.Contact, custom: z.output<typeof Custom>) => ({
  id: contact.id,
  version: contact.version,
  ...changeable(contact),
  custom,
  sourceChannel: contact.sourceChannel,
  greeting: contact.greeting,
  noticeDueOn: contact.noticeDueOn,
  noticeSentAt: contact.noticeSentAt,
  noticeException: contact.noticeException?.ground ?? null,
  objections: contact.objections.map(({ channel, objectedAt }) => ({
    channel,
    since: new Date(objectedAt).toISOString(),
  })),
  hasConsent: contact.agreed.length > 0,
  lastTouchAt: contact.lastTouchAt,
  createdAt: contact.createdAt,
  updatedAt: contact.updatedAt,
});

const rowOf = (row: Written<lists.ContactRow>) => ({
  id: row.id,
  title: row.title,
  firstName: row.firstName,
  namePrefix: row.namePrefix,
  lastName: row.lastName,
  nameSuffix: row.nameSuffix,
  status: row.status,
  ownerId: row.ownerId,
  companyId: row.summary.companyId ?? null,
  company: row.summary.company ?? null,
  email: row.summary.email ?? null,
  phone: row.summary.phone ?? null,
  city: row.summary.city ?? null,
  tags: row.summary.tags ?? [],
  lastTouchAt: rewriteInstant(row.lastTouchAt),
  createdAt: rewriteInstant(row.createdAt),
});

/** A body as the form of the pages reads it, whose rules hold here as well. */
function formOf(
  { ownerId, birthday, companies, ...rest }: z.output<typeof Change>,
): Record<string, unknown> {
  return {
    ...rest,
    ownerId: ownerId ?? "",
    birthday: birthday ?? "",
    companies: companies?.map((place) => ({
      id: place.companyId ?? "",
      name: place.companyName,
      role: place.role,
      department: place.department,
      since: place.sinceOn ?? "",
      until: place.untilOn ?? "",
    })),
  };
}

/** How a program calls what the form calls otherwise. */
const rename = (name: string) =>
  name.replace(/^(companies\.\d+\.)(\w+)$/, (_, row, field) => row + (places[field] ?? field));
const places: Record<string, string> = {
  id: "companyId",
  name: "companyName",
  since: "sinceOn",
  until: "untilOn",
};

/** Places of work with the names of the companies that are named by id alone. */
async function withNames<B extends z.output<typeof Change>>(c: Ctx, body: B): Promise<B> {
  if (!body.companies) return body;
  const companies = [];
  for (const [index, place] of body.companies.entries()) {
    const at = `/companies/${index}/companyId`;
    companies.push({ ...place, companyName: await companyName(c, place, at) });
  }
  return { ...body, companies };
}

/** Persons who were erased, object or are restricted are not taken in again by a program. */
async function assertWelcome(
  c: Ctx,
  input: Reachable,
  before: contacts.Contact | null = null,
): Promise<void> {
  const faults = (await barredIn(c, input, before))
    .map(({ at }) => fault(c.var, at, "api.suppressed"));
  if (faults.length > 0) throw new Problem("suppressed", { errors: faults });
}

export default resource({
  noun: "contacts",
  limited: "contact",
  merged: "contact",
  rights: { read: "contacts.read", write: "contacts.write", remove: "contacts.delete" },
  filters: filters.contact,
  wanted: (c) => wantedBy(c, "contact"),
  schemas: { Create, Change, Item, Row },
  list: (c, { filter, order, cursor, size }) =>
    lists.listWritten(c.var.scope, filter, order, cursor, size),
  asksFirst: (c, { filter, order, cursor }) =>
    asksFirst(c.var.scope, "contact", filter, order, cursor),
  rowOf,
  async find(c, id) {
    const contact = await contacts.find(c.var.scope, id);
    return itemOf(contact, await customValuesOf(c, "contact", contact.custom));
  },
  async create(c, id, { allowDuplicate, custom, ...body }) {
    const country = callerOf(c).tenantCountry;
    const form = formOf(await withNames(c, body));
    const value = shaped(c, NewContact(country), form, rename);
    const origin = originOf(c.var.view, value);
    const own = await customOf(c, "contact", custom, { fresh: true });
    const input = inputOf(value, origin, own);
    if (!await ownerKnown(c.var.scope, input.ownerId)) {
      throw refused(c, "/ownerId", "records.owner_unknown");
    }
    await assertWelcome(c, input);
    if (!allowDuplicate) assertNew(await contactsAs(c.var.scope, country, { ...form }));
    await contacts.create(c.var.scope, id, input, origin.collected, "api");
  },
  async update(c, id, { custom, ...body }) {
    const contact = await contacts.find(c.var.scope, id);
    const whole = formOf({ ...changeable(contact), ...await withNames(c, body) });
    const schema = OldContact(callerOf(c).tenantCountry, contact);
    const value = shaped(c, schema, { ...whole, version: contact.version }, rename);
    const own = await customOf(c, "contact", custom, { fresh: false });
    const input = inputOf(value, value, own);
    if (input.ownerId !== contact.ownerId && !await ownerKnown(c.var.scope, input.ownerId)) {
      throw refused(c, "/ownerId", "records.owner_unknown");
    }
    await assertWelcome(c, input, contact);
    const { scope, services: { config } } = c.var;
    await contacts.update(scope, config.secretKey, id, contact.version, input);
  },
  remove: (c, id) => contacts.remove(c.var.scope, id),
});
