/** What a spreadsheet file is to the import, whichever program wrote it, and which sheet is read. */

import { headerScore } from "./header_rows.ts";
import type { Row } from "./tables.ts";

export interface Book {
  /** The sheets, in the order of their tabs. */
  sheets(): Promise<Sheet[]>;
  /** The filled rows of the sheet. Throws Unreadable when there is no such sheet. */
  rows(name: string): AsyncGenerator<Row>;
  /** Frees what the file takes. */
  close(): void;
}

export interface Sheet {
  name: string;
  /** Not shown by the spreadsheet program. */
  hidden: boolean;
  /** Whether any cell holds something. */
  filled: boolean;
  /** Whether one of its first rows names columns that we know. */
  named?: boolean;
}

/** Sheets that are looked at and offered. */
export const offered = 100;
/** Filled rows of a sheet among which its headings are looked for. */
const glanced = 15;

/** The first rows of a sheet, until they tell what it is. */
export class Glance {
  #seen = 0;
  #named = false;

  get done(): boolean {
    return this.#named || this.#seen >= glanced;
  }

  take({ cells }: Row): void {
    if (this.done || cells.every((cell) => cell.trim() === "")) return;
    this.#seen++;
    this.#named = headerScore(cells) > 1;
  }

  get found(): Required<Pick<Sheet, "filled" | "named">> {
    return { filled: this.#seen > 0, named: this.#named };
  }
}

/** The sheet to read when nobody says: shown before hidden, with headings we know before others. */
export function preferred(sheets: readonly Sheet[]): Sheet | null {
  const filled = sheets.filter((sheet) => sheet.filled);
  const shown = filled.filter((sheet) => !sheet.hidden);
  return shown.find((sheet) => sheet.named) ?? shown[0] ?? filled[0] ?? null;
}
