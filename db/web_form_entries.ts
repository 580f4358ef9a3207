/**
 * What strangers enter into a house's forms. It waits until the address has confirmed it; only then
 * a contact is made, or who is there already gets a note: nobody's record is overwritten. Who objected
 * or was erased may ask as anybody does: to them too the mail goes, which advertises nothing.
 */
import * as activities from "./activities.ts";
import { now as clock } from "./clock.ts";
import * as consents from "./consents.ts";
import * as contacts from "./contacts.ts";
import { newId } from "./ids.ts";
import * as notices from "./notices.ts";
import * as objections from "./objections.ts";
import type { AnySql } from "./pool.ts";
import { retentionClasses } from "./retention_classes.ts";
import type { Scope } from "./scope.ts";
import { newToken, tokenDigest } from "./sessions.ts";
import * as suppressions from "./suppressions.ts";
import * as webForms from "./web_forms.ts";

export interface EntryInput {
  email: string;
  firstName: string;
  lastName: string;
  /** As it is stored, or as it was typed where no number can be read. */
  phone: string;
  company: string;
  message: string;
  /** Whether the form's consent was ticked. */
  consents: boolean;
  language: "de" | "en";
}

interface Entry extends EntryInput {
  id: string;
  formId: string;
  textId: string;
  createdAt: Date;
  confirmedAt: Date | null;
}

/** How long an entry waits for its confirmation. */
const waits = Temporal.Duration.from(retentionClasses.form_entry.period).total("milliseconds");

/** Keeps an entry until it is confirmed; the token of its link, which is stored nowhere. */
export async function create(
  { sql, tenantId, now }: Scope,
  { id: formId, textId }: Pick<webForms.WebForm, "id" | "textId">,
  input: EntryInput,
): Promise<string> {
  const token = newToken();
  await sql`insert into web_form_entries ${
    sql({
      tenantId,
      id: newId(),
      formId,
      textId,
      ...input,
      tokenDigest: tokenDigest(token),
      createdAt: now,
    })
  }`;
  return token;
}

/** Whose link it is, or null once it is over. Changes nothing. */
export async function lookup(
  sql: AnySql,
  token: string,
): Promise<{ tenantId: string; id: string } | null> {
  const since = new Date(clock().getTime() - waits);
  const [found] = await sql<{ tenantId: string; id: string }[]>`
    select tenant_id, id
    from web_form_entry_by_digest(${tokenDigest(token)}, ${since})
  `;
  return found ?? null;
}

/** What an entry's page says of it. */
export interface Shown extends Pick<Entry, "formId" | "language" | "confirmedAt"> {
  /** The words that were ticked, and are agreed to with the address; empty where they were not. */
  consent: string;
}

/** The entry as its page shows it; null for one that is gone. */
export async function find({ sql, tenantId }: Scope, id: string): Promise<Shown | null> {
  const [entry] = await sql<Shown[]>`
    select e.form_id, e.language, e.confirmed_at,
      case when e.consents then coalesce(t.words -> e.language ->> 'consent', '') else '' end as consent
    from web_form_entries e
    join web_form_texts t on t.tenant_id = e.tenant_id and t.id = e.text_id
    where e.tenant_id = ${tenantId}
      and e.id = ${id}
  `;
  return entry ?? null;
}

/**
 * The address has confirmed: a contact is made with source, basis and consent, or the one of that
 * address gets a note. The entry is emptied. Safe to repeat.
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
      message, created_at, confirmed_at
    from web_form_entries
    where tenant_id = ${tenantId}
      and id = ${id}
    for update
  `;
  if (!entry || entry.confirmedAt) return;
  const form = await webForms.find(scope, entry.formId);
  const known = await contactOf(scope, entry.email);
  const contactId = known?.id ?? await contactFrom(scope, form, entry, words);
  // Of restricted persons nobody is told.
  const teller = known?.restricted ? { ...form, ownerId: null } : form;
  if (known) await note(scope, teller, contactId, words.proposal(entry));
  else if (entry.message) await note(scope, teller, contactId, entry.message);
  if (entry.consents) {
    await agree(scope, form, entry, contactId, words);
    await reopen(scope, secretKey, entry, contactId, words.proof(entry, now));
  }
  await sql`
    update web_form_entries
    set confirmed_at = ${now}, email = '', first_name = '', last_name = '', phone = '',
      company = '', message = ''
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}

/** What the records say of a form, in the house's language. */
export interface Wording {
  source: (form: webForms.WebForm) => string;
  /** What was entered of somebody who is there already, to be taken over by hand or not. */
  proposal: (entry: EntryInput) => string;
  proof: (entry: { createdAt: Date }, confirmedAt: Date) => string;
  version: (form: webForms.WebForm, number: number, consent: string) => string;
}

/**
 * The oldest living contact with an address. Restricted persons count: a second record of theirs
 * would lead around the restriction, and a note on theirs is seen only when that ends.
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
      // Who writes first wants an answer (Art. 6(1)(b) GDPR); advertising rests on the consent alone.
      legalBasis: "pre_contract",
      purpose: "sales",
      emails: [{ kind: "work", address: entry.email }],
      phones: entry.phone ? [{ kind: "work", number: entry.phone }] : [],
      addresses: [],
      companies: company,
      tags: form.tag ? [form.tag] : [],
    },
    "from_person",
    "form",
  );
  // The form itself carried the notice of Art. 13, before anything was entered.
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
    givenOn: notices.dayOf(scope.now),
    givenHow: "form",
    proof: words.proof(entry, scope.now),
  });
}

/**
 * The newer will of whoever reads the address: what they objected to before ends for mail, on their
 * record and on one of theirs in the trash, and the address is open again; all else stays as it was.
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

/** Removes what was never confirmed in time, in all houses; the number of rows. */
export async function removeOld(sql: AnySql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select expire_web_form_entries(${new Date(clock().getTime() - waits)}) as count
  `;
  return row!.count;
}
