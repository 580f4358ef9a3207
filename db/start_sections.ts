/** A part of the start page: a few entries, and how many there are. */

/** Up to how many entries are counted. */
export const counted = 30;

export interface Section<Row> {
  rows: Row[];
  /** How many there are, as far as they were counted. */
  count: number;
  /** Whether there are more than that. */
  more: boolean;
}

/** The section from rows that were read one beyond `most`, `size` of them shown; JSON has null for none. */
export const section = <Row>(
  rows: readonly Row[] | null,
  size: number,
  most = counted,
): Section<Row> => ({
  rows: rows?.slice(0, size) ?? [],
  count: Math.min(rows?.length ?? 0, most),
  more: (rows?.length ?? 0) > most,
});
