/** Finds a person in files of imports, whatever their state, reading them row by row. */
import type { Person } from "../person_tables.ts";
import * as postalKeys from "../postal_keys.ts";
import type { Scope } from "../scope.ts";
import * as sights from "../sights.ts";
import * as vault from "../vault.ts";
import * as furtherPersons from "./further_persons.ts";
import { fullName } from "./likenesses.ts";
import { hasCards, type Plan } from "./plans.ts";
import { Unreadable } from "./problems.ts";
import { reader, rowReader } from "./readers.ts";
import type { ImportedContact, ImportedRecord } from "./records.ts";

/** What identifies a person in a file. */
export interface Sought {
  /** What only this person has: whoever has it is meant, whatever the name. */
  own: ReadonlySet<string>;
  /** What others have too: together with the name it shows who is meant. */
  shared: ReadonlySet<string>;
  names: ReadonlySet<string>;
}

/** Files searched before asking for the next. */
const some = 100;

/** What identifies a known person; `own` are addresses and numbers that nobody else has. */
export async function of(scope: Scope, person: Person, own: readonly string[]): Promise<Sought> {
  const { sql, tenantId } = scope;
  const ids = [...person.contactIds];
  const rows = await sights.widely(
    scope,
    () =>
      sql<{ uid: string; codes: string[]; companies: string[] }[]>`
      select c.external_uid as uid,
        array(
          select a.postal_code
          from addresses a
          where a.tenant_id = c.tenant_id
            and a.contact_id = c.id
        ) as codes,
        array(
          select m.name
          from affiliations f
          join companies m on m.tenant_id = f.tenant_id and m.id = f.company_id
          where f.tenant_id = c.tenant_id
            and f.contact_id = c.id
        ) as companies
      from contacts c
      where c.tenant_id = ${tenantId}
        and c.id = any (${ids}::uuid[])
    `,
  );
  const posted = await postalKeys.ofContacts(scope, ids);
  const alone = new Set(own.map((each) => each.toLowerCase()));
  const reached = [...person.emails, ...person.phones].map((each) => each.toLowerCase());
  return {
    own: new Set([
      ...reached.filter((each) => alone.has(each)),
      ...posted.map(({ key }) => key),
      ...ids,
      ...rows.map(({ uid }) => uid).filter((uid) => uid.length >= longUid),
    ]),
    shared: new Set([
      ...reached,
      ...person.numbers,
      ...rows.flatMap(({ uid, codes, companies }) => [uid, ...codes, ...companies.map(plain)]),
    ].filter((each) => each !== "")),
    names: namesOf(person.names),
  };
}

/** What a request says about somebody of whom there is no record. */
export const ofTerms = ({ emails, phones, names, numbers }: Omit<Person, "contactIds">): Sought => {
  const own = new Set([...emails, ...phones].map((each) => each.toLowerCase()));
  return { own, shared: new Set([...own, ...numbers]), names: namesOf(names) };
};

const namesOf = (names: readonly string[]) =>
  new Set(names.map(postalKeys.nameKey).filter(Boolean));

/** An identifier this long is not a short number that another system gave to somebody else. */
const longUid = 15;

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** What was read of files: whether each contains the person, by all that this follows from. */
export type Reading = Map<string, boolean>;

/** An import that keeps its file. */
export interface KeptFile {
  id: string;
  plan: Plan;
}

interface Wanted {
  waiting?: boolean;
  except?: readonly string[];
}

/** Where the first page of imports begins. */
export const first = "00000000-0000-0000-0000-000000000000";

/** The imports that keep a file, or those not run yet, after one of them; `next` is null at the end. */
export async function page(
  { sql, tenantId }: Scope,
  after: string,
  { waiting = false, except = [] }: Wanted,
): Promise<{ kept: KeptFile[]; next: string | null }> {
  const kept = await sql<KeptFile[]>`
    select id, options->'plan' as plan
    from imports
    where tenant_id = ${tenantId}
      and id > ${after}
      and kind = 'file'
      and options is not null
      and id <> all (${[...except]}::uuid[])
      ${waiting ? sql`and status not in ('done', 'undoing', 'undone')` : sql``}
    order by id
    limit ${some}
  `;
  return { kept, next: kept.length < some ? null : kept.at(-1)!.id };
}

/**
 * The imports that keep a file, or those not run yet, whose file contains the person; what was read
 * before is not read again.
 */
