/** What every letter and offer says about its sender, and the lines in the window of its envelope. */
import type { Address } from "../../db/contact_points.ts";
import type { Letterhead } from "../../db/letterheads.ts";
import type { Locale } from "../i18n/translate.ts";

/** The parts of the paper that hang on the controller alone. */
export function paperOf({ controller, logo, footer }: Letterhead) {
  const place = `${controller.postalCode} ${controller.city}`.trim();
  const sender = [controller.name, controller.street, place].filter(Boolean);
  const foot = [...sender, controller.phone, controller.email].filter(Boolean);
  return {
    author: controller.name,
    controller: controller.name,
    sender: sender.join(" · "),
    foot: footer || foot.join(" · "),
    logo: logo ? `/logo.${logo.type}` : "",
  };
}

/** The pictures that the paper names. */
export const filesOf = ({ logo }: Letterhead): Record<string, Uint8Array> =>
  logo ? { [`/logo.${logo.type}`]: logo.bytes } : {};

/** Where a letter goes: firm, person, address; the country where it is not the controller's own. */
export function envelope(
  locale: Locale,
  country: string,
  names: readonly string[],
  addresses: readonly Address[],
): string {
  const address = addresses.find(({ kind }) => kind === "billing") ?? addresses[0];
  const lines = address
    ? [
      ...address.extra.split("\n"),
      address.street || (address.poBox && `Postfach ${address.poBox}`),
      `${address.postalCode} ${address.city}`.trim(),
      address.region,
      address.country && address.country !== country ? countryIn(locale, address.country) : "",
    ]
    : [];
  return [...new Set([...names, ...lines].filter(Boolean))].join("\n");
}

/** A country as the post wants it on an envelope. */
function countryIn(locale: Locale, code: string): string {
  return new Intl.DisplayNames([locale], { type: "region" }).of(code)?.toUpperCase() ?? code;
}
