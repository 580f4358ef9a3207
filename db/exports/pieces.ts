/** Writes the file of an export in pieces, in each of its formats. */
import { activities, activityColumns, type ExportedActivity } from "./activities.ts";
import * as customFields from "../custom_fields.ts";
import type { CustomField } from "../custom_fields.ts";
import { hiddenProperties, isHidden } from "../field_rights.ts";
import type { Purpose } from "../purposes.ts";
import type { Scope } from "../scope.ts";
import { selected, type Selection } from "../selections.ts";
import { type Column, companyColumns, contactColumns } from "./columns.ts";
import { german, machine, table } from "./csv.ts";
import { dealColumns, deals, type ExportedDeal } from "./deals.ts";
import { line } from "./json.ts";
import * as mailings from "./mailings.ts";
import { ownColumns } from "./custom_fields.ts";
import * as records from "./records.ts";
import { companyCard, contactCard, type Version } from "./vcards.ts";
import { type Piece, workbook } from "./xlsx.ts";

export const formats = ["xlsx", "excel_de", "csv", "json", "vcf", "vcf3"] as const;
export type Format = typeof formats[number];

export const kinds = ["contacts", "companies", "deals", "activities"] as const;
export type Kind = typeof kinds[number];

/**
 * Which of the four purposes of clause 3.2 each kind serves; a kind without one does not compile.
 */
export const exportPurposes: Record<Kind, Purpose> = {
  contacts: "provision",
  companies: "provision",
  deals: "provision",
  activities: "provision",
};

/** Whether a kind can be exported in a format: cards are for persons and companies only. */
export const fits = (kind: Kind, format: Format): boolean =>
  kind === "contacts" || kind === "companies" || format !== "vcf" && format !== "vcf3";

interface Wanted {
  kind: Kind;
  format: Format;
  purpose: string;
  selection?: Selection;
  /** Persons to be left out of a mailing. */
  except?: readonly string[];
}

const singular = { contacts: "contact", companies: "company", deals: "deal" } as const;

/** The wanted records in pieces, each with the number of records in it. */
export async function* pieces(scope: Scope, wanted: Wanted): AsyncGenerator<Piece> {
  const { kind, format, selection } = wanted;
  if (!fits(kind, format)) throw new TypeError(`${kind} have no cards`);
  if (kind === "activities") return yield* activityPieces(scope, wanted);
  const { ids: only } = kind === "contacts"
    ? await mailings.persons(scope, wanted)
    : selection
    ? await selected(scope, singular[kind], selection)
    : { ids: null };
  const fields = await customFields.list(scope, singular[kind]);
  if (kind === "deals") yield* dealPieces(scope, wanted, fields, only);
  else if (format === "json") {
    const hidden = hiddenProperties(scope, singular[kind]);
    yield* jsonPieces(records[kind](scope, only), fields, hidden);
  } else if (format === "vcf" || format === "vcf3") {
    const version: Version = format === "vcf" ? "4.0" : "3.0";
    yield* kind === "contacts"
      ? joined(
        records.contacts(scope, only),
        (contact) => contactCard(contact, version, false, fields),
      )
      : joined(
        records.companies(scope, only),
        (company) => companyCard(company, version, fields),
      );
  } else {
    const widths = await records.widths(scope, kind, only);
    yield* kind === "contacts"
      ? tablePieces(scope, wanted, [
        ...contactColumns(widths),
        ...ownColumns<records.ExportedContact>(fields),
      ], records.contacts(scope, only))
      : tablePieces(scope, wanted, [
        ...companyColumns(widths),
        ...ownColumns<records.ExportedCompany>(fields),
      ], records.companies(scope, only));
  }
}

function activityPieces(scope: Scope, wanted: Wanted): AsyncGenerator<Piece> {
  const batches = activities(scope);
  if (wanted.format === "json") return jsonPieces(batches);
  return tablePieces(scope, wanted, activityColumns(), batches);
}

function dealPieces(
  scope: Scope,
  wanted: Wanted,
  fields: readonly CustomField[],
  only: records.Only,
): AsyncGenerator<Piece> {
  const batches = deals(scope, only);
  if (wanted.format === "json") {
    return jsonPieces(batches, fields, hiddenProperties(scope, "deal"));
  }
  const columns = [...dealColumns(), ...ownColumns<ExportedDeal>(fields)];
  return tablePieces(scope, wanted, columns, batches);
}

async function* tablePieces<R>(
  scope: Scope,
  { kind, format }: Wanted,
  all: readonly Column<R>[],
  batches: AsyncIterable<R[]>,
): AsyncGenerator<Piece> {
  const columns = all.filter(({ field }) =>
    !field || kind === "activities" || !isHidden(scope, singular[kind], field)
  );
  if (format === "xlsx") {
    const locale = await records.locale(scope);
    const name = {
      contacts: { de: "Kontakte", en: "Contacts" },
      companies: { de: "Firmen", en: "Companies" },
      deals: { de: "Deals", en: "Deals" },
      activities: { de: "Aktivitäten", en: "Activities" },
    };
    yield* workbook({ name: name[kind][locale], columns, locale }, ahead(batches));
  } else yield* csvPieces(batches, table(columns, format === "excel_de" ? german : machine));
}

async function* csvPieces<R>(
  batches: AsyncIterable<R[]>,
  { head, row }: { head: string; row: (record: R) => string },
): AsyncGenerator<Piece> {
  yield piece(head, 0);
  yield* joined(batches, row);
}

async function* joined<R>(
  batches: AsyncIterable<R[]>,
  write: (record: R) => string,
): AsyncGenerator<Piece> {
  for await (const batch of ahead(batches)) {
    yield piece(batch.map(write).join(""), batch.length);
  }
}

type Exported =
  | records.ExportedContact
  | records.ExportedCompany
  | ExportedDeal
  | ExportedActivity;

async function* jsonPieces(
  batches: AsyncIterable<Exported[]>,
  fields: readonly CustomField[] = [],
  hidden: readonly string[] = [],
): AsyncGenerator<Piece> {
  let separator = "[\n";
  for await (const batch of ahead(batches)) {
    if (batch.length === 0) continue;
    yield piece(
      separator + batch.map((each) => line(each, fields, hidden)).join(",\n"),
      batch.length,
    );
    separator = ",\n";
  }
  yield piece(separator === "[\n" ? "[]\n" : "\n]\n", 0);
}

/** Reads one batch ahead: the database fetches the next rows while these are written. */
async function* ahead<R>(batches: AsyncIterable<R[]>): AsyncGenerator<R[]> {
  const iterator = batches[Symbol.asyncIterator]();
  // A cursor that ended while its rows were written answers at once, without a promise.
  const next = async () => await iterator.next();
  let coming = next();
  try {
    while (true) {
      const { value, done } = await coming;
      if (done) return;
      coming = next();
      coming.catch(() => {});
      yield value;
    }
  } finally {
    // A cursor closes only between two batches, so wait for the one being fetched.
    await coming.catch(() => {});
    await iterator.return?.();
  }
}

const encoder = new TextEncoder();

function piece(text: string, count: number): Piece {
  return { bytes: encoder.encode(text), count };
}
