/**
 * Files attached to letters: sealed, available only as downloads, destroyed when the case is
 * closed.
 */
import { Buffer } from "node:buffer";
import * as events from "./case_events.ts";
import type { Party } from "./case_events.ts";
import { NotFound } from "./errors.ts";
import { cleanName } from "./file_names.ts";
import { headSize, recognise } from "./file_types.ts";
import { type Verdicts, verdictsOn } from "./file_verdicts.ts";
import { identityPapers } from "./identity_papers.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";
import type { KeyStore } from "./key_store.ts";
import * as tenantSeals from "./tenant_seals.ts";
import { ScannerAway } from "./virus_scans.ts";

export interface CaseFile {
  id: string;
  caseId: string;
  name: string;
  mediaType: string;
  size: number;
}

/** The maximum number of files per letter, and of bytes in total. */
const most = { files: 10, bytes: 10 * 1024 * 1024 };

/** What seals files, and what the scanner said about them. */
export interface FileKeeping extends KeyStore {
  verdicts: Verdicts;
}

/** The numbers of files that were not kept. */
export interface LeftOut {
  /** Programs, infected files, files that are not what their name says, and excess files. */
  refused: number;
  /** Copies of identity papers. */
  papers: number;
}

/**
 * Keeps the files of a letter; `text` is what it says about them. Throws ScannerAway, upon which
 * the letter has to wait, or what `verdictsOn` throws.
 */
export async function keep(
  scope: Scope,
  store: FileKeeping,
  caseId: string,
  text: string,
  files: readonly { name: string; bytes: Uint8Array }[],
): Promise<LeftOut> {
  const { sql, tenantId, now } = scope;
  const viruses = verdictsOn(store.verdicts, files.map(({ bytes }) => bytes));
  const isPaper = identityPapers(text);
  const there = await list(scope, caseId);
  let room = most.bytes - there.reduce((sum, { size }) => sum + size, 0);
  let kept = there.length;
  const leftOut: LeftOut = { refused: 0, papers: 0 };
  for (const [index, { name, bytes }] of files.entries()) {
    const found = await recognise(bytes.subarray(0, headSize), name);
    const fits = bytes.length > 0 && bytes.length <= room && kept < most.files;
    if ("objection" in found || !fits) {
      leftOut.refused++;
      continue;
    }
    if (isPaper({ name, mediaType: found.mediaType, bytes })) {
      leftOut.papers++;
      continue;
    }
    const virus = viruses[index];
    if (virus === "scanner_away") throw new ScannerAway();
    if (virus) {
      leftOut.refused++;
      continue;
    }
    const id = newId();
    const content = Buffer.from(bytes).toString("base64");
    await sql`
      insert into case_files (
        tenant_id, id, case_id, name, media_type, size, content_sealed, created_at
      ) values (
        ${tenantId}, ${id}, ${caseId}, ${cleanName(name)}, ${found.mediaType}, ${bytes.length},
        ${await tenantSeals.seal(scope, store, useOf(tenantId, id), content)}, ${now}
      )
    `;
    room -= bytes.length;
    kept++;
  }
  return leftOut;
}

/** The files of a case, without their content. */
export async function list({ sql, tenantId }: Scope, caseId: string): Promise<CaseFile[]> {
  return await sql<CaseFile[]>`
    select id, case_id, name, media_type, size
    from case_files
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
    order by id
    limit ${most.files}
  `;
}

/** A file with its content. Throws NotFound. */
export async function open(
  { sql, tenantId }: Scope,
  store: KeyStore,
  id: string,
): Promise<CaseFile & { bytes: Uint8Array<ArrayBuffer> }> {
  const [row] = await sql<(CaseFile & { contentSealed: Uint8Array })[]>`
    select id, case_id, name, media_type, size, content_sealed
    from case_files
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (!row) throw new NotFound("case file");
  const { contentSealed, ...file } = row;
  const content = await tenantSeals.open(store, useOf(tenantId, id), contentSealed);
  return { ...file, bytes: new Uint8Array(Buffer.from(content, "base64")) };
}

/**
 * Destroys one file and records a step that does not name it, since it may be a copy of an identity
 * card. Throws NotFound.
 */
export async function remove(scope: Scope, id: string, by: Party): Promise<string> {
  const { sql, tenantId } = scope;
  const [gone] = await sql<{ caseId: string }[]>`
    delete from case_files
    where tenant_id = ${tenantId}
      and id = ${id}
    returning case_id
  `;
  if (!gone) throw new NotFound("case file");
  await events.append(scope, { caseId: gone.caseId, action: "file_removed", by });
  return gone.caseId;
}

/**
 * Destroys files that arrived while the identity was in doubt: once the person is known, no copy of
 * an identity card is needed. Returns how many.
 */
export async function removePapers(scope: Scope, caseId: string, by: Party): Promise<number> {
  const { sql, tenantId } = scope;
  const { count } = await sql`
    delete from case_files f
    where f.tenant_id = ${tenantId}
      and f.case_id = ${caseId}
      and (f.media_type like 'image/%' or f.media_type = 'application/pdf')
      and f.created_at >= (
        select min(e.at)
        from case_events e
        where e.tenant_id = ${tenantId}
          and e.case_id = ${caseId}
          and e.action = 'paused'
      )
  `;
  if (count === 0) return 0;
  await events.append(scope, { caseId, action: "papers_destroyed", reason: String(count), by });
  return count;
}

/**
 * The files of several cases with their original content; those of closed cases no longer exist.
 */
export async function openAll(
  { sql, tenantId }: Scope,
  store: KeyStore,
  caseIds: readonly string[],
): Promise<{ name: string; size: number; bytes: Uint8Array<ArrayBuffer> }[]> {
  const rows = await sql<{ id: string; name: string; size: number; contentSealed: Uint8Array }[]>`
    select id, name, size, content_sealed
    from case_files
    where tenant_id = ${tenantId}
      and case_id = any (${[...caseIds]}::uuid[])
    order by id
    limit ${most.files * 20}
  `;
  return await Promise.all(rows.map(async ({ id, name, size, contentSealed }) => {
    const content = await tenantSeals.open(store, useOf(tenantId, id), contentSealed);
    return { name, size, bytes: new Uint8Array(Buffer.from(content, "base64")) };
  }));
}

/** Destroys the files of a case. */
export async function removeAll({ sql, tenantId }: Scope, caseId: string): Promise<void> {
  await sql`
    delete from case_files
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
  `;
}

/** The purpose for which a file's content is sealed. */
export const useOf = (tenantId: string, id: string) => `case file ${tenantId} ${id}`;
