/**
 * Codes for what can be wrong with an imported file, a row or a cell; the pages have the sentences.
 */

import { clean, cut } from "./cells.ts";

/**
 * Problems of a single row or cell; `views/i18n/<locale>/import_problems.ts` has a sentence for
 * each.
 */
export const problemCodes = [
  // The row cannot be imported.
  "too_many_cells",
  "cell_overflows",
  "cell_too_long",
  "no_name",
  "deal_without_name",
  "not_a_contact",
  "newsletter_without_name",
  "group_card",
  "thing_card",
  "total_row",
  "group_row",
  "header_repeated",
  "other_table",
  "row_joined",
  "blank",
  // The row is imported, but somebody should look at it.
  "too_few_cells",
  "unclosed_quote",
  "control_characters",
  "cell_error",
  "formula_without_value",
  "email_invalid",
  "email_beside_number",
  "phone_invalid",
  "phone_rounded",
  "phone_zero_assumed",
  "date_invalid",
  "salutation_unknown",
  "country_unknown",
  "vat_id_invalid",
  "postal_code_zero_restored",
  "name_from_email",
  "name_from_number",
  "marked_deleted",
  "photo_skipped",
  "properties_left_out",
  "card_unfinished",
  "company_missing",
  "value_shortened",
  "second_value",
  "own_field_invalid",
  "own_field_person",
  "amount_invalid",
  "currency_unknown",
  "deal_stage_assumed",
  "deal_person_unknown",
  "deal_address_unknown",
  "deal_owner_unknown",
  "deal_reason_unknown",
  // The row is understood, but no record is created from it.
  "duplicate_in_file",
  "duplicate_in_stock",
  "duplicate_company_in_stock",
  "duplicate_deal_in_stock",
  "record_updated",
  "objection_noted",
  "objection_unplaced",
  "suppressed",
] as const;

export type ProblemCode = (typeof problemCodes)[number];

/** One finding, addressed the way the user's spreadsheet or editor shows it. */
export interface Problem {
  row: number;
  /** Column header or vCard property; empty if the whole row is meant. */
  column: string;
  value: string;
  code: ProblemCode;
  params: Record<string, string | number>;
}

/** Reasons why a file as a whole is refused. */
export const refusalCodes = [
  "empty",
  "too_large",
  "too_many_rows",
  "too_many_columns",
  "record_too_long",
  "xlsx_broken",
  "xlsx_too_large",
  "xlsx_encrypted",
  "sheet_missing",
  "xlsb_not_yet",
  "xls_not_yet",
  "zip",
  "pdf",
  "image",
  "html",
  "xml",
  "xml_broken",
  "calendar",
  "mail",
  "rich_text",
  "binary",
  "json_broken",
  "json_shape",
  "unknown_format",
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** The file cannot be read at all; `params` holds the limit exceeded, if any. */
export class Unreadable extends Error {
  constructor(readonly code: RefusalCode, readonly params: Record<string, string | number> = {}) {
    super(code);
    this.name = "Unreadable";
  }
}

/** The limits of one import; exceeding one leads to a refusal, never to a silent cut. */
export const limits = {
  bytes: 50 * 1024 * 1024,
  rows: 200_000,
  columns: 1_000,
  cell: 64 * 1024,
  /** For a spreadsheet: all its parts together in bytes, its filled cells, its cell formats. */
  unpacked: 300 * 1024 * 1024,
  /** For formats with verbose cells, which are read while unpacked: only their cells matter. */
  openUnpacked: 640 * 1024 * 1024,
  cells: 10_000_000,
  styles: 100_000,
  depth: 16,
} as const;

/** The most that one file may contain. */
export interface Bounds {
  bytes: number;
  rows: number;
}

/** For the operator at the command line, where the file is streamed in a process of its own. */
export const large: Bounds = { bytes: 2 ** 30, rows: 2_000_000 };

/** The limits for a file that is read in this way. */
export const boundsOf = ({ large: wide }: { large?: true }): Bounds => wide ? large : limits;

/** A finding with a shortened value, so that no report grows with a broken file. */
export function problem(
  row: number,
  column: string,
  value: string,
  code: ProblemCode,
  params: Record<string, string | number> = {},
): Problem {
  const shown = value.length > 200 ? `${cut(value, 199)}…` : value;
  return { row, column, value: clean(shown), code, params };
}
