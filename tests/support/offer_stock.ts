/** One row of everything that offers consist of, for the stock of a tenant. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import type { Person } from "./cast.ts";

/** The ids of the rows, by kind. */
export interface OfferIds {
  product: string;
  offer: string;
  "issued offer": string;
  "letter template": string;
}

/** Fills a tenant with a deal's lines and offers to a contact; every text of it contains `mark`. */
export async function stockOffers(
  person: Person,
  mark: string,
  { dealId, contactId, companyId }: Record<"dealId" | "contactId" | "companyId", string>,
): Promise<OfferIds> {
  const { owner } = person.test.db;
  const { tenantId } = person;
  const at = now();
  const ids: OfferIds = {
    product: newId(),
    offer: newId(),
    "issued offer": newId(),
    "letter template": newId(),
  };
  const born = { createdAt: at, updatedAt: at };
  await owner`insert into products ${
    owner({
      ...{ tenantId, id: ids.product, number: mark, name: `${mark} product`, priceCents: 1_000 },
      ...{ description: `${mark} description`, unit: mark, vatRate: 1_900, ...born },
    })
  }`;
  await owner`insert into deal_calculations ${
    owner({ tenantId, dealId, gross: false, updatedAt: at })
  }`;
  await owner`insert into deal_items ${
    owner({
      ...{ tenantId, id: newId(), dealId, position: 0, productId: ids.product },
      ...{ name: `${mark} item`, quantity: 2_000, priceCents: 1_000, vatRate: 1_900 },
    })
  }`;
  const offer = {
    ...{ tenantId, dealId, contactId, companyId, language: "de", validUntil: "2099-12-31" },
    ...{ recipient: `${mark} contact`, subject: `${mark} subject`, opening: `${mark} opening` },
    ...{ closing: `${mark} closing`, currency: "EUR", ...born },
  };
  await owner`insert into offers ${owner({ ...offer, id: ids.offer, firstId: ids.offer })}`;
  await owner`insert into offers ${
    owner({
      ...offer,
      ...{ id: ids["issued offer"], firstId: ids["issued offer"], state: "issued", versionNo: 2 },
      ...{ number: `AN-${mark}`, issuedOn: "2026-11-01", netCents: 2_000, vatCents: 380 },
      items: [{
        ...{ productId: null, name: `${mark} item`, description: "", unit: "" },
        ...{ quantity: 2_000, priceCents: 1_000, discount: 0, vatRate: 1_900 },
      }] as never,
    })
  }`;
  await owner`insert into offer_settings ${
    owner({
      ...{ tenantId, numberFormat: "AN-{NNNN}", validDays: 30, gross: false, vatRate: 1_900 },
      ...{ openingDe: mark, openingEn: mark, closingDe: mark, closingEn: mark, updatedAt: at },
    })
  } on conflict do nothing`;
  await owner`insert into letterheads ${owner({ tenantId, footer: mark, updatedAt: at })}
    on conflict do nothing`;
  await owner`insert into letter_templates ${
    owner({
      ...{ tenantId, id: ids["letter template"], name: `${mark} template`, language: "de" },
      ...{ subject: mark, body: mark, document: new Uint8Array(9), documentName: mark, ...born },
    })
  }`;
  await owner`insert into number_ranges ${owner({ tenantId, series: mark, last: 1 })}`;
  return ids;
}
