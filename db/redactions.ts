/** Third parties in what is handed out (Art. 15(4) GDPR): found, proposed, made unreadable. */
import { rowTable } from "./access_files.ts";
import { plainName } from "./full_names.ts";
import { columnsOf, type Person, type TableRows } from "./person_tables.ts";
import * as phones from "./phones.ts";
import { addressesIn, coverOf, occurring } from "./redaction_patterns.ts";
import type { Scope } from "./scope.ts";

/** How many words a page shows; whatever is proposed beyond them is covered in any case. */
export const most = 500;

/** Tables that are about the person alone. */
const own = new Set([
  "contacts",
  "emails",
  "phones",
  "addresses",
  "affiliations",
  "cases",
  "case_items",
  "case_events",
  "consents",
]);
const telling = new Set(["name", "contact", "content", "communication", "classification"]);

/** The columns of a table in which others may be named. */
const open = (table: string): Set<string> =>
  new Set(
    table === rowTable ? ["cells"] : own.has(table) ? [] : columnsOf(table)
      .filter(([, { category }]) => telling.has(category)).map(([name]) => name),
  );

/** Whether others may be named in a table. */
export const isOpen = (table: string): boolean => open(table).size > 0;

/**
 * Names, addresses and numbers of others in the person's rows. Those of records come first: who
 * asks may have written us any number of addresses, and must not push them off a page. With `most`,
 * no more other persons are looked at, and proposed whether they occur in these rows or not.
 */
export async function propose(
  scope: Scope,
  person: Person,
  tables: readonly TableRows[],
  most: number | null = null,
): Promise<string[]> {
  const texts = tables.flatMap(({ table, rows }) => {
    const columns = open(table);
    return rows.flatMap((row) =>
      Object.entries(row).flatMap(([name, value]) => columns.has(name) ? textsOf(value) : [])
    );
  });
  const mine = new Set(
    [...person.emails, ...person.phones.flatMap(spelled), ...person.names]
      .map((word) => word.toLowerCase()),
  );
  const written = addressesIn(texts);
  const staff = await staffAmong(scope, person, [...written]);
  const known = new Set(
    (await others(scope, person, most)).map((word) => word.trim())
      .filter((word) => word.length > 3),
  );
  const named = most === null ? occurring(texts, [...known]) : [...known].sort();
  const words = [
    ...named.sort((a, b) => b.length - a.length),
    ...[...written].filter((address) => !staff.has(address)).sort(),
  ];
  return [...new Set(words)].filter((word) => !mine.has(word.toLowerCase()));
}

/** All texts in a value, as they are written: in JSON, a line would begin with a letter more. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [];
  return Object.values(value).flatMap(textsOf);
}

/** A number with its country code and without; each is found however it is punctuated. */
const spelled = (number: string): string[] => [number, phones.national(number)];

/** The names of other persons linked to the same activities, mails and deals. */
async function others(
  { sql, tenantId }: Scope,
  { contactIds }: Person,
  most: number | null,
): Promise<string[]> {
  const ids = [...contactIds];
  const shared = (table: "activity_links" | "message_links" | "deal_contacts", key: string) =>
    sql`
      select o.contact_id
      from ${sql(table)} m
      join ${sql(table)} o on o.tenant_id = m.tenant_id and o.${sql(key)} = m.${sql(key)}
      where m.tenant_id = ${tenantId}
        and m.contact_id = any(${ids}::uuid[])`;
  const rows = await sql<{ word: string; number: boolean }[]>`
    with third as (
      select distinct s.contact_id as id
      from (
        (${shared("activity_links", "activity_id")})
        union
        (${shared("message_links", "message_id")})
        union
        (${shared("deal_contacts", "deal_id")})
      ) s
      where s.contact_id <> all(${ids}::uuid[])
      ${most === null ? sql`` : sql`order by id desc limit ${most}`}
    )
    select unnest(array[
      ${plainName("c")},
      c.last_name
    ]) as word, false as number
    from contacts c
    join third on third.id = c.id
    where c.tenant_id = ${tenantId}
    union
    select p.number, true
    from phones p
    join third on third.id = p.contact_id
    where p.tenant_id = ${tenantId}
    union
    select e.address, false
    from emails e
    join third on third.id = e.contact_id
    where e.tenant_id = ${tenantId}
  `;
  return rows.flatMap(({ word, number }) => number ? spelled(word) : [word]);
}

