/**
 * The reader of import files, taken into memory where a file is first read: few processes read one,
 * and the first call of a process takes some tenths of a second.
 */

export const reader = () => import("./files.ts");

/** What makes records of the rows, for those who need only some of them. */
export const rowReader = () => import("./row_records.ts");
