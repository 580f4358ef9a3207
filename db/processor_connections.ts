/** How processors are spoken to: what may be read again, and secrets that are only ever used. */
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

/** A connection as the operator is shown it: which secrets there are, not what they say. */
export interface ShownConnection {
  settings: Settings;
  updatedAt: Date;
}

/** What a secret of it is sealed for. */
export const useOf = (processorId: string) => `processor connection ${processorId}`;

/** What may be shown of a connection; null where there is none. */
export async function lookup(sql: AnySql, processorId: string): Promise<ShownConnection | null> {
  const [found] = await sql<ShownConnection[]>`
    select settings, updated_at
    from processor_connections
    where processor_id = ${processorId}
  `;
  return found ?? null;
}

/** The whole connection, for the connector alone; null where there is none. Throws SecretBroken. */
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
 * Writes a connection and where it leads. An empty secret keeps the one before, as long as no
 * address changes: a kept key goes to the server it was given for. Throws NotFound or Invalid.
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
      // What no key opens any more is written anew as if there had been none.
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

/** Forgets how a processor is spoken to, and its secrets with it. Throws NotFound or Invalid. */
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
