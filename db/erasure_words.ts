/**
 * What the search after an erasure looks for: addresses and numbers that belonged to this person
 * only.
 */
import type { Person } from "./person_tables.ts";
import * as phones from "./phones.ts";
import type { Scope } from "./scope.ts";

/** Shorter digit sequences occur in order numbers and amounts. */
const shortest = 8;

/**
 * The words of a person, without those that somebody else has too, such as a company's switchboard.
 */
export async function of({ sql, tenantId }: Scope, person: Person): Promise<string[]> {
  const ids = [...person.contactIds];
  const emails = await sql<{ word: string }[]>`
    select wanted.word
    from unnest(${person.emails.map((each) => each.toLowerCase())}::text[]) as wanted (word)
    where not exists (
      select
      from emails e
      where e.tenant_id = ${tenantId}
        and e.address_key = wanted.word
        and (e.contact_id is null or e.contact_id <> all (${ids}::uuid[]))
    )
  `;
  const numbers = await sql<{ word: string }[]>`
    select wanted.word
    from unnest(${[...person.phones]}::text[]) as wanted (word)
    where not exists (
      select
      from phones p
      where p.tenant_id = ${tenantId}
        and p.number = wanted.word
        and (p.contact_id is null or p.contact_id <> all (${ids}::uuid[]))
    )
  `;
  const words = [...emails, ...numbers.flatMap(({ word }) => spelled(word))];
  return [...new Set(words.map((each) => typeof each === "string" ? each : each.word))];
}

/**
 * A number in the ways people write it: with the country code, in national form, with and without
 * spaces.
 */
function spelled(number: string): string[] {
  const home = phones.national(number);
  const all = [number, home, home.replace(/\D/g, ""), phones.international(number)];
  return [...new Set(all)].filter((word) => word.replace(/\D/g, "").length >= shortest);
}
