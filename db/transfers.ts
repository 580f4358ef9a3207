/**
 * Handing a person's data to another controller (Art. 20(2) GDPR), by a link that works once or by
 * a PUT to a host in the register; what is handed over is made at that moment and stored nowhere.
 */
import * as caseEvents from "./case_events.ts";
import type { Party } from "./case_events.ts";
import type { CaseItem } from "./case_items.ts";
import * as casePersons from "./case_persons.ts";
import { Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { KeyStore } from "./key_store.ts";
import type { AnySql } from "./pool.ts";
import * as portability from "./portability.ts";
import type { PortableDocument } from "./portability_documents.ts";
import * as processors from "./processors.ts";
import type { Scope } from "./scope.ts";
import { newToken, tokenDigest } from "./sessions.ts";
import { sign } from "./signing_keys.ts";
import * as tenantSeals from "./tenant_seals.ts";
import * as transmissions from "./transmissions.ts";

/** How long a link is valid, in days. */
const days = 14;

export interface Transfer {
  id: string;
  caseId: string;
  itemId: string;
  way: "link" | "push";
  recipient: string;
  status: "open" | "done" | "failed";
  errorCode: string | null;
  createdAt: Date;
  expiresAt: Date;
  doneAt: Date | null;
  /** When a failed push is tried again. */
  retryAt: Date | null;
}

const columns = (sql: Scope["sql"]) =>
  sql`
    t.id, t.case_id, t.item_id, t.way, t.recipient, t.status, t.error_code, t.created_at,
      t.expires_at, t.done_at, t.retry_at`;

/** The transfers of a case, newest first. */
export async function list({ sql, tenantId }: Scope, caseId: string): Promise<Transfer[]> {
  return await sql<Transfer[]>`
    select ${columns(sql)}
    from transfers t
    where t.tenant_id = ${tenantId}
      and t.case_id = ${caseId}
    order by t.created_at desc, t.id desc
    limit 50
  `;
}

/** A controller in the register that data may be sent to, at its own hosts. */
export interface Destination {
  id: string;
  name: string;
  hosts: processors.Host[];
}

/** Controllers in the register that data may be sent to: open ones with hosts of their own. */
export async function destinations(scope: Scope): Promise<Destination[]> {
  const all = await processors.list(scope.sql);
  return all.filter((each) =>
    each.role === "controller" && each.hosts.length > 0 && processors.isOpen(each, scope.now)
  ).map(({ id, name, hosts }) => ({ id, name, hosts }));
}

/** Whether an address is at one of these hosts and carries no credentials. */
export function isAt(hosts: readonly processors.Host[], url: string): boolean {
  const to = URL.parse(url);
  const port = Number(to?.port || (to?.protocol === "http:" ? 80 : 443));
  return to !== null && !to.username && !to.password && /^https?:$/.test(to.protocol) &&
    hosts.some((each) => each.host === to.hostname && each.port === port);
}

/** The stages of a case in which data may be handed over: the officer has approved it. */
export const passed = ["execution", "proof", "done", "partial"];

function assertPassed({ right, status }: CaseItem): void {
  if (right !== "portability" || !passed.includes(status)) throw new Invalid("case.step", "way");
}

/** Creates a link; its token is returned once. Throws Invalid `case.step` before the approval. */
export async function offer(
  scope: Scope,
  item: CaseItem,
  recipient: string,
  by: Party,
): Promise<string> {
  assertPassed(item);
  const token = newToken();
  await insert(scope, item, { way: "link", recipient, tokenDigest: tokenDigest(token) });
  const { id: itemId, caseId } = item;
  await caseEvents.append(scope, { caseId, itemId, action: "transfer_offered", by });
  return token;
}

/**
 * Has the data sent to an address of a register entry. Throws Invalid: `case.step` before the
 * approval, `transfers.host` for an address that is not the entry's own, `option` for no entry.
 */
export async function push(
  scope: Scope,
  store: KeyStore,
  item: CaseItem,
  { processorId, url }: { processorId: string; url: string },
  by: Party,
): Promise<void> {
  assertPassed(item);
  const entry = await processors.lookup(scope.sql, processorId);
  if (entry?.role !== "controller" || !processors.isOpen(entry, scope.now)) {
    throw new Invalid("option", "processorId");
  }
  if (!isAt(entry.hosts, url)) throw new Invalid("transfers.host", "url");
  const id = await insert(scope, item, {
    way: "push",
    recipient: entry.name,
    processorId,
    urlSealed: (id) => tenantSeals.seal(scope, store, useOf(scope.tenantId, id), url),
  });
  await enqueue(scope.sql, "push_transfer", scope.tenantId, { transferId: id });
  const { id: itemId, caseId } = item;
  await caseEvents.append(scope, { caseId, itemId, action: "transfer_ordered", by });
}

async function insert(
  { sql, tenantId, actor, now }: Scope,
  { id: itemId, caseId }: CaseItem,
  { urlSealed, ...row }: {
    way: "link" | "push";
    recipient: string;
    tokenDigest?: Uint8Array;
    processorId?: string;
    urlSealed?: (id: string) => Promise<Uint8Array>;
  },
): Promise<string> {
  const id = newId();
  await sql`insert into transfers ${
    sql({
      tenantId,
      id,
      caseId,
      itemId,
      ...row,
      ...(urlSealed ? { urlSealed: await urlSealed(id) } : {}),
      status: "open",
      createdAt: now,
      createdBy: actor.userId,
      expiresAt: new Date(now.getTime() + days * 86_400_000),
    })
  }`;
  return id;
}

/** The purpose for which its address is sealed. */
export const useOf = (tenantId: string, id: string) => `transfer ${tenantId} ${id}`;

/** Which transfer a token's link belongs to, or null. Changes nothing. */
export async function route(
  sql: AnySql,
  token: string,
): Promise<{ tenantId: string; id: string } | null> {
  const [row] = await sql<{ tenantId: string; id: string }[]>`
    select tenant_id, id
    from transfer_by_digest(${tokenDigest(token)})
  `;
  return row ?? null;
}

/** A link that still works, or null. */
export async function lookupLive({ sql, tenantId, now }: Scope, id: string) {
  const [row] = await sql<Transfer[]>`
    select ${columns(sql)}
    from transfers t
    where t.tenant_id = ${tenantId}
      and t.id = ${id}
      and t.way = 'link'
      and t.status = 'open'
      and t.expires_at > ${now}
  `;
  return row ?? null;
}

/** The document with its signature, detached (RFC 7515, appendix F). */
export interface Signed {
  body: string;
  signature: string;
}

/** The document of a case's person. Throws NotFound if there is none. */
export async function make(
  scope: Scope,
  { secretKey, baseUrl }: { secretKey: string; baseUrl: string },
  caseId: string,
): Promise<Signed> {
  const person = await casePersons.resolve(scope, caseId);
  const document = person && await portability.read(scope, baseUrl, person);
  if (!document) throw new NotFound("person");
  return await signed(secretKey, document);
}

async function signed(secretKey: string, document: PortableDocument): Promise<Signed> {
  const [header, , signature] = (await sign(secretKey, document)).split(".");
  return { body: JSON.stringify(document), signature: `${header}..${signature}` };
}

/** Redeems a link: of many concurrent callers exactly one gets the document, the others null. */
export async function pull(
  scope: Scope,
  keys: { secretKey: string; baseUrl: string },
  id: string,
): Promise<Signed | null> {
  const { sql, tenantId, now } = scope;
  const [row] = await sql<{ caseId: string; itemId: string; recipient: string }[]>`
    update transfers
    set status = 'done', done_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
      and way = 'link'
      and status = 'open'
      and expires_at > ${now}
    returning case_id, item_id, recipient
  `;
  if (!row) return null;
  const made = await make(scope, keys, row.caseId);
  await record(scope, row.caseId, row.recipient);
  const { caseId, itemId } = row;
  await noteDone(scope, { caseId, itemId });
  return made;
}

/** Records that another controller has got the data, of which the person is informed (Art. 12(3)). */
export async function noteDone(
  scope: Scope,
  { caseId, itemId }: { caseId: string; itemId: string },
): Promise<void> {
  await caseEvents.append(scope, { caseId, itemId, action: "transfer_done", by: system });
  const notice = { caseId, itemId, notice: "transfer" } as const;
  await enqueue(scope.sql, "write_person", scope.tenantId, notice);
}

/** Whoever got the data is a recipient from now on (Art. 15(1)(c), 19). */
export async function record(scope: Scope, caseId: string, recipient: string): Promise<void> {
  const ids = (await casePersons.resolve(scope, caseId))?.contactIds ?? [];
  await transmissions.record(
    scope,
    { kind: "transfer", recipient, reach: "" },
    scope.sql`select unnest(${[...ids]}::uuid[])`,
  );
}

const system = { kind: "system", id: null } as const;
