/** What `files.inspect` finds out about an uploaded file, and the hints it may be given. */

import type { Land } from "./lands.ts";
import type { NameTally } from "./kinds.ts";
import type { OwnersOfFile } from "./owner_columns.ts";
import type { Decision, Encoding, Plan } from "./plans.ts";
import type { Sheet } from "./sheets.ts";

/** Opens the file again: it is read once to inspect and once to import, never held in memory. */
export type Source = () => ReadableStream<Uint8Array>;

/** What the user said before or after the first inspection; everything else is guessed. */
export interface Hints {
  encoding?: Encoding;
  separator?: string;
  /** Name of the sheet of a spreadsheet. */
  sheet?: string;
  /** Row of the header; 0 means that there is none. */
  header?: number;
  /** The name of the file: "firmen.csv" settles a doubtful list. */
  fileName?: string;
  /**
   * The country somebody chose, ISO-2; otherwise it is found in the file, or is the tenant's own.
   */
  country?: string;
  home?: string;
  locale?: "de" | "en";
  /** The file may be as large as the command line allows. */
  large?: true;
}

export interface Inspection {
  plan: Plan;
  bytes: number;
  /** Data rows or cards, without header, preamble and blank lines. */
  records: number;
  /**
   * Up to 20 rows as cells, in the order of `plan.columns`; secret columns are masked. For a vCard:
   * name, companies, e-mail, phone, city.
   */
  samples: {
    row: number;
    cells: string[];
    /** The currencies in which a spreadsheet shows amounts, by column. */
    currencies?: Readonly<Record<number, string>>;
  }[];
  decisions: Decision[];
  /** How many names in a column used for all of them look like persons, companies, or either. */
  names?: NameTally;
  /** For deals: what the file calls their stages. */
  stages?: string[];
  /** The responsible people according to the file, if its columns of owners were recognised. */
  owners?: OwnersOfFile;
  /** The country of the numbers and postal codes, if it is not the tenant's own. */
  land?: Land;
  /** For a spreadsheet: its sheets, of which `plan.sheet` is read, and that sheet's hidden rows. */
  sheets?: Sheet[];
  hiddenRows?: number;
}
