/** A part of the start page: a few entries, and whether there are more. */

export interface Section<Row> {
  rows: Row[];
  more: boolean;
}

/** The section from rows that were read one beyond `size`; JSON has null for none. */
export const section = <Row>(rows: readonly Row[] | null, size: number): Section<Row> => ({
  rows: rows?.slice(0, size) ?? [],
  more: (rows?.length ?? 0) > size,
});
