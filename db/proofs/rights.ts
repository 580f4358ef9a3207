/**
 * Proofs of 6.1 to 6.6, right by right: rehearsed on the running system, and checked in its rows.
 */
import * as accessJson from "../access_json.ts";
import * as packages from "../access_packages.ts";
import * as contactLists from "../contact_lists.ts";
import * as contacts from "../contacts.ts";
import { now } from "../clock.ts";
import { newId } from "../ids.ts";
import { providerId } from "../controllers.ts";
import * as deliveries from "../deliveries.ts";
import * as erasureChecks from "../erasure_checks.ts";
import * as objections from "../objections.ts";
import { judge } from "../outgoing_gate.ts";
import { personalData } from "../personal_data.ts";
import { personTables, withoutWay } from "../person_tables.ts";
import type { Sql } from "../pool.ts";
import type { Outcome } from "../proofs.ts";
import { type Scope, system, withScope } from "../scope.ts";
import * as suppressions from "../suppressions.ts";
import * as tenants from "../tenants.ts";
import { writtenAfterObjecting } from "./advertising.ts";
import { anyKey, newWord, rehearse } from "./rehearsals.ts";

const everyone = { q: "", tag: null, owner: null, status: null, company: null };
const day = 86_400_000;
const byName = { sort: "name", descending: false } as const;

/** How many persons a search for a word finds. */
const found = async (scope: Scope, q: string): Promise<number> =>
  (await contactLists.list(scope, { ...everyone, q }, byName, null)).rows.length;

/** Sums a count over all tenants, each in its own Scope. */
async function total(sql: Sql, count: (scope: Scope) => Promise<number>): Promise<number> {
  let sum = 0;
  for await (const tenantId of tenants.each(sql)) {
    sum += await withScope(sql, { tenantId, actor: system }, count);
  }
  return sum;
}

/** 6.1: every table about persons can be reached, and an answer holds one person's data only. */
export async function accessComplete(sql: Sql): Promise<Outcome> {
  const ways = new Set<string>(personTables);
  const lost = Object.entries(personalData).filter(([name, columns]) => {
    const table = name.replace("public.", "");
    return !ways.has(table) && !(table in withoutWay) &&
      Object.values(columns).some(({ subject, inAccessExport, role }) =>
        subject === "contact" && inAccessExport !== false && role === "processor"
      );
  }).length;
  const tried = await rehearse(sql, async (scope, person, stranger) => {
    const known = await packages.findPerson(scope, person.id);
    const answer = await packages.read(scope, { secretKey: anyKey(), dataDir: "" }, known);
    const text = JSON.stringify(accessJson.toJson(answer, scope.now));
    return {
      own: Number(text.includes(person.word)) + Number(text.includes(person.email)),
      foreign: Number(text.includes(stranger.word)),
    };
  });
  return {
    passed: lost === 0 && (tried === null || (tried.own === 2 && tried.foreign === 0)),
    figures: { tables: personTables.length, lost, ...tried },
  };
}

/** 6.2: a corrected name is found, the wrong one no longer is, and no history keeps it. */
export async function correctionsCarried(sql: Sql): Promise<Outcome> {
  const tried = await rehearse(sql, async (scope, { id, word, input }) => {
    const right = newWord();
    await contacts.update(scope, anyKey(), id, 1, { ...input, lastName: right, emails: [] });
    const rows = await scope.sql`
      select
      from changes
      where tenant_id = ${scope.tenantId}
        and record_id = ${id}
        and fields::text like ${`%${word}%`}
    `;
    return { new: await found(scope, right), old: await found(scope, word), kept: rows.length };
  });
  return {
    passed: tried === null || (tried.new === 1 && tried.old === 0 && tried.kept === 0),
    figures: { ...tried },
  };
}

/**
 * 6.3: erasures are certified by a search that finds nothing, and no closed case names the erased.
 */
export async function erasuresTraceless(sql: Sql): Promise<Outcome> {
  const [row] = await sql<{ certificates: number; traces: number; named: number; files: number }[]>`
    select certificates, traces, named, files
    from erasures_checked()
  `;
  const { certificates, traces, named, files } = row!;
  // A search that finds nothing proves something only if it finds what was planted.
  const tried = await rehearse(sql, (scope) => erasureChecks.control(scope));
  return {
    passed: traces + named + files === 0 && (tried === null || tried.found === tried.planted),
    figures: { certificates, traces, named, files, ...tried },
  };
}

