/**
 * Who a request is about: searched by everything a person is known by, listed with the reason, and
 * confirmed by the person who decides before anything is done about it.
 */
import * as caseEvents from "./case_events.ts";
import type { Party } from "./case_events.ts";
import * as caseItems from "./case_items.ts";
import * as cases from "./cases.ts";
import {
  type Candidate,
  list as candidatesOf,
  personOf,
  remaining,
  type Terms,
} from "./candidates.ts";
import * as controllers from "./controllers.ts";
import { Invalid } from "./errors.ts";
import { enqueue } from "./jobs.ts";
import type { Right } from "./letters.ts";
import * as soughtFiles from "./imports/sought_files.ts";
import type { Person } from "./person_tables.ts";
import * as personNames from "./person_names.ts";
import * as phones from "./phones.ts";
import type { Scope } from "./scope.ts";
import * as traces from "./traces.ts";
import type { Vault } from "./vault.ts";

/** A row that names the person without belonging to them, or a log file. */
export interface Hit extends traces.Trace {
  lines?: number;
}

export interface Findings {
  terms: Terms;
  candidates: Candidate[];
  hits: Hit[];
  places: number;
  truncated: boolean;
  askedAt: Date;
  /** Null while the search is still running. */
  searchedAt: Date | null;
  confirmedAt: Date | null;
  confirmedIds: string[];
  confirmedHits: Hit[];
}

/** Maximum number of hits listed. */
const most = 100;
/** Shorter words occur in too many texts. */
const shortest = 4;

/** What was found, or null if nobody has searched. */
export async function lookup(
  { sql, tenantId }: Scope,
  caseId: string,
): Promise<Findings | null> {
  const [row] = await sql<Findings[]>`
    select terms, candidates, hits, places, truncated, asked_at, searched_at, confirmed_at,
      confirmed_ids, confirmed_hits
    from case_findings
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
  `;
  // A request that erased somebody no longer holds what was searched for.
  const none = { emails: [], phones: [], names: [], numbers: [] };
  return row ? { ...row, terms: { ...none, ...row.terms } } : null;
}

/** What the letter itself says about the person. */
export function termsOf({ personEmail, personName }: cases.Case): Terms {
  return {
    emails: [personEmail.toLowerCase()].filter(Boolean),
    phones: [],
    names: [personName.trim()].filter(Boolean),
    numbers: [],
  };
}

/** The person as the request describes them, when only rows about others mention them. */
export async function asked(scope: Scope, caseId: string): Promise<Person> {
  const found = await lookup(scope, caseId);
  return { contactIds: [], ...found?.terms ?? termsOf(await cases.find(scope, caseId)) };
}

/** Starts the search, or a new one with other words; earlier confirmations no longer count. */
export async function ask(scope: Scope, caseId: string, terms: Terms): Promise<void> {
  const { sql, tenantId, now } = scope;
  await sql`
    insert into case_findings (tenant_id, case_id, terms, asked_at)
    values (${tenantId}, ${caseId}, ${sql.json(terms)}, ${now})
    on conflict (tenant_id, case_id) do update
    set terms = excluded.terms, asked_at = excluded.asked_at, searched_at = null,
      candidates = '[]', hits = '[]', truncated = false, confirmed_at = null, confirmed_by = null,
      confirmed_ids = '{}', confirmed_hits = '[]'
  `;
  await enqueue(sql, "find_person", tenantId, { caseId });
}

/** Milliseconds for which a search result is current; after that somebody may have been added. */
const fresh = 3_600_000;

/**
 * Searches again before anything is done based on an old search: anyone added since belongs in the
 * answer too. Returns whether a search was started; none is while the staff have said who it is or
 * still have to.
 */
export async function renew(scope: Scope, caseId: string): Promise<boolean> {
  const found = await lookup(scope, caseId);
  if (!found?.searchedAt || found.confirmedAt) return false;
  if (scope.now.getTime() - found.searchedAt.getTime() < fresh) return false;
  if (wordsOf(found.terms).length === 0) return false;
  if ((await subjectOf(scope, caseId)).state === "unclear") return false;
  await ask(scope, caseId, found.terms);
  return true;
}

/**
 * Searches for the person and stores where they were found; safe to repeat. `dataDir` holds the
 * logs; given the installation's file storage, persons without a record are also searched for in
 * the files of imports waiting to run.
 */
export async function search(
  scope: Scope,
  caseId: string,
  dataDir: string,
  store?: Vault,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const found = await cases.find(scope, caseId);
  const asked = await lookup(scope, caseId);
  const terms = asked?.terms ?? termsOf(found);
  await sql`set local app.sees_restricted = 'on'`;
  const isProvider = tenantId === controllers.providerId;
  const candidates = await candidatesOf(scope, terms);
  const ids = candidates.map(({ id }) => id);
  // What belongs to the candidates is treated with them and needs no confirmation of its own.
  const own = isProvider || ids.length === 0 ? null : await personOf(scope, ids);
  // Not of strangers, whom every namesake would otherwise seem to be.
  const words = [...wordsOf(terms), ...own ? terms.names.flatMap(personNames.addressed) : []];
  const all = await traces.search(scope, words, { except: own });
  const hits: Hit[] = all.traces.filter(({ key }) => !ids.includes(String(key.id)));
  if (store && !isProvider && ids.length === 0) {
    const sought = soughtFiles.ofTerms(terms);
    for (const id of await soughtFiles.list(scope, store, sought, { waiting: true })) {
      all.places++;
      hits.push({ table: "imports", key: { id }, columns: ["file"] });
    }
  }
  if (isProvider) {
    const logs = await traces.searchLogs(dataDir, wordsOf(terms));
    all.places += logs.places;
    hits.push(...logs.files.map(({ name, lines }) => ({
      table: "logs",
      key: { name },
      columns: [],
      lines,
    })));
  }
  const row = {
    candidates: sql.json(candidates),
    hits: sql.json(hits.slice(0, most)),
    places: all.places,
    truncated: all.truncated || hits.length > most,
    searchedAt: now,
  };
  await sql`
    insert into case_findings ${
    sql({ tenantId, caseId, terms: sql.json(terms), askedAt: now, ...row })
  }
    on conflict (tenant_id, case_id) do update
    set ${sql(row)}
    where case_findings.confirmed_at is null
  `;
  await caseItems.resume(scope, caseId);
}

