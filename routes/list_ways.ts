/** The list that a record was opened from: its query travels in the addresses of the record's pages. */
import { query } from "../views/path.ts";
import type { Ctx } from "./web.tsx";

/** The list's query, as the record's address carries it. */
export const listOf = (c: Ctx): string => c.req.query("list")?.toWellFormed().slice(0, 1000) ?? "";

/** An address of the record, still in its list. */
export const withinList = (c: Ctx, to: string): string => query(to, { list: listOf(c) });

/** That list, at its address; another page where the record was opened from none. */
export function backToList(c: Ctx, base: string, otherwise = base): string {
  const list = listOf(c);
  return list === "" ? otherwise : query(`${base}?${list}`, { all: null });
}
