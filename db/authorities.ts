/** Supervisory authorities: who is competent for a private body by country and Land (Art. 55, 77 GDPR). */
import known from "./authorities/authorities.json" with { type: "json" };

/** The Länder by their usual codes. */
export const lands = [
  "BW",
  "BY",
  "BE",
  "BB",
  "HB",
  "HH",
  "HE",
  "MV",
  "NI",
  "NW",
  "RP",
  "SL",
  "SN",
  "ST",
  "SH",
  "TH",
] as const;

export type Land = typeof lands[number];

export interface Authority {
  slug: string;
  name: string;
  /** Lines parted by commas. */
  address: string;
  email: string;
  phone: string;
  web: string;
  /** Where a complaint can be lodged online; empty where there is no form. */
  form: string;
  countries: string[];
  /** The Land whose private bodies it watches; empty elsewhere and for the federation. */
  land: Land | "";
  /** Over whom it watches; all but `private` only in Germany. */
  scope: "private" | "public" | "federal" | "church" | "broadcasting";
}

const authorities = known as Authority[];

/** Every authority of the EU, the EEA, Switzerland and the United Kingdom; 57 of them. */
export const list = (): readonly Authority[] => authorities;

/** Countries that have an authority in the list. */
export const countries: readonly string[] = [
  ...new Set(authorities.flatMap(({ countries }) => countries)),
].sort();

/**
 * The authorities that a person can turn to about a private body there: one, except in Germany
 * where no Land is named (Section 40 BDSG: the authority of the Land is competent).
 */
export function competent(country: string, land: Land | "" = ""): Authority[] {
  return authorities.filter((each) =>
    each.countries.includes(country) && each.scope === "private" &&
    (land === "" || each.land === land || country !== "DE")
  );
}

/** The one that watches over a private body there; null where none of several can be claimed to. */
export function lookup({ country, land }: { country: string; land: string }): Authority | null {
  const found = competent(country, isLand(land) ? land : "");
  return found.length === 1 ? found[0]! : null;
}

/** Those in Germany beside the Länder's: for federal and public bodies, churches, broadcasters. */
export const special = (): Authority[] => authorities.filter(({ scope }) => scope !== "private");

export const isLand = (text: string): text is Land => (lands as readonly string[]).includes(text);
