/**
 * Supervisory authorities: which is competent for a private body, by country and Land (Art. 55, 77
 * GDPR).
 */
import known from "./authorities/authorities.json" with { type: "json" };

/** The German Länder by their usual codes. */
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
  /** Lines separated by commas. */
  address: string;
  email: string;
  phone: string;
  web: string;
  /** The online complaint form; empty if there is none. */
  form: string;
  countries: string[];
  /** The Land whose private bodies it supervises; empty elsewhere and for the federation. */
  land: Land | "";
  /** Whom it supervises; values other than `private` occur only in Germany. */
  scope: "private" | "public" | "federal" | "church" | "broadcasting";
}

const authorities = known as Authority[];

/** All 57 authorities of the EU, the EEA, Switzerland and the United Kingdom. */
export const list = (): readonly Authority[] => authorities;

/** Countries that have an authority in the list. */
export const countries: readonly string[] = [
  ...new Set(authorities.flatMap(({ countries }) => countries)),
].sort();

/**
 * The authorities to which a person can turn about a private body there: one, except in Germany if
 * no Land is given (Section 40 BDSG: the authority of the Land is competent).
 */
export function competent(country: string, land: Land | "" = ""): Authority[] {
  return authorities.filter((each) =>
    each.countries.includes(country) && each.scope === "private" &&
    (land === "" || each.land === land || country !== "DE")
  );
}

/**
 * The authority that supervises a private body there; null if it is unclear which of several does.
 */
export function lookup({ country, land }: { country: string; land: string }): Authority | null {
  const found = competent(country, isLand(land) ? land : "");
  return found.length === 1 ? found[0]! : null;
}

const domainsOf = (some: readonly Authority[]): string[] =>
  some.map(({ email }) => hostOf(email)).filter(Boolean);
const hostOf = (email: string): string => email.slice(email.indexOf("@") + 1).toLowerCase();

/** Their own domains; two share one with a ministry, whose letters deserve the same look. */
const domains = domainsOf(authorities.filter(({ scope }) => scope === "private"));
/**
 * With those of authorities for public bodies, some of which are a whole Land's, and those of their
 * pages, as some name no mailbox.
 */
const allDomains = [
  ...domainsOf(authorities),
  ...authorities.flatMap(({ web }) => URL.parse(web)?.hostname.replace(/^www\./, "") ?? []),
];

/** Patterns of their addresses, and of some more, for a first choice by the database. */
export const addresses: readonly string[] = domains.map((each) => `%${each}`);

/** The powers that only an authority cites, and what it asks for under them. */
const powers = /\bArt(?:\.|ikel|icle)? ?58\b/i;
const hearing = /Stellungnahme|Anhörung|Auskunft|\bhear|statement/i;
/** A person may threaten with those powers: they write of data of their own. */
const ownData =
  /\bmeine[rn]?\s(?:[\p{L}-]{1,30}\s){0,2}(?:Daten|Person)\b|(?<!\p{L})über\smich\b|\bmy\s(?:[\p{L}-]{1,30}\s){0,2}data\b|\babout\sme\b/iu;

/** Characters of a letter that are looked at: the queue does so for every one on its page. */
export const looked = 10_000;

/**
 * Whether a letter seems to come from an authority: by its mailbox, or by the powers it cites if it
 * is on paper or the mailbox may be an authority's. Whoever else cites them keeps the month of Art.
 * 12(3) GDPR.
 */
export function wrote({ personEmail, body }: { personEmail: string; body: string }): boolean {
  const text = body.slice(0, looked);
  const host = hostOf(personEmail);
  const isAmong = (some: readonly string[]) =>
    some.some((each) => host === each || host.endsWith(`.${each}`));
  return isAmong(domains) || (host === "" || isAmong(allDomains)) &&
      powers.test(text) && hearing.test(text) && !ownData.test(text);
}

/**
 * German authorities besides those of the Länder for private bodies: for federal and public
 * bodies, churches and broadcasters.
 */
export const special = (): Authority[] => authorities.filter(({ scope }) => scope !== "private");

export const isLand = (text: string): text is Land => (lands as readonly string[]).includes(text);
