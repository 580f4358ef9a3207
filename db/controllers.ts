/**
 * Who a person claims rights from: a tenant, or the provider under an id of its own. Cases of both
 * are in the same tables; a Scope with the controller's id only reaches its own.
 */
import type { AnySql } from "./pool.ts";
import * as providers from "./provider.ts";
import type { Scope } from "./scope.ts";
import * as tenants from "./tenants.ts";

/** The provider's id in tables that require a tenant's. */
export const providerId = "00000000-0000-7000-8000-000000000000";

export interface Controller {
  id: string;
  /** Null for the provider. */
  slug: string | null;
  name: string;
  street: string;
  postalCode: string;
  city: string;
  country: string;
  land: string;
  email: string;
  phone: string;
  locale: "de" | "en";
}

/** What a tenant's admins enter about their organisation. */
export type Letterhead = Pick<
  Controller,
  "street" | "postalCode" | "city" | "land" | "email" | "phone"
>;

/**
 * Where letters to a controller become cases, within the domain for incoming mail; null if its short
 * name leaves no local part of 64 characters.
 */
export function letterAddress(
  { slug, locale }: Pick<Controller, "slug" | "locale">,
  domain: string,
): string | null {
  const names = locale === "de" ? ["datenschutz", "privacy"] : ["privacy"];
  const parts = names.map((name) => slug === null ? name : `${name}.${slug}`);
  const part = parts.find((each) => each.length <= 64);
  return part === undefined ? null : `${part}@${domain}`;
}

const nothing: Letterhead = {
  street: "",
  postalCode: "",
  city: "",
  land: "",
  email: "",
  phone: "",
};

/** The controller of the Scope. Throws NotFound. */
export async function find(scope: Scope): Promise<Controller> {
  if (scope.tenantId === providerId) return await findProvider(scope.sql);
  const { id, slug, name, country, locale } = await tenants.find(scope);
  return { id, slug, name, country, locale, ...await findLetterhead(scope) };
}

/** The provider as a controller of its own; without a name until it is set up. */
export async function findProvider(sql: AnySql): Promise<Controller> {
  const found = await providers.lookup(sql);
  return {
    id: providerId,
    slug: null,
    name: found ? providers.nameOf(found) : "",
    street: found?.street ?? "",
    postalCode: found?.postalCode ?? "",
    city: found?.city ?? "",
    country: found?.country ?? "DE",
    land: found?.land ?? "",
    email: found?.email ?? "",
    phone: found?.phone ?? "",
    locale: "de",
  };
}

/** A tenant's details on its letters; empty until entered. */
export async function findLetterhead({ sql, tenantId }: Scope): Promise<Letterhead> {
  const [row] = await sql<Letterhead[]>`
    select street, postal_code, city, land, email, phone
    from controllers
    where tenant_id = ${tenantId}
  `;
  return row ?? nothing;
}

/** Saves a tenant's details for its letters, and whose public holidays apply. */
export async function update({ sql, tenantId, now }: Scope, input: Letterhead): Promise<void> {
  await sql`
    insert into controllers ${sql({ tenantId, ...input, updatedAt: now })}
    on conflict (tenant_id) do update
    set street = excluded.street, postal_code = excluded.postal_code, city = excluded.city,
      land = excluded.land, email = excluded.email, phone = excluded.phone,
      updated_at = excluded.updated_at
  `;
}
