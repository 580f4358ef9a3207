/** The address of a board: which pipeline, which filters, from which card on. */
import type { BoardFilter } from "../../db/deal_boards.ts";
import { query } from "../path.ts";

export interface Wanted extends BoardFilter {
  /** The pipeline named, or null for the first one. */
  pipeline: string | null;
}

/** The parameters of a board's address, those that say something only. */
export const boardParameters = (
  { pipeline, owner, tag, rotting, idle }: Wanted,
): Record<string, string | null> => ({
  pipeline,
  owner,
  tag,
  rotting: rotting ? "1" : null,
  empty: idle ? "activity" : null,
});

/** The board's address with another pipeline, filter or place in a column. */
export const boardHref = (wanted: Wanted, place: Record<string, string> = {}): string =>
  query("/deals/board", { ...boardParameters(wanted), ...place });
