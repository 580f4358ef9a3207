/**
 * The files of imports that an erasure takes with it. They are read before its transaction begins:
 * that takes long, and the transaction holds imports back. Within it only those are read that were
 * added or changed meanwhile.
 */
import * as advisoryLocks from "./advisory_locks.ts";
import { personOf } from "./candidates.ts";
import * as caseItems from "./case_items.ts";
import * as controllers from "./controllers.ts";
import * as rows from "./erasure_rows.ts";
import * as ownWords from "./erasure_words.ts";
import * as findings from "./findings.ts";
import * as soughtFiles from "./imports/sought_files.ts";
import { keptFor } from "./imports/states.ts";
import type { Person } from "./person_tables.ts";
import type { Sql } from "./pool.ts";
import { type Scope, type Who, withScope } from "./scope.ts";
import type { Vault } from "./vault.ts";

/** Reads the files for an approved erasure; for anything else there is nothing to read. */
export async function prepare(
  pool: Sql,
  who: Who,
  itemId: string,
  store: Vault,
): Promise<soughtFiles.Reading> {
  const reading: soughtFiles.Reading = new Map();
  const wanted = await withScope(pool, who, (scope) => wantedBy(scope, itemId));
  if (!wanted) return reading;
  for (let after: string | null = soughtFiles.first; after !== null;) {
    const place: string = after;
    const { kept, next } = await withScope(
      pool,
      who,
      (scope) => soughtFiles.page(scope, place, wanted),
    );
    for (const each of kept) await soughtFiles.holds(store, each, wanted.sought, reading);
    after = next;
  }
  return reading;
}

async function wantedBy(scope: Scope, itemId: string) {
  const { sql, tenantId } = scope;
  if (tenantId === controllers.providerId) return null;
  const item = await caseItems.claim(scope, itemId);
  if (item?.right !== "erasure") return null;
  const [begun] = await sql`
    select
    from erasures
    where tenant_id = ${tenantId}
      and item_id = ${itemId}
  `;
  const subject = begun ? null : await findings.subjectOf(scope, item.caseId);
  if (subject?.state !== "known") return null;
  // The erasure waits for an import at work, and reads the files after it.
  if (!await advisoryLocks.tryTake(scope, "import")) return null;
  await sql`set local app.sees_restricted = 'on'`;
  return await soughtFor(scope, await personFor(scope, item.caseId, subject.ids));
}

/** The person to be erased: those who were found, or what the request says of somebody unknown. */
export const personFor = async (scope: Scope, caseId: string, ids: readonly string[]) =>
  ids.length === 0 ? await findings.asked(scope, caseId) : await personOf(scope, ids);

async function soughtFor(scope: Scope, person: Person) {
  const sought = await soughtFiles.of(scope, person, await ownWords.of(scope, person));
  return { sought, except: await rows.importsOf(scope, person) };
}

/**
 * The imports whose rows or files include the person, while no import can run. Null if one of them
 * has run since the person was searched for: what it created is then searched for first.
 */
export async function imports(
  scope: Scope,
  caseId: string,
  person: Person,
  store: Vault,
  reading?: soughtFiles.Reading,
): Promise<string[] | null> {
  const { sql, tenantId } = scope;
  const { sought, except } = await soughtFor(scope, person);
  const found = await soughtFiles.list(scope, store, sought, { except, reading });
  const search = await findings.lookup(scope, caseId);
  const [ran] = search?.searchedAt
    ? await sql`
      select
      from imports
      where tenant_id = ${tenantId}
        and id = any (${found}::uuid[])
        and status = 'done'
        -- Counted from the end of its run.
        and undo_until > ${new Date(search.searchedAt.getTime() + keptFor)}
      limit 1
    `
    : [];
  if (!ran) return [...except, ...found];
  await findings.ask(scope, caseId, search!.terms);
  return null;
}
