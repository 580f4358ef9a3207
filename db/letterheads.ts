/** A tenant's letterhead: its address, its logo and the required details in the footer. */
import { Buffer } from "node:buffer";
import * as changes from "./changes.ts";
import * as controllers from "./controllers.ts";
import type { Controller } from "./controllers.ts";
import { Invalid } from "./errors.ts";
import { pictureOnly } from "./image_chunks.ts";
import { sizeOf } from "./image_sizes.ts";
import type { Scope } from "./scope.ts";

export interface Logo {
  type: "png" | "jpg";
  bytes: Uint8Array;
}

export interface Letterhead {
  controller: Controller;
  logo: Logo | null;
  /** Managers, register, tax number, bank: as many lines as the tenant wants. */
  footer: string;
}

/** Maximum bytes of a logo. */
export const largest = 300_000;
/** Maximum pixels per edge: a print three centimetres high needs no more. */
const longestEdge = 3_000;

/** The tenant's letterhead. Throws NotFound. */
export async function find(scope: Scope): Promise<Letterhead> {
  const { sql, tenantId } = scope;
  const controller = await controllers.find(scope);
  const [row] = await sql<{ logo: Buffer | null; logoType: Logo["type"]; footer: string }[]>`
    select logo, logo_type, footer
    from letterheads
    where tenant_id = ${tenantId}
  `;
  const logo = row?.logo ? { type: row.logoType, bytes: new Uint8Array(row.logo) } : null;
  return { controller, logo, footer: row?.footer ?? "" };
}

/** Replaces the footer. */
export async function update(scope: Scope, footer: string): Promise<void> {
  const { sql, tenantId, now } = scope;
  await sql`
    insert into letterheads ${sql({ tenantId, footer, updatedAt: now })}
    on conflict (tenant_id) do update
    set footer = excluded.footer, updated_at = excluded.updated_at
  `;
  await note(scope, "letterhead_footer");
}

/** Stores a logo, or removes it. */
export async function updateLogo(scope: Scope, read: Logo | null): Promise<void> {
  const { sql, tenantId, now } = scope;
  const logoType = read && read.type;
  const logo = read && Buffer.from(read.bytes);
  await sql`
    insert into letterheads ${sql({ tenantId, logo, logoType, updatedAt: now })}
    on conflict (tenant_id) do update
    set logo = excluded.logo, logo_type = excluded.logo_type, updated_at = excluded.updated_at
  `;
  await note(scope, "letterhead_logo");
}

/** A picture as a logo, without what is not drawn. Throws Invalid if it cannot be printed. */
export function logoOf(bytes: Uint8Array): Logo {
  if (bytes.length > largest) throw new Invalid("offers.logo_large", "logo");
  const found = sizeOf(bytes);
  if (!found) throw new Invalid("offers.logo_type", "logo");
  // A small file may decode to a picture that fills the memory.
  if (Math.max(found.width, found.height) > longestEdge) {
    throw new Invalid("offers.logo_edge", "logo");
  }
  return { type: found.type, bytes: found.type === "png" ? pictureOnly(bytes) : bytes };
}

const note = (scope: Scope, name: string) =>
  changes.record(scope, {
    kind: "tenant",
    id: scope.tenantId,
    action: "updated",
    fields: [{ name }],
  });
