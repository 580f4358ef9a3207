/**
 * Persons transferred from another controller (Art. 20(2) GDPR): each through an address that
 * accepts one document once; sealed until a user has looked at it and accepts or refuses the
 * contact.
 */
import * as contacts from "./contacts.ts";
import { Invalid, NotFound } from "./errors.ts";
import { unlimited } from "./field_rights.ts";
import { newId } from "./ids.ts";
import type { KeyStore } from "./key_store.ts";
import { origins } from "./origins.ts";
import type { AnySql } from "./pool.ts";
import { notesOf, PortableDocument, type PortablePerson } from "./portability_documents.ts";
import { lengths } from "./record_lengths.ts";
import type { Scope } from "./scope.ts";
import { newToken, tokenDigest } from "./sessions.ts";
import * as tenantSeals from "./tenant_seals.ts";

/** Days for which an address, and what it received, is kept. */
const days = 14;

export interface IncomingTransfer {
  id: string;
  note: string;
  createdAt: Date;
  expiresAt: Date;
  receivedAt: Date | null;
  settledAt: Date | null;
  accepted: boolean | null;
}

const columns = (sql: Scope["sql"]) =>
  sql`t.id, t.note, t.created_at, t.expires_at, t.received_at, t.settled_at, t.accepted`;

/** The tenant's addresses, newest first. */
export async function list({ sql, tenantId }: Scope): Promise<IncomingTransfer[]> {
  return await sql<IncomingTransfer[]>`
    select ${columns(sql)}
    from incoming_transfers t
    where t.tenant_id = ${tenantId}
    order by t.created_at desc, t.id desc
    limit 50
  `;
}

/**
 * Creates an address; its token is returned only this once. Null when the form was already sent.
 */
export async function create(
  scope: Scope,
  { id, note }: { id: string; note: string },
): Promise<string | null> {
  const { sql, tenantId, actor, now } = scope;
  const token = newToken();
  const { count } = await sql`
    insert into incoming_transfers ${
    sql({
      tenantId,
      id,
      note,
      tokenDigest: tokenDigest(token),
      createdAt: now,
      createdBy: actor.userId,
      expiresAt: new Date(now.getTime() + days * 86_400_000),
    })
  }
    on conflict do nothing
  `;
  return count === 0 ? null : token;
}

/** The tenant and address of a token, or null. */
export async function route(
  sql: AnySql,
  token: string,
): Promise<{ tenantId: string; id: string } | null> {
  const [row] = await sql<{ tenantId: string; id: string }[]>`
    select tenant_id, id
    from incoming_transfer_by_digest(${tokenDigest(token)})
  `;
  return row ?? null;
}

/**
 * Accepts a document; of several sent at once, only one. False when the address was used or has
 * expired. Throws Invalid.
 */
export async function receive(
  scope: Scope,
  store: KeyStore,
  id: string,
  text: string,
): Promise<boolean> {
  const { sql, tenantId, now } = scope;
  const content = JSON.stringify(read(text));
  const sealed = await tenantSeals.seal(scope, store, useOf(tenantId, id), content);
  const { count } = await sql`
    update incoming_transfers
    set content_sealed = ${sealed}, received_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
      and received_at is null
      and expires_at > ${now}
  `;
  return count > 0;
}

/** Parses a document as it was sent. Throws Invalid. */
export function read(text: string): PortableDocument {
  const { document } = check(text);
  if (!document) throw new Invalid("transfers.document");
  return document;
}

/** A document, or where it breaks the rules, such as `persons.0.birthday`. */
export type Checked =
  | { document: PortableDocument; faults: [] }
  | { document: null; faults: string[] };

function check(text: string): Checked {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { document: null, faults: [] };
  }
  const parsed = PortableDocument.safeParse(value);
  if (parsed.success) return { document: parsed.data, faults: [] };
  const faults = parsed.error.issues.map(({ path }) => path.join("."));
  return { document: null, faults: [...new Set(faults)].slice(0, most) };
}

