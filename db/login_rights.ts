/**
 * Rights of people with a log-in, carried out in the provider's own records; the records they keep
 * for a tenant are that tenant's responsibility.
 */
import * as accountErasures from "./account_erasures.ts";
import { windowDays } from "./backups.ts";
import * as caseEvents from "./case_events.ts";
import * as caseItems from "./case_items.ts";
import type { CaseItem, Outcome } from "./case_items.ts";
import * as casePersons from "./case_persons.ts";
import * as cases from "./cases.ts";
import * as certificates from "./certificates.ts";
import * as controllers from "./controllers.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import { dayOf } from "./local_times.ts";
import type { Person } from "./person_tables.ts";
import * as restrictions from "./restrictions.ts";
import type { Means } from "./rights.ts";
import type { Scope } from "./scope.ts";
import * as turns from "./erasure_turns.ts";
import * as traces from "./traces.ts";
import * as userData from "./user_data.ts";

const system = { kind: "system", id: null } as const;

/** Days for which an access log holds an address; see retention class `ip_address`. */
const logDays = 90;

/** Stops at once what a claim stops; safe to repeat. */
export async function halt(scope: Scope, itemId: string, person: Person | null): Promise<void> {
  const { sql } = scope;
  const { id, caseId, right } = await caseItems.find(scope, itemId);
  const ids = [...person?.contactIds ?? []];
  if (right === "restriction") {
    const count = await restrictions.imposeOnLogins(scope, { identityIds: ids, itemId: id });
    if (count === 0) return;
    await caseEvents.append(scope, { caseId, itemId: id, action: "restricted", by: system });
  } else if (right === "objection") {
    const { count } = await sql`
      update identities
      set objected_at = ${scope.now}
      where id = any (${ids}::uuid[])
        and objected_at is null
    `;
    if (count === 0) return;
    await caseEvents.append(scope, { caseId, itemId: id, action: "mails_stopped", by: system });
  }
}

/** Carries out restriction, objection and withdrawal for good; the person is informed. */
export async function execute(
  scope: Scope,
  { id, caseId, right }: CaseItem,
): Promise<Outcome | null> {
  const settled = await casePersons.settle(scope, caseId);
  if (settled.state === "unclear") return null;
  const person = settled.state === "known" ? settled.person : null;
  await halt(scope, id, person);
  await enqueueResult(scope, caseId, id);
  // None of the provider's processing rests on consent, so there is none to withdraw.
  return { status: person && right !== "withdrawal" ? "done" : "no_data" };
}

const enqueueResult = ({ sql, tenantId }: Scope, caseId: string, itemId: string) =>
  enqueue(sql, "write_person", tenantId, { caseId, itemId, notice: "result" });

/** Erases the log-in with its users, searches for remaining traces and certifies the erasure. */
export async function erase(
  scope: Scope,
  item: CaseItem,
  means: Means,
): Promise<Outcome | null> {
  const { sql } = scope;
  const { id: itemId, caseId } = item;
  if (await turns.isAnswerOpen(scope, item)) return null;
  const settled = await casePersons.settle(scope, caseId);
  if (settled.state === "unclear") return null;
  if (settled.state === "nobody" || settled.person.contactIds.length === 0) {
    await enqueueResult(scope, caseId, itemId);
    return { status: "no_data" };
  }
  const { person } = settled;
  const parts = await counted(scope, person);
  const before = (await search(scope, person)).traces.length;
  for (const identityId of person.contactIds) {
    const [row] = await sql<[{ erased: boolean }]>`select erase_identity(${identityId}) as erased`;
    if (!row.erased) return await obstructed(scope, item, identityId);
  }
  const left = await search(scope, person);
  if (left.traces.length > 0) {
    const reason = left.traces.map(({ table, columns }) => `${table}.${columns.join("+")}`);
    return await back(scope, item, "traces_left", [...new Set(reason)].join(", "));
  }
  await enqueue(sql, "keep_ledger", null, {});
  const id = await certify(scope, item, means, {
    parts: parts.map((part) => ({ ...part, after: 0 })),
    search: {
      places: left.places,
      before,
      after: 0,
      control: await control(scope),
    },
  });
  await caseEvents.append(scope, {
    caseId,
    itemId,
    action: "erased",
    reason: String(parts.reduce((sum, part) => sum + part.before, 0)),
    by: system,
  });
  await enqueueResult(scope, caseId, itemId);
  return { status: "done", proof: `certificate ${id}` };
}

