/** What `files.inspect` finds out about an uploaded file, and what it may be told beforehand. */

import type { Land } from "./lands.ts";
import type { NameTally } from "./kinds.ts";
import type { OwnersOfFile } from "./owner_columns.ts";
import type { Decision, Encoding, Plan } from "./plans.ts";
import type { Sheet } from "./sheets.ts";

/** Opens the file anew: it is read once to inspect and once to import, never held in memory. */
export type Source = () => ReadableStream<Uint8Array>;

/** What the user said before or after a first look; everything else is guessed. */
export interface Hints {
  encoding?: Encoding;
  separator?: string;
  /** Name of the sheet of a spreadsheet. */
  sheet?: string;
  /** Row of the header; 0 says there is none. */
  header?: number;
  /** What the file is called: "firmen.csv" settles a doubtful list. */
  fileName?: string;
  /** The country somebody chose, ISO-2; else it is told by the file, or the house's own. */
  country?: string;
  home?: string;
  locale?: "de" | "en";
  /** The file may be as large as the command line takes them. */
  large?: true;
}

export interface Inspection {
  plan: Plan;
  bytes: number;
  /** Data rows or cards: without header, preamble and blank lines. */
  records: number;
  /**
   * Up to 20 rows as cells, in the order of `plan.columns`; secret columns are masked. Of a vCard:
   * name, companies, e-mail, phone, city.
   */
  samples: {
    row: number;
    cells: string[];
    /** In which a spreadsheet shows its amounts, by column. */
    currencies?: Readonly<Record<number, string>>;
  }[];
  decisions: Decision[];
  /** How many names of a column for all of them read as persons, as companies, as either. */
  names?: NameTally;
  /** Of deals: what the file calls their stages. */
  stages?: string[];
  /** Who is responsible by the file, as far as its columns of owners were known. */
  owners?: OwnersOfFile;
  /** Whose numbers and codes these are, where it is not the house's own country. */
  land?: Land;
  /** Of a spreadsheet: its sheets, of which `plan.sheet` is read, and that one's hidden rows. */
  sheets?: Sheet[];
  hiddenRows?: number;
}
