/** Who runs this installation: one row, made at the set-up. */
import type { AnySql } from "./pool.ts";

export interface Provider {
  name: string;
  legalForm: string;
  street: string;
  postalCode: string;
  city: string;
  country: string;
  email: string;
  phone: string;
  dpoName: string;
  dpoEmail: string;
}

/** The provider, or null while nothing is set up. */
export async function lookup(sql: AnySql): Promise<Provider | null> {
  const [row] = await sql<Provider[]>`
    select name, legal_form, street, postal_code, city, country, email, phone, dpo_name, dpo_email
    from provider
  `;
  return row ?? null;
}

/** Whether the set-up has been done. */
export async function exists(sql: AnySql): Promise<boolean> {
  const rows = await sql`select from provider`;
  return rows.length > 0;
}
