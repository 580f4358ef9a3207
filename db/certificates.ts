/** Certificates of erasure, for persons and tenants: issued once, signed, never changed. */
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";
import { publicKeyOf, sign } from "./signing_keys.ts";
import type { JWK } from "jose";

/** The format that is issued, and the only one that is recognised. */
export const format = "kompaktcrm-erasure-1";

/**
 * A store that was erased: how, and what a search counted there before and after. For a person,
 * only data about them counts: a row shared with others stays, without them, and no longer counts.
 */
export interface Store {
  /** `database`, `files`, `backups` …: the pages have labels for those they know. */
  name: string;
  /** `deleted`, `overwritten`, `key_destroyed`, `expires` … */
  method: string;
  before: number | null;
  after: number | null;
  /** The day by which a store that expires by itself is empty. */
  emptyOn?: string;
  /** Its parts, such as tables. */
  parts?: { name: string; before: number; after: number }[];
}

/** What the law requires to be kept, separate and restricted, and until when. */
export interface Kept {
  name: string;
  count: number;
  /** The legal provision. */
  basis: string;
  /** The last day; null if it depends on another event. */
  until: string | null;
}

/** What is certified. Nothing in it may identify a person by itself: only numbers and counts. */
export interface Statement {
  subject: "person" | "tenant";
  /** The number of the request, or the tenant's identifier. */
  reference: string;
  /** The controller who is responsible for it. */
  controller: string;
  basis: string;
  /** The day of the request, or the end of the contract. */
  requestedOn: string;
  erasedAt: string;
  stores: Store[];
  kept: Kept[];
  /** The search for traces, and its positive control: a planted trace that it had to find. */
  search: {
    places: number;
    before: number;
    after: number;
    control: { planted: number; found: number };
  };
  /** The ids of destroyed keys. */
  destroyedKeys: string[];
  /** The end of the ledger of erasures at that time; null if it was still empty. */
  ledger: { seq: number; hash: string } | null;
}

export interface Content extends Statement {
  format: typeof format;
  id: string;
  issuedAt: string;
}

/** A certificate as handed out: it contains everything needed to verify it. */
export interface Certificate {
  certificate: Content;
  signature: string;
  key: JWK;
}

/** An entry in a list of certificates. */
export interface CertificateEntry {
  id: string;
  subject: Statement["subject"];
  issuedAt: Date;
}

/**
 * Issues a certificate in the caller's transaction. Throws TypeError for a statement that proves
 * nothing: traces were left, or the search did not find its planted trace.
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
      ${tenantId}, ${content.id}, ${content.subject}, ${caseId}, ${sql.json(content)},
      ${await sign(secretKey, content)}, ${now}
    )
  `;
  return content;
}

/** A certificate as handed out. Throws NotFound. */
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

/** The certificates of a request, newest first; at most 20. */
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
