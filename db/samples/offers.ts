/** The products of the demo's trading company, and offers for deals that are about to be won. */
import * as dealItems from "../deal_items.ts";
import { newId } from "../ids.ts";
import * as letterheads from "../letterheads.ts";
import { addDays, dayOf } from "../local_times.ts";
import * as offerSettings from "../offer_settings.ts";
import * as offerSteps from "../offer_steps.ts";
import * as offers from "../offers.ts";
import * as products from "../products.ts";
import type { Scope } from "../scope.ts";

/** Creates the paper of an offer, whose wording belongs to an upper layer. */
export type WritePaper = (
  offer: offers.Offer,
  letterhead: letterheads.Letterhead,
  now: Date,
) => Uint8Array;

const usual = { description: "", currency: "EUR", vatRate: 1_900, active: true };
const goods: readonly products.ProductInput[] = [
  ["LH-150", "LED-Hallenstrahler 150 W", "Stück", 18_900],
  ["AH-201", "Arbeitshose mit Kniepolstern", "Stück", 4_990],
  ["SH-110", "Schnittschutzhandschuhe, 12 Paar", "Pkg.", 7_140],
  ["SR-300", "Schwerlastregal 200 × 60 cm", "Stück", 24_900],
  ["WW-070", "Werkstattwagen mit sieben Schubladen", "Stück", 68_900],
  ["MO-010", "Montage vor Ort", "Std.", 6_850],
].map(([number, name, unit, priceCents]) => ({
  ...usual,
  number,
  name,
  unit,
  priceCents,
})) as products.ProductInput[];

/** Quantities of each product, one offer per line. */
const orders = [
  [40, 0, 0, 0, 0, 16],
  [0, 24, 6, 0, 0, 0],
  [0, 0, 0, 12, 2, 10],
  [0, 0, 20, 0, 0, 0],
  [12, 0, 0, 4, 0, 6],
  [0, 60, 10, 0, 0, 0],
];

interface Asking {
  id: string;
  title: string;
  currency: string;
  companyId: string;
  contactId: string;
  person: string;
  recipient: string;
}

/**
 * Creates the products, and offers for the newest deals in the last stage; the first two stay
 * drafts.
 */
export async function create(scope: Scope, signedBy: string, write?: WritePaper): Promise<void> {
  const ids = goods.map(() => newId());
  for (const [at, product] of goods.entries()) await products.create(scope, ids[at]!, product);
  const letterhead = await letterheads.find(scope);
  const { validDays } = await offerSettings.find(scope);
  for (const [at, deal] of (await listAsking(scope)).entries()) {
    const items = orders[at]!.flatMap((pieces, product): dealItems.Item[] => {
      const { active: _, number: __, currency: ___, ...line } = goods[product]!;
      const discount = pieces >= 40 ? 500 : 0;
      return pieces === 0
        ? []
        : [{ ...line, productId: ids[product]!, quantity: pieces * 1_000, discount }];
    });
    const { version } = await dealItems.list(scope, deal.id);
    await dealItems.update(scope, deal.id, version, { items, gross: false });
    const id = newId();
    await offers.create(scope, id, deal, {
      contactId: deal.contactId,
      language: "de",
      recipient: deal.recipient,
      subject: `Angebot: ${deal.title}`,
      opening: `Guten Tag ${deal.person},\n\nvielen Dank für Ihre Anfrage. Wir bieten Ihnen an:`,
      closing: `Wir freuen uns auf Ihren Auftrag.\n\nMit freundlichen Grüßen\n${signedBy}`,
      validUntil: addDays(dayOf(scope.now), validDays),
    });
    if (!write || at < 2) continue;
    await offerSteps.issue(scope, id, (offer) => write(offer, letterhead, scope.now));
    if (at > 3) await offerSteps.markSent(scope, id);
  }
}

/** Deals about to be won, with the person and the address for an offer. */
async function listAsking({ sql, tenantId }: Scope): Promise<Asking[]> {
  return await sql<Asking[]>`
    select d.id, d.title, d.currency, d.company_id, k.id as contact_id,
      concat_ws(' ', k.first_name, nullif(k.name_prefix, ''), k.last_name) as person,
      concat_ws(
        E'\n',
        c.name,
        concat_ws(' ', k.first_name, nullif(k.name_prefix, ''), k.last_name),
        a.street,
        concat_ws(' ', a.postal_code, a.city)
      ) as recipient
    from deals d
    join companies c on c.tenant_id = d.tenant_id and c.id = d.company_id
    join addresses a on a.tenant_id = d.tenant_id and a.company_id = d.company_id
    join lateral (
      select contact_id
      from deal_contacts
      where tenant_id = d.tenant_id
        and deal_id = d.id
      order by contact_id
      limit 1
    ) p on true
    join contacts k on k.tenant_id = d.tenant_id and k.id = p.contact_id
    join stages s on s.tenant_id = d.tenant_id and s.id = d.stage_id
    where d.tenant_id = ${tenantId}
      and d.status = 'open'
    order by s.position desc, d.id desc
    limit ${orders.length}
  `;
}

/** Removes the offers of sample deals, whoever made them; call it before removing the deals. */
export async function remove({ sql, tenantId }: Scope, importId: string): Promise<void> {
  await sql`
    delete from offers o
    using deals d
    where o.tenant_id = ${tenantId}
      and d.tenant_id = o.tenant_id
      and d.id = o.deal_id
      and d.import_id = ${importId}
  `;
}

/** Removes the demo's products unless a deal contains them; call it after removing the deals. */
export async function removeProducts({ sql, tenantId }: Scope): Promise<void> {
  await sql`
    delete from products p
    using unnest(
      ${goods.map(({ number }) => number)}::text[], ${goods.map(({ name }) => name)}::text[]
    ) as made (number, name)
    where p.tenant_id = ${tenantId}
      and p.number = made.number
      and p.name = made.name
      and not exists (
        select from deal_items i where i.tenant_id = p.tenant_id and i.product_id = p.id
      )
  `;
}
