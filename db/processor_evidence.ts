/** Evidence that a processor is what the register says: files, and the officer's decisions. */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { now, today } from "./clock.ts";
import * as egressHosts from "./egress_hosts.ts";
import { Invalid, NotFound } from "./errors.ts";
import { isId, newId } from "./ids.ts";
import type { AnySql, Sql } from "./pool.ts";
import { record } from "./processor_changes.ts";
import { type Cover, endOf } from "./processor_gates.ts";
import { find as findProcessor } from "./processors.ts";
import * as sealedSecrets from "./sealed_secrets.ts";
import * as tokens from "./tokens.ts";

export interface Evidence {
  id: string;
  processorId: string;
  covers: Cover[];
  datedOn: string;
  fileName: string;
  mediaType: string;
  size: number;
  uploadedAt: Date;
  decision: "approved" | "refused" | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  decisionNote: string;
}

export interface EvidenceInput {
  id: string;
  processorId: string;
  covers: Cover[];
  datedOn: string;
  fileName: string;
  content: Uint8Array;
}

/** The most bytes a file may have. */
export const mostBytes = 10 * 1024 * 1024;

const columns = (sql: AnySql) =>
  sql`
  id, processor_id, to_jsonb(covers) as covers, dated_on, file_name, media_type, size, uploaded_at,
  decision, decided_by, decided_at, decision_note
`;

/** The kinds of files accepted, by their first bytes; nothing that a browser would run. */
const kinds: [mediaType: string, start: string][] = [
  ["application/pdf", "255044462d"],
  ["image/png", "89504e470d0a1a0a"],
  ["image/jpeg", "ffd8ff"],
];

/**
 * Stores a file, sealed; the officer is asked next. Returns its id, or null if this form has sent
 * the same file before: a form that stays open sends other files under its old id. Throws NotFound
 * or Invalid.
 */
export async function create(
  sql: AnySql,
  secretKey: string,
  actorId: string,
  input: EvidenceInput,
): Promise<string | null> {
  const processor = await findProcessor(sql, input.processorId);
  const mediaType = kindOf(input.content);
  if (!mediaType) throw new Invalid("processors.evidence_kind", "file");
  if (input.datedOn > today()) throw new Invalid("processors.evidence_future", "datedOn");
  if (endOf(input.datedOn) <= today()) throw new Invalid("processors.evidence_too_old", "datedOn");
  const digest = createHash("sha256").update(input.content).digest();
  const [there] = await sql<{ same: boolean }[]>`
    select sha256 = ${digest} and processor_id = ${processor.id} as same
    from processor_evidence
    where id = ${input.id}
  `;
  if (there?.same) return null;
  const id = there ? newId() : input.id;
  const content = sealedSecrets.seal(
    secretKey,
    useOf(id),
    Buffer.from(input.content).toString("base64"),
  );
  const rows = await sql<{ id: string }[]>`
    insert into processor_evidence (
      id, processor_id, covers, dated_on, file_name, media_type, size, sha256, content, uploaded_by,
      uploaded_at
    ) values (
      ${id}, ${processor.id}, ${input.covers}, ${input.datedOn}, ${input.fileName},
      ${mediaType}, ${input.content.length},
      ${digest}, ${content}, ${actorId}, ${now()}
    )
    on conflict do nothing
    returning id
  `;
  return rows[0]?.id ?? null;
}

/** The evidence of a processor, newest first; at most 100. */
export async function list(sql: AnySql, processorId: string): Promise<Evidence[]> {
  return await sql<Evidence[]>`
    select ${columns(sql)}
    from processor_evidence
    where processor_id = ${processorId}
      and removed_at is null
    order by uploaded_at desc, id desc
    limit 100
  `;
}

/** One piece of evidence; throws NotFound. */
export async function find(sql: AnySql, id: string): Promise<Evidence> {
  const [found] = isId(id)
    ? await sql<Evidence[]>`
      select ${columns(sql)}
      from processor_evidence
      where id = ${id}
        and removed_at is null
    `
    : [];
  if (!found) throw new NotFound("evidence");
  return found;
}

/** The file itself; throws NotFound or SecretBroken. */
export async function read(sql: AnySql, secretKey: string, id: string): Promise<Uint8Array> {
  const [found] = await sql<{ content: Uint8Array }[]>`
    select content
    from processor_evidence
    where id = ${id}
      and removed_at is null
  `;
  if (!found) throw new NotFound("evidence");
  return Buffer.from(sealedSecrets.open(secretKey, useOf(id), found.content), "base64");
}

/**
 * Creates a new link for the officer and ends older ones. Throws NotFound, or Invalid if the
 * evidence is decided.
 */
export async function ask(sql: AnySql, id: string): Promise<string> {
  const evidence = await find(sql, id);
  if (evidence.decision) throw new Invalid("processors.decided_already");
  await tokens.revokeAbout(sql, "processor_evidence", id);
  return await tokens.issue(sql, { kind: "processor_evidence", subjectId: id });
}

/** The evidence a link is about, or null if the link no longer works. */
export async function lookupByToken(sql: AnySql, token: string): Promise<Evidence | null> {
  const found = await tokens.lookup(sql, "processor_evidence", token);
  if (!found?.subjectId) return null;
  return await find(sql, found.subjectId).catch((error) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
}

/** The officer's decision by the link; null if the link no longer works. */
export async function decide(
  pool: Sql,
  token: string,
  decision: "approved" | "refused",
  officer: string,
  note: string,
): Promise<Evidence | null> {
  return await pool.begin(async (sql) => {
    const used = await tokens.use(sql, "processor_evidence", token);
    if (!used?.subjectId) return null;
    const [evidence] = await sql<Evidence[]>`
      update processor_evidence
      set decision = ${decision}, decided_by = ${officer}, decided_at = ${now()},
        decision_note = ${note}
      where id = ${used.subjectId}
        and decision is null
        and removed_at is null
      returning ${columns(sql)}
    `;
    if (!evidence) return null;
    if (decision === "approved") {
      const processor = await findProcessor(sql, evidence.processorId);
      await record(sql, {
        processorId: processor.id,
        processorName: processor.name,
        action: "evidence_approved",
        differences: { evidence: [null, evidence.covers], datedOn: [null, evidence.datedOn] },
        material: false,
        actorId: null,
      });
    }
    await egressHosts.announce(sql);
    return evidence;
  });
}

/** Removes evidence: a processor that depends on it alone is closed at once. Throws NotFound. */
export async function remove(pool: Sql, processorId: string, id: string): Promise<void> {
  await pool.begin(async (sql) => {
    const { count } = await sql`
      update processor_evidence
      set removed_at = ${now()}
      where id = ${id}
        and processor_id = ${processorId}
        and removed_at is null
    `;
    if (count === 0) throw new NotFound("evidence");
    await tokens.revokeAbout(sql, "processor_evidence", id);
    await egressHosts.announce(sql);
  });
}

/** Erases evidence three years after the year of its removal; returns the number of files. */
export async function removeOld(sql: AnySql): Promise<number> {
  const firstKept = Temporal.PlainDate.from(today()).subtract({ years: 3 }).with({
    month: 1,
    day: 1,
  });
  const { count } = await sql`
    delete from processor_evidence
    where removed_at < ${firstKept.toString()}::date
  `;
  return count;
}

/** The purpose for which a piece of evidence is sealed. */
export const useOf = (id: string) => `processor evidence ${id}`;

function kindOf(content: Uint8Array): string | null {
  const start = Buffer.from(content.subarray(0, 8)).toString("hex");
  return kinds.find(([, first]) => start.startsWith(first))?.[0] ?? null;
}
