/**
 * Each user's own address for copies and forwarded mails: unguessable and renewable at any time.
 */
import { randomBytes } from "node:crypto";
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";

export interface InboundAddress {
  id: string;
  userId: string;
  localPart: string;
  createdAt: Date;
}

/** Base 32: five bits per character. */
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/** A new local part: 80 random bits in 16 characters. */
export function newLocalPart(): string {
  return Array.from(randomBytes(16), (byte) => alphabet[byte & 31]).join("");
}

/** A user's own address, or null if there is none. */
export async function lookup(
  { sql, tenantId }: Scope,
  userId: string,
): Promise<InboundAddress | null> {
  const [row] = await sql<InboundAddress[]>`
    select id, user_id, local_part, created_at
    from inbound_addresses
    where tenant_id = ${tenantId}
      and user_id = ${userId}
  `;
  return row ?? null;
}

/** The address by its id. Throws NotFound. */
export async function find({ sql, tenantId }: Scope, id: string): Promise<InboundAddress> {
  const [row] = await sql<InboundAddress[]>`
    select id, user_id, local_part, created_at
    from inbound_addresses
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (!row) throw new NotFound("inbound address");
  return row;
}

/** Gives a user a new address; mail to the old one is refused from then on. */
export async function renew({ sql, tenantId, now }: Scope, userId: string): Promise<void> {
  await sql`
    insert into inbound_addresses (tenant_id, id, user_id, local_part, created_at)
    values (${tenantId}, ${newId()}, ${userId}, ${newLocalPart()}, ${now})
    on conflict (tenant_id, user_id) do update
    set local_part = excluded.local_part, created_at = excluded.created_at
  `;
}

/** Removes a user's address, if there is one. */
export async function remove({ sql, tenantId }: Scope, userId: string): Promise<void> {
  await sql`
    delete from inbound_addresses
    where tenant_id = ${tenantId}
      and user_id = ${userId}
  `;
}

/** The tenant and the address of a local part, or null when no active user has it. */
export async function route(
  sql: AnySql,
  localPart: string,
): Promise<{ tenantId: string; id: string } | null> {
  const [row] = await sql<{ tenantId: string; id: string }[]>`
    select tenant_id, id
    from inbound_address(${localPart})
  `;
  return row ?? null;
}
