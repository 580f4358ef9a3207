/**
 * What happens to a stranger's entry once the address is confirmed: a contact is created, or an
 * existing one gets a note; nobody's record is overwritten.
 */
import * as advisoryLocks from "./advisory_locks.ts";
import * as activities from "./activities.ts";
import * as consents from "./consents.ts";
import * as contacts from "./contacts.ts";
import type { CustomField } from "./custom_fields.ts";
import type { CustomInput } from "./custom_values.ts";
import { newId } from "./ids.ts";
import { dayOf } from "./local_times.ts";
import * as notices from "./notices.ts";
import * as objections from "./objections.ts";
import type { Scope } from "./scope.ts";
import * as suppressions from "./suppressions.ts";
import type { Entry, EntryInput } from "./web_form_entries.ts";
import * as webFormFields from "./web_form_fields.ts";
import * as webForms from "./web_forms.ts";

/**
 * The address is confirmed: a contact is created with source, legal basis and consent, or the one
 * with that address gets a note. The entry is emptied. Safe to repeat.
 */
export async function confirm(
  scope: Scope,
  secretKey: string,
  id: string,
  words: Wording,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const [entry] = await sql<Entry[]>`
    select id, form_id, text_id, language, consents, email, first_name, last_name, phone, company,
      message, custom, created_at, confirmed_at
    from web_form_entries
    where tenant_id = ${tenantId}
      and id = ${id}
    for update
  `;
  if (!entry || entry.confirmedAt) return;
  const form = await webForms.find(scope, entry.formId);
  // Two entries of one address that are confirmed at once would each create a contact.
  await advisoryLocks.take(scope, "web_form_address", entry.email.toLowerCase());
  const known = await contactOf(scope, entry.email);
  const contactId = known?.id ?? await contactFrom(scope, form, entry, words);
  // Nobody is notified about restricted persons.
  const noted = known?.restricted ? { ...form, ownerId: null } : form;
  if (known) {
    const shared = await place(scope, secretKey, known, entry.custom);
    await note(scope, noted, contactId, words.proposal(entry, shared));
  } else if (entry.message) await note(scope, noted, contactId, entry.message);
  if (entry.consents) {
    await agree(scope, form, entry, contactId, words);
    await reopen(scope, secretKey, entry, contactId, words.proof(entry, now));
  }
  await sql`
    update web_form_entries
    set confirmed_at = ${now}, email = '', first_name = '', last_name = '', phone = '',
      company = '', message = '', custom = '{}'
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}

/** What the records say about a form, in the tenant's language. */
export interface Wording {
  source: (form: webForms.WebForm) => string;
  /** What was entered about somebody already known, to be taken over by hand or not. */
  proposal: (entry: EntryInput, own: Placed) => string;
  proof: (entry: { createdAt: Date }, confirmedAt: Date) => string;
  version: (form: webForms.WebForm, number: number, consent: string) => string;
}

/**
 * The oldest live contact with an address. Restricted ones count: a second record of theirs would
 * bypass the restriction, and a note on theirs is seen only when it ends.
 */
async function contactOf(
  { sql, tenantId }: Scope,
  address: string,
): Promise<{ id: string; restricted: boolean } | null> {
  await sql`set local app.sees_restricted = 'on'`;
  const [row] = await sql<{ id: string; restricted: boolean }[]>`
    select c.id, c.restricted_at is not null as restricted
    from emails e
    join contacts c on c.tenant_id = e.tenant_id and c.id = e.contact_id
    where e.tenant_id = ${tenantId}
      and e.address_key = lower(${address})
      and c.deleted_at is null
    order by c.restricted_at is null, c.created_at, c.id
    limit 1
  `;
  return row ?? null;
}

/** Where custom fields went that came in for an existing contact. */
export interface Placed {
  /** Fields that everybody may see, included in the note. */
  shown: CustomField[];
  /** Fields hidden from some readers of the note, and entered because they were empty. */
  entered: CustomField[];
  /** Fields hidden from some readers, and neither entered nor shown because they have a value. */
  named: CustomField[];
}

/**
 * Everybody who sees the contact can read a note. A value for a field hidden from some of them goes
 * into the field and not into the note; if the field has a value, the note only names it.
 */
async function place(
  scope: Scope,
  secretKey: string,
  { id, restricted }: { id: string; restricted: boolean },
  custom: CustomInput,
): Promise<Placed> {
  const placed: Placed = { shown: [], entered: [], named: [] };
  const given = Object.keys(custom).filter((fieldId) => custom[fieldId]!.length > 0);
  if (given.length === 0) return placed;
  const fields = (await webFormFields.list(scope)).filter((field) => given.includes(field.id));
  placed.shown = fields.filter(({ unsearched }) => !unsearched);
  if (placed.shown.length === fields.length) return placed;
  // Otherwise a save between reading and writing would fail the stranger's request.
  await scope.sql`
    select
    from contacts
    where tenant_id = ${scope.tenantId}
      and id = ${id}
    for no key update
  `;
  const contact = await contacts.find(scope, id);
  const held = new Set(contact.custom.map(({ fieldId }) => fieldId));
  for (const field of fields.filter(({ unsearched }) => unsearched)) {
    placed[restricted || held.has(field.id) ? "named" : "entered"].push(field);
  }
  if (placed.entered.length > 0) {
    const added = placed.entered.map((field) => [field.id, custom[field.id]!] as const);
    await contacts.update(scope, secretKey, id, contact.version, {
      ...contact,
      custom: Object.fromEntries(added),
    });
  }
  return placed;
}

async function contactFrom(
  scope: Scope,
  form: webForms.WebForm,
  entry: Entry,
  words: Wording,
): Promise<string> {
  const id = newId();
  const company = entry.company
    ? [{
      companyId: null,
      companyName: entry.company,
      role: "",
      department: "",
      sinceOn: null,
      untilOn: null,
    }]
    : [];
  await contacts.create(
    scope,
    id,
    {
      salutation: "",
      title: "",
      firstName: entry.firstName,
      namePrefix: "",
      lastName: entry.lastName,
      nameSuffix: "",
      letterSalutation: "",
      addressForm: "formal",
      language: entry.language,
      position: "",
      birthday: null,
      customerNumber: "",
      status: "lead",
      ownerId: form.ownerId,
      website: "",
      notes: "",
      source: words.source(form),
      // Anybody who writes first wants an answer (Art. 6(1)(b) GDPR); marketing needs the consent.
      legalBasis: "pre_contract",
      purpose: "sales",
      emails: [{ kind: "work", address: entry.email }],
      phones: entry.phone ? [{ kind: "work", number: entry.phone }] : [],
      addresses: [],
      companies: company,
      tags: form.tag ? [form.tag] : [],
      custom: entry.custom,
    },
    "from_person",
    "form",
  );
  // The form itself carried the notice under Art. 13, before anything was entered.
  await notices.send(scope, id);
  return id;
}

async function note(
  scope: Scope,
  form: Pick<webForms.WebForm, "name" | "ownerId">,
  contactId: string,
  body: string,
): Promise<void> {
  await activities.create(scope, newId(), {
    kind: "note",
    subject: form.name,
    body,
    priority: "normal",
    ownerId: form.ownerId,
    repeat: null,
    remindBefore: null,
    userIds: [],
    dueDay: null,
    dueTime: null,
    minutes: null,
    lastDay: null,
    contactIds: [contactId],
    companyIds: [],
    dealIds: [],
  });
}

async function agree(
  scope: Scope,
  form: webForms.WebForm,
  entry: Entry,
  contactId: string,
  words: Wording,
): Promise<void> {
  const { number, texts } = await webForms.findTexts(scope, entry.textId);
  await consents.create(scope, contactId, newId(), {
    channels: ["email"],
    purpose: "marketing",
    textVersion: words.version(form, number, texts[entry.language].consent),
    givenOn: dayOf(scope.now),
    givenHow: "form",
    proof: words.proof(entry, scope.now),
  });
}

/**
 * The more recent will of the address's reader: earlier objections end for mail, on their record
 * and on one of theirs in the trash, and the address is open again; everything else stays as it
 * was.
 */
async function reopen(
  scope: Scope,
  secretKey: string,
  { email }: Entry,
  contactId: string,
  proof: string,
): Promise<void> {
  const { sql, tenantId } = scope;
  const gone = await sql<{ id: string }[]>`
    select c.id
    from emails e
    join contacts c on c.tenant_id = e.tenant_id and c.id = e.contact_id
    where e.tenant_id = ${tenantId}
      and e.address_key = lower(${email})
      and c.deleted_at is not null
    order by c.id
    limit 100
  `;
  for (const id of [contactId, ...gone.map(({ id }) => id)]) {
    await objections.endForMail(scope, id, proof);
  }
  await suppressions.reopen(scope, suppressions.hasherOfAll(secretKey, tenantId)(email), "email");
}
