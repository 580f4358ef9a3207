/** What can be rectified about a contact, where it is stored, and what is a valid value there. */
import { isBirthday } from "./birthdays.ts";
import { isValid } from "./email_addresses.ts";
import { Invalid } from "./errors.ts";
import * as customs from "./rectification_customs.ts";
import { toE164 } from "./phones.ts";
import type { AnySql } from "./pool.ts";
import { lengths } from "./record_lengths.ts";
import { isSeen, oneLine, severalLines } from "./text_lines.ts";
import { addressOf } from "./websites.ts";

/** Columns of the contact's own row. */
const own = [
  "title",
  "first_name",
  "name_prefix",
  "last_name",
  "name_suffix",
  "birthday",
  "position",
  "customer_number",
  "website",
] as const;
/** Columns of rows of which a contact may have several: they are found by their old value. */
const several = {
  "emails.address": { table: "emails", column: "address" },
  "phones.number": { table: "phones", column: "number" },
  "addresses.street": { table: "addresses", column: "street" },
  "addresses.postal_code": { table: "addresses", column: "postal_code" },
  "addresses.city": { table: "addresses", column: "city" },
} as const;

/** Columns of an identity, in the provider's own records. */
const ofLogin = ["identities.name", "identities.email"] as const;

export const fields = [
  ...ofLogin,
  ...own.map((column) => `contacts.${column}` as const),
  ...Object.keys(several) as (keyof typeof several)[],
  "supplement",
] as const;
export type Field = typeof fields[number] | customs.CustomFieldKey;

/**
 * One change of a contact or, for the provider, of an identity, as it is written and as the ledger
 * keeps it.
 */
export interface Correction {
  contactId: string;
  field: Field;
  from: string;
  to: string;
}

/** The most characters: the form of a contact takes no more, and could not be saved again. */
const longest: Partial<Record<Field, number>> = {
  "contacts.title": lengths.title,
  "contacts.first_name": lengths.firstName,
  "contacts.name_prefix": lengths.namePrefix,
  "contacts.last_name": lengths.lastName,
  "contacts.name_suffix": lengths.nameSuffix,
  "contacts.position": lengths.position,
  "contacts.customer_number": lengths.customerNumber,
  "contacts.website": lengths.website,
  "phones.number": lengths.phone,
  "addresses.street": lengths.street,
  "addresses.postal_code": lengths.postalCode,
  "addresses.city": lengths.city,
};
const usual = 200;
/** A counter-statement needs some space. */
const longestSupplement = 4_000;

/** A new value in stored form. Throws Invalid on the field `value`. */
export function cleaned(field: Field, value: string, country: string): string {
  const text = field === "supplement" ? severalLines(value) : oneLine(value);
  const fault = (code: string) => new Invalid(code, "value");
  const tooLong = (most: number) => fault(`too_long?max=${most}`);
  if (field === "supplement") {
    if (!isSeen(text)) throw fault("required");
    if (text.length > longestSupplement) throw tooLong(longestSupplement);
    return text;
  }
  const most = longest[field] ?? usual;
  if (text.length > most) throw tooLong(most);
  if ((field === "emails.address" || field === "identities.email") && !isValid(text)) {
    throw fault("email");
  }
  if (field === "identities.name" && !isSeen(text)) throw fault("required");
  if (field === "phones.number") {
    const number = toE164(text, country);
    if (!number) throw fault("invalid");
    return number;
  }
  if (field === "contacts.birthday" && text !== "" && !isBirthday(text)) throw fault("date");
  if (field === "contacts.website" && text !== "") {
    const address = addressOf(text);
    if (address === null) throw fault("url");
    return address;
  }
  if (field === "contacts.last_name" && !isSeen(text)) throw fault("required");
  return text;
}

/**
 * Writes one change; returns how many rows it found. It checks no permissions: the caller is the
 * approved right, or the ledger bringing a restored backup up to date.
 */
export async function write(
  sql: AnySql,
  tenantId: string,
  { contactId, field, from, to }: Correction,
  at: Date,
): Promise<number> {
  let count = 0;
  if (field === "identities.name" || field === "identities.email") {
    const column = field.slice("identities.".length);
    // An address that somebody else now logs in with stays theirs.
    ({ count } = await sql`
      update identities i
      set ${sql(column)} = ${to}
      where i.id = ${contactId}
        and not exists (
          select
          from identities o
          where ${column} = 'email'
            and o.email_key = lower(${to})
            and o.id <> i.id
        )
    `);
    return count;
  }
  if (field === "supplement") {
    ({ count } = await sql`
      update contacts
      set notes = concat_ws(e'\\n\\n', nullif(notes, ''), ${to}::text), version = version + 1,
        updated_at = ${at}
      where tenant_id = ${tenantId}
        and id = ${contactId}
        and strpos(notes, ${to}) = 0
    `);
  } else if (customs.isCustom(field)) {
    count = await customs.write(sql, tenantId, { contactId, field, to });
    await touch(sql, tenantId, contactId, at);
  } else if (field in several) {
    const { table, column } = several[field as keyof typeof several];
    ({ count } = await sql`
      update ${sql(table)}
      set ${sql(column)} = ${to}
      where tenant_id = ${tenantId}
        and contact_id = ${contactId}
        and ${sql(column)} = ${from}
    `);
    await touch(sql, tenantId, contactId, at);
  } else {
    const column = field.slice("contacts.".length);
    ({ count } = await sql`
      update contacts
      set ${sql(column)} = ${column === "birthday" && to === "" ? null : to},
        version = version + 1, updated_at = ${at}
      where tenant_id = ${tenantId}
        and id = ${contactId}
    `);
  }
  await sql`select refresh_contact_search(array[${contactId}]::uuid[])`;
  return count;
}

async function touch(sql: AnySql, tenantId: string, contactId: string, at: Date): Promise<void> {
  await sql`
    update contacts
    set version = version + 1, updated_at = ${at}
    where tenant_id = ${tenantId}
      and id = ${contactId}
  `;
}
