/** Interprets column headings, in German or English, in the spelling of the exports we know. */

import { ofAddress, ofPair } from "./compounds.ts";
import { ofHalves } from "./halves.ts";
import { eitherName, eitherPhone, isRole, placed } from "./kind_words.ts";
import { type Meaning, meanings } from "./meanings.ts";
import { asked, boxOf, withoutAsides } from "./questions.ts";
import { readPath, readWithin } from "./paths.ts";
import { type Kind, phoneTarget, type Reading, reading } from "./readings.ts";
import { type FurtherPart, furtherParts, type Target } from "./targets.ts";

const kindWords: Record<Kind, string> = {
  work:
    "geschaefts arbeits geschaeftlich geschaeftliche geschaeftlicher geschaeft gesch business work dienstlich " +
    "dienstliche dienst dienstl post geschaeftl berufl beruflich berufliche buero office arbeit mailing professional bueroadresse " +
    "geschaeftsadresse geschaeftsanschrift postanschrift pro professionnel professionnelle " +
    "bureau uff ufficio trabajo werk werkadres praca sluzbowy sluzbowa pracovni " +
    "рабочии рабочая рабочая служебен служебныи робочии εργασιασ επαγγελματικο",
  home: "privat private privater privates priv home perso personal zuhause heim privatadresse " +
    "privatanschrift domicile abitazione casa particular domicilio thuis thuisadres prive domowy " +
    "domowa persoenlich домашнии домашняя личныи личен домашен домашніи οικιασ " +
    "προσωπικο σπιτιου",
  billing:
    "billing rechnung rechnungs rechnungsadresse rechnungsanschrift invoice invoicing bill " +
    "rechnungsempfaenger",
  shipping:
    "shipping lieferung liefer lieferadresse lieferanschrift delivery ship versandadresse " +
    "versandanschrift",
  visit: "besuch besucher besuchsadresse besucheradresse visiting physical hausanschrift standort",
  other: "other weitere weiterer weiteres weiteren sonstige sonstiges sonstiger andere anderes " +
    "autre altro otro ander inny alternativ alternative alternate secondary sekundaer sekundaere zweite zusaetzliche",
};
const companyWords = new Set(
  ("account client company firma firmen organization organisation unternehmen org business partner kunde " +
    "компании организации фирмы компанії εταιρειασ εταιριασ επιχειρησησ").split(" "),
);
const personWords = new Set(
  ("contact kontakt person cp ap asp invitee attendee registrant ansprechpartner ansprechpartnerin ansprechpartners " +
    "kontaktperson ansprechperson lead контакта контактного").split(" "),
);
const fillers = new Set(
  "value wert valeur valore valor waarde r e n s der die das des the of de del du di la op no nr in your kontaktdaten person contact properties customers entry"
    .split(" "),
);

const kindOf = new Map<string, Kind>();
for (const [kind, words] of Object.entries(kindWords)) {
  for (const word of words.split(" ")) kindOf.set(word, kind as Kind);
}

/**
 * The heading in plain lower-case words: "BillingPostalCode", "Straße (s.address)", "E-Mail 2:
 * Typ".
 */
