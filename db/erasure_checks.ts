/** The search after an erasure, and its positive control: planted traces that it has to find. */
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";
import * as traces from "./traces.ts";

/**
 * Tables that may still name the person: history keeps only identifiers, and so does what tells
 * recipients about the erasure (Art. 19); outgoing mails are removed three days after they were
 * sent; and people who work for the tenant also have a log-in.
 */
const excepted = [
  ...["changes", "mails", "exports", "webhook_deliveries"],
  ...["identities", "inbound_addresses", "mail_accounts", "mailboxes", "sessions", "tokens"],
];

const tables = () => traces.searched().filter((name) => !excepted.includes(name));

/**
 * Where the words occur outside the person's own rows: an address belongs to the person wherever it
 * is.
 */
export async function mentions(
  scope: Scope,
  words: readonly string[],
  keptMessages: readonly string[],
): Promise<traces.Trace[]> {
  const found = await traces.search(scope, await asCopied(scope, words), { tables: tables() });
  return found.traces.filter((trace) => !isKept(trace, keptMessages));
}

/** With the addresses as search texts contain them: "petra m example org". */
async function asCopied({ sql }: Scope, words: readonly string[]): Promise<string[]> {
  const folded = await sql<{ word: string }[]>`
    select fold(address) as word
    from unnest(${words.filter((word) => word.includes("@"))}::text[]) address
  `;
  return [...new Set([...words, ...folded.map(({ word }) => word)])];
}

const isKept = ({ table, key }: traces.Trace, keptMessages: readonly string[]) =>
  ((table === "messages" || table === "offers") && keptMessages.includes(String(key.id))) ||
  (key.message_id !== undefined && keptMessages.includes(String(key.message_id)));

/** How many traces of the words there are, and how many places were searched. */
export async function count(
  scope: Scope,
  words: readonly string[],
  keptMessages: readonly string[] = [],
): Promise<{ count: number; places: number; where: string[] }> {
  const found = await traces.search(scope, await asCopied(scope, words), { tables: tables() });
  const left = found.traces.filter((trace) => !isKept(trace, keptMessages));
  return {
    count: left.length,
    places: found.places,
    where: left.map(({ table, columns }) => `${table}.${columns.join("+")}`),
  };
}

/** Plants traces, searches for them in the same way and removes them again. */
export async function control(scope: Scope): Promise<{ planted: number; found: number }> {
  const { sql, tenantId, now } = scope;
  const word = `canary-${newId()}`;
  await sql`savepoint control`;
  await sql`
    insert into tags (tenant_id, id, name, created_at)
    values (${tenantId}, ${newId()}, ${word}, ${now})
  `;
  await sql`
    insert into companies (tenant_id, id, name, notes, source, last_touch_at, created_at, updated_at)
    values (${tenantId}, ${newId()}, ${word}, ${word}, ${word}, ${now}, ${now}, ${now})
  `;
  await sql`
    insert into activities (
      tenant_id, id, kind, subject, body, at, done_at, created_at, updated_at
    )
    values (${tenantId}, ${newId()}, 'note', ${word}, ${word.toUpperCase()}, ${now}, ${now}, ${now}, ${now})
  `;
  const { traces: found } = await traces.search(scope, [word], { tables: tables() });
  await sql`rollback to savepoint control`;
  return { planted: 3, found: found.length };
}
