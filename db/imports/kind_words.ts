/** Interprets words that say which e-mail, phone or address a value is. */

import type { AddressKind, EmailKind, PhoneKind } from "./records.ts";

const has = (words: string) => new RegExp(`\\b(?:${words})`, "i");
const work = has("work|business|office|company|gesch|dienst|arbeit|büro|buero|firma|job|beruf");
const home = has("home|priv|personal|zuhause|heim|persönlich");
const mobile = has("mobil|cell|handy|iphone|smartphone|natel");
const fax = has("fax|telefax|workfax|homefax|businessfax|otherfax");
const other = has("other|weiter|sonst|ander|altern|custom");

/** Turkish headings begin with the kind of address or number: "İş Adresi Şehir", "Ev Telefonu". */
const turkish = /^(?:([İIi][şŞsS])|[Ee][Vv])[ ](?=(?:adres|telefon|tel\b|faks))/i;

/** The address of a payment card is the billing address. */
const ofCard = /^card address (?=line|city|state|country|zip)/i;

/** The heading with that word in English, because our own words do not resemble it. */
export const placed = (heading: string): string =>
  heading.replace(turkish, (_, isWork) => isWork ? "Work " : "Home ")
    .replace(ofCard, "Billing Address ");

/** The kind of an e-mail address by its label, or null if the label does not say. */
export function emailKind(label: string): EmailKind | null {
  if (label === "") return null;
  if (work.test(label)) return "work";
  if (home.test(label)) return "home";
  return other.test(label) ? "other" : null;
}

/** The kind of a phone by its label, or null; fax and mobile take precedence over work and home. */
export function phoneKind(label: string): PhoneKind | null {
  if (label === "") return null;
  if (fax.test(label)) return "fax";
  if (mobile.test(label)) return "mobile";
  if (work.test(label) || /\b(?:main|haupt|zentrale)/i.test(label)) return "work";
  if (home.test(label)) return "home";
  return other.test(label) || /\bpager/i.test(label) ? "other" : null;
}

/** The kind of an address by its label, or null. */
export function addressKind(label: string): AddressKind | null {
  if (label === "") return null;
  if (/billing|rechnung|invoice/i.test(label)) return "billing";
  if (/shipping|liefer|versand|delivery/i.test(label)) return "shipping";
  if (/besuch|bezoek|visit/i.test(label)) return "visit";
  if (work.test(label)) return "work";
  if (home.test(label)) return "home";
  return other.test(label) ? "other" : null;
}

const roles = new Set(
  ("teilnehmer schueler mieter vermieter eigentuemer paechter patient kaeufer verkaeufer bewerber " +
    "halter versicherungsnehmer spender student participant applicant buyer seller guest gast " +
    "tenant landlord attendee lessee lessor recipient empfaenger")
    .split(" "),
);

/** Whether the word of a heading means people by their role: "Mieter", "Schülerin". */
export const isRole = (word: string): boolean => roles.has(word.replace(/(?:in|s)$/, ""));

/** "Tel./Mobil", "Handy oder Festnetz": the number itself shows which it is. */
export const eitherPhone = (() => {
  const [line, mobile] = ["(?:tel|fon|phone|festnetz)[a-z]*\\.?", "(?:mobil|handy|cell)[a-z]*\\.?"];
  const or = "\\s*(?:[/|&+]|\\b(?:oder|or|und|and)\\b|\\bu\\.)\\s*";
  return new RegExp(`\\b(?:${line}${or}${mobile}|${mobile}${or}${line})`, "i");
})();

/** "Firma / Nachname": a company's or a person's name, depending on the row. */
export const eitherName = (() => {
  const firm = "(?:firma|firmenname|unternehmen|company(?: name)?|organi[sz]ation)";
  const person = "(?:name|nachname|last ?name)";
  const both = (one: string, two: string) => `${one}\\s?[/|]\\s?${two}`;
  return new RegExp(`^(?:${both(firm, person)}|${both(person, firm)})$`, "i");
})();
