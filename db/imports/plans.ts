/** The confirmed way to read one file: made by `files.inspect`, changed by the user, kept as JSON. */

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
  /** Whether `\"` inside quotes stands for a quote; a doubled quote always does. */
  backslash: boolean;
  /** Each line stands in quotes as a whole, which are none of its cells. */
  wrapped?: true;
  /** The text is a list of recipients. */
  recipients?: true;
}

export interface PlanColumn {
  /** Header as shown to the user; made up ("Spalte 3" is the page's matter) when the file has none. */
  name: string;
  target: Target;
  /** Columns of one group make one address, e-mail or phone; empty for the ordinary case. */
  group: string;
  /** 0 to 1; 1 when the user chose. */
  confidence: number;
  dates: DateOrder | null;
  /** Passwords, hashes and tokens: never shown, never read, whatever the target says. */
  secret: boolean;
  /** What the program took it for, whatever somebody chose then. */
  guess?: Target;
}

export interface Plan {
  format: Format;
  encoding: Encoding;
  dialect: Dialect;
  /** Name of the sheet; only of a spreadsheet. */
  sheet?: string;
  /** Row of the header, 0 when there is none; rows before it are not read. */
  header: number;
  kind: Kind;
  columns: PlanColumn[];
  /** Where tables begin that stand side by side under the same headings, the first at 0. */
  beside?: readonly number[];
  /** Headings in the first column: each other column is a record, or each run of rows from the first one. */
  turned?: "columns" | "blocks";
  /** What names are that tell nothing by themselves, where a column holds those of both. */
  names?: "person" | "company";
  /** Names of persons begin with the last name, without a comma: "Schulz Bernd". */
  lastFirst?: boolean;
  /** ISO-2 country for phones, postal codes and addresses that name none. */
  country: string;
  /** German postal codes have lost their first zero, as spreadsheets do it: put it back. */
  restoreZeros: boolean;
  /** Read at the command line, where files may be larger than those of the page. */
  large?: true;
  /** Of deals: the house's stage by the file's word for it, as somebody chose. */
  stages?: Readonly<Record<string, string>>;
  /** Who takes what the file gives to this name; null: nobody. As somebody chose. */
  owners?: Readonly<Record<string, string | null>>;
  /** Own fields of the house, while the file is read; never kept. */
  fields?: readonly CustomField[];
}

/** A question the user should answer, with samples of what the column holds. */
export interface Decision {
  column: number;
  name: string;
  kind: "date" | "decimal";
  choice: DateOrder | "comma" | "point";
  /** False when the rows allow more than one reading: then the page asks. */
  certain: boolean;
  /** Whether the column goes anywhere; a doubt about an ignored column need not trouble anybody. */
  used: boolean;
  samples: string[];
}

/** Whether the file is an address book, whose fields have fixed meanings: nothing is to be mapped. */
export const hasCards = ({ format }: Pick<Plan, "format">): boolean =>
  format === "vcard" || format === "ldif";

/** Whether the file is a spreadsheet: it has sheets. */
export const hasSheets = ({ format }: Pick<Plan, "format">): boolean =>
  format !== "csv" && format !== "json" && !hasCards({ format });

/** Whether numbers are stored with a point; a web page shows them as people write them. */
export const storesNumbers = ({ format }: Pick<Plan, "format">): boolean =>
  format === "json" || (hasSheets({ format }) && format !== "html");

/** Whether the file has rows and columns. */
export const hasRows = (plan: Pick<Plan, "format">): boolean =>
  plan.format === "csv" || hasSheets(plan);
