/** Which columns the lists of records can show, and which of them are chosen. */
import type { Kind } from "../../db/record_kinds.ts";
import type { Column } from "../ui/table.tsx";

/** Columns beside the name, which always comes first. */
export const columnKeys: Record<Kind, readonly string[]> = {
  contact: ["company", "email", "phone", "city", "tags", "status", "touch", "created", "owner"],
  company: ["industry", "email", "phone", "city", "tags", "status", "touch", "created", "owner"],
  deal: [
    "company",
    "stage",
    "amount",
    "close",
    "tags",
    "owner",
    "since",
    "touch",
    "created",
    "source",
    "pipeline",
  ],
};

/** Whether a column's key is that of a custom field, be it there or gone. */
export const isCustomColumn = (key: string): boolean => /^custom:[0-9a-f-]{36}$/.test(key);

/** The columns shown by default. */
export const usualColumns = (kind: Kind): readonly string[] =>
  columnKeys[kind].filter((key) => !unusual[kind].includes(key));

const unusual: Record<Kind, readonly string[]> = {
  contact: ["owner", "created"],
  company: ["owner", "created"],
  deal: ["since", "touch", "created", "source", "pipeline"],
};

/** The columns chosen, in their order; shown from tablet width up. */
export function chosenColumns<Row>(
  all: readonly Column<Row>[],
  kind: Kind,
  chosen: readonly string[] | null,
): Column<Row>[] {
  const keys = ["name", ...new Set(chosen ?? usualColumns(kind))];
  return keys.flatMap((key) => {
    const column = all.find((each) => each.key === key);
    if (!column) return [];
    return [chosen && column.priority ? { ...column, priority: 2 as const } : column];
  });
}
