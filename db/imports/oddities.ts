/**
 * Corrects columns that mean something else than their headings say, as their cells or other
 * columns show.
 */

import * as personNames from "../person_names.ts";
import { saysParcel, words } from "./headings.ts";
import { isDoor } from "./doors.ts";
import { kindOf } from "./name_kinds.ts";
import type { Column } from "./mappings.ts";
import { areBlocks } from "./address_blocks.ts";
import type { PlanColumn } from "./plans.ts";
import * as recordTypes from "./record_types.ts";
import * as shortHeadings from "./short_headings.ts";
import type { Target } from "./targets.ts";
import { areNames } from "./column_checks.ts";

/** Headings that are clearly Turkish. */
const turkish =
  /soy(?:ad|isim)|yetkili|ilgili|irtibat|do[gğ]um|e-?posta|telefonu|adresi|[üu]nvan|firma ad|[şs]irket|m[üu][şs]teri|[şs]ehir|\bil[çc]e|[ışğİ]/i;
/**
 * Turkish, but short words in other languages: an advertisement, Illinois, Brazil's postal code.
 */
const eitherTurkish = /^(?:ad|il|cep|dil|kent|semt)$/i;

/**
 * "Schulname", "Bankenname", "Name der Praxis"; but log-ins, products and the like have names, too.
 */
const thing =
  /^(?!.*(?:user|benutzer|datei|file|host|nick|domain|stra[sß]|orts|landes|feld|field|produkt|product|artikel|item|kampagne|campaign|event|veranstalt|kurs|projekt|deal|list|table|tag|bild|skype|log|konto|account|kategorie|category|form))(?:\p{L}{3,20}[ _-]?name|name (?:der|des|of)(?: the)? \p{L}{3,20})$/iu;
/** Whom a list is about: "Kunde" may be a yes or no, "Teilnehmer" a number. */
const somebody =
  /^(?:kund(?:e|in)|customer|client|mieter(?:in)?|mandant(?:in)?|patient(?:in)?|teilnehmer(?:in)?|teilnehmende|mitglied|spender(?:in)?|gast|bewerber(?:in)?|sch[üu]e?ler(?:in)?|student(?:in)?|interessent(?:in)?|versicherungsnehmer(?:in)?|halter(?:in)?|eigent[üu]e?mer(?:in)?|k[äa]e?ufer(?:in)?|tenant|patient|mitarbeiter(?:in)?|mitarbeitende|participant|member|donor|guest|applicant|student)(?:e?n)?(?: ?\/ ?\p{L}+|\*in|:in)?(?: ?1)?$/iu;
/** A name that marriage may have replaced. */
const birthName = /naissance|jeune fille/i;
const austrian = /^(?:FN ?)?\d{1,6} ?[a-z]$/i;