export function words(heading: string): string[] {
  return heading.normalize("NFC")
    .replace(/\(\s*\w{1,4}\.\w+\s*\)|\b1 ?[&+] ?2\b/g, " ")
    .replace(/^propert(?:y|ies)[_.]|__p?c$/gi, "")
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll}{2})/gu, "$1 $2")
    .toLowerCase()
    .replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue").replaceAll("ß", "ss")
    .replaceAll("ł", "l").replaceAll("ø", "o").replaceAll("đ", "d").replaceAll("æ", "ae")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/(\p{L})(\d)/gu, "$1 $2")
    .replace(/['’]/g, "").replaceAll("ς", "σ").replaceAll("ı", "i")
    .replace(/(\p{L}) ?#/gu, "$1 no ")
    .replace(/[^\p{L}0-9]+/gu, " ")
    .trim()
    .replace(/\be mail/g, "email")
    .replace(/\bpost (?=code|town)/g, "post")
    .replace(/\b(bill|ship) to\b/g, "$1ing").replaceAll("shiping", "shipping")
    .replace(/\bzip 4\b/g, "zip")
    .replace(
      /^(po|sa|mail address|address mail|[pg]) (?=(?:address line|street|city|region|state|post|zip|country|co$|strasse|plz|ort|land|tel|fax|mobil|email|homepage))/,
      posted,
    )
    .replace(/strassen?\b/g, "strasse")
    .replace(
      /\b(rechnungs|liefer|privat|priv|geschaefts|firmen|dienst|buero|arbeits|post|billing|shipping|mailing|other|home|work)(?=(?:strasse|plz|ort|land|telefon|tel|fon|fax|handy|mobil|mobiltelefon|email|mail|street|city|state|zip|postalcode|country|address|phone)\b)/g,
      "$1 ",
    )
    // Only if nothing else follows: "Rechnungsadresse Vorname" is about the name.
    .replace(
      /^(rechnungs|liefer|privat|geschaefts|firmen|dienst|buero|arbeits)(?=(?:adresse|anschrift|adr)(?: \d)?$)/,
      "$1 ",
    )
    .split(" ")
    .filter(Boolean);
}

const places: Record<string, string> = { sa: "physical ", p: "privat ", g: "geschaeftlich " };
/**
 * "POCity" and "Mail Address City" belong to the postal address, Xero's "SACity" to the street
 * address.
 */
const posted = (_: string, word: string) => places[word] ?? "mailing ";

/** What the heading means, stated plainly or as a form question; null if it is unknown. */
export function read(heading: string): Reading | null {
  const box = boxOf(heading);
  if (box) return { target: box, group: "", confidence: 1 };
  return readPlain(heading) ?? readAsked(heading) ?? readPath(heading, read) ??
    readWithin(heading, read);
}

function readAsked(heading: string): Reading | null {
  const short = withoutAsides(heading);
  const found = short && short !== heading ? readPlain(short) : null;
  if (found) return found;
  const field = asked(words(short));
  const answer = field === null ? null : readPlain(field);
  return answer && { ...answer, confidence: Math.min(answer.confidence, 0.85) };
}

function readPlain(heading: string): Reading | null {
  if (eitherName.test(heading)) return reading("name", null, "", numberIn([]), 1);
  const all = words(placed(heading).replace(eitherPhone, "Telefon"));
  if (all.length === 0) return null;
  const whole = meanings.get(all.join(""));
  if (whole) return reading(whole, null, "", numberIn(all), 1);
  if (usual.test(all[0]!) && all.length > 1) {
    const less = read(all.slice(1).join(" "));
    return less && { ...less, confidence: Math.min(less.confidence, 0.9) };
  }
  const way = usual.test(all.at(-1)!) && all.length > 1 ? read(all.slice(0, -1).join(" ")) : null;
  if (way && /(?:^|\.)(?:email|phone|address)\b/.test(way.target)) {
    return { ...way, confidence: 0.9 };
  }
  const numbered = personOf(all);
  if (numbered) return ofPerson(numbered);
  const { rest, kind, owner, index } = strip(all);
  const letter = /^[pgdm]$/.test(rest.at(-1) ?? "") ? rest.pop() : undefined;
  const own = letter && meanings.get(rest.join(""));
  // "Straße (g)" is at work, "Telefon (m)" a mobile.
  if (own && /^(?:phone|email$|address\.|website)/.test(own)) {
    const meant = letter === "m" && own === "phone" ? "phone.mobile" : own;
    return reading(meant, letter === "p" ? "home" : "work", owner, index, 0.8);
  }
  const meaning = letter
    ? undefined
    : meanings.get(rest.join("")) ?? twiceSaid(rest, heading) ?? ofAddress(rest) ?? ofPair(rest);
  if (!meaning) return ofHalves(heading, words, read);
  // "Orga-Nr." numbers companies but does not name them.
  if (meaning === "company.name" && all.some((word) => numbers.test(word))) return null;
  return reading(meaning, kind, owner, index, owner || kind ? 0.9 : 0.95);
}

const ordinals: Record<string, number> = {
  ...Object.fromEntries([..."123456789"].map((digit) => [digit, Number(digit)])),
  primaerer: 1,
  primaere: 1,
  primary: 1,
  zweiter: 2,
  zweite: 2,
  second: 2,
  secondary: 2,
  weiterer: 2,
  weitere: 2,
  additional: 2,
  dritter: 3,
  dritte: 3,
  third: 3,
};

/** "Ansprechpartner 2 E-Mail", "Vorname AP2", "Second contact": which person, and which detail. */
function personOf(all: string[]): { person: number; rest: string[] } | null {
  const at = all.findIndex((word) => personWords.has(word) || isRole(word));
  if (at < 0) return null;
  const [ahead, behind] = [ordinals[all[at - 1] ?? ""], ordinals[all[at + 1] ?? ""]];
  const numbered = /^\d$/.test(all[at + 1] ?? "") && behind !== undefined;
  const said = numbered ? behind : ahead;
  if (!said) return null;
  const from = numbered ? at : at - 1;
  return { person: said, rest: all.toSpliced(from, 2) };
}

/** The meaning of the remaining words if a person of the row was named. */
function ofPerson({ person, rest }: { person: number; rest: string[] }): Reading | null {
  // A row has no place for them, and none of it may go to another person.
  if (person > 3) return { target: "ignore", group: "", confidence: 1 };
  const named = rest.filter((word) => word !== "name" && !fillers.has(word)).length === 0;
  const found = named
    ? { target: "fullName" as Target, group: "", confidence: 0.95 }
    : read(rest.join(" "));
  return found && (person === 1 ? found : further(found, person));
}

/** The same for a second or third person of the row; null if a row has no place for it. */
export function further({ target, group, confidence }: Reading, person: number): Reading | null {
  const part = target === "name"
    ? "fullName"
    : target.replace(/^(email|phone)\.(?:work|other|home)$/, "$1").replace("role", "position");
  if (person > 3 || !furtherParts.includes(part as FurtherPart)) return null;
  return { target: `person${person as 2 | 3}.${part as FurtherPart}`, group, confidence };
}

const numbers = /^(?:nr|no|num|nummer|number|id)$/;
const usual = /^(?:default|primary|main)$/;

/** "Rufnummer (mobil)" and "Phone - Fax" state their kind twice; "Telefon/Fax" means two things. */
function twiceSaid(rest: string[], heading: string): Meaning | undefined {
  return (["phone.mobile", "phone.fax"] as const).find((kind) => {
    if (kind === "phone.fax" && /[/|&,+]|\b(?:und|and|o[dr]e?r?)\b/i.test(heading)) return false;
    const others = rest.filter((word) => meanings.get(word) !== kind);
    const isPhone = others.length > 0 && meanings.get(others.join("")) === "phone";
    return isPhone && others.length < rest.length;
  });
}

/**
 * Whether the heading itself marks its column as work-related: "PLZ dienstlich", "Business City".
 */
export const saysWork = (heading: string): boolean =>
  words(heading).some((word) => kindOf.get(word) === "work");

/**
 * Whether the heading marks its column as part of an invoice or a delivery: "billing_firstname".
 */
export const saysParcel = (heading: string): boolean =>
  words(heading).some((word) => /^(?:billing|shipping)$/.test(kindOf.get(word) ?? ""));

/**
 * Whether the heading itself marks its column as a person's: "Telefon Ansprechpartner". A lone "CP"
 * is a postal code.
 */
export function saysPerson(heading: string): boolean {
  let says = personal.get(heading);
  if (says === undefined) {
    const all = words(heading);
    says = all.some((word) => personWords.has(word)) && !/^cp$/i.test(heading.trim()) ||
      /^(?:haupt|primary)?(?:contact|kontakt|ansprech|inhaber|geschaeftsfuehr|child(?:id|contact)s)/
        .test(all.join(""));
    if (personal.size >= mostPersonal) personal.clear();
    personal.set(heading, says);
  }
  return says;
}

/** The headings asked for most recently: each row of a file asks for the same. */
const personal = new Map<string, boolean>();
const mostPersonal = 500;

/** What "Büro", "Home" or "Number" means above telephone numbers; null for any other heading. */
export function phoneOf(heading: string): Target | null {
  const all = words(heading).filter((word) => !/^\d$/.test(word));
  const isNumber = (word: string) =>
    /^(?:numbers?|nummern?|iphone|anschluss|direkt|direct|direktwahl|zentrale|line)$/.test(word);
  const [word = "", ...others] = all.length > 1 ? all.filter((word) => !isNumber(word)) : all;
  if (others.length > 0) return null;
  const kind = kindOf.get(word);
  if (kind) return phoneTarget("phone", kind, false);
  return isNumber(word) ? "phone" : null;
}

/** Extracts the words for kind, owner and number; what remains names the field. */
function strip(all: string[]) {
  const index = numberIn(all);
  const found = { rest: [] as string[], kind: null as Kind | null, owner: "", index };
  const alone = all.length === 1;
  const lead = all.length > 2 && all[0] === "person" ? 1 : 0;
  all.forEach((word, place) => {
    const named = kindOf.get(word);
    if (named && !alone) found.kind ??= named;
    else if (companyWords.has(word) && !alone && place === lead) found.owner = "company";
    else if ((personWords.has(word) || isRole(word)) && !alone) found.owner ||= "person";
    else if (word === "firma" || word === "company") found.owner ||= "company";
    else if (!/^\d+$/.test(word) && !(fillers.has(word) && !alone)) found.rest.push(word);
  });
  if (found.rest.length === 0 && found.owner === "company") {
    return { ...found, rest: ["company"], owner: "" };
  }
  return found;
}

/** The number at the end of a heading: 2 for "E-Mail 2"; 0 if there is none. */
export function lastNumber(heading: string): number {
  const { value, last } = numberIn(words(heading));
  return last ? value : 0;
}

/** A number after the first word ("address 2 street") distinguishes columns of one group. */
function numberIn(all: string[]): { value: number; last: boolean; line: number } {
  const at = all.findIndex((word) => /^\d{1,2}$/.test(word));
  const last = at === all.length - 1 && at > 0;
  // "address_1_address_2" is a line of the first address.
  const behind = at > 0 && /^\d$/.test(all.at(-1)!) ? Number(all.at(-1)) : 0;
  return { value: at < 0 ? 0 : Number(all[at]), last, line: behind };
}