/** 6.4: restricted persons are found by no list and no search, and nothing is sent to them. */
export async function restrictionsEnforced(sql: Sql): Promise<Outcome> {
  const visible = await total(sql, async ({ sql, tenantId }) => {
    const [row] = await sql<[{ count: number }]>`
      select count(*)::int as count
      from contacts
      where tenant_id = ${tenantId}
        and restricted_at is not null
    `;
    return row.count;
  });
  // Restrictions that do not take effect, and mail sent to persons while restricted.
  const broken = await total(sql, async ({ sql, tenantId }) => {
    await sql`set local app.sees_restricted = 'on'`;
    const [row] = await sql<[{ count: number }]>`
      select (
        select count(*)::int
        from restrictions r
        join contacts c on c.tenant_id = r.tenant_id and c.id = r.contact_id
        where r.tenant_id = ${tenantId}
          and r.lifted_at is null
          and c.restricted_at is null
      ) + (
        select count(*)::int
        from outgoing_messages m
        join restrictions r on r.tenant_id = m.tenant_id and r.contact_id = m.contact_id
        where m.tenant_id = ${tenantId}
          and m.kind <> 'own_request'
          -- Mail checked a moment before is already on its way.
          and m.handed_over_at > r.imposed_at + interval '1 minute'
          and (r.lifted_at is null or m.handed_over_at < r.lifted_at)
      ) as count
    `;
    return row.count;
  });
  const tried = await rehearse(sql, async (scope, { id, word, email }) => {
    const before = await found(scope, word);
    // Without this, a user could not make a row invisible to themselves.
    await scope.sql`set local app.sees_restricted = 'on'`;
    await scope.sql`
      update contacts
      set restricted_at = ${scope.now}, restricted_reason = 'rehearsal'
      where tenant_id = ${scope.tenantId}
        and id = ${id}
    `;
    await scope.sql`set local app.sees_restricted = 'off'`;
    const gate = { scope, secretKey: anyKey() };
    const [mail] = await judge(gate, "correspondence", [email]);
    // By search, and by a plain query without any condition of ours.
    const rows = await scope.sql`
      select
      from contacts
      where tenant_id = ${scope.tenantId}
        and id = ${id}
    `;
    const after = await found(scope, word) + rows.length;
    return { before, after, mailed: Number(mail!.bar === null), lifted: await lifted(scope, id) };
  });
  return {
    passed: visible + broken === 0 &&
      (tried === null ||
        (tried.before === 1 && tried.after + tried.mailed + tried.lifted === 0)),
    figures: { visible, broken, ...tried },
  };
}

/**
 * Whether the database lifts a restriction without the person informed; the last step of a
 * rehearsal.
 */
async function lifted({ sql, tenantId, now }: Scope, contactId: string): Promise<0 | 1> {
  await sql`set local app.sees_restricted = 'on'`;
  await sql`
    insert into restrictions (tenant_id, id, contact_id, ground, imposed_at)
    values (${tenantId}, ${newId()}, ${contactId}, 'accuracy', ${now})
  `;
  try {
    await sql`
      update contacts
      set restricted_at = null, restricted_reason = null
      where tenant_id = ${tenantId}
        and id = ${contactId}
    `;
    return 1;
  } catch (error) {
    if ((error as { code?: string }).code !== "23514") throw error;
    return 0;
  }
}

/** 6.1, 6.5: no answer is available after its expiry. */
export async function deliveriesExpire(sql: Sql): Promise<Outcome> {
  const [row] = await sql<[{ overdue: number }]>`
    select count(*)::int as overdue
    from deliveries_to_destroy(${new Date(now().getTime() - day)}, 1000)
  `;
  const own = { tenantId: providerId, actor: system };
  const overdue = row.overdue + await total(sql, keptTooLong) +
    await withScope(sql, own, keptTooLong);
  return { passed: overdue === 0, figures: { overdue } };
}

/** Answers that are older than their days, whenever they are said to expire; jobs may take a night. */
async function keptTooLong({ sql, tenantId, now }: Scope): Promise<number> {
  const before = new Date(now.getTime() - (deliveries.days + 2) * day);
  const [row] = await sql<[{ count: number }]>`
    select (
      select count(*)
      from deliveries
      where tenant_id = ${tenantId}
        and destroyed_at is null
        and created_at <= ${before}
    )::int + (
      select count(*)
      from access_archives
      where tenant_id = ${tenantId}
        and status = 'done'
        and finished_at <= ${before}
    )::int as count
  `;
  return row.count;
}

/**
 * 6.6: an objection stops mail at once, and nobody was written to after objecting, at any address and
 * in any field of the mail, unless they had asked or a contract required it.
 */
export async function objectionsKept(sql: Sql): Promise<Outcome> {
  const mailed = await total(sql, writtenAfterObjecting);
  const tried = await rehearse(sql, async (scope, { id, email }) => {
    const gate = { scope, secretKey: anyKey() };
    const [before] = await judge(gate, "marketing", [email]);
    await objections.add(scope, id, "email");
    const [after] = await judge(gate, "marketing", [email]);
    return { before: Number(before!.bar === null), after: Number(after!.bar === null) };
  });
  return {
    passed: mailed === 0 && (tried === null || (tried.before === 1 && tried.after === 0)),
    figures: { mailed, ...tried },
  };
}

/**
 * 6.9: an objection to advertising bars the address itself, also once nothing but its hash is left,
 * and when a list brings the person back.
 */
export async function advertisingBarred(sql: Sql): Promise<Outcome> {
  const tried = await rehearse(sql, async (scope, { id, email, input }) => {
    const gate = { scope, secretKey: anyKey() };
    const isFree = async () => Number((await judge(gate, "marketing", [email]))[0]!.bar === null);
    const before = await isFree();
    await objections.add(scope, id, "email");
    await suppressions.keepObjections(scope, gate.secretKey, [id]);
    await scope.sql`delete from contacts where tenant_id = ${scope.tenantId} and id = ${id}`;
    const gone = await isFree();
    await contacts.create(scope, newId(), input, "elsewhere");
    return { before, after: gone + await isFree() };
  });
  return {
    passed: tried === null || (tried.before === 1 && tried.after === 0),
    figures: { ...tried },
  };
}