/** Corrects columns before names, addresses and owners are determined. */
export function settle(plan: PlanColumn[], columns: readonly Column[]): void {
  const put = (column: PlanColumn, target: Target) => {
    Object.assign(column, { target, group: "", confidence: 0.8 });
  };
  const has = (target: Target) => plan.some((column) => column.target === target);
  shortHeadings.settle(plan, columns);
  if (!plan.some(({ name }) => turkish.test(name))) {
    for (const column of plan) if (eitherTurkish.test(column.name)) put(column, "ignore");
  }
  // A lone "Titel" is the name of a place on a map.
  const placed = plan.some(({ target }) => /address\..*(?:whole|street)$/.test(target));
  const titled = plan.findIndex(({ name, target }, at) =>
    /^(?:title|position)$/.test(target) && /^tit(?:le|el)$/i.test(name) &&
    columns[at]!.count.share("title", "salutation") === 0 && areNames(columns[at]!.cells)
  );
  const names: Target[] = ["name", "fullName", "firstName", "lastName", "company.name"];
  const customer = plan.findIndex(({ name, target }, at) =>
    (target === "ignore" && somebody.test(name) ||
      target === "owner" && /^besitzer(?:in|\*in|:in)?$/i.test(name)) &&
    areNames(columns[at]!.cells)
  );
  // A "Hotelname" is a company's name as well.
  const called = plan.findIndex(({ name, target }, at) =>
    target === "ignore" && thing.test(name) && !saysParcel(name) && areNames(columns[at]!.cells)
  );
  const subject = [customer, called, placed ? titled : -1].find((at) => at >= 0);
  const led = has("fullName") && !names.some((target) => target !== "fullName" && has(target));
  const persons: Target[] = ["fullName", "firstName", "lastName", "name"];
  const personal = columns[customer]?.cells.filter(Boolean) ?? [];
  // "Teilnehmer" beside their company.
  const attends = plan[customer]?.target === "ignore" && has("company.name") &&
    !persons.some(has) &&
    personal.filter((cell) => kindOf(cell) === "person").length > personal.length / 2;
  if (attends) put(plan[customer]!, "fullName");
  if (called >= 0 && led) put(plan[called]!, "company.name");
  else if (subject !== undefined && !names.some(has)) {
    put(plan[subject]!, /^mitarbeit/i.test(plan[subject]!.name) ? "fullName" : "name");
  }
  const banks = plan.some(({ name }) =>
    /^(?:blz|bankleitzahl|bank|bankname|bic|iban)$/i.test(name)
  );
  const kinds = plan.findIndex(({ target, name }, at) =>
    target === "ignore" && recordTypes.mayType(name) && recordTypes.sayTypes(columns[at]!.cells)
  );
  if (kinds >= 0 && !has("recordType")) put(plan[kinds]!, "recordType");
  // Mailchimp's REGION is where the device was, as its time zone is, and no part of the address.
  if (plan.some(({ name }) => /^gmtoff$/i.test(name))) {
    const region = plan.find(({ name }) => /^region$/i.test(name));
    if (region) put(region, "ignore");
  }
  // Navision calls the customer's number just "Nr."; elsewhere that counts the rows.
  const ledger = plan.some(({ name }) =>
    /debitorenbuchungsgruppe|customer posting group/i.test(name)
  );
  const bareNumber = plan.find(({ name }) => /^(?:nr|no)\.?$/i.test(name));
  if (ledger && bareNumber && !has("customerNumber")) put(bareNumber, "customerNumber");
  const counted = plan.filter(({ target }) => target === "customerNumber");
  const key = counted.find(({ name }) => /id$/i.test(name));
  if (key && counted.some(({ name }) => /(?:nr\.?|no\.?|nummer|number)$/i.test(name))) {
    put(key, has("uid") ? "ignore" : "uid");
  }
  plan.forEach((column, at) => {
    if (column.secret) return;
    const cells = columns[at]!.cells.filter(Boolean);
    // "FN 123456 a" is a company's number in the Austrian register.
    const registered = cells.length > 0 && cells.every((cell) => austrian.test(cell));
    if (registered && /^fn\b/i.test(column.name)) put(column, "company.registerNumber");
    // It counts only for those who have no other; a mere "Nom" beside it is the usual one.
    if (column.target === "lastName" && birthName.test(column.name)) {
      const usual = plan.find(({ name, target }) => target === "name" && /^nom$/i.test(name));
      if (usual && !plan.some((other) => other.target === "lastName" && other !== column)) {
        put(usual, "lastName");
      }
      column.confidence = 0.5;
    }
    if (column.target === "namePrefix" && cells.length > 0 && cells.every(personNames.isTitle)) {
      column.target = "title";
    }
    // What somebody is called comes before the initials.
    if (column.target === "firstName" && /^voorletters$/i.test(column.name)) {
      column.confidence = 0.5;
    }
    // "Firma / Person" asks which of them it is, or is the name of either.
    if (column.target === "recordType" && areNames(cells) && !names.some(has)) put(column, "name");
    const numbers = cells.length > 0 && cells.every((cell) => /^\d{1,12}$/.test(cell));
    // Sage numbers its addresses in a column of that name.
    if (numbers && /address\.\w+\.whole$/.test(column.target)) {
      put(column, has("customerNumber") ? "ignore" : "customerNumber");
    }
    if (column.target === "company.nameExtra") settleExtra(column, cells, plan);
    if (numbers && /(?:^|\.)(?:title|position)$/.test(column.target)) put(column, "ignore");
    // Beside a person with a bank account, its holder.
    if (banks && has("firstName") && /^(?:inhaber|kontoinhaber)(?:in)?$/i.test(column.name)) {
      put(column, "ignore");
    }
    // The account is a bank account.
    if (
      banks && column.target === "customerNumber" &&
      /^konto|^ktonr/.test(words(column.name).join(""))
    ) {
      put(column, "ignore");
    }
  });
  // France's "département" is a region if a town is named; in a company it is the department.
  const town = plan.find(({ name, target }) =>
    /\.city$/.test(target) && /^ville|commune/i.test(name)
  );
  const french = plan.find(({ name }) => /^département$/i.test(name));
  if (town && french?.target === "department") {
    french.target = town.target.replace(/city$/, "region") as Target;
    french.group = town.group;
  }
  // Beside the people invited to an appointment is the owner of the calendar.
  if (plan.some(({ name }) => /^(?:invitee|attendee|registrant)\b/i.test(name))) {
    for (const column of plan) {
      const about = /^(?:user|host|organi[sz]er|owner|location)\b|\bstatus$/i;
      if (about.test(column.name)) put(column, "ignore");
    }
  }
  // The state in an American address.
  const state = plan.findIndex(({ name, target }, at) =>
    target === "ignore" && /^st\.?$/i.test(name) &&
    columns[at]!.cells.every((cell) => /^(?:[A-Z]{2})?$/.test(cell))
  );
  const american = plan.find(({ target }) => target.endsWith(".city"));
  if (state >= 0 && american) {
    put(plan[state]!, american.target.replace(/city$/, "region") as Target);
    plan[state]!.group = american.group;
  }
  const numbered = plan.find(({ target }) => target.endsWith(".houseNumber"));
  for (const [at, column] of plan.entries()) {
    const doors = columns[at]!.cells.filter((cell) => /\d/.test(cell)).length;
    if (numbered && column.target === "ignore" && isDoor(column.name) && doors > 0) {
      put(column, numbered.target);
      column.group = numbered.group;
    }
  }
  const codes = plan.filter(({ target }) => target.endsWith("postalCode"));
  const bare = codes.find(({ name }) => /^code$/i.test(name));
  if (bare && codes.length > 1) put(bare, "ignore");
  for (const column of besides(plan, columns)) put(column, "ignore");
  // The registered seat is given again, with its postal code, in the address.
  const seat = plan.find(({ name, target }) => /^sitz$/i.test(name) && /\.city$/.test(target));
  const place = plan.find(({ name, target }) => /plz/i.test(name) && /\.city$/.test(target));
  if (seat && place) put(seat, "ignore");
  // Nobody is named but in the address: "Frau", "Ute Adler", "Weg 1", "10115 Berlin".
  const block = plan.findIndex(({ target }, at) =>
    target === "address.work.whole" && areBlocks(columns[at]!.cells)
  );
  if (block >= 0 && !names.some(has)) put(plan[block]!, "name");
  const initials = plan.find(({ name, target }) =>
    target === "ignore" && /^initial(?:s|en)?$/i.test(name)
  );
  if (initials && has("lastName") && !has("firstName")) put(initials, "firstName");
  // A directory's "sn" is the surname, elsewhere a serial number.
  const short = plan.find(({ name, target }) => /^sn$/i.test(name) && target === "ignore");
  if (short && has("firstName") && !has("lastName")) put(short, "lastName");
}

