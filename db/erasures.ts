/**
 * The erasure of a person (Art. 17 GDPR): all rows in one transaction; then, once they are gone for
 * good, the bytes, the search for traces with its control, and the certificate.
 */
import * as advisoryLocks from "./advisory_locks.ts";
import { windowDays } from "./backups.ts";
import * as caseEvents from "./case_events.ts";
import * as caseItems from "./case_items.ts";
import type { CaseItem, Outcome } from "./case_items.ts";
import * as cases from "./cases.ts";
import * as certificates from "./certificates.ts";
import * as changes from "./changes.ts";
import * as controllers from "./controllers.ts";
import * as checks from "./erasure_checks.ts";
import * as readings from "./erasure_readings.ts";
import * as replays from "./erasure_replays.ts";
import * as plans from "./erasure_plans.ts";
import * as rows from "./erasure_rows.ts";
import * as turns from "./erasure_turns.ts";
import * as findings from "./findings.ts";
import * as imports from "./imports.ts";
import { enqueue } from "./jobs.ts";
import * as ledger from "./ledger.ts";
import { dayOf } from "./local_times.ts";
import * as mergeEnds from "./merge_ends.ts";
import * as loginRights from "./login_rights.ts";
import * as copies from "./masked_copies.ts";
import * as maskings from "./maskings.ts";
import { notify } from "./notifications.ts";
import * as ownWords from "./erasure_words.ts";
import { countOf, type Person, type PersonTable } from "./person_tables.ts";
import * as retained from "./retained_persons.ts";
import * as postalKeys from "./postal_keys.ts";
import type { Means } from "./rights.ts";
import type { Scope } from "./scope.ts";
import * as suppressions from "./suppressions.ts";
import * as transmissions from "./transmissions.ts";

interface Erasure {
  contactIds: string[];
  words: string[];
  plan: plans.Plan;
  objects: string[];
  traces: number;
  retainedIds: string[];
  erasedAt: Date;
}

/** Carries out an approved erasure in two steps; null after the first and while it has to wait. */
export async function execute(
  scope: Scope,
  item: CaseItem,
  means: Means,
): Promise<Outcome | null> {
  const { sql, tenantId } = scope;
  if (tenantId === controllers.providerId) return await loginRights.erase(scope, item, means);
  const begun = await lookup(scope, item.id);
  if (begun) return await prove(scope, item, begun, means);
  const subject = await findings.subjectOf(scope, item.caseId);
  if (subject.state === "unclear" || await turns.isAnswerOpen(scope, item)) return null;
  await sql`set local app.sees_restricted = 'on'`;
  if (subject.state === "nobody") return await end(scope, item, { status: "no_data" });
  // A running import would bring back persons it has already read.
  if (!await advisoryLocks.tryTake(scope, "import")) return await turns.wait(scope, item);
  const person = await readings.personFor(scope, item.caseId, subject.ids);
  const imported = await readings.imports(scope, item.caseId, person, means, means.reading);
  if (!imported) return null;
  // Read before the erasure, while it is still recorded who received the data (Art. 19).
  await transmissions.inform(scope, item, await transmissions.recipientsOf(scope, subject.ids));
  await erase(scope, item, person, { hits: subject.hits, imported }, means);
  await enqueue(sql, "keep_ledger", null, {});
  await enqueue(sql, "execute_right", tenantId, { caseId: item.caseId, itemId: item.id });
  return null;
}

async function lookup({ sql, tenantId }: Scope, itemId: string): Promise<Erasure | null> {
  const [row] = await sql<Erasure[]>`
    select contact_ids, words, plan, objects, traces, retained_ids, erased_at
    from erasures
    where tenant_id = ${tenantId}
      and item_id = ${itemId}
  `;
  return row ?? null;
}

