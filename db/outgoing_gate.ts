/**
 * The objection gate, which checks every mail to somebody in the records when it is written and
 * again when it is sent; it names the reason, never the person.
 */
import { spellings } from "./email_addresses.ts";
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";
import * as suppressions from "./suppressions.ts";

/** What a mail is for; the first three pass by law where others are stopped. */
export type OutgoingKind =
  /** A legal duty, such as informing the person or official answers. */
  | "legal"
  /** The answer to the person's own request. */
  | "own_request"
  /** Needed for a contract with the person. */
  | "contract"
  | "correspondence"
  | "marketing";

/**
 * Why an address must not be written to: keys of the catalogue `outgoing`, prefixed with `bar_`.
 */
export type Bar =
  /** Art. 18 GDPR. */
  | "restricted"
  /** Art. 21 GDPR. */
  | "objection"
  /** Art. 21 GDPR, for an address whose person is no longer on record. */
  | "suppressed"
  /** Art. 7(3) GDPR. */
  | "withdrawn"
  /** Nobody on record: marketing to strangers has no legal basis. */
  | "unknown";

/** What the records say about an address. */
export interface Facts {
  known: boolean;
  restricted: boolean;
  objected: boolean;
  suppressed: boolean;
  /** A consent to mail was withdrawn, and none to the same or to marketing is in force. */
  withdrawn: boolean;
}

export interface Judgement {
  address: string;
  /** Null: it may be written to. */
  bar: Bar | null;
  /** What would have stopped the mail if it had no legal reason; otherwise null. */
  passed: Bar | null;
}

/** The rule itself, without the database. */
export function barOf(kind: OutgoingKind, facts: Facts): Bar | null {
  if (kind === "legal") return null;
  if (facts.restricted && kind !== "own_request") return "restricted";
  if (kind === "own_request" || kind === "contract") return null;
  if (facts.objected) return "objection";
  if (facts.suppressed) return "suppressed";
  if (kind !== "marketing") return null;
  if (facts.withdrawn) return "withdrawn";
  return facts.known ? null : "unknown";
}

/**
 * Judges each address for a mail of a kind, in the order given. If several share an address, one
 * person's objection counts for all: even mail meant for another must not reach them.
 */
export async function judge(
  { scope, secretKey }: { scope: Scope; secretKey: string },
  kind: OutgoingKind,
  addresses: readonly string[],
): Promise<Judgement[]> {
  if (addresses.length === 0) return [];
  const people = await factsOf(scope, addresses.map(keyOf));
  const barred = await suppressed(scope, secretKey, addresses.map(keyOf));
  return addresses.map((address) => {
    const known = people.get(keyOf(address));
    const facts = {
      known: known !== undefined,
      restricted: known?.restricted ?? false,
      objected: known?.objected ?? false,
      withdrawn: known?.withdrawn ?? false,
      suppressed: barred.has(keyOf(address)),
    };
    const bar = barOf(kind, facts);
    return { address, bar, passed: bar === null ? barOf("correspondence", facts) : null };
  });
}

const keyOf = (address: string) => address.trim().normalize("NFC").toLowerCase();

type Row = Pick<Facts, "restricted" | "objected" | "withdrawn"> & { address: string };

async function factsOf({ sql }: Scope, keys: readonly string[]): Promise<Map<string, Row>> {
  const wanted = keys.map((key) => ({ key, spelled: [...new Set([key, ...spellings(key)])] }));
  const rows = await sql<Row[]>`
    select address, restricted, objected, withdrawn
    from address_bars(${[...new Set(wanted.flatMap(({ spelled }) => spelled))]}::text[])
  `;
  const known = new Map(rows.map((row) => [row.address, row]));
  // A record may contain the address in the other spelling of its domain.
  return new Map(wanted.flatMap(({ key, spelled }) => {
    const found = spelled.flatMap((each) => known.get(each) ?? []);
    const any = (bar: "restricted" | "objected" | "withdrawn") => found.some((row) => row[bar]);
    return found.length === 0 ? [] : [[key, {
      address: key,
      restricted: any("restricted"),
      objected: any("objected"),
      withdrawn: any("withdrawn"),
    }]];
  }));
}

/**
 * Whether somebody with this address agrees to marketing by mail; a consent to anything else does
 * not count. Without one it is allowed only to customers, for similar goods or services (§ 7(2) no.
 * 2 and (3) UWG in Germany, § 174(3) and (4) TKG 2021 in Austria, Art. 3(1)(o) UWG in Switzerland).
 */
export async function agrees(scope: Scope, address: string): Promise<boolean> {
  const { sql, tenantId } = scope;
  const [row] = await widely(scope, () =>
    sql<{ agrees: boolean }[]>`
      select exists (
        select
        from emails e
        join consents c on c.tenant_id = e.tenant_id and c.contact_id = e.contact_id
        where e.tenant_id = ${tenantId}
          and e.address_key = any (${spellings(keyOf(address))}::text[])
          and c.channel = 'email'
          and c.purpose = 'marketing'
          and c.withdrawn_at is null
      ) as agrees
    `);
  return row!.agrees;
}

async function suppressed(
  scope: Scope,
  secretKey: string,
  keys: readonly string[],
): Promise<Set<string>> {
  if (!await suppressions.exist(scope)) return new Set();
  const hashes = suppressions.hasherOfAll(secretKey, scope.tenantId);
  return await suppressions.among(scope, hashes, keys, "email");
}
