/** Values of custom fields shown as list columns: only read if such a column is chosen. */
import { fieldOfSort } from "../db/custom_filters.ts";
import * as customValues from "../db/custom_values.ts";
import type { Kind } from "../db/record_kinds.ts";
import type { Scope } from "../db/scope.ts";
import type { CustomCells } from "../views/records/custom_filters.tsx";
import type { Asked } from "../views/records/lists.tsx";

/** The cells of these rows, by record; no query where no such column is shown. */
export async function customCells(
  scope: Scope,
  kind: Kind,
  rows: readonly { id: string }[],
  { columns }: Asked,
): Promise<CustomCells> {
  const fields = (columns ?? []).flatMap((key) => fieldOfSort(key) ?? []);
  return await customValues.of(scope, kind, rows.map(({ id }) => id), fields);
}
