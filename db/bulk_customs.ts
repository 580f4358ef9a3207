/** Sets a custom field of many records at once, and restores the value that each of them had. */
import { type Changed, touchable, type What } from "./bulk_batches.ts";
import * as changes from "./changes.ts";
import { isInHistory } from "./custom_columns.ts";
import * as customFields from "./custom_fields.ts";
import * as customValues from "./custom_values.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

interface Wish {
  field: string;
  values: string[];
}

/** A request as the change stores it; no values means that the field is cleared. */
export const wish = (field: string, values: readonly string[]): string =>
  JSON.stringify({ field, values });

const read = (value: string): Wish => JSON.parse(value) as Wish;

/** The id of the field that a stored change is about. */
export const fieldOf = (value: string): string => read(value).field;

/** Sets the field; the previous value is kept as one text. Changes nothing if the field is gone. */
export async function apply(
  scope: Scope,
  what: What,
  ids: readonly string[],
): Promise<Changed[]> {
  const { field, values } = read(what.value);
  const known = await customFields.list(scope, what.kind);
  if (!known.some(({ id }) => id === field)) return [];
  const standing = await standingOf(scope, what, ids, field);
  const changed = [...standing].filter(([, old]) => old.join("\n") !== values.join("\n"));
  await customValues.assign(
    scope,
    what.kind,
    changed.map(([id]) => ({ id, custom: { [field]: values } })),
  );
  return changed.map(([id, old]) => ({ id, old: JSON.stringify(old) }));
}

/** Restores the previous values, except in records whose value has changed since. */
export async function revert(
  scope: Scope,
  what: What,
  before: readonly Changed[],
): Promise<Changed[]> {
  const { field, values } = read(what.value);
  const known = await customFields.list(scope, what.kind);
  if (!known.some(({ id }) => id === field)) return [];
  const standing = await standingOf(scope, what, before.map(({ id }) => id), field);
  const back = before.filter(({ id }) => standing.get(id)?.join("\n") === values.join("\n"));
  await customValues.assign(
    scope,
    what.kind,
    back.map(({ id, old }) => ({ id, custom: { [field]: JSON.parse(old ?? "[]") } })),
  );
  return back;
}

/** The current values of a field in the records that may be changed, including empty ones. */
async function standingOf(
  scope: Scope,
  what: What,
  ids: readonly string[],
  field: string,
): Promise<Map<string, string[]>> {
  const { sql } = scope;
  const touched = await sql<{ id: string }[]>`select p.id ${touchable(scope, what, ids)}`;
  const found = await customValues.of(scope, what.kind, touched.map(({ id }) => id), [field]);
  return new Map(
    touched.map(({ id }) => [id, (found.get(id) ?? []).map(({ value }) => value)]),
  );
}

/**
 * Records the change of the field in the history, with its values if its category may be disclosed.
 */
export async function note(
  scope: Scope,
  kind: Kind,
  value: string,
  changed: readonly Changed[],
  forth: boolean,
): Promise<void> {
  const { field: id, values } = read(value);
  const field = (await customFields.list(scope, kind)).find((each) => each.id === id);
  if (!field) return;
  const name = customValues.historyName(id);
  const joined = (all: readonly string[]) => all.join(", ") || null;
  for (const [old, group] of Map.groupBy(changed, (each) => each.old)) {
    const [from, to] = [joined(JSON.parse(old ?? "[]")), joined(values)];
    const sides = forth ? { from, to } : { from: to, to: from };
    await changes.recordAll(scope, {
      kind,
      ids: group.map((each) => each.id),
      action: "updated",
      fields: [isInHistory(field) ? { name, ...sides } : { name }],
    });
  }
}
