/** The full names of persons as query columns: the non-empty parts of a row of contacts. */
import { words } from "./fragments.ts";
import type { Fragment } from "./pool.ts";

/** What queries call the row. */
type Row = "a" | "b" | "c" | "h" | "k" | "p" | "r" | "x";

const joined = (row: Row, columns: readonly string[]): Fragment =>
  words(`concat_ws(' ', ${columns.map((name) => `nullif(${row}.${name}, '')`).join(", ")})`);

const plain = ["first_name", "name_prefix", "last_name"];

/** Title, first name, prefix and last name. */
export const fullName = (row: Row): Fragment => joined(row, ["title", ...plain]);

/** First name, prefix and last name. */
export const plainName = (row: Row): Fragment => joined(row, plain);