/** Addresses of the tenant and its users: the person wrote to them or was given them. */
async function staffAmong(
  { sql, tenantId }: Scope,
  { contactIds }: Person,
  found: string[],
): Promise<Set<string>> {
  const rows = await sql<{ address: string }[]>`
    select i.email_key as address
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and i.email_key = any(${[...new Set(found)].slice(0, 5_000)}::text[])
    union
    select lower(unnest(array[o.email, o.deputy_email]))
    from officers o
    where o.tenant_id = ${tenantId}
    union
    select lower(k.email)
    from controllers k
    where k.tenant_id = ${tenantId}
    union
    select b.address_key
    from mailboxes b
    where b.tenant_id = ${tenantId}
    union
    select lower(a.address)
    from mail_accounts a
    where a.tenant_id = ${tenantId}
    union
    select lower(m.from_address)
    from message_links l
    join outgoing_messages o on o.tenant_id = l.tenant_id and o.message_id = l.message_id
    join messages m on m.tenant_id = o.tenant_id and m.id = o.message_id
    where l.tenant_id = ${tenantId}
      and l.contact_id = any(${[...contactIds]}::uuid[])
  `;
  return new Set(rows.map(({ address }) => address));
}

/** The rows with these words made unreadable wherever others may be named. */
export function apply(tables: readonly TableRows[], words: readonly string[]): TableRows[] {
  const cover = coverOf(words);
  if (cover === null) return [...tables];
  return tables.map(({ table, rows }) => {
    const columns = open(table);
    const seen = (name: string, value: unknown) => columns.has(name) ? masked(value, cover) : value;
    return {
      table,
      rows: rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, seen(name, value)]))
      ),
    };
  });
}

/** Texts with these words made unreadable. */
export function covered(texts: readonly string[], words: readonly string[]): string[] {
  const cover = coverOf(words);
  return cover === null ? [...texts] : texts.map(cover);
}

function masked(value: unknown, cover: (text: string) => string): unknown {
  if (typeof value === "string") return cover(value);
  if (Array.isArray(value)) return value.map((each) => masked(each, cover));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, masked(each, cover)]),
  );
}

/** Where a word occurs in the rows, with some surrounding text. */
export interface Place {
  table: string;
  count: number;
  excerpt: string;
}

/** Characters of context shown around a word. */
const around = 40;

/** Where each word occurs, table by table, as it would look when covered. */
export function places(
  tables: readonly TableRows[],
  words: readonly string[],
): Map<string, Place[]> {
  const found = new Map<string, Place[]>(words.map((word) => [word, []]));
  for (const { table, rows } of tables) {
    const columns = open(table);
    if (columns.size === 0) continue;
    const texts = rows.flatMap((row) =>
      Object.entries(row).filter(([name, value]) => columns.has(name) && value)
        .map(([, value]) => typeof value === "string" ? value : JSON.stringify(value))
    );
    const whole = texts.join("\n");
    const lower = whole.toLowerCase();
    for (const word of words) {
      const wanted = word.toLowerCase();
      const first = lower.indexOf(wanted);
      if (first < 0) continue;
      const from = Math.max(0, first - around);
      const excerpt = whole.slice(from, first + word.length + around).replace(/\s+/g, " ").trim();
      found.get(word)!.push({ table, count: lower.split(wanted).length - 1, excerpt });
    }
  }
  return found;
}
