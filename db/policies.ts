/**
 * The privacy policy's versions: drafted, approved by the officer, announced, in force (clause
 * 8.1).
 */
import { createHash } from "node:crypto";
import { now, today } from "./clock.ts";
import { Invalid, NotFound, Stale } from "./errors.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { Section, Texts } from "./policies/clauses.ts";
import { placeholders } from "./policies/clauses.ts";
import type { Facts } from "./policies/facts.ts";
import type { AnySql, Sql } from "./pool.ts";
import { newToken, tokenDigest } from "./sessions.ts";

export type Status = "draft" | "proposed" | "approved" | "published" | "in_force" | "superseded";

/** What was approved: the text in both languages, and the facts it states. */
export interface Content {
  de: Section[];
  en: Section[];
  facts: Facts;
}

export interface PolicyEntry {
  id: string;
  number: number;
  status: Status;
  material: boolean;
  reasonKind: "law" | "service" | "processing";
  reason: string;
  noticeDays: number;
  sha256: string | null;
  version: number;
  createdAt: Date;
  proposedAt: Date | null;
  approvedAt: Date | null;
  approvedBy: string | null;
  refusedReason: string | null;
  publishedAt: Date | null;
  takesEffectOn: string | null;
  inForceAt: Date | null;
  supersededAt: Date | null;
}

export interface Policy extends PolicyEntry {
  texts: Texts;
  content: Content | null;
}

/** What the operator states about a change. */
export interface Particulars {
  material: boolean;
  reasonKind: PolicyEntry["reasonKind"];
  reason: string;
  noticeDays: number;
}

/** How long the officer's link works, in milliseconds. */
const approvalLife = 7 * 86_400_000;

const entry = (sql: AnySql) =>
  sql`
    id, number, status, material, reason_kind, reason, notice_days, sha256, version, created_at,
      proposed_at, approved_at, approved_by, refused_reason, published_at, takes_effect_on,
      in_force_at, superseded_at`;

/** All versions, newest first; at most 200. */
export async function list(sql: AnySql): Promise<PolicyEntry[]> {
  return await sql<PolicyEntry[]>`
    select ${entry(sql)}
    from policies
    order by number desc
    limit 200
  `;
}

/** One version; throws NotFound. */
export async function find(sql: AnySql, number: number): Promise<Policy> {
  const [row] = await sql<Policy[]>`
    select ${entry(sql)}, texts, content
    from policies
    where number = ${number}
  `;
  if (!row) throw new NotFound("policy");
  return row;
}

/** The version in force, or null before the first one takes effect. */
export async function current(sql: AnySql): Promise<Policy | null> {
  return await only(sql, ["in_force"]);
}

/** The version in preparation: a draft, or waiting for the officer or for its day. */
export async function open(sql: AnySql): Promise<Policy | null> {
  return await only(sql, ["draft", "proposed", "approved", "published"]);
}

async function only(sql: AnySql, statuses: Status[]): Promise<Policy | null> {
  const [row] = await sql<Policy[]>`
    select ${entry(sql)}, texts, content
    from policies
    where status = any (${statuses})
    order by number desc
    limit 1
  `;
  return row ?? null;
}

/** Begins a new version with the text of the last one. Returns the open one if there is one. */
export async function create(sql: AnySql, identityId: string): Promise<Policy> {
  await sql`
    insert into policies (id, number, texts, created_at, created_by)
    select ${newId()}, coalesce(max(number), 0) + 1,
      coalesce((array_agg(texts order by number desc))[1], '{}'), ${now()}, ${identityId}
    from policies
    on conflict do nothing
  `;
  return (await open(sql))!;
}

/** Overwrites a draft's text and particulars. Throws NotFound, or Stale if changed meanwhile. */
export async function update(
  sql: AnySql,
  number: number,
  version: number,
  { texts, ...particulars }: Particulars & { texts: Texts },
): Promise<void> {
  const [row] = await sql`
    update policies
    set ${sql({ ...particulars, texts: sql.json(texts) } as never)}, version = version + 1
    where number = ${number}
      and version = ${version}
      and status = 'draft'
    returning id
  `;
  if (row) return;
  const found = await find(sql, number);
  throw new Stale("policy", found.version);
}

/**
 * Submits a draft to the officer: its content is now fixed; returns the token of the officer's
 * link. Throws Invalid if a placeholder is left or no reason is given for a change.
 */
