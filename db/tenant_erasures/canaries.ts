/**
 * What the search after an erasure looks for: a record planted at the freeze, and a word that
 * remains.
 */
import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { now } from "../clock.ts";
import type { AnySql } from "../pool.ts";

/** A word that occurs nowhere else. */
export const newWord = (): string => `kanarie${randomBytes(16).toString("hex")}`;

/** The form in which a word is stored for the search, which must not find it there. */
export const backwards = (word: string): string => [...word].reverse().join("");

/** Plants a contact and a company that contain the word, under the erasure's own id. */
export async function plant(
  sql: AnySql,
  { id, tenantId, word }: { id: string; tenantId: string; word: string },
): Promise<void> {
  const at = now();
  await sql`
    insert into companies (tenant_id, id, name, notes, search, source, last_touch_at, created_at, updated_at)
    values (${tenantId}, ${id}, ${word}, ${word}, ${` ${word} `}, ${word}, ${at}, ${at}, ${at})
    on conflict (tenant_id, id) do nothing
  `;
  await sql`
    insert into contacts (
      tenant_id, id, last_name, notes, search, source, source_channel, legal_basis, purpose,
      last_touch_at, created_at, updated_at
    )
    values (
      ${tenantId}, ${id}, ${word}, ${word}, ${` ${word} `}, ${word}, 'manual', 'contract', 'sales',
      ${at}, ${at}, ${at}
    )
    on conflict (tenant_id, id) do nothing
  `;
}

/** Removes them again because the notice was withdrawn. */
export async function unplant(sql: AnySql, id: string, tenantId: string): Promise<void> {
  await sql`delete from contacts where tenant_id = ${tenantId} and id = ${id}`;
  await sql`delete from companies where tenant_id = ${tenantId} and id = ${id}`;
}

/** The word that every search has to find: it is in a table of its own and in each backup. */
export async function controlWord(sql: AnySql): Promise<string> {
  await sql`insert into search_controls (word) values (${newWord()}) on conflict do nothing`;
  const [row] = await sql<[{ word: string }]>`select word from search_controls`;
  return row.word;
}

/** An identifier as the sixteen bytes stored in pages and indexes. */
export const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");
