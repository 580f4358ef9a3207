/** Webhooks: who outside is notified of events in a tenant, where, and with which secret. */
import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import * as egressHosts from "./egress_hosts.ts";
import { Invalid, NotFound, Stale } from "./errors.ts";
import type { KeyStore } from "./key_store.ts";
import { cleanHost, faultOfHost } from "./mail_hosts.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";
import { open, seal } from "./tenant_seals.ts";
import type { WebhookKind } from "./webhook_deliveries.ts";

export interface WebhookInput {
  /** The recipient, as named to data subjects. */
  name: string;
  /** The country of the recipient, in the EU or the EEA. */
  country: string;
  /** The recipient's e-mail address, for notices under Art. 19 GDPR. */
  reach: string;
  url: string;
  kinds: readonly WebhookKind[];
}

export interface Webhook extends Omit<WebhookInput, "kinds"> {
  id: string;
  kinds: WebhookKind[];
  host: string;
  failures: number;
  restsUntil: Date | null;
  pausedAt: Date | null;
  version: number;
  createdAt: Date;
}

/** The part of a webhook that is stored sealed. */
interface Sealed {
  url: string;
  secret: string;
}

/** The most webhooks a tenant may have. */
export const most = 10;

export const useOf = (tenantId: string, id: string) => `webhook ${tenantId} ${id}`;

/** A new secret in the format that recipients' libraries expect. */
const newSecret = () => `whsec_${randomBytes(32).toString("base64")}`;

/** The bytes with which a secret signs. */
export const keyOf = (secret: string): Buffer =>
  Buffer.from(secret.replace(/^whsec_/, ""), "base64");

/**
 * Reads a typed address as a webhook's: https, a public name, no credentials in it. In development
 * an address on this machine will do. Null for anything else.
 */
export function addressOf(text: string, production: boolean): URL | null {
  const url = URL.parse(text.trim());
  if (!url || url.username || url.password || url.href.length > 1000) return null;
  url.hash = "";
  const inside = !production && ["localhost", "127.0.0.1"].includes(url.hostname);
  if (url.protocol !== "https:" && !(inside && url.protocol === "http:")) return null;
  if (inside) return url;
  const host = cleanHost(url.hostname);
  const isNumber = /^[\d.]+$/.test(host) || host.includes(":");
  return isNumber || faultOfHost(host, true) !== null ? null : url;
}

const placeOf = ({ hostname, port, protocol }: URL) => ({
  host: hostname,
  port: Number(port || (protocol === "https:" ? 443 : 80)),
});

const columns = (sql: Scope["sql"]) =>
  sql`
    w.id, w.name, w.country, w.reach, w.host, w.kinds, w.failures, w.rests_until, w.paused_at,
    w.version, w.created_at, w.sealed`;

type Row = Omit<Webhook, "url"> & { sealed: Uint8Array };

const opened = async (store: KeyStore, tenantId: string, { id, sealed }: Row): Promise<Sealed> =>
  JSON.parse(await open(store, useOf(tenantId, id), sealed));

async function shown(store: KeyStore, tenantId: string, row: Row): Promise<Webhook> {
  const { url } = await opened(store, tenantId, row);
  const { sealed: _, ...rest } = row;
  return { ...rest, url };
}

