/** Writes mail as a person does: the form, the preview, the button. */
import { newId } from "../../db/ids.ts";
import type { Fields } from "./app.ts";
import type { Person } from "./cast.ts";
import { decode, values } from "./html.ts";

/** Creates a contact with an address, as a person does. Returns its id. */
export async function contactOf(person: Person, fields: Fields = {}): Promise<string> {
  const id = newId();
  const answer = await person.post("/contacts/new", {
    id,
    origin: "inquiry",
    salutation: "ms",
    firstName: "Nora",
    lastName: `Nordmann ${id.slice(-6)}`,
    language: "de",
    "emails.0.address": `nora.${id}@example.org`,
    "emails.0.kind": "work",
    _anyway: "1",
    ...fields,
  });
  if (answer.status !== 303) throw new Error(await answer.text());
  return id;
}

/** The first address that `contactOf` gives a contact. */
export const addressOf = (id: string): string => `nora.${id}@example.org`;

/** Saves a mail as a draft. Returns its id. */
export async function draft(person: Person, fields: Fields = {}): Promise<string> {
  const id = newId();
  const answer = await person.post("/messages/new", {
    id,
    to: "somebody@example.org",
    subject: "Angebot",
    body: "Guten Tag,\n\nanbei das Angebot.",
    kind: "correspondence",
    language: "de",
    ...fields,
  });
  if (answer.status !== 303) throw new Error(await answer.text());
  return id;
}

/** Writes a mail and sends it, up to the queue. Returns its id. */
export async function send(person: Person, fields: Fields = {}): Promise<string> {
  const id = await draft(person, fields);
  const answer = await person.post(`/messages/${id}/dispatch`);
  if (answer.status !== 303) throw new Error(await answer.text());
  return id;
}

/** What is stored of a mail. */
export async function stored(person: Person, id: string) {
  const [row] = await person.test.db.owner`
    select m.state, m.error_code, m.from_address, m.from_name, m.subject, m.body_text, m.body_html,
      m.reference_ids, m.thread_id, m.message_id_header, o.attempts, o.claimed_until,
      o.handed_over_at, o.draft
    from messages m
    join outgoing_messages o on o.tenant_id = m.tenant_id and o.message_id = m.id
    where m.tenant_id = ${person.tenantId}
      and m.id = ${id}
  `;
  return row;
}

/** Makes waiting retries due, as an hour's wait would. */
export const hurry = ({ test: { db } }: Person) =>
  db.owner`update jobs.job set start_after = now() where state = 'retry'`;

/** What the form of a mail would send. */
export function mailForm(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (
    const name of [
      "id",
      "contactId",
      "companyId",
      "dealId",
      "answersId",
      "to",
      "cc",
      "bcc",
      "subject",
    ]
  ) {
    fields[name] = values(html, name)[0] ?? "";
  }
  for (
    const [, name, text] of html.matchAll(/<textarea[^>]*\sname="(\w+)"[^>]*>([^]*?)<\/textarea>/g)
  ) {
    fields[name!] = decode(text!);
  }
  const select = /<select[^>]*\sname="language"[^>]*>([^]*?)<\/select>/.exec(html)?.[1] ?? "";
  fields.language = /<option value="(\w+)" selected/.exec(select)?.[1] ?? "";
  return fields;
}

/** Discards what earlier tests of the file left in the queue. */
export const emptyQueue = ({ test: { db } }: Person) =>
  db.owner`delete from jobs.job where name in ('send_message', 'check_mail_account')`;
