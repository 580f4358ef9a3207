/** The search after an erasure, and its positive control: traces that it has to find. */
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";
import * as traces from "./traces.ts";

/**
 * Tables that may name the person after all: history keeps identifiers alone, and so does what tells
 * a receiver of the erasure (Art. 19); mails that are still to be sent go three days after they were,
 * and whoever works in the house has a log-in beside.
 */
const excepted = [
  ...["changes", "mails", "exports", "webhook_deliveries"],
  ...["identities", "inbound_addresses", "mail_accounts", "mailboxes", "sessions", "tokens"],
];

const tables = () => traces.searched().filter((name) => !excepted.includes(name));

/** Where the words stand beside the person's own rows: an address is the person's wherever it is. */
export async function mentions(
  scope: Scope,
  words: readonly string[],
  keptMessages: readonly string[],
): Promise<traces.Trace[]> {
  const found = await traces.search(scope, words, { tables: tables() });
  return found.traces.filter((trace) => !isKept(trace, keptMessages));
}

const isKept = ({ table, key }: traces.Trace, keptMessages: readonly string[]) =>
  ((table === "messages" || table === "offers") && keptMessages.includes(String(key.id))) ||
  (key.message_id !== undefined && keptMessages.includes(String(key.message_id)));

/** How many traces of the words there are, and in how many places was looked. */
export async function count(
  scope: Scope,
  words: readonly string[],
  keptMessages: readonly string[] = [],
): Promise<{ count: number; places: number; where: string[] }> {
  const found = await traces.search(scope, words, { tables: tables() });
  const left = found.traces.filter((trace) => !isKept(trace, keptMessages));
  return {
    count: left.length,
    places: found.places,
    where: left.map(({ table, columns }) => `${table}.${columns.join("+")}`),
  };
}

/** Plants traces, has them searched for the same way, and takes them away again. */
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