/** The tenant's webhooks by name. */
export async function list({ sql, tenantId }: Scope, store: KeyStore): Promise<Webhook[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)}
    from webhooks w
    where w.tenant_id = ${tenantId}
    order by lower(w.name), w.id
    limit ${most}
  `;
  return await Promise.all(rows.map((row) => shown(store, tenantId, row)));
}

/** One webhook; throws NotFound. */
export async function find(scope: Scope, store: KeyStore, id: string): Promise<Webhook> {
  return await shown(store, scope.tenantId, await row(scope, id));
}

/** Whether an active webhook of any tenant leads to a host; to any host if none is given. */
export async function leadsTo(
  sql: AnySql,
  id: string,
  host: string | null = null,
  port: number | null = null,
): Promise<boolean> {
  const [row] = await sql<{ leads: boolean }[]>`
    select webhook_leads_to(${id}, ${host}, ${port}) as leads
  `;
  return row!.leads;
}

/** Where a webhook leads and what it signs with; null if it is gone or paused. */
export async function lookupTarget(
  scope: Scope,
  store: KeyStore,
  id: string,
): Promise<Webhook & Sealed | null> {
  const found = await row(scope, id).catch((error) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
  if (!found || found.pausedAt) return null;
  const { sealed: _, ...rest } = found;
  return { ...rest, ...await opened(store, scope.tenantId, found) };
}

async function row({ sql, tenantId }: Scope, id: string, held = false): Promise<Row> {
  const [found] = await sql<Row[]>`
    select ${columns(sql)}
    from webhooks w
    where w.tenant_id = ${tenantId}
      and w.id = ${id}
    ${held ? sql`for update` : sql``}
  `;
  if (!found) throw new NotFound("webhook");
  return found;
}

/**
 * Adds a webhook under the id its form was created with. Returns its secret, which is shown only
 * this once; null if the form was sent before. Throws Invalid if there are too many.
 */
export async function create(
  scope: Scope,
  store: KeyStore,
  id: string,
  { url, ...input }: WebhookInput,
): Promise<string | null> {
  const { sql, tenantId, actor, now } = scope;
  await advisoryLocks.take(scope, "webhooks");
  const present = await list(scope, store);
  if (present.some((each) => each.id === id)) return null;
  if (present.length >= most) throw new Invalid(`webhooks.too_many?max=${most}`, "name");
  const secret = newSecret();
  const sealed = await seal(scope, store, useOf(tenantId, id), JSON.stringify({ url, secret }));
  await sql`insert into webhooks ${
    sql({
      tenantId,
      id,
      ...input,
      kinds: [...input.kinds],
      ...placeOf(new URL(url)),
      sealed,
      createdAt: now,
      createdBy: actor.userId,
      updatedAt: now,
    })
  }`;
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "webhook_created" });
  await egressHosts.announce(sql);
  return secret;
}

/** Overwrites a webhook and activates it again; its secret stays. Throws NotFound and Stale. */
export async function update(
  scope: Scope,
  store: KeyStore,
  id: string,
  version: number,
  { url, ...input }: WebhookInput,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const before = await row(scope, id, true);
  if (before.version !== version) throw new Stale("webhook", before.version);
  const { secret } = await opened(store, tenantId, before);
  const sealed = await seal(scope, store, useOf(tenantId, id), JSON.stringify({ url, secret }));
  const { count } = await sql`
    update webhooks
    set ${
    sql({ ...input, kinds: [...input.kinds], ...placeOf(new URL(url)), sealed, updatedAt: now })
  }, failures = 0, rests_until = null, paused_at = null, version = version + 1
    where tenant_id = ${tenantId}
      and id = ${id}
      and version = ${version}
  `;
  if (count === 0) throw new Stale("webhook", version + 1);
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "webhook_updated" });
  await egressHosts.announce(sql);
}

/** Gives a webhook a new secret, returned only this once; the old one no longer signs anything. */
export async function renewSecret(scope: Scope, store: KeyStore, id: string): Promise<string> {
  const { sql, tenantId, now } = scope;
  const { url } = await opened(store, tenantId, await row(scope, id, true));
  const secret = newSecret();
  const sealed = await seal(scope, store, useOf(tenantId, id), JSON.stringify({ url, secret }));
  await sql`
    update webhooks
    set sealed = ${sealed}, updated_at = ${now}, version = version + 1
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "webhook_secret_renewed" });
  return secret;
}

/**
 * Removes a webhook and its pending deliveries; the record of whom it was told about is kept.
 * Throws NotFound.
 */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId } = scope;
  const { count } = await sql`
    delete from webhooks
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (count === 0) throw new NotFound("webhook");
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "webhook_removed" });
  await egressHosts.announce(sql);
}
