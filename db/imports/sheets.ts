/**
 * The common interface of spreadsheet files for the import, and the choice of the sheet to read.
 */

import { headerScore } from "./header_rows.ts";
import type { Row } from "./tables.ts";

export interface Book {
  /** The sheets, in the order of their tabs. */
  sheets(): Promise<Sheet[]>;
  /** The filled rows of the sheet. Throws Unreadable if there is no such sheet. */
  rows(name: string): AsyncGenerator<Row>;
  /** Frees the memory that the file takes. */
  close(): void;
}

export interface Sheet {
  name: string;
  /** Whether the spreadsheet program hides the sheet. */
  hidden: boolean;
  /** Whether any cell holds something. */
  filled: boolean;
  /** Whether one of its first rows has headings that we know. */
  named?: boolean;
}

/** Most sheets that are examined and offered. */
export const offered = 100;
/** Filled rows of a sheet among which its headings are searched. */
const glanced = 15;

/** The first rows of a sheet, as many as are needed to tell what it is. */
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

/** The sheet to read by default: visible before hidden, those with known headings first. */
export function preferred(sheets: readonly Sheet[]): Sheet | null {
  const filled = sheets.filter((sheet) => sheet.filled);
  const shown = filled.filter((sheet) => !sheet.hidden);
  return shown.find((sheet) => sheet.named) ?? shown[0] ?? filled[0] ?? null;
}
