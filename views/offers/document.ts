/** An offer as printed: data for `offerDocument`, in the recipient's language. */
import type { Letterhead } from "../../db/letterheads.ts";
import type { Offer } from "../../db/offers.ts";
import { formatter } from "../format.ts";
import { translator } from "../i18n/translate.ts";
import { paperOf } from "../letters/paper.ts";

/** The template's data. A draft is dated `now`. */
export function offerPaper(offer: Offer, letterhead: Letterhead, now: Date) {
  const { language, currency, gross } = offer;
  const t = translator(language);
  const format = formatter(language, now);
  const money = (cents: number) => format.money(cents, currency);
  const percent = (hundredths: number) => format.percent(hundredths / 100);
  const discounted = offer.items.some(({ discount }) => discount > 0);
  const number = offer.number ?? t("offers.number_later");
  return {
    ...paperOf(letterhead),
    lang: language,
    title: offer.subject,
    recipient: offer.recipient,
    facts: [
      [t("offers.number"), offer.versionNo > 1 ? `${number} (${offer.versionNo})` : number],
      [t("offers.date"), format.date(offer.issuedOn ?? now)],
      [t("offers.valid_until"), format.date(offer.validUntil)],
      ...(offer.createdByName ? [[t("offers.contact_person"), offer.createdByName]] : []),
    ],
    opening: offer.opening,
    closing: offer.closing,
    head: [
      t("items.position"),
      t("items.name"),
      t("items.quantity"),
      t("items.price"),
      ...(discounted ? [t("items.discount")] : []),
      t("items.vat_short"),
      t("items.total"),
    ],
    rows: offer.items.map((item, at) => ({
      position: String(at + 1),
      name: item.name,
      description: item.description,
      cells: [
        `${format.number(item.quantity / 1000)} ${item.unit}`.trim(),
        money(item.priceCents),
        ...(discounted ? [item.discount > 0 ? percent(item.discount) : ""] : []),
        percent(item.vatRate),
        money(item.cents),
      ],
    })),
    sums: sumRows(offer, gross),
  };

  /** Net first, plus tax; or the total first, with the tax included. */
  function sumRows({ sums }: Offer, gross: boolean) {
    const row = (label: string, cents: number, bold = false) => ({
      label,
      value: money(cents),
      bold,
    });
    const taxes = sums.rates.map(({ vatRate, netCents, vatCents }) =>
      row(
        t(gross ? "items.vat_within" : "items.vat_upon", {
          rate: percent(vatRate),
          net: money(netCents),
        }),
        vatCents,
      )
    );
    const whole = row(t("items.gross_sum"), sums.grossCents, true);
    return gross ? [whole, ...taxes] : [row(t("items.net_sum"), sums.netCents), ...taxes, whole];
  }
}
