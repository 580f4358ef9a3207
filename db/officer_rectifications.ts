/**
 * What the officer sends by mail to be corrected (Art. 16 GDPR): the name of a detail, then its
 * right value.
 */
import type { CaseItem } from "./case_items.ts";
import * as casePersons from "./case_persons.ts";
import { providerId } from "./controllers.ts";
import { Invalid } from "./errors.ts";
import { newId } from "./ids.ts";
import * as officers from "./officers.ts";
import type { Field } from "./rectification_fields.ts";
import * as rectifications from "./rectifications.ts";
import type { Scope } from "./scope.ts";

/** Why nothing was recorded. */
export type Fault = "detail" | "unsettled" | "value" | "not_possible";

/** The names of details, German and English; custom fields by their labels. */
const names: Partial<Record<Field, RegExp>> = {
  "contacts.title": /^(?:titel|title)$/,
  "contacts.first_name": /^(?:vorname|(?:first|given) name)$/,
  "contacts.name_prefix": /^(?:namenszusatz|name prefix)$/,
  "contacts.last_name": /^(?:name|nachname|familienname|last name|surname|family name)$/,
  "contacts.name_suffix": /^(?:namensendung|name suffix)$/,
  "contacts.birthday": /^(?:geburtstag|geburtsdatum|birthday|date of birth)$/,
  "contacts.position": /^(?:position|funktion|job title)$/,
  "contacts.customer_number": /^(?:kundennummer|customer number)$/,
  "contacts.website": /^(?:website|webseite)$/,
  "emails.address": /^e-?mail(?:[- ]?adresse| address)?$/,
  "phones.number": /^(?:telefon(?:nummer)?|rufnummer|phone(?: number)?)$/,
  "addresses.street": /^(?:stra(?:ß|ss)e|street)$/,
  "addresses.postal_code": /^(?:plz|postleitzahl|postal code|postcode|zip(?: code)?)$/,
  "addresses.city": /^(?:ort|wohnort|stadt|city|town)$/,
  supplement: /^(?:erg(?:ä|ae)nzung|supplement)$/,
};
const ofLogin: Partial<Record<Field, RegExp>> = {
  "identities.name": /^name$/,
  "identities.email": /^e-?mail(?:[- ]?adresse| address)?$/,
};
const proofs = /^(?:beleg|nachweis|proof|evidence)$/;

/** Maximum lines of an order. */
const most = 20;

interface Said {
  name: string;
  from: string | null;
  to: string;
}

/**
 * `Nachname: Krüger`, `E-Mail: alt@x.example -> neu@x.example`, `Beleg: …`; null if a line is
 * invalid.
 */
function read(text: string): { said: Said[]; proof: string } | null {
  const lines = text.split("\n").map((each) => each.trim()).filter(Boolean);
  if (lines.length === 0 || lines.length > most) return null;
  const said: Said[] = [];
  let proof = "";
  for (const line of lines) {
    const at = line.indexOf(":");
    const name = line.slice(0, Math.max(at, 0)).trim().toLowerCase();
    const value = line.slice(at + 1).trim();
    if (name === "" || value === "") return null;
    if (proofs.test(name)) {
      proof = value.slice(0, 500);
      continue;
    }
    const [from = "", ...rest] = value.split(/->|=>|→/);
    const to = rest.length === 0 ? from : rest[0]!;
    if (rest.length > 1) return null;
    said.push({ name, from: rest.length === 0 ? null : from.trim(), to: to.trim() });
  }
  return said.length === 0 ? null : { said, proof };
}

/** Records everything, or nothing; returns why not, or null if it was recorded. */
export async function note(scope: Scope, item: CaseItem, text: string): Promise<Fault | null> {
  if (item.right !== "rectification") return "not_possible";
  const order = read(text);
  if (!order) return "detail";
  const person = await casePersons.resolve(scope, item.caseId);
  if (!person || person.contactIds.length === 0) return "unsettled";
  const standing = await rectifications.standing(scope, person);
  const proof = order.proof || await ofRequest(scope);
  const wanted: rectifications.Standing[][] = [];
  for (const each of order.said) {
    const found = meant(each, standing, person.contactIds, scope.tenantId === providerId);
    if (typeof found === "string") return found;
    wanted.push(found);
  }
  const noted: string[] = [];
  try {
    for (const [at, { to }] of order.said.entries()) {
      for (const { contactId, field, value: from } of wanted[at]!) {
        const id = newId();
        const change = { id, contactId, field, from, to: written(field, to), proof };
        await rectifications.propose(scope, item, change);
        noted.push(id);
      }
    }
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    for (const id of noted) await rectifications.withdraw(scope, item.id, id);
    return error.code === "case.step" ? "not_possible" : "value";
  }
  return null;
}

/** The values that a line refers to: one, or the same value in several records of the person. */
function meant(
  { name, from }: Said,
  standing: readonly rectifications.Standing[],
  contactIds: readonly string[],
  isProvider: boolean,
): rectifications.Standing[] | "detail" | "value" {
  const known = isProvider ? { ...ofLogin, supplement: names.supplement } : names;
  const field = (Object.keys(known) as Field[]).find((each) => known[each]?.test(name));
  if (field === "supplement") {
    return contactIds.length === 1 ? [{ contactId: contactIds[0]!, field, value: "" }] : "value";
  }
  const there = standing.filter((each) =>
    field ? each.field === field : each.label?.toLowerCase() === name
  );
  if (there.length === 0) return field ? "value" : "detail";
  const found = from === null ? there : there.filter(({ value }) => isSame(value, from));
  if (found.length === 0) return "value";
  return new Set(found.map(({ value }) => value)).size === 1 ? found : "value";
}

const isSame = (value: string, said: string): boolean =>
  value.trim().toLowerCase() === said.toLowerCase();

/** A German date in stored form. */
const written = (field: Field, to: string): string => {
  const [, day, month, year] = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(to) ?? [];
  return field !== "contacts.birthday" || !year
    ? to
    : `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`;
};

/** The default evidence if the officer names none. */
const ofRequest = async (scope: Scope): Promise<string> =>
  (await officers.find(scope)).language === "de" ? "Angabe im Antrag" : "stated in the request";