/** Rows about a person by table, before the erasure. */
export async function counted({ sql }: Scope, { contactIds, emails }: Person) {
  const parts = new Map<string, number>();
  for (const [at, identityId] of contactIds.entries()) {
    const self = { identityId, email: emails[at] ?? "", userId: null };
    for (const { table, count } of await userData.overview(sql, null, self)) {
      parts.set(table, (parts.get(table) ?? 0) + count);
    }
  }
  return [...parts].map(([name, before]) => ({ name, before }));
}

/** Where the provider's own tables name the person; requests and their letters are evidence. */
async function search(scope: Scope, { emails }: Pick<Person, "emails">) {
  const tables = traces.searched().filter((name) => !["changes", "mails"].includes(name));
  return await traces.search(scope, emails, { tables });
}

/** Plants a log-in, has to find it in the same way, and removes it again. */
async function control(scope: Scope): Promise<{ planted: number; found: number }> {
  const { sql, now } = scope;
  const word = `canary-${newId()}@example.org`;
  await sql`savepoint control`;
  await sql`
    insert into identities (id, email, name, locale, operator, created_at)
    values (${newId()}, ${word}, 'Canary', 'de', false, ${now})
  `;
  const { traces: found } = await search(scope, { emails: [word] });
  await sql`rollback to savepoint control`;
  return { planted: 1, found: found.length };
}

/** Somebody else has to take over first: the officer is told who, and approves once more. */
async function obstructed(scope: Scope, item: CaseItem, identityId: string): Promise<null> {
  const { tenants, lastOperator } = await accountErasures.obstacles(scope.sql, identityId);
  const reason = [...tenants, ...(lastOperator ? ["kompaktCRM"] : [])].join(", ");
  return await back(scope, item, "erasure_obstructed", reason);
}

async function back(scope: Scope, item: CaseItem, action: string, reason: string): Promise<null> {
  const { id: itemId, caseId } = item;
  await caseEvents.append(scope, {
    caseId,
    itemId,
    action,
    reason: reason.slice(0, 1_000),
    by: system,
  });
  await caseItems.move(scope, item, "review", system);
  return null;
}

async function certify(
  scope: Scope,
  { caseId }: CaseItem,
  { secretKey }: Means,
  { parts, search }: {
    parts: { name: string; before: number; after: number }[];
    search: certificates.Statement["search"];
  },
): Promise<string> {
  const found = await cases.find(scope, caseId);
  const today = Temporal.PlainDate.from(dayOf(scope.now));
  const before = parts.reduce((sum, part) => sum + part.before, 0);
  const { id } = await certificates.issue(scope, secretKey, {
    subject: "person",
    reference: found.number,
    controller: (await controllers.find(scope)).name,
    basis: "Art. 17 Abs. 1 DSGVO",
    requestedOn: found.receivedOn,
    erasedAt: scope.now.toISOString(),
    stores: [
      { name: "database", method: "deleted", before, after: 0, parts },
      ...[{ name: "logs", days: logDays }, { name: "backups", days: windowDays }].map(
        ({ name, days }) => ({
          name,
          method: "expires",
          before: null,
          after: null,
          emptyOn: today.add({ days }).toString(),
        }),
      ),
    ],
    kept: [],
    search,
    destroyedKeys: [],
    ledger: null,
  }, caseId);
  return id;
}
