/** Who runs this installation: one row, made at the set-up. */
import { now } from "./clock.ts";
import type { AnySql } from "./pool.ts";

export interface Provider {
  name: string;
  legalForm: string;
  street: string;
  postalCode: string;
  city: string;
  /** The Land by its code; empty where it is not said, and outside Germany. */
  land: string;
  country: string;
  email: string;
  phone: string;
  representedBy: string;
  registerEntry: string;
  vatId: string;
  dpoName: string;
  dpoEmail: string;
}

/** The provider, or null while nothing is set up. */
export async function lookup(sql: AnySql): Promise<Provider | null> {
  const [row] = await sql<Provider[]>`
    select name, legal_form, street, postal_code, city, land, country, email, phone, represented_by,
      register_entry, vat_id, dpo_name, dpo_email
    from provider
  `;
  return row ?? null;
}

/** Whether the set-up has been done. */
export async function exists(sql: AnySql): Promise<boolean> {
  const rows = await sql`select from provider`;
  return rows.length > 0;
}

/** Writes the provider anew; the serving role may do it through this one function only. */
export async function update(sql: AnySql, p: Provider): Promise<void> {
  await sql`
    select update_provider(
      ${p.name}, ${p.legalForm}, ${p.street}, ${p.postalCode}, ${p.city}, ${p.land}, ${p.country}, ${p.email},
      ${p.phone}, ${p.representedBy}, ${p.registerEntry}, ${p.vatId}, ${p.dpoName}, ${p.dpoEmail},
      ${now()}
    )
  `;
}
