/**
 * The table columns of contacts and companies, with English and German headings that our own import
 * recognises.
 */
import type { ExportedCompany, ExportedContact, Widths } from "./records.ts";

export type Value = string | number | Date | null | undefined;

/**
 * What a column holds: free text, a code made of digits that is not a number, a day as ISO date, a
 * moment, a word from a fixed list, or a number with all its decimals.
 */
export type Kind = "text" | "code" | "day" | "moment" | "word" | "number";

export interface Column<R> {
  en: string;
  de: string;
  kind: Kind;
  read: (record: R) => Value;
  /** The field whose read permission applies; everybody sees columns without one. */
  field?: string;
}

/** The German words for the database's English ones; our import knows them. */
const words: Record<string, string> = {
  mr: "Herr",
  ms: "Frau",
  divers: "divers",
  work: "geschäftlich",
  home: "privat",
  mobile: "mobil",
  fax: "Fax",
  billing: "Rechnung",
  shipping: "Lieferung",
  visit: "Besuch",
  other: "weitere",
  call: "Anruf",
  meeting: "Termin",
  task: "Aufgabe",
  note: "Notiz",
  low: "niedrig",
  normal: "normal",
  high: "hoch",
  open: "offen",
  won: "gewonnen",
  lost: "verloren",
  yes: "ja",
  no: "nein",
  draft: "Entwurf",
  issued: "ausgestellt",
  sent: "versendet",
  accepted: "angenommen",
  declined: "abgelehnt",
  expired: "abgelaufen",
  replaced: "ersetzt",
  kept: "nur noch aufbewahrt",
};

/** The word in German. */
export const inGerman = (word: string): string => words[word] ?? word;

/** Creates a column with its headings. */
export function column<R>(
  en: string,
  de: string,
  read: (record: R) => Value,
  kind: Kind = "text",
): Column<R> {
  return { en, de, kind, read };
}

/** A column for those only who may see the field. */
export const bound = <R>(field: string, of: Column<R>): Column<R> => ({ ...of, field });

/** The columns of contacts; companies after the first appear only in JSON and vCard. */
export function contactColumns(widths: Widths): Column<ExportedContact>[] {
  return [
    column("ID", "ID", (c) => c.externalUid || c.id, "code"),
    column("Salutation", "Anrede", (c) => c.salutation, "word"),
    column("Title", "Titel", (c) => c.title),
    column("First name", "Vorname", (c) => c.firstName),
    column("Last name prefix", "Namensvorsatz", (c) => c.namePrefix),
    column("Last name", "Nachname", (c) => c.lastName),
    column("Name suffix", "Namenszusatz hinten", (c) => c.nameSuffix),
    column("Company", "Firma", (c) => c.companies[0]?.name),
    column("Department", "Abteilung", (c) => c.companies[0]?.department),
    column("Role", "Rolle", (c) => c.companies[0]?.role),
    bound("position", column("Position", "Position", (c) => c.position)),
    ...reachColumns<ExportedContact>(widths),
    bound("birthday", column("Birthday", "Geburtstag", (c) => c.birthday, "day")),
    column("Language", "Sprache", (c) => c.language),
    column("Customer number", "Kundennummer", (c) => c.customerNumber, "code"),
    bound("website", column("Website", "Website", (c) => c.website)),
    column("Tags", "Schlagwörter", (c) => c.tags.join(", ")),
    bound("notes", column("Notes", "Notizen", (c) => c.notes)),
    column("Letter salutation", "Briefanrede", (c) => c.letterSalutation),
    column("Form of address", "Du oder Sie", (c) => c.addressForm),
    column("Status", "Status", (c) => c.status),
    column("Owner", "Zuständig", (c) => c.owner),
    column("Source", "Quelle", (c) => c.source),
    column("Source channel", "Herkunftsweg", (c) => c.sourceChannel),
    column("Legal basis", "Rechtsgrundlage", (c) => c.legalBasis),
    column("Purpose", "Verarbeitungszweck", (c) => c.purpose),
    column("Notice due", "Information fällig", (c) => c.noticeDueOn, "day"),
    column("Notice sent", "Informiert am", (c) => c.noticeSentAt, "moment"),
    column("Notice not needed", "Ausnahme von der Information", (c) => c.noticeException),
    column("Objections", "Widersprüche", (c) => c.objections.join(", ")),
    column("Retain until", "Aufbewahren bis", (c) => c.retainUntil, "day"),
    ...timeColumns<ExportedContact>(),
  ];
}

