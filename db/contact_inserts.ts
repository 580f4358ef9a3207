/** Inserts a person's row once, complete with its columns for search and lists. */
import type { ContactInput } from "./contacts.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

interface Origin {
  sourceChannel: "manual" | "mail" | "api" | "form";
  noticeDueOn: string | null;
}

/**
 * Inserts the row; returns false if the id is taken. Its search text lacks companies, tags and
 * custom fields: whoever adds those updates it. A row that is written twice goes into every index
 * twice.
 */
export async function insert(
  scope: Scope,
  id: string,
  input: ContactInput,
  { sourceChannel, noticeDueOn }: Origin,
): Promise<boolean> {
  const { sql, tenantId, actor, now } = scope;
  const { salutation, title, firstName, namePrefix, lastName, nameSuffix } = input;
  const { letterSalutation, addressForm, language, position, birthday, customerNumber } = input;
  const { status, ownerId, website, notes, source, legalBasis, purpose } = input;
  const [row] = await sql`
    insert into contacts (
      tenant_id, id, salutation, title, first_name, name_prefix, last_name, name_suffix,
      letter_salutation, address_form, language, position, birthday, customer_number, status,
      owner_id, website, notes, source, legal_basis, purpose, source_channel, notice_due_on,
      last_touch_at, created_at, created_by, updated_at, updated_by, search, summary
    ) values (
      ${tenantId}, ${id}, ${salutation}, ${title}, ${firstName}, ${namePrefix}, ${lastName},
      ${nameSuffix}, ${letterSalutation}, ${addressForm}, ${language}, ${position}, ${birthday},
      ${customerNumber}, ${status}, ${ownerId}, ${website}, ${notes}, ${source}, ${legalBasis},
      ${purpose}, ${sourceChannel}, ${noticeDueOn}, ${now}, ${now}, ${actor.userId}, ${now},
      ${actor.userId}, ${search(scope, input)}, ${sql.json(summary(input))}
    )
    on conflict (tenant_id, id) do nothing
    returning id
  `;
  return row !== undefined;
}

/** What `refresh_contact_search` returns for a person with contact points only. */
function search({ sql }: Scope, input: ContactInput): Fragment {
  const { firstName, namePrefix, lastName, customerNumber, emails, addresses, phones } = input;
  const names = [firstName, namePrefix, lastName, customerNumber].join(" ");
  const around = [
    ...emails.map(({ address }) => address),
    ...addresses.map(({ postalCode, city }) => `${postalCode} ${city}`),
  ];
  const plain = sql`search_words(concat_ws(
        ' ', ${names}::text, regexp_replace(${customerNumber}, '[^[:alnum:]]', '', 'g'),
        ${around.length > 0 ? around.join(" ") : null}::text
      ))`;
  if (phones.length === 0) return plain;
  return sql`${plain} || (
        select string_agg(phone_digits(number), '')
        from unnest(${phones.map(({ number }) => number)}::text[]) as given (number)
      )`;
}

const summary = ({ emails, phones, addresses }: ContactInput) => ({
  ...emails[0] ? { email: emails[0].address } : {},
  ...phones[0] ? { phone: phones[0].number } : {},
  ...addresses[0]?.city ? { city: addresses[0].city } : {},
});
