/** Certificates of erasure, of persons and of tenants: issued once, signed, never changed. */
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";
import { publicKeyOf, sign } from "./signing_keys.ts";
import type { JWK } from "jose";

/** The format that is issued, and the only one that is recognised. */
export const format = "kompaktcrm-erasure-1";

/**
 * A place that was erased: how, and what a search counted there before and after. Of a person counted
 * is what is about them: a row that also concerns others stays, without them, and counts no more.
 */
export interface Store {
  /** `database`, `files`, `backups` … : the pages have words for what they know. */
  name: string;
  /** `deleted`, `overwritten`, `key_destroyed`, `expires` … */
  method: string;
  before: number | null;
  after: number | null;
  /** The day on which a place that empties by itself is empty. */
  emptyOn?: string;
  /** Its parts, for instance tables. */
  parts?: { name: string; before: number; after: number }[];
}

/** What the law demands to be kept, apart and restricted, until when. */
export interface Kept {
  name: string;
  count: number;
  /** The provision. */
  basis: string;
  /** The last day; null where another event ends it. */
  until: string | null;
}

/** What is certified. Nothing in it may lead to a person by itself: numbers and counts only. */
export interface Statement {
  subject: "person" | "tenant";
  /** The number of the request, or the tenant's identifier. */
  reference: string;
  /** Who answers for it. */
  controller: string;
  basis: string;
  /** The day it was asked for, or the contract ended. */
  requestedOn: string;
  erasedAt: string;
  stores: Store[];
  kept: Kept[];
  /** The search for what was erased, and its positive control: a planted trace that it had to find. */
  search: {
    places: number;
    before: number;
    after: number;
    control: { planted: number; found: number };
  };
  /** Identifiers of keys that were destroyed. */
  destroyedKeys: string[];
  /** Where the ledger of erasures ended then; null where nothing was to be noted yet. */
  ledger: { seq: number; hash: string } | null;
}

export interface Content extends Statement {
  format: typeof format;
  id: string;
  issuedAt: string;
}

/** A certificate as it is handed out: everything that it is checked by is in it. */
export interface Certificate {
  certificate: Content;
  signature: string;
  key: JWK;
}

/** What a list shows. */
export interface CertificateEntry {
  id: string;
  subject: Statement["subject"];
  issuedAt: Date;
}

/**
 * Issues a certificate in the caller's transaction. Throws TypeError for a statement that proves
 * nothing: traces left, or a search that did not find what was planted for it.
 */
export async function issue(
  { sql, tenantId, now }: Scope,
  secretKey: string,
  statement: Statement,
  caseId: string | null = null,
): Promise<Content> {
  const { search: { after, control } } = statement;
  if (after > 0) throw new TypeError("the search still finds what is to be certified as gone");
  if (control.planted === 0 || control.found < control.planted) {
    throw new TypeError("the search did not find what was planted");
  }
  const content: Content = { format, id: newId(), issuedAt: now.toISOString(), ...statement };
  await sql`
    insert into certificates (tenant_id, id, subject, case_id, content, signature, issued_at)
    values (
      ${tenantId}, ${content.id}, ${content.subject}, ${caseId}, ${sql.json(content as never)},
      ${await sign(secretKey, content)}, ${now}
    )
  `;
  return content;
}

/** A certificate as it is handed out. Throws NotFound. */
export async function find(
  { sql, tenantId }: Scope,
  secretKey: string,
  id: string,
): Promise<Certificate> {
  const [row] = await sql<{ content: Content; signature: string }[]>`
    select content, signature
    from certificates
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (!row) throw new NotFound("certificate");
  const key = await publicKeyOf(secretKey, row.signature);
  return { certificate: row.content, signature: row.signature, key };
}

/** The certificates of a request, the newest first; at most 20. */
export async function listOf(
  { sql, tenantId }: Scope,
  caseId: string,
): Promise<CertificateEntry[]> {
  return await sql<CertificateEntry[]>`
    select id, subject, issued_at
    from certificates
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
    order by id desc
    limit 20
  `;
}
