/** How we connect to processors: settings that can be read, and secrets that are only used. */
import { now } from "./clock.ts";
import * as egressHosts from "./egress_hosts.ts";
import { Invalid } from "./errors.ts";
import { assertNoneInBucket } from "./file_places.ts";
import type { AnySql, Sql } from "./pool.ts";
import { find, type Host } from "./processors.ts";
import { writeHosts } from "./processor_entries.ts";
import * as sealedSecrets from "./sealed_secrets.ts";

/** What may be shown: addresses, names of buckets and clusters. */
export type Settings = Record<string, string>;
/** What is never shown again. */
export type Secrets = Record<string, string>;

export interface Connection {
  settings: Settings;
  secrets: Secrets;
}

/** A connection as shown to the operator: which secrets exist, but not their values. */
export interface ShownConnection {
  settings: Settings;
  updatedAt: Date;
}

/** The purpose for which a connection's secrets are sealed. */
export const useOf = (processorId: string) => `processor connection ${processorId}`;

/** The part of a connection that may be shown; null if there is none. */
export async function lookup(sql: AnySql, processorId: string): Promise<ShownConnection | null> {
  const [found] = await sql<ShownConnection[]>`
    select settings, updated_at
    from processor_connections
    where processor_id = ${processorId}
  `;
  return found ?? null;
}

/** The whole connection, for the connector only; null if there is none. Throws SecretBroken. */
export async function open(
  sql: AnySql,
  secretKey: string,
  processorId: string,
): Promise<Connection | null> {
  const [found] = await sql<{ settings: Settings; secrets: Uint8Array }[]>`
    select settings, secrets
    from processor_connections
    where processor_id = ${processorId}
  `;
  if (!found) return null;
  const text = sealedSecrets.open(secretKey, useOf(processorId), found.secrets);
  return { settings: found.settings, secrets: JSON.parse(text) };
}

/**
 * Stores a connection and where it leads. An empty secret keeps the previous one as long as no
 * address changes: a kept key is only sent to the server it was given for. Throws NotFound or
 * Invalid.
 */
export async function update(
  pool: Sql,
  secretKey: string,
  processorId: string,
  { settings, secrets }: Connection,
  hosts: readonly Host[],
): Promise<void> {
  await pool.begin(async (sql) => {
    const processor = await find(sql, processorId);
    const before = await open(sql, secretKey, processorId).catch((error) => {
      // Secrets that no key opens any more are replaced as if there had been none.
      if (error instanceof sealedSecrets.SecretBroken) return null;
      throw error;
    });
    const moved = before !== null &&
      JSON.stringify(sorted(before.settings)) !== JSON.stringify(sorted(settings));
    if (moved && processor.adapter === "ionos") await assertNoneInBucket(sql, "bucket");
    const kept: Secrets = {};
    for (const [name, value] of Object.entries(secrets)) {
      const text = value || (moved ? "" : before?.secrets[name] ?? "");
      if (!text) throw new Invalid(moved ? "processors.secret_again" : "required", name);
      kept[name] = text;
    }
    const sealed = sealedSecrets.seal(secretKey, useOf(processorId), JSON.stringify(kept));
    await sql`
      insert into processor_connections (processor_id, settings, secrets, updated_at)
      values (${processorId}, ${sql.json(settings)}, ${sealed}, ${now()})
      on conflict (processor_id) do update
      set settings = excluded.settings, secrets = excluded.secrets,
        updated_at = excluded.updated_at
    `;
    await writeHosts(sql, processor.id, hosts);
    await egressHosts.announce(sql);
  });
}

/** Deletes a processor's connection, including its secrets. Throws NotFound or Invalid. */
export async function remove(pool: Sql, processorId: string): Promise<void> {
  await pool.begin(async (sql) => {
    const { adapter } = await find(sql, processorId);
    if (adapter === "ionos") await assertNoneInBucket(sql);
    await sql`delete from processor_connections where processor_id = ${processorId}`;
    await writeHosts(sql, processorId, []);
    await egressHosts.announce(sql);
  });
}

const sorted = (settings: Settings) => Object.entries(settings).sort();
