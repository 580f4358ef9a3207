/**
 * Corrects columns that mean something else than their headings say, as their cells or other
 * columns show.
 */
import { areNames } from "./column_checks.ts";
import { Draft, names, put } from "./column_drafts.ts";
import { saysParcel } from "./headings.ts";
import type { Column } from "./mappings.ts";
import { kindOf } from "./name_kinds.ts";
import * as mergedHeadings from "./merged_headings.ts";
import * as oddColumns from "./odd_columns.ts";
import * as oddPlaces from "./odd_places.ts";
import type { PlanColumn } from "./plans.ts";
import * as recordTypes from "./record_types.ts";
import * as shortHeadings from "./short_headings.ts";
import type { Target } from "./targets.ts";

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
  /^(?:kund(?:e|in)|customer|client|mieter(?:in)?|mandant(?:in)?|patient(?:in)?|teilnehmer(?:in)?|teilnehmende|mitglied|spender(?:in)?|gast|bewerber(?:in)?|sch[üu]e?ler(?:in)?|student(?:in)?|interessent(?:in)?|versicherungsnehmer(?:in)?|halter(?:in)?|eigent[üu]e?mer(?:in)?|k[äa]e?ufer(?:in)?|tenant|patient|mitarbeiter(?:in)?|mitarbeitende|participant|member|donor|guest|applicant|student|(?:rechnungs)?empf[äa]e?nger(?:in)?|adressat(?:in)?|recipient|addressee)(?:e?n)?(?: ?\/ ?\p{L}+|\*in|:in)?(?: ?1)?$/iu;
/** In this order: later rules go by what earlier ones found out. */
const rules: readonly ((draft: Draft) => void)[] = [
  settleTurkish,
  mergedHeadings.settle,
  settleSubject,
  settleTypes,
  settleDevices,
  settleNumbers,
  oddColumns.settle,
  oddPlaces.settleRegions,
  settleAppointments,
  oddPlaces.settleAddresses,
  settleSecondTable,
  oddPlaces.settleSeats,
  settleNames,
];

/** Corrects columns before names, addresses and owners are determined. */
export function settle(plan: PlanColumn[], columns: readonly Column[]): void {
  shortHeadings.settle(plan, columns);
  const draft = new Draft(plan, columns);
  for (const rule of rules) rule(draft);
}

/** Short words are Turkish only among others that clearly are. */
function settleTurkish({ plan }: Draft): void {
  if (plan.some(({ name }) => turkish.test(name))) return;
  for (const column of plan) if (eitherTurkish.test(column.name)) put(column, "ignore");
}

const persons: readonly Target[] = ["fullName", "firstName", "lastName", "name"];

/** Who or what the rows are about, where no column is headed as a name. */
function settleSubject(draft: Draft): void {
  const { plan } = draft;
  const customer = customerIn(draft);
  // A "Hotelname" is a company's name as well.
  const called = plan.findIndex(({ name, target }, at) =>
    target === "ignore" && thing.test(name) && !saysParcel(name) && areNames(draft.cells(at))
  );
  const subject = [customer, called, placeIn(draft)].find((at) => at >= 0);
  const led = draft.has("fullName") &&
    !draft.hasAny(names.filter((target) => target !== "fullName"));
  if (attends(draft, customer)) put(plan[customer]!, "fullName");
  if (called >= 0 && led) put(plan[called]!, "company.name");
  else if (subject !== undefined && !draft.hasAny(names)) {
    put(plan[subject]!, /^mitarbeit/i.test(plan[subject]!.name) ? "fullName" : "name");
  }
}

/** A column headed by whom the list is about, or -1. */
const customerIn = (draft: Draft): number =>
  draft.plan.findIndex(({ name, target }, at) =>
    (target === "ignore" && somebody.test(name) ||
      target === "owner" && /^besitzer(?:in|\*in|:in)?$/i.test(name)) &&
    areNames(draft.cells(at))
  );

