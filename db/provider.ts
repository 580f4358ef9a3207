/** Who runs this installation: one row, created at set-up. */
import { now } from "./clock.ts";
import type { AnySql } from "./pool.ts";

export interface Provider {
  name: string;
  legalForm: string;
  street: string;
  postalCode: string;
  city: string;
  /** The Land by its code; empty if not given, and outside Germany. */
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

/** Name and legal form, which many people include in the name: as agreements and letters name it. */
export const nameOf = ({ name, legalForm }: Provider): string =>
  legalForm && !name.endsWith(legalForm) ? `${name} ${legalForm}` : name;

/** What the imprint (DDG 5) and the policy (Art. 13 GDPR) cannot do without. */
const needed = [
  "name",
  "legalForm",
  "street",
  "postalCode",
  "city",
  "country",
  "email",
  "representedBy",
  "dpoName",
  "dpoEmail",
] as const satisfies readonly (keyof Provider)[];
/** Companies of these legal forms are in a public register. */
const registered = /GmbH|UG|AG|KGaA|SE|OHG|KG|eG|e\.? ?K|PartG/;

/** The fields that must be filled before going live but are still empty, in the form's order. */
export function missing(p: Provider): (keyof Provider)[] {
  const empty = (name: keyof Provider) => p[name].trim() === "";
  const fields: (keyof Provider)[] = needed.filter(empty);
  if (registered.test(p.legalForm) && empty("registerEntry")) fields.push("registerEntry");
  // In Germany the Land determines the competent authority (clause 6.7).
  if (p.country === "DE" && empty("land")) fields.push("land");
  return fields;
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

/** Whether the installation has been set up. */
export async function exists(sql: AnySql): Promise<boolean> {
  const rows = await sql`select from provider`;
  return rows.length > 0;
}

/** Overwrites the provider's data; the serving role may do so only through this function. */
export async function update(sql: AnySql, p: Provider): Promise<void> {
  await sql`
    select update_provider(
      ${p.name}, ${p.legalForm}, ${p.street}, ${p.postalCode}, ${p.city}, ${p.land}, ${p.country}, ${p.email},
      ${p.phone}, ${p.representedBy}, ${p.registerEntry}, ${p.vatId}, ${p.dpoName}, ${p.dpoEmail},
      ${now()}
    )
  `;
}