export async function list(
  scope: Scope,
  store: vault.Vault,
  sought: Sought,
  { reading, ...wanted }: Wanted & { reading?: Reading | undefined } = {},
): Promise<string[]> {
  const found: string[] = [];
  // Reading a large file takes many seconds.
  await scope.sql`set local idle_in_transaction_session_timeout = 0`;
  for (let after: string | null = first; after !== null;) {
    const { kept, next }: Awaited<ReturnType<typeof page>> = await page(scope, after, wanted);
    for (const each of kept) if (await holds(store, each, sought, reading)) found.push(each.id);
    after = next;
  }
  return found;
}

/**
 * Whether the file contains the person: an unreadable one may, a missing one contains nobody. Taken
 * from the reading or added to it.
 */
export async function holds(
  store: vault.Vault,
  { id, plan }: KeptFile,
  sought: Sought,
  reading: Reading = new Map(),
): Promise<boolean> {
  const { own, shared, names } = sought;
  const key = JSON.stringify([id, plan, ...[own, shared, names].map((each) => [...each].sort())]);
  const known = reading.get(key);
  if (known !== undefined) return known;
  const found = await search(store, `imports/${id}`, plan, sought);
  reading.set(key, found);
  return found;
}

async function search(
  store: vault.Vault,
  name: string,
  plan: Plan,
  sought: Sought,
): Promise<boolean> {
  if (!await vault.exists(store, name)) return false;
  try {
    return await isIn(() => vault.open(store, name), plan, sought);
  } catch (error) {
    if (error instanceof Unreadable || error instanceof vault.FileBroken) return true;
    throw error;
  }
}

/** Whether a row or card of the file is about the person, or a cell contains their own address. */
async function isIn(
  source: () => ReadableStream<Uint8Array>,
  plan: Plan,
  sought: Sought,
): Promise<boolean> {
  const [files, rowRecords] = await Promise.all([reader(), rowReader()]);
  const mentions = mentioning(sought.own);
  if (hasCards(plan)) {
    for await (const record of files.read(source, plan)) {
      if (mentions(JSON.stringify(record)) || isAbout(record, sought)) return true;
    }
    return false;
  }
  for await (const { row: number, cells } of files.cells(source, plan)) {
    if (mentions(cells.join("\n"))) return true;
    if (isAbout(rowRecords.record({ number, cells, unclosed: false }, plan), sought)) return true;
  }
  return false;
}

/** Whether a text contains one of the addresses, but not as part of a longer one. */
function mentioning(own: ReadonlySet<string>): (text: string) => boolean {
  const addresses = [...own].filter((each) => each.includes("@"))
    .map(RegExp.escape);
  if (addresses.length === 0) return () => false;
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}.+_-])(?:${addresses.join("|")})(?![\\p{L}\\p{N}-])`,
    "iu",
  );
  return (text) => pattern.test(text);
}

/**
 * Whether a row or card is about the person, and does not only mention them. `surely`: a mere name
 * is not enough, unless nothing else is known of the person either.
 */
export function isAbout(record: ImportedRecord, sought: Sought, surely = false): boolean {
  return furtherPersons.apart([record]).some(({ contact, companies, deal }) => {
    const firms = companies.map(({ name }) => plain(name));
    if (deal) return deal.persons.some((name) => isNamed(name, firms, sought, surely));
    if (!contact) return false;
    const places = [...contact.addresses, ...companies.flatMap(({ addresses }) => addresses)];
    const signs = [...signsOf(contact), ...postalKeys.keysOf(contact, places)];
    if (signs.some((each) => sought.own.has(each))) return true;
    const codes = contact.addresses.map(({ postalCode }) => postalCode);
    const beside = [...signs, ...codes, ...firms].filter(Boolean);
    return isNamed(fullName(contact), beside, sought, surely);
  });
}

const signsOf = ({ emails, phones, uid, customerNumber }: ImportedContact): string[] =>
  [
    ...emails.map(({ address }) => address.toLowerCase()),
    ...phones.map(({ number }) => number),
    uid,
    customerNumber,
  ].filter(Boolean);

/** The name matches, and another value does as well or one side has no other values. */
const isNamed = (
  name: string,
  beside: readonly string[],
  { names, shared }: Sought,
  surely: boolean,
): boolean =>
  names.has(postalKeys.nameKey(name)) &&
  (beside.length === 0 && !surely || shared.size === 0 || beside.some((each) => shared.has(each)));
