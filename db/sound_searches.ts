/** Contacts whose names sound like what was searched for: used if nothing is spelled that way. */
import { fullName } from "./full_names.ts";
import { literal } from "./pages.ts";
import type { Scope } from "./scope.ts";
import { companyName } from "./sights.ts";

export interface Alike {
  kind: "contact";
  id: string;
  name: string;
  company: string | null;
}

/** How many words of a search are considered. */
const listened = 3;
/** How many names are considered for each of them. */
const looked = 500;

/** A word of at least three letters and nothing else: numbers and addresses have no sound. */
const word = /^\p{L}{3,40}$/u;

/**
 * Up to `most` contacts whose last name sounds like one of the words, or begins like it, and whose
 * first name begins like the others; the same first letter comes first, then the same whole sound,
 * then what is spelled most alike: `muelller` means Müller rather than Möller.
 */
export async function list(scope: Scope, q: string, most: number): Promise<Alike[]> {
  const { sql, tenantId } = scope;
  const words = q.split(/[\s,.-]+/u).filter(Boolean);
  if (words.length === 0 || words.length > listened || !words.every((each) => word.test(each))) {
    return [];
  }
  return await sql<Alike[]>`
    with heard as (
      select w.place, phonetic(w.word) as sound
      from unnest(${words}::text[]) with ordinality as w (word, place)
    ), alike as (
      select c.id, bool_or(split_part(c.name_sound, '-', 1) = h.sound) as whole
      from heard h
      cross join lateral (
        select c.id, c.name_sound
        from contacts c
        where c.tenant_id = ${tenantId}
          and c.name_sound between h.sound and h.sound || '999999999999999'
          and split_part(c.name_sound, '-', 1) like h.sound || '%'
          and c.deleted_at is null
        order by c.name_sound, c.id
        limit ${literal(looked)}
      ) c
      where length(h.sound) > 1
        and not exists (
          select
          from heard o
          where o.place <> h.place
            and split_part(c.name_sound, '-', 2) not like o.sound || '%'
        )
      group by c.id
    )
    select 'contact' as kind, c.id, ${fullName("c")} as name,
      ${companyName(scope, "c")} as company
    from alike a
    join contacts c on c.tenant_id = ${tenantId} and c.id = a.id
    where c.deleted_at is null
    order by left(c.sort_name, 1) = any (array(
        select left(fold(w), 1)
        from unnest(${words}::text[]) as w
      )) desc, a.whole desc, (
        select max(similarity(fold(w), fold(c.last_name)))
        from unnest(${words}::text[]) as w
      ) desc, c.sort_name, c.id
    limit ${most}
  `;
}
