/** What keeps persons whose erasure was requested: documents still to be kept, and legal holds. */
import { addDays, dayOf } from "./local_times.ts";
import { endOf, recordClasses } from "./record_classes.ts";
import type { Scope } from "./scope.ts";

const lawful = ["letter", "voucher", "books"] as const;

/**
 * What the law or a claim requires of persons whose erasure was requested: current documents until
 * their last day, and holds until somebody reviews them, however late that is. `ofOffer`: the duty
 * arose automatically from an accepted offer, and concerns only that offer.
 */
export async function list(
  { sql, tenantId, now }: Scope,
  contactIds: readonly string[],
): Promise<{ reason: string; until: string; ofOffer: boolean }[]> {
  const today = dayOf(now);
  const ids = [...contactIds];
  const duties = await sql<
    {
      class: typeof lawful[number];
      reference: string;
      startsOn: string;
      ofOffer: boolean;
    }[]
  >`
    select d.class, d.reference, coalesce(d.starts_on, (d.created_at at time zone 'Europe/Berlin')::date)
      as starts_on, d.class = 'letter' and exists (
        select
        from offers o
        where o.tenant_id = ${tenantId}
          and o.contact_id = d.contact_id
          and o.number = d.reference
          and o.kept_until is not null
      ) as of_offer
    from retention_duties d
    where d.tenant_id = ${tenantId}
      and d.contact_id = any(${ids}::uuid[])
      and d.class = any(${[...lawful]}::text[])
  `;
  const holds = await sql<{ until: string }[]>`
    select greatest(review_on, ${today}) as until
    from holds
    where tenant_id = ${tenantId}
      and contact_id = any(${ids}::uuid[])
      and released_at is null
      and kind <> 'case'
  `;
  return [
    ...duties.map(({ class: name, reference, startsOn, ofOffer }) => ({
      reason: `${reference}, ${recordClasses[name].source}`,
      until: addDays(endOf(name, startsOn), -1),
      ofOffer,
    })),
    ...holds.map(({ until }) => ({
      reason: "Art. 17 Abs. 3 lit. b, e DSGVO",
      until,
      ofOffer: false,
    })),
  ].filter(({ until }) => until >= today);
}