/** What is added to a name is the person's if it says so, or if the table has no companies. */
function settleExtra(column: PlanColumn, cells: readonly string[], plan: readonly PlanColumn[]) {
  const are = (fits: (cell: string) => boolean) => cells.length > 0 && cells.every(fits);
  if (are((cell) => cell.split(" ").every(personNames.isParticle))) column.target = "namePrefix";
  else if (are((cell) => personNames.split(`X ${cell}`).suffix === cell)) column.target = "suffix";
  else if (!plan.some(({ target }) => /^(?:company\.name|name)$/.test(target))) {
    Object.assign(column, { target: "address.work.extra", group: "address" });
  }
}

/** Columns of a second table to the right of the first, after an empty column. */
function besides(plan: PlanColumn[], columns: readonly Column[]): PlanColumn[] {
  const gap = plan.findIndex(({ name }, at) => name === "" && columns[at]!.count.filled === 0);
  if (gap < 2) return [];
  const own = new Set(plan.slice(0, gap).map(({ name }) => name.toLowerCase()));
  const right = plan.slice(gap + 1);
  const named = right.filter(({ name }) => name !== "");
  const again = named.filter(({ name }) => own.has(name.toLowerCase()));
  return again.length > 1 && again.length * 2 > named.length ? right : [];
}