/** The most faults that are named. */
const most = 20;

/** The purpose that its secrets are sealed for. */
export const useOf = (tenantId: string, id: string) => `incoming transfer ${tenantId} ${id}`;

/**
 * A received document that nobody has decided on yet; its faults if it arrived under rules that
 * have become stricter since. Throws NotFound.
 */
export async function open(
  scope: Scope,
  store: KeyStore,
  id: string,
): Promise<{ transfer: IncomingTransfer } & Checked> {
  const { contentSealed, ...transfer } = await hold(scope, id);
  const text = await tenantSeals.open(store, useOf(scope.tenantId, id), contentSealed);
  return { transfer, ...check(text) };
}

async function hold(
  { sql, tenantId }: Scope,
  id: string,
): Promise<IncomingTransfer & { contentSealed: Uint8Array }> {
  const [row] = await sql<(IncomingTransfer & { contentSealed: Uint8Array | null })[]>`
    select ${columns(sql)}, t.content_sealed
    from incoming_transfers t
    where t.tenant_id = ${tenantId}
      and t.id = ${id}
    for update
  `;
  if (!row?.contentSealed) throw new NotFound("transfer");
  return { ...row, contentSealed: row.contentSealed };
}

/**
 * Turns the persons into contacts; returns their ids, or null if the document breaks the rules. It
 * is then destroyed. Throws NotFound.
 */
export async function accept(
  scope: Scope,
  store: KeyStore,
  id: string,
): Promise<string[] | null> {
  const { document } = await open(scope, store, id);
  if (!document) return null;
  const ids = await takeIn(scope, document);
  await settle(scope, id, true);
  return ids;
}

/** Creates contacts from a document's persons; returns their ids. */
export async function takeIn(scope: Scope, document: PortableDocument): Promise<string[]> {
  const { name, email } = document.controller;
  const source = `Art. 20 DSGVO: ${name || email}`.slice(0, lengths.source).toWellFormed();
  const ids: string[] = [];
  for (const person of document.persons) {
    const contactId = newId();
    await contacts.create(unlimited(scope), contactId, inputOf(person, source), "from_person");
    ids.push(contactId);
  }
  return ids;
}

/** Destroys the received document. Throws NotFound. */
export async function refuse(scope: Scope, id: string): Promise<void> {
  await hold(scope, id);
  await settle(scope, id, false);
}

async function settle(
  { sql, tenantId, now }: Scope,
  id: string,
  accepted: boolean,
): Promise<void> {
  await sql`
    update incoming_transfers
    set content_sealed = null, settled_at = ${now}, accepted = ${accepted}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}

/** A person who has their data transferred to a tenant is about to do business with it. */
const { legalBasis, purpose } = origins.inquiry;

const inputOf = (person: PortablePerson, source: string): contacts.ContactInput => ({
  salutation: person.salutation,
  title: person.title,
  firstName: person.first_name,
  namePrefix: person.name_prefix,
  lastName: person.last_name,
  nameSuffix: person.name_suffix,
  letterSalutation: "",
  addressForm: person.address_form,
  language: person.language,
  position: person.position,
  birthday: person.birthday,
  customerNumber: person.customer_number,
  status: "lead",
  ownerId: null,
  website: person.website,
  notes: notesOf(person),
  source,
  legalBasis,
  purpose,
  emails: person.emails,
  phones: person.phones,
  addresses: person.addresses.map(({ po_box: poBox, postal_code: postalCode, ...each }) => ({
    ...each,
    poBox,
    postalCode,
  })),
  companies: person.companies.map((each) => ({
    companyId: null,
    companyName: each.name,
    role: each.role,
    department: each.department,
    sinceOn: each.since_on,
    untilOn: each.until_on,
  })),
  tags: [],
});

/** Removes what has waited too long, for all tenants; returns how many. */
export async function removeExpired(sql: AnySql, at: Date): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select expire_incoming_transfers(${at}) as count`;
  return row!.count;
}