/** A lone "Titel" beside an address, which is the name of a place on a map, or -1. */
function placeIn(draft: Draft): number {
  if (!draft.plan.some(({ target }) => /address\..*(?:whole|street)$/.test(target))) return -1;
  return draft.plan.findIndex(({ name, target }, at) =>
    /^(?:title|position)$/.test(target) && /^tit(?:le|el)$/i.test(name) &&
    draft.columns[at]!.count.share("title", "salutation") === 0 && areNames(draft.cells(at))
  );
}

/** "Teilnehmer" beside their company. */
function attends(draft: Draft, customer: number): boolean {
  if (draft.plan[customer]?.target !== "ignore") return false;
  if (!draft.has("company.name") || draft.hasAny(persons)) return false;
  const cells = draft.cells(customer).filter(Boolean);
  return cells.filter((cell) => kindOf(cell) === "person").length > cells.length / 2;
}

function settleTypes(draft: Draft): void {
  const kinds = draft.plan.find(({ target, name }, at) =>
    target === "ignore" && recordTypes.mayType(name) && recordTypes.sayTypes(draft.cells(at))
  );
  if (kinds && !draft.has("recordType")) put(kinds, "recordType");
}

/** Mailchimp's REGION is where the device was, as its time zone is, and no part of the address. */
function settleDevices({ plan }: Draft): void {
  if (!plan.some(({ name }) => /^gmtoff$/i.test(name))) return;
  const region = plan.find(({ name }) => /^region$/i.test(name));
  if (region) put(region, "ignore");
}

/** Which of several numbers is the customer's. */
function settleNumbers(draft: Draft): void {
  const { plan } = draft;
  // Navision calls it just "Nr."; elsewhere that counts the rows.
  const ledger = plan.some(({ name }) =>
    /debitorenbuchungsgruppe|customer posting group/i.test(name)
  );
  const bare = plan.find(({ name }) => /^(?:nr|no)\.?$/i.test(name));
  if (ledger && bare && !draft.has("customerNumber")) put(bare, "customerNumber");
  const counted = plan.filter(({ target }) => target === "customerNumber");
  const key = counted.find(({ name }) => /id$/i.test(name));
  if (key && counted.some(({ name }) => /(?:nr\.?|no\.?|nummer|number)$/i.test(name))) {
    put(key, draft.has("uid") ? "ignore" : "uid");
  }
}

/** Beside the people invited to an appointment is the owner of the calendar. */
function settleAppointments({ plan }: Draft): void {
  if (!plan.some(({ name }) => /^(?:invitee|attendee|registrant)\b/i.test(name))) return;
  const about = /^(?:user|host|organi[sz]er|owner|location|team)\b|\bstatus$/i;
  for (const column of plan) if (about.test(column.name)) put(column, "ignore");
}

/** Columns of a second table to the right of the first, after an empty column. */
function settleSecondTable({ plan, columns }: Draft): void {
  const gap = plan.findIndex(({ name }, at) => name === "" && columns[at]!.count.filled === 0);
  if (gap < 2) return;
  const own = new Set(plan.slice(0, gap).map(({ name }) => name.toLowerCase()));
  const right = plan.slice(gap + 1);
  const named = right.filter(({ name }) => name !== "");
  const again = named.filter(({ name }) => own.has(name.toLowerCase()));
  if (again.length < 2 || again.length * 2 <= named.length) return;
  for (const column of right) put(column, "ignore");
}

/** Parts of a name that mean something else where other columns have names. */
function settleNames(draft: Draft): void {
  const ignored = (heading: RegExp) =>
    draft.plan.find(({ name, target }) => target === "ignore" && heading.test(name));
  const initials = ignored(/^initial(?:s|en)?$/i);
  if (initials && draft.has("lastName") && !draft.has("firstName")) {
    put(initials, "firstName");
  }
  // A directory's "sn" is the surname, elsewhere a serial number.
  const short = ignored(/^sn$/i);
  if (short && draft.has("firstName") && !draft.has("lastName")) put(short, "lastName");
}
