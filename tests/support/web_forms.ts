/** Web forms for tests: created in the settings, filled in by strangers, confirmed by the mail. */
import { equal, match } from "node:assert/strict";
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import * as webFormFields from "../../db/web_form_fields.ts";
import * as webForms from "../../db/web_forms.ts";
import { issuedAt, ownMark } from "../../routes/form_marks.ts";
import { Client, type Fields, type TestApp } from "./app.ts";
import type { Person } from "./cast.ts";
import { text } from "./html.ts";

/** A form's settings as an admin sends them. */
export const settings = (more: Fields = {}) => ({
  id: newId(),
  name: "Kontaktformular",
  slug: `k-${newId().slice(-12)}`,
  fields: ["firstName", "phone", "company", "message"],
  tag: "Website",
  active: "on",
  "de.title": "Schreiben Sie uns",
  "de.intro": "Wir antworten rasch.",
  "de.consent": "Ich möchte Neuigkeiten per E-Mail erhalten.",
  "en.title": "Write to us",
  "en.consent": "I want news by e-mail.",
  ...more,
});

export interface MadeForm {
  id: string;
  path: string;
  sent: ReturnType<typeof settings>;
  /** Opens the page: what is sent from now on refers to the form as it is now. */
  look(): Promise<void>;
}

/** What the form last shown said about custom fields, by form. */
const seen = new Map<string, string>();

/** Creates a form in the settings. Returns its address and id. */
export async function make(who: Person, more: Fields = {}): Promise<MadeForm> {
  const sent = settings(more);
  const answer = await who.post("/settings/forms/new", sent);
  equal(answer.status, 303, await text(answer));
  const { owner } = who.test.db;
  const [tenant] = await owner`select slug from tenants where id = ${who.tenantId}`;
  const id = String(sent.id);
  const look = () =>
    who.scope(async (scope) => {
      seen.set(id, ownMark(await webFormFields.of(scope, await webForms.find(scope, id))));
    });
  await look();
  return { id, path: `/f/${tenant!.slug}/${sent.slug}`, sent, look };
}

const minute = 60_000;

/** The token of a form that was shown a minute ago by default. */
export const ago = ({ services: { config } }: TestApp, form: string, ms = minute) =>
  issuedAt(
    config.secretKey,
    { id: form, textNumber: 1 },
    new Date(now().getTime() - ms),
    seen.get(form),
  );

/** What somebody enters. */
export const entry = (test: TestApp, form: string, more: Fields = {}) => ({
  issued: ago(test, form),
  homepage: "",
  firstName: "Petra",
  lastName: "Person",
  email: `petra.${newId()}@person.example`,
  phone: "040 6696 91",
  company: "Person & Partner",
  message: "Bitte rufen Sie an.",
  consent: "1",
  ...more,
});

let networks = Math.floor(Math.random() * 60_000);

/** Somebody from a network of their own. */
export const stranger = (test: TestApp) => {
  networks++;
  const ip = `10.${(networks >> 8) & 255}.${networks & 255}.1`;
  return new Client(test, { "X-Forwarded-For": ip });
};

/** The link in a mail. */
export const linkIn = (text: string) => /(\/form-confirmations\/[A-Za-z0-9_-]{43})/.exec(text)![1]!;

/** Fills in a form and confirms it. */
export async function fill(test: TestApp, form: MadeForm, more: Fields = {}) {
  await form.look();
  const { consent, ...rest } = entry(test, form.id, more);
  // A box that was not ticked is not sent.
  const sent = { ...rest, ...(consent ? { consent } : {}) };
  equal((await stranger(test).post(form.path, sent)).status, 200);
  const { owner } = test.db;
  const [mail] = await owner<{ text: string }[]>`
    select body_text as text from mails where recipient = ${sent.email} order by id desc limit 1
  `;
  if (mail) {
    const page = await (await stranger(test).post(linkIn(mail.text))).text();
    match(page, /<h1[^>]*>(Angaben bestätigt|What you entered is confirmed)</);
  }
  return { sent, written: mail !== undefined };
}

/** The contacts with an address. */
export const contactsOf = ({ db: { owner } }: TestApp, email: string) =>
  owner<{ id: string; sourceChannel: string }[]>`
    select c.id, c.source_channel
    from emails e
    join contacts c on c.tenant_id = e.tenant_id and c.id = e.contact_id
    where e.address = ${email}
  `;