/** Words to search for in texts; words that are too short would be found everywhere. */
export const wordsOf = ({ emails, phones, names, numbers }: Terms): string[] =>
  [...emails, ...phones.flatMap((each) => [each, national(each)]), ...names, ...numbers]
    .map((word) => word.trim()).filter((word) => word.length >= shortest);

/** The number in national form, without spaces. */
const national = (number: string) => phones.national(number).replace(/[^\d+]/g, "");

/**
 * Records which candidates and hits are the person, by their positions in that search's list.
 * Throws Invalid `findings.changed` when another search has replaced it or nothing was searched.
 */
export async function confirm(
  scope: Scope,
  caseId: string,
  { searchedAt, ids, hits }: {
    searchedAt: string;
    ids: readonly string[];
    hits: readonly number[];
  },
  by: Party,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const found = await lookup(scope, caseId);
  if (found?.searchedAt?.toISOString() !== searchedAt) throw new Invalid("findings.changed");
  const chosen = found.candidates.map(({ id }) => id).filter((id) => ids.includes(id));
  const named = found.hits.filter((_, place) => hits.includes(place));
  const { count } = await sql`
    update case_findings
    set confirmed_at = ${now}, confirmed_by = ${by.id}, confirmed_ids = ${chosen}::uuid[],
      confirmed_hits = ${sql.json(named)}
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and searched_at = ${found.searchedAt}
  `;
  // Somebody has started another search since the list was read.
  if (count === 0) throw new Invalid("findings.changed");
  await caseEvents.append(scope, {
    caseId,
    action: "person_confirmed",
    reason: `${chosen.length} + ${named.length}`,
    by,
  });
  await caseItems.resume(scope, caseId);
}

/** Who a request is about. */
export type Subject =
  /** Confirmed, or beyond doubt. */
  | { state: "known"; ids: string[]; hits: Hit[] }
  /** The search found nothing. */
  | { state: "nobody" }
  /** Somebody has to say who it is, or the search is still running. */
  | { state: "unclear" };

/**
 * Who a request is about. Unless the staff have said who, it is the person with exactly the address
 * that the request came from, provided that address was confirmed or the officer, knowing this, has
 * approved.
 */
export async function subjectOf(scope: Scope, caseId: string): Promise<Subject> {
  const found = await lookup(scope, caseId);
  if (!found?.searchedAt) return { state: "unclear" };
  const { confirmedAt, confirmedIds, confirmedHits, candidates, hits } = found;
  if (confirmedAt) {
    return confirmedIds.length + confirmedHits.length === 0
      ? { state: "nobody" }
      : await known(scope, confirmedIds, confirmedHits);
  }
  if (candidates.length + hits.length === 0) return { state: "nobody" };
  if (!haveTheAddress(candidates) || !await isVouchedFor(scope, caseId)) {
    return { state: "unclear" };
  }
  return await known(scope, candidates.map(({ id }) => id), []);
}

/** Who was found, unless all their records have been erased since: nothing is left to answer of. */
async function known(scope: Scope, ids: readonly string[], hits: Hit[]): Promise<Subject> {
  const left = await remaining(scope, ids);
  return left.length + hits.length === 0
    ? { state: "nobody" }
    : { state: "known", ids: left.length > 0 ? left : [...ids], hits };
}

/** Rights whose approval tells a person who was not found that no data are held. */
const saidToNobody: ReadonlySet<Right> = new Set([
  "access",
  "rectification",
  "erasure",
  "restriction",
  "portability",
]);

/** Whether approving one of these rights would tell the person that no data about them are held. */
export const findsNobody = async (
  scope: Scope,
  caseId: string,
  rights: readonly Right[],
): Promise<boolean> =>
  rights.some((right) => saidToNobody.has(right)) &&
  (await subjectOf(scope, caseId)).state === "nobody";

/** Whether all candidates have exactly that address: then the officer's approval settles it. */
export const haveTheAddress = (candidates: readonly Candidate[]): boolean =>
  candidates.length > 0 && candidates.every(({ by }) => by.includes("email"));

async function isVouchedFor({ sql, tenantId }: Scope, caseId: string): Promise<boolean> {
  const [row] = await sql<{ vouched: boolean }[]>`
    select c.confirmed_at is not null or exists (
      select
      from case_events e
      where e.tenant_id = c.tenant_id
        and e.case_id = c.id
        and e.to_status = 'execution'
        and e.actor_kind in ('officer', 'deputy')
    ) as vouched
    from cases c
    where c.tenant_id = ${tenantId}
      and c.id = ${caseId}
  `;
  return row?.vouched ?? false;
}