/** The columns of companies. */
export function companyColumns(widths: Widths): Column<ExportedCompany>[] {
  return [
    column("ID", "ID", (c) => c.id, "code"),
    column("Company", "Firma", (c) => c.name),
    column("Legal form", "Rechtsform", (c) => c.legalForm),
    column("Industry", "Branche", (c) => c.industry),
    column("Belongs to", "Gehört zu", (c) => c.belongsTo),
    ...reachColumns<ExportedCompany>(widths),
    column("Customer number", "Kundennummer", (c) => c.customerNumber, "code"),
    column("VAT ID", "USt-IdNr.", (c) => c.vatId, "code"),
    bound("taxNumber", column("Tax number", "Steuernummer", (c) => c.taxNumber, "code")),
    bound("register", column("Register court", "Registergericht", (c) => c.registerCourt)),
    bound("register", column("Register number", "Registernummer", (c) => c.registerNumber, "code")),
    column("Website", "Website", (c) => c.website),
    column("Tags", "Schlagwörter", (c) => c.tags.join(", ")),
    bound("notes", column("Notes", "Notizen", (c) => c.notes)),
    column("Status", "Status", (c) => c.status),
    column("Owner", "Zuständig", (c) => c.owner),
    column("Source", "Quelle", (c) => c.source),
    ...timeColumns<ExportedCompany>(),
  ];
}

type Timed = Pick<ExportedContact, "lastTouchAt" | "createdAt" | "updatedAt">;

/** When a record was last contacted, created and changed. */
export function timeColumns<R extends Timed>(): Column<R>[] {
  return [
    column("Last touch", "Letzter Kontakt", (c) => c.lastTouchAt, "moment"),
    column("Created", "Angelegt", (c) => c.createdAt, "moment"),
    column("Updated", "Zuletzt geändert", (c) => c.updatedAt, "moment"),
  ];
}

type Reach = Pick<ExportedContact, "emails" | "phones" | "addresses">;

function reachColumns<R extends Reach>({ emails, phones, addresses }: Widths): Column<R>[] {
  return [
    ...numbered(emails).flatMap((n): Column<R>[] => [
      column(`E-mail ${n}`, `E-Mail ${n}`, (c) => c.emails[n - 1]?.address),
      column(`E-mail ${n} type`, `E-Mail ${n} Typ`, (c) => c.emails[n - 1]?.kind, "word"),
    ]),
    ...numbered(phones).flatMap((n): Column<R>[] => [
      column(`Phone ${n}`, `Telefon ${n}`, (c) => c.phones[n - 1]?.number, "code"),
      column(`Phone ${n} type`, `Telefon ${n} Typ`, (c) => c.phones[n - 1]?.kind, "word"),
    ]),
    ...numbered(addresses).flatMap((n): Column<R>[] => {
      const [en, de] = [`Address ${n}`, `Adresse ${n}`];
      return [
        column(`${en} type`, `${de} Typ`, (c) => c.addresses[n - 1]?.kind, "word"),
        column(`${en} street`, `${de} Straße`, (c) => c.addresses[n - 1]?.street),
        column(`${en} extra`, `${de} Zusatz`, (c) => c.addresses[n - 1]?.extra),
        column(`${en} PO box`, `${de} Postfach`, (c) => c.addresses[n - 1]?.po_box, "code"),
        column(`${en} postal code`, `${de} PLZ`, (c) => c.addresses[n - 1]?.postal_code, "code"),
        column(`${en} city`, `${de} Ort`, (c) => c.addresses[n - 1]?.city),
        column(`${en} region`, `${de} Bundesland`, (c) => c.addresses[n - 1]?.region),
        column(`${en} country`, `${de} Land`, (c) => c.addresses[n - 1]?.country),
      ];
    }),
  ];
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
