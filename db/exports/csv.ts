/**
 * CSV for machines: UTF-8, comma, CRLF, every record on one row. The headings are those our own
 * import reads back by itself.
 */
import type { ExportedCompany, ExportedContact, Widths } from "./records.ts";

/** A column: its heading and what stands below it. */
type Column<R> = [heading: string, cell: (record: R) => string | null | undefined];

/** What a spreadsheet would take for a formula; quotes in front of one are guarded likewise. */
const formula = /^'*[=+\-@\t\r]/;

/**
 * A cell: quoted where it must be; a value that a spreadsheet would run as a formula gets an
 * apostrophe in front, which our import takes off again (`+49 30 …` becomes `'+49 30 …`).
 */
export function cell(value: string): string {
  if (value === "") return "";
  const guarded = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** A row of cells with its line end. */
export const row = (cells: readonly string[]): string => `${cells.map(cell).join(",")}\r\n`;

/** The heading row and the function that writes a record's row. */
export function table<R>(columns: Column<R>[]): { head: string; row: (record: R) => string } {
  return {
    head: row(columns.map(([heading]) => heading)),
    row: (record) => row(columns.map(([, read]) => read(record) ?? "")),
  };
}

/** The columns of contacts; further companies than the first stand only in JSON and vCard. */
export function contactColumns(widths: Widths): Column<ExportedContact>[] {
  return [
    ["ID", (c) => c.externalUid || c.id],
    ["Salutation", (c) => c.salutation],
    ["Title", (c) => c.title],
    ["First name", (c) => c.firstName],
    ["Last name prefix", (c) => c.namePrefix],
    ["Last name", (c) => c.lastName],
    ["Name suffix", (c) => c.nameSuffix],
    ["Company", (c) => c.companies[0]?.name],
    ["Department", (c) => c.companies[0]?.department],
    ["Role", (c) => c.companies[0]?.role],
    ["Position", (c) => c.position],
    ...reachColumns<ExportedContact>(widths),
    ["Birthday", (c) => c.birthday],
    ["Language", (c) => c.language],
    ["Customer number", (c) => c.customerNumber],
    ["Website", (c) => c.website],
    ["Tags", (c) => c.tags.join(", ")],
    ["Notes", (c) => c.notes],
    ["Letter salutation", (c) => c.letterSalutation],
    ["Form of address", (c) => c.addressForm],
    ["Status", (c) => c.status],
    ["Owner", (c) => c.owner],
    ["Source", (c) => c.source],
    ["Source channel", (c) => c.sourceChannel],
    ["Legal basis", (c) => c.legalBasis],
    ["Purpose", (c) => c.purpose],
    ["Notice due", (c) => c.noticeDueOn],
    ["Notice sent", (c) => c.noticeSentAt?.toISOString()],
    ["Objections", (c) => c.objections.join(", ")],
    ["Retain until", (c) => c.retainUntil],
    ["Last touch", (c) => c.lastTouchAt.toISOString()],
    ["Created", (c) => c.createdAt.toISOString()],
    ["Updated", (c) => c.updatedAt.toISOString()],
  ];
}

/** The columns of companies. */
export function companyColumns(widths: Widths): Column<ExportedCompany>[] {
  return [
    ["ID", (c) => c.id],
    ["Company", (c) => c.name],
    ["Legal form", (c) => c.legalForm],
    ["Industry", (c) => c.industry],
    ...reachColumns<ExportedCompany>(widths),
    ["Customer number", (c) => c.customerNumber],
    ["VAT ID", (c) => c.vatId],
    ["Tax number", (c) => c.taxNumber],
    ["Register court", (c) => c.registerCourt],
    ["Register number", (c) => c.registerNumber],
    ["Website", (c) => c.website],
    ["Tags", (c) => c.tags.join(", ")],
    ["Notes", (c) => c.notes],
    ["Status", (c) => c.status],
    ["Owner", (c) => c.owner],
    ["Source", (c) => c.source],
    ["Last touch", (c) => c.lastTouchAt.toISOString()],
    ["Created", (c) => c.createdAt.toISOString()],
    ["Updated", (c) => c.updatedAt.toISOString()],
  ];
}

type Reach = Pick<ExportedContact, "emails" | "phones" | "addresses">;

function reachColumns<R extends Reach>({ emails, phones, addresses }: Widths): Column<R>[] {
  return [
    ...numbered(emails).flatMap((n): Column<R>[] => [
      [`E-mail ${n}`, (c) => c.emails[n - 1]?.address],
      [`E-mail ${n} type`, (c) => c.emails[n - 1]?.kind],
    ]),
    ...numbered(phones).flatMap((n): Column<R>[] => [
      [`Phone ${n}`, (c) => c.phones[n - 1]?.number],
      [`Phone ${n} type`, (c) => c.phones[n - 1]?.kind],
    ]),
    ...numbered(addresses).flatMap((n): Column<R>[] => [
      [`Address ${n} type`, (c) => c.addresses[n - 1]?.kind],
      [`Address ${n} street`, (c) => c.addresses[n - 1]?.street],
      [`Address ${n} extra`, (c) => c.addresses[n - 1]?.extra],
      [`Address ${n} PO box`, (c) => c.addresses[n - 1]?.po_box],
      [`Address ${n} postal code`, (c) => c.addresses[n - 1]?.postal_code],
      [`Address ${n} city`, (c) => c.addresses[n - 1]?.city],
      [`Address ${n} region`, (c) => c.addresses[n - 1]?.region],
      [`Address ${n} country`, (c) => c.addresses[n - 1]?.country],
    ]),
  ];
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