/** The first step: everything goes in one transaction, and what was removed is recorded. */
async function erase(
  scope: Scope,
  { id: itemId, caseId }: CaseItem,
  person: Person,
  { hits, imported }: { hits: readonly findings.Hit[]; imported: string[] },
  { secretKey }: Means,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const plan = await plans.make(scope, person);
  const ids = [...person.contactIds];
  const kept = await plans.retainedIds(scope, ids);
  const words = await ownWords.of(scope, person);
  const { count: traces } = await checks.count(scope, words);
  const bytes = await rows.objects(scope, person);
  await barAddresses(scope, person, words, secretKey);
  await mergeEnds.forget(scope, ids);
  if (!await plans.keepsFiles(scope, ids)) await rows.removeFiles(scope, ids);
  const gone = await rows.removeOwn(scope, person, kept);
  const masked = [
    ...await rows.maskShared(scope, person, kept),
    ...await rows.maskHits(scope, person, [...hits, ...await checks.mentions(scope, words, kept)]),
  ];
  imported.push(...hits.flatMap(({ table, key }) => table === "imports" ? String(key.id) : []));
  imported.push(...masked.flatMap(({ table, ids }) => table === "import_rows" ? ids : []));
  // Their files are removed as well, here and again when a backup brings them back.
  const ended = await rows.ofFiles(scope, imported);
  masked.push({ table: "import_rows", ids: ended }, await rows.maskFiles(scope, person, ended));
  for (const { id: importId, userId } of await replays.endImports(scope, ended)) {
    if (userId) await notify(scope, { userId, kind: "import_done", importId });
  }
  await replays.keepMasked(scope, secretKey, maskings.wordsOf(person), masked);
  await removeCopies(scope, person, [...ids, ...gone]);
  const retainedIds = await removeContacts(scope, ids, plan);
  await changes.recordAll(scope, { kind: "contact", ids, action: "erased" });
  const left = new Set(await rows.stillThere(scope, bytes.map(({ id }) => id)));
  await sql`insert into erasures ${
    sql({
      ...{ tenantId, itemId, caseId, traces, retainedIds },
      contactIds: ids,
      words: sql.json([...words, ...retainedIds.length > 0 ? [] : ids]),
      plan: sql.json(plan),
      objects: [
        ...bytes.filter(({ id }) => !left.has(id)).map(({ object }) => object),
        ...ended.map(imports.objectOf),
      ],
      retainedUntil: plan.until,
      erasedAt: now,
    })
  }`;
  await enqueue(sql, "sweep_files", tenantId, {});
  await caseEvents.append(scope, {
    caseId,
    itemId,
    action: "erased",
    reason: String(plan.tables.reduce((sum, { count }) => sum + count, 0)),
    by: { kind: "system", id: null },
  });
}

/** Bars what reached this person alone: info@ or a switchboard stays open for the others. */
async function barAddresses(
  scope: Scope,
  { contactIds, emails, phones }: Person,
  words: readonly string[],
  secretKey: string,
): Promise<void> {
  const hash = suppressions.hasher(secretKey, scope.tenantId);
  for (const each of [...emails, ...phones]) {
    if (!words.includes(each.toLowerCase())) continue;
    await suppressions.add(scope, hash(each), "all", "erasure");
  }
  for (const { key } of await postalKeys.ofContacts(scope, [...contactIds])) {
    await suppressions.add(scope, hash(key), "all", "erasure");
  }
}

/** Removes what repeats values of erased records: settled mails, keys of a search, history. */
async function removeCopies(
  { sql, tenantId }: Scope,
  { emails }: Person,
  erasedIds: readonly string[],
): Promise<void> {
  await sql`
    delete from mails
    where tenant_id = ${tenantId}
      and status <> 'queued'
      and lower(recipient) = any (${emails.map((each) => each.toLowerCase())}::text[])
  `;
  // A search for duplicates may be running; it keeps the values it compares until it ends.
  await sql`
    delete from duplicate_keys
    where tenant_id = ${tenantId}
      and record_id = any (${[...erasedIds]}::uuid[])
  `;
  await sql`select erase_history(${[...erasedIds]}::uuid[])`;
}

/** Removes the records, or restricts them as long as the law keeps them; returns the kept ones. */
async function removeContacts(
  scope: Scope,
  ids: readonly string[],
  { until, kept }: plans.Plan,
): Promise<readonly string[]> {
  const { sql, tenantId } = scope;
  if (until !== null) {
    const keeping = { until, basis: kept.at(-1)!.basis };
    await retained.restrict(scope, [...ids], keeping);
    await replays.keepRetained(scope, [...ids], keeping);
    return ids;
  }
  await sql`
    delete from contacts
    where tenant_id = ${tenantId}
      and id = any (${[...ids]}::uuid[])
  `;
  return [];
}

