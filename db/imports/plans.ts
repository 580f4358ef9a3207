/**
 * The confirmed way to read one file: made by `files.inspect`, changed by the user, stored as JSON.
 */

import type { CustomField } from "../custom_fields.ts";
import type { Target } from "./targets.ts";

export const encodings = [
  "utf-8",
  "windows-1252",
  "windows-1250",
  "windows-1251",
  "windows-1253",
  "windows-1254",
  "iso-8859-2",
  "iso-8859-5",
  "iso-8859-7",
  "koi8-u",
  "ibm866",
  "x-mac-cyrillic",
  "macintosh",
  "ibm850",
  "utf-16le",
  "utf-16be",
  "utf-32le",
  "utf-32be",
] as const;
export type Encoding = (typeof encodings)[number];
export type Format = "csv" | "xlsx" | "ods" | "xml" | "html" | "vcard" | "ldif" | "json";

/** What the file lists. `mixed` decides by row; `newsletter` and `other` create nothing. */
export type Kind = "contacts" | "companies" | "mixed" | "deals" | "newsletter" | "other";

export type DateOrder = "dmy" | "mdy" | "ymd";

export interface Dialect {
  separator: string;
  quote: '"' | "'" | "";
  /** Whether `\"` inside quotes means a quote; a doubled quote always does. */
  backslash: boolean;
  /** Each line as a whole is in quotes, which do not belong to its cells. */
  wrapped?: true;
  /** The cells are aligned with blanks: where the columns after the first begin. */
  aligned?: number[];
  /** The text is a list of recipients. */
  recipients?: true;
  /** The text has one address below the other, with blank lines between them. */
  labels?: true;
}

export interface PlanColumn {
  /**
   * The header as shown to the user; generated ("Spalte 3" comes from the page) if the file has
   * none.
   */
  name: string;
  target: Target;
  /** Columns of one group form one address, e-mail or phone; usually empty. */
  group: string;
  /** 0 to 1; 1 if the user chose. */
  confidence: number;
  dates: DateOrder | null;
  /** Passwords, hashes and tokens: never shown, never read, whatever the target says. */
  secret: boolean;
  /** The program's own guess, whatever the user chose. */
  guess?: Target;
}

/** Where a table with a row for each field has its fields, their values, and who they are about. */
export interface Pairs {
  field: number;
  value: number;
  keys: readonly number[];
  /** Those of them that say whose row it is. */
  own: readonly number[];
  /** All values are telephone numbers, and the fields say which. */
  number?: true;
}

export interface Plan {
  format: Format;
  encoding: Encoding;
  dialect: Dialect;
  /** Name of the sheet, only for spreadsheets. */
  sheet?: string;
  /** Row of the header, 0 if there is none; rows before it are not read. */
  header: number;
  kind: Kind;
  columns: PlanColumn[];
  /** Where tables side by side under the same headings begin, the first at 0. */
  beside?: readonly number[];
  /** Headings are in the first column: each other column is a record, or each block of rows. */
  turned?: "columns" | "blocks";
  /** Each row is one field of a record. */
  pairs?: Pairs;
  /** What ambiguous names are, if a column holds those of both persons and companies. */
  names?: "person" | "company";
  /** Names of persons begin with the last name, without a comma: "Schulz Bernd". */
  lastFirst?: boolean;
  /** ISO-2 country for phones, postal codes and addresses that do not name one. */
  country: string;
  /** Whether to restore the first zero of German postal codes that a spreadsheet removed. */
  restoreZeros: boolean;
  /** Read by the command line, where files may be larger than on the page. */
  large?: true;
  /** For deals: our stage for each of the file's words, as chosen by the user. */
  stages?: Readonly<Record<string, string>>;
  /** Who takes over what the file assigns to this name (null: nobody), as chosen by the user. */
  owners?: Readonly<Record<string, string | null>>;
  /** The tenant's custom fields, present only while the file is read and never stored. */
  fields?: readonly CustomField[];
}

/** A question to the user, with samples of the column's contents. */
export interface Decision {
  column: number;
  name: string;
  kind: "date" | "decimal";
  choice: DateOrder | "comma" | "point";
  /** False if the rows allow several readings, in which case the page asks. */
  certain: boolean;
  /** Whether the column is used at all; doubts about an ignored column need no question. */
  used: boolean;
  samples: string[];
}

/** Whether the file is an address book, whose fields have fixed meanings and need no mapping. */
export const hasCards = ({ format }: Pick<Plan, "format">): boolean =>
  format === "vcard" || format === "ldif";

/** Whether the file is a spreadsheet: it has sheets. */
export const hasSheets = ({ format }: Pick<Plan, "format">): boolean =>
  format !== "csv" && format !== "json" && !hasCards({ format });

/** Whether numbers are stored with a decimal point; a web page shows them as people write them. */
export const storesNumbers = ({ format }: Pick<Plan, "format">): boolean =>
  format === "json" || (hasSheets({ format }) && format !== "html");

/** Whether the file has rows and columns. */
export const hasRows = (plan: Pick<Plan, "format">): boolean =>
  plan.format === "csv" || hasSheets(plan);
