/** Identities: a person's log-in, one for all tenants; knowing an address reveals nothing. */
import { now } from "./clock.ts";
import { Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { AnySql, Fragment, Tx } from "./pool.ts";

export interface Identity {
  id: string;
  name: string;
  email: string;
  locale: "de" | "en";
  operator: boolean;
  passwordHash: string | null;
}

export interface IdentityInput {
  name: string;
  email: string;
  passwordHash: string | null;
  locale: "de" | "en";
  operator?: boolean;
}

const columns = (sql: AnySql) => sql`id, name, email, locale, operator, password_hash`;

/** The identity. Throws NotFound. */
export async function find(sql: AnySql, id: string): Promise<Identity> {
  const [row] = await sql<Identity[]>`
    select ${columns(sql)}
    from identities
    where id = ${id}
  `;
  if (!row) throw new NotFound("identity");
  return row;
}

/** The identity with this e-mail address, ignoring case, or null. */
export const lookup = (sql: AnySql, email: string): Promise<Identity | null> =>
  withAddress(sql, email, sql``);

/** The same, locked: its address and password stay as they are until the transaction ends. */
export const hold = (sql: Tx, email: string): Promise<Identity | null> =>
  withAddress(sql, email, sql`for no key update`);

async function withAddress(sql: AnySql, email: string, lock: Fragment): Promise<Identity | null> {
  const [row] = await sql<Identity[]>`
    select ${columns(sql)}
    from identities
    where email_key = lower(${email})
    ${lock}
  `;
  return row ?? null;
}

/** Creates an identity and returns its id. Throws Invalid `taken` when another has the address. */
export async function create(sql: AnySql, input: IdentityInput): Promise<string> {
  const at = now();
  const [row] = await sql<{ id: string }[]>`
    insert into identities (
      id, email, name, password_hash, locale, operator, created_at, password_changed_at
    ) values (
      ${newId()}, ${input.email}, ${input.name}, ${input.passwordHash}, ${input.locale},
      ${input.operator ?? false}, ${at}, ${input.passwordHash === null ? null : at}
    )
    on conflict (email_key) do nothing
    returning id
  `;
  if (!row) throw new Invalid("taken", "email");
  return row.id;
}

/** Changes the person's name. */
export async function rename(sql: AnySql, id: string, name: string): Promise<void> {
  await sql`update identities set name = ${name} where id = ${id}`;
}

/** Changes the language of pages and mails. */
export async function speak(sql: AnySql, id: string, locale: "de" | "en"): Promise<void> {
  await sql`update identities set locale = ${locale} where id = ${id}`;
}

/** Moves the log-in to a confirmed address; false when another identity has taken it meanwhile. */
export async function moveTo(sql: AnySql, id: string, email: string): Promise<boolean> {
  const rows = await sql`
    update identities i
    set email = ${email}
    where i.id = ${id}
      and not exists (
        select
        from identities other
        where other.email_key = lower(${email})
          and other.id <> i.id
      )
    returning i.id
  `;
  if (rows.length === 0) return false;
  // Notices that the old address did not accept are sent to the new one.
  await sql`select renew_notices(${id})`;
  return true;
}

/** Stores a new password's hash. */
export async function setPassword(sql: AnySql, id: string, passwordHash: string): Promise<void> {
  await sql`
    update identities
    set password_hash = ${passwordHash}, password_changed_at = ${now()}
    where id = ${id}
  `;
}

/**
 * Whether this is still the stored hash of a password; it then stays so until the transaction ends,
 * and whoever changes it ends what was begun with the old one.
 */
export async function holdsPassword(
  sql: AnySql,
  id: string,
  passwordHash: string,
): Promise<boolean> {
  const rows = await sql`
    select
    from identities
    where id = ${id}
      and password_hash = ${passwordHash}
    for no key update
  `;
  return rows.length > 0;
}

/** Stores the same password under current parameters, unless it was changed meanwhile. */
export async function rehash(
  sql: AnySql,
  id: string,
  before: string,
  after: string,
): Promise<void> {
  await sql`
    update identities
    set password_hash = ${after}
    where id = ${id}
      and password_hash = ${before}
  `;
}