export async function propose(
  sql: AnySql,
  policy: Policy,
  content: Content,
  changes: boolean,
): Promise<string> {
  const gaps = [...placeholders(content.de), ...placeholders(content.en)];
  if (gaps.length > 0) {
    throw new Invalid("policies.placeholders", "texts", { gaps: gaps.join(", ") });
  }
  if (changes && policy.reason === "") throw new Invalid("policies.reason_missing", "reason");
  const token = newToken();
  const { count } = await sql`
    update policies
    set status = 'proposed', content = ${sql.json(content)}, sha256 = ${digestOf(content)},
      proposed_at = ${now()}, approval_digest = ${tokenDigest(token)}, refused_reason = null
    where id = ${policy.id}
      and status = 'draft'
  `;
  if (count === 0) throw new Stale("policy", policy.version);
  return token;
}

/** The version that an officer's link leads to, or null if the link is used, expired or unknown. */
export async function lookupProposed(sql: AnySql, token: string): Promise<Policy | null> {
  const [row] = await sql<Policy[]>`
    select ${entry(sql)}, texts, content
    from policies
    where approval_digest = ${tokenDigest(token)}
      and status = 'proposed'
      and proposed_at > ${new Date(now().getTime() - approvalLife)}
  `;
  return row ?? null;
}

/** Ends the officer's link for any holder; a pending version can be withdrawn and proposed again. */
export async function endLinks(sql: AnySql): Promise<void> {
  await sql`
    update policies
    set approval_digest = null
    where status = 'proposed'
  `;
}

/** The officer approves exactly what the link showed; false if the link is no longer valid. */
export async function approve(sql: AnySql, token: string, officer: string): Promise<boolean> {
  const { count } = await sql`
    update policies
    set status = 'approved', approved_at = ${now()}, approved_by = ${officer},
      approval_digest = null
    where approval_digest = ${tokenDigest(token)}
      and status = 'proposed'
      and proposed_at > ${new Date(now().getTime() - approvalLife)}
  `;
  return count > 0;
}

/** The officer refuses, with a reason: it is a draft again. False if the link is not valid. */
export async function refuse(sql: AnySql, token: string, reason: string): Promise<boolean> {
  const { count } = await sql`
    update policies
    set status = 'draft', content = null, sha256 = null, approval_digest = null,
      refused_reason = ${reason}, version = version + 1
    where approval_digest = ${tokenDigest(token)}
      and status = 'proposed'
      and proposed_at > ${new Date(now().getTime() - approvalLife)}
  `;
  return count > 0;
}

/** Turns a version back into a draft, as long as nobody was told of it. Throws NotFound. */
export async function withdraw(sql: AnySql, number: number): Promise<void> {
  const { count } = await sql`
    update policies
    set status = 'draft', content = null, sha256 = null, approval_digest = null,
      approved_at = null, approved_by = null, version = version + 1
    where number = ${number}
      and status in ('proposed', 'approved')
  `;
  if (count === 0) throw new NotFound("policy");
}

/** The first day on which a version published today may take effect (clause 8.2). */
export function earliest(policy: Pick<Policy, "material" | "noticeDays">, first: boolean): string {
  if (first || !policy.material) return today();
  // The day the mail is sent does not count.
  return Temporal.PlainDate.from(today()).add({ days: policy.noticeDays + 1 }).toString();
}

/**
 * Publishes an approved version with its effective day and has everybody notified. Throws Invalid
 * if the day is too early, NotFound if the version is not approved.
 */
export async function publish(pool: Sql, number: number, takesEffectOn: string): Promise<void> {
  await pool.begin(async (sql) => {
    const policy = await find(sql, number);
    const from = earliest(policy, await current(sql) === null);
    if (takesEffectOn < from) throw new Invalid("policies.too_early", "takesEffectOn", { from });
    const { count } = await sql`
      update policies
      set status = 'published', published_at = ${now()}, takes_effect_on = ${takesEffectOn}
      where number = ${number}
        and status = 'approved'
    `;
    if (count === 0) throw new NotFound("policy");
    await enqueue(sql, "announce_policy", null, {});
  });
}

/** SHA-256 of a content, independent of the order of its keys. */
export const digestOf = (content: Content): string =>
  createHash("sha256").update(canonical(content)).digest("hex");

/** JSON with sorted keys and no spaces, so that equal contents give equal texts. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined).sort();
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`;
}
