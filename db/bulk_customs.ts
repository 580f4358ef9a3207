/** An own field of many records set at once, and taken back to what each of them held. */
import { type Changed, touchable, type What } from "./bulk_batches.ts";
import * as changes from "./changes.ts";
import { tellsInHistory } from "./custom_columns.ts";
import * as customFields from "./custom_fields.ts";
import * as customValues from "./custom_values.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

interface Wish {
  field: string;
  values: string[];
}

/** A wish as the change keeps it; no values empty the field. */
export const wish = (field: string, values: readonly string[]): string =>
  JSON.stringify({ field, values });

const read = (value: string): Wish => JSON.parse(value) as Wish;

/** The id of the field that a kept change is about. */
export const fieldOf = (value: string): string => read(value).field;

/** Sets the field; what stood there before is kept as one text. None, when the field is gone. */
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

/** Takes records back to what they held, save those that hold something else by now. */
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

/** What the records that may be touched hold of a field, those that hold nothing too. */
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

/** Puts the change of the field on record, with its values where its category may be told. */
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
  const told = (all: readonly string[]) => all.join(", ") || null;
  for (const [old, group] of Map.groupBy(changed, (each) => each.old)) {
    const [from, to] = [told(JSON.parse(old ?? "[]")), told(values)];
    const sides = forth ? { from, to } : { from: to, to: from };
    await changes.recordAll(scope, {
      kind,
      ids: group.map((each) => each.id),
      action: "updated",
      fields: [tellsInHistory(field) ? { name, ...sides } : { name }],
    });
  }
}