/**
 * The second step: search and certificate; null until the ledger records the erasure and the files
 * are removed.
 */
async function prove(
  scope: Scope,
  item: CaseItem,
  erasure: Erasure,
  means: Means,
): Promise<Outcome | null> {
  const { sql, tenantId, now } = scope;
  await sql`set local app.sees_restricted = 'on'`;
  const [waiting] = await sql`select from ledger_entries where tenant_id = ${tenantId} limit 1`;
  const bytes = erasure.objects.length === 0 ? 0 : means.objectsLeft ?? null;
  if (waiting || bytes === null) {
    await enqueue(sql, "keep_ledger", null, {});
    await enqueue(sql, "execute_right", tenantId, { caseId: item.caseId, itemId: item.id });
    return null;
  }
  const kept = await plans.retainedIds(scope, erasure.retainedIds);
  await copies.renewNaming(scope, (await findings.lookup(scope, item.caseId))?.terms.names ?? []);
  const after = await checks.count(scope, erasure.words, kept);
  if (after.count + bytes > 0) return await askAgain(scope, item, after.where);
  const found = await cases.find(scope, item.caseId);
  const head = await ledger.head(means.dataDir);
  const parts = await rowsLeft(scope, erasure);
  const sum = (of: "before" | "after") => parts.reduce((total, each) => total + each[of], 0);
  const emptyOn = Temporal.PlainDate.from(dayOf(now)).add({ days: windowDays }).toString();
  const { id } = await certificates.issue(scope, means.secretKey, {
    subject: "person",
    reference: found.number,
    controller: (await controllers.find(scope)).name,
    basis: "Art. 17 Abs. 1 DSGVO",
    requestedOn: found.receivedOn,
    erasedAt: erasure.erasedAt.toISOString(),
    stores: [
      {
        name: "database",
        method: "deleted",
        before: sum("before"),
        after: sum("after"),
        parts,
      },
      { name: "files", method: "deleted", before: erasure.objects.length, after: bytes },
      { name: "backups", method: "expires", before: null, after: null, emptyOn },
    ],
    kept: erasure.plan.kept,
    search: {
      places: after.places,
      before: erasure.traces,
      after: after.count + bytes,
      control: await checks.control(scope),
    },
    destroyedKeys: [],
    ledger: head && { seq: head.seq, hash: head.hash },
  }, item.caseId);
  await sql`
    update erasures
    set words = '[]', finished_at = ${now}
    where tenant_id = ${tenantId}
      and item_id = ${item.id}
  `;
  const status = erasure.plan.kept.length > 0 ? "partial" : "done";
  return await end(scope, item, { status, proof: `certificate ${id}` });
}

/** The rows about the person by table, before and now; what the law keeps is counted. */
async function rowsLeft(scope: Scope, { contactIds, words, plan }: Erasure) {
  const emails = words.filter((word) => word.includes("@"));
  const person: Person = { contactIds, emails, phones: [], names: [], numbers: [] };
  const parts: { name: string; before: number; after: number }[] = [];
  for (const { name, count } of plan.tables) {
    parts.push({ name, before: count, after: await countOf(scope, person, name as PersonTable) });
  }
  return parts;
}

/** Nothing is certified while something is left: a person has to look and approve once more. */
async function askAgain(scope: Scope, item: CaseItem, where: readonly string[]): Promise<null> {
  const by = { kind: "system", id: null } as const;
  const { id: itemId, caseId } = item;
  const reason = where.join(", ").slice(0, 1_000);
  await caseEvents.append(scope, { caseId, itemId, action: "traces_left", reason, by });
  await caseItems.move(scope, item, "review", by);
  return null;
}

/** Has the person informed, whatever the outcome, and returns it. */
async function end(
  { sql, tenantId }: Scope,
  { id: itemId, caseId }: CaseItem,
  outcome: Outcome,
): Promise<Outcome> {
  await enqueue(sql, "write_person", tenantId, { caseId, itemId, notice: "result" });
  return outcome;
}
