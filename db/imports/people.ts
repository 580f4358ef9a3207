/** Builds the person of a row, with the name composed from whatever columns the file has. */

import * as personNames from "../person_names.ts";
import { type Cells, every, first } from "./cells.ts";
import { birthday } from "./dates.ts";
import type { Findings } from "./contact_points.ts";
import { salutationOf } from "./greetings.ts";
import * as oneFieldNames from "./one_field_names.ts";
import * as nameKinds from "./name_kinds.ts";
import type { DateOrder } from "./plans.ts";
import { problem } from "./problems.ts";
import { blankContact, type ImportedContact } from "./records.ts";

/** What meeting programs append to the names of guests who are not logged in. */
const guest = /^\((?:gast|guest|extern|external|nicht überprüft|unverified)\)$/i;

/** Several persons of one name. */
const family = /^(?:familie|fam\.|eheleute|ehepaar)\s+\p{L}/iu;

/** Pictures, each with what may be joined to it; elsewhere some scripts need the joiner itself. */
const ornaments =
  /(?:[\p{Emoji_Presentation}\p{Regional_Indicator}]|\p{Extended_Pictographic}\ufe0f)[\u200d\ufe0f\p{Emoji_Modifier}]*/gu;
/** "(she/her)", "(er/ihm)". */
const pronouns =
  /[([](?:she|he|they|sie|er|elle|il|ella|lui|zij|hij)(?: ?[/,|] ?\p{L}{2,6}){1,2}[)\]]/giu;

/** What calendars and meetings add to the names of guests. */
const outside = /[([](?:extern(?:e[rn]?)?|external|gast|guest|unverified)[)\]]/giu;

/** A name without the pictures and pronouns that people put around it in networks. */
function bare(name: string): string {
  if (!/[([]|[^\x20-\u024f]/.test(name)) return name;
  const less = name.replace(ornaments, " ").replace(pronouns, " ").replace(outside, " ").replace(
    /\s+/g,
    " ",
  ).trim();
  return /\p{L}/u.test(less) ? less : name;
}

/** The contact with its names, without e-mails and the like; null if the row names nobody. */
export function person(cells: Cells, fullName: string): ImportedContact | null {
  const contact = blankContact();
  const last = bare(first(cells, "lastName"));
  const given = [first(cells, "firstName"), first(cells, "middleName")].map(bare).filter(Boolean)
    .join(" ");
  const greeting = first(cells, "salutation");
  for (const { text, column } of every(cells, "salutation")) {
    contact.salutation ||= salutationOf(text, column.name);
  }
  contact.title = titleOf(cells, greeting);
  if (last !== "" || given !== "") {
    const own = oneFieldNames.joined(last, given);
    contact.firstName = own.firstName;
    contact.lastName = own.lastName;
    contact.namePrefix = [...every(cells, "namePrefix").map((cell) => cell.text), own.namePrefix]
      .filter(Boolean).join(" ");
    contact.title ||= own.title;
    Object.assign(contact, oneFieldNames.ennobled(contact.title, contact));
    contact.suffix = own.suffix;
    contact.salutation ||= own.salutation;
    // "Dr. Eva Groß" as the display name, beside first and last name.
    const shown = personNames.split(fullName);
    if (last !== "" && shown.lastName === contact.lastName) {
      contact.title ||= shown.title;
      contact.salutation ||= shown.salutation;
    }
  } else if (family.test(fullName)) contact.lastName = fullName;
  else if (fullName !== "" && !nameKinds.isNumber(fullName)) {
    const parts = personNames.split(bare(fullName));
    contact.salutation ||= parts.salutation;
    contact.title ||= parts.title;
    contact.firstName = parts.firstName;
    contact.namePrefix = parts.namePrefix;
    contact.lastName = parts.lastName;
    contact.suffix = parts.suffix;
  } else return null;
  contact.suffix = first(cells, "suffix") || contact.suffix.replace(guest, "");
  return contact.firstName || contact.lastName ? contact : null;
}

/** "Herr Dr." in the salutation column includes the title. */
function titleOf(cells: Cells, greeting: string): string {
  const behind = greeting.replace(/^\p{L}+\.?\s+/u, "");
  const brought = behind !== greeting && personNames.isTitle(behind) ? behind : "";
  return first(cells, "title") || brought || (personNames.isTitle(greeting) ? greeting : "");
}

/** The birthday of the row; one that cannot be read is left out with a warning. */
export function birthdayOf(cells: Cells, findings: Findings): string {
  const cell = cells.get("birthday")?.[0];
  if (cell) {
    // Some programs write the days that a spreadsheet counts as decimals.
    const found = birthday(
      cell.text.replace(/^(\d{4,5})\.0+$/, "$1"),
      cell.column.dates as DateOrder | null,
    );
    if (found !== null) return found;
    findings.warnings.push(problem(findings.row, cell.column.name, cell.text, "date_invalid"));
    return "";
  }
  const [year, month, day] = [
    first(cells, "birthYear"),
    first(cells, "birthMonth"),
    first(cells, "birthDay"),
  ];
  if (!month || !day) return "";
  const pad = (part: string) => part.padStart(2, "0");
  const text = `${year || "-"}-${pad(month)}-${pad(day)}`;
  const found = birthday(text, null);
  if (found === null) findings.warnings.push(problem(findings.row, "", text, "date_invalid"));
  return found ?? "";
}

const spoken = new Map(Object.entries({
  deutsch: "de",
  german: "de",
  englisch: "en",
  english: "en",
  französisch: "fr",
  french: "fr",
  italienisch: "it",
  italian: "it",
  spanisch: "es",
  spanish: "es",
  niederländisch: "nl",
  dutch: "nl",
  polnisch: "pl",
  polish: "pl",
  tschechisch: "cs",
  czech: "cs",
  türkisch: "tr",
  // Swiss programs write one letter.
  d: "de",
  f: "fr",
  i: "it",
  e: "en",
}));

/** The ISO 639-1 code for "de_DE", "Deutsch" or "EN"; empty for anything else. */
export function language(text: string): string {
  const key = text.toLowerCase();
  return spoken.get(key) ?? /^([a-z]{2})(?:[_-][a-z]{2})?$/.exec(key)?.[1] ?? "";
}
