/**
 * What a role may do with single fields. One answer for pages, lists, files and programs: the limits
 * come with the Scope; what is hidden leaves db empty, what is closed is not written. Pure.
 */
import type { FieldChange } from "./changes.ts";
import type { Order } from "./record_lists.ts";
import { fieldOfSort } from "./custom_filters.ts";
import type { CustomInput, CustomValue } from "./custom_values.ts";
import { type Governed, governed } from "./field_catalogue.ts";
import type { Empty, Filter } from "./record_filters.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/** How much less than everybody a role may; without one it may do all. */
export const levels = ["read_only", "hidden"] as const;
export type Level = typeof levels[number];

/** A role's limits by kind of record and field, own fields by their ids; null where there are none. */
export type FieldLimits = Partial<Record<Kind, Readonly<Record<string, Level>>>> | null;

/** Who acts, as far as fields are concerned. */
export interface Limited {
  readonly limits: FieldLimits;
}

/** The same work without limits: for what the house owes to persons, whoever of its people does it. */
export const unlimited = (scope: Scope): Scope => ({ ...scope, limits: null });

const levelOf = ({ limits }: Limited, kind: Kind, field: string): Level | undefined =>
  limits?.[kind]?.[field];

/** Whether a field is not to be seen. */
export const isHidden = (who: Limited, kind: Kind, field: string): boolean =>
  levelOf(who, kind, field) === "hidden";

/** Whether a field may be written. */
export const mayWrite = (who: Limited, kind: Kind, field: string): boolean =>
  levelOf(who, kind, field) === undefined;

/** The fields of a kind that every house has and this role may not write, or not even see. */
export const closed = (who: Limited, kind: Kind, hidden = false): Governed[] =>
  who.limits?.[kind] === undefined
    ? []
    : governed[kind].filter(({ name }) =>
      hidden ? isHidden(who, kind, name) : !mayWrite(who, kind, name)
    );

/** The properties of a record that are not to be seen. */
export const hiddenProperties = (who: Limited, kind: Kind): string[] =>
  closed(who, kind, true).flatMap(({ hides = {} }) => Object.keys(hides));

/** Whether anything at all is hidden from this role. */
export const hidesAny = ({ limits }: Limited): boolean =>
  limits !== null &&
  Object.values(limits).some((fields) => Object.values(fields).includes("hidden"));

/** The columns of a kind that this role may not write. */
export const closedColumns = (who: Limited, kind: Kind): string[] =>
  closed(who, kind).flatMap(({ columns }) => columns);

/** Of fields that this role sees and may not write the first column, whose words name them. */
export const fixedColumns = (who: Limited, kind: Kind): string[] =>
  closed(who, kind).filter(({ name }) => !isHidden(who, kind, name))
    .map(({ columns }) => columns[0]!);

/** The columns that are not to be seen, each empty. */
export const emptyColumns = (who: Limited, kind: Kind): Record<string, null> =>
  Object.fromEntries(
    closed(who, kind, true).flatMap(({ columns }) => columns.map((column) => [column, null])),
  );

/** A record as this role may see it: what is hidden is empty, as if it had never been filled in. */
export function shown<R extends object>(who: Limited, kind: Kind, record: R): R {
  if (who.limits?.[kind] === undefined) return record;
  const copy = { ...record } as Record<string, unknown>;
  for (const { hides = {} } of closed(who, kind, true)) {
    for (const [name, empty] of Object.entries(hides)) if (name in copy) copy[name] = empty;
  }
  if (Array.isArray(copy.custom)) {
    copy.custom = (copy.custom as CustomValue[])
      .filter(({ fieldId }) => !isHidden(who, kind, fieldId));
  }
  return copy as R;
}

/** What is to be written over a record: closed fields stay as they stand there. */
export function kept<I extends object>(who: Limited, kind: Kind, before: object, input: I): I {
  const stays = closed(who, kind).flatMap(({ writes }) => writes);
  if (stays.length === 0) return input;
  const stood = before as Record<string, unknown>;
  const copy = { ...input } as Record<string, unknown>;
  for (const name of stays) if (name in copy) copy[name] = stood[name] ?? blank(name);
  return copy as I;
}

/** What a new record begins with: closed fields as nobody has filled them in. */
export function fresh<I extends object>(who: Scope, kind: Kind, input: I): I {
  const begun = Object.fromEntries(
    closed(who, kind).flatMap(({ writes, begins = {} }) =>
      writes.map((name) => [name, begins[name] ?? blank(name)])
    ),
  );
  // Whoever makes a record looks after it, where nobody can be chosen.
  if ("ownerId" in begun) begun.ownerId = who.actor.userId;
  return { ...input, ...begun };
}

const nulls = ["birthday", "amountCents", "expectedCloseOn"];

/** Nothing, as what is written of records has it. */
const blank = (name: string) =>
  name === "tags" ? [] : name.endsWith("Id") || nulls.includes(name) ? null : "";

/** The values of own fields that may be written. */
export const writable = (who: Limited, kind: Kind, input: CustomInput): CustomInput =>
  who.limits?.[kind] === undefined
    ? input
    : Object.fromEntries(Object.entries(input).filter(([id]) => mayWrite(who, kind, id)));

/** Of names that somebody sent, `emails.0.address` among them, those of fields that may not be written. */
export function refused(who: Limited, kind: Kind, sent: Iterable<string>): string[] {
  const mine = who.limits?.[kind];
  if (mine === undefined) return [];
  const names = new Set(closed(who, kind).flatMap(({ writes, also = [] }) => [...writes, ...also]));
  for (const field of Object.keys(mine)) names.add(`custom.f${field.replaceAll("-", "")}`);
  return [...sent].filter((name) => names.has(name) || names.has(name.split(".")[0]!));
}

/** What history tells of a record's fields to this role: nothing of those that are hidden. */
export function told(who: Limited, kind: string, fields: readonly FieldChange[]): FieldChange[] {
  const of = kind as Kind;
  if (who.limits?.[of] === undefined) return [...fields];
  const columns = new Set(closed(who, of, true).flatMap((each) => each.columns));
  return fields.filter(({ name }) =>
    name.startsWith("custom:")
      ? !isHidden(who, of, name.slice("custom:".length))
      : !columns.has(name)
  );
}

/** What a list is narrowed by, without conditions on fields that are hidden. */
export function seenFilter(who: Limited, kind: Kind, filter: Filter): Filter {
  if (who.limits?.[kind] === undefined) return filter;
  const hidden = closed(who, kind, true);
  const keys = new Set<string>(hidden.flatMap(({ filters = [] }) => filters));
  const lacks = new Set(hidden.flatMap(({ lacks = [] }) => lacks));
  const { empty, custom, ...rest } = filter;
  const seen = Object.fromEntries(Object.entries(rest).filter(([key]) => !keys.has(key)));
  const still: Empty[] = empty?.filter((each) => !lacks.has(each)) ?? [];
  const own = custom?.filter(({ field }) => !isHidden(who, kind, field)) ?? [];
  return {
    ...seen as unknown as Filter,
    ...(still.length > 0 ? { empty: still } : {}),
    ...(own.length > 0 ? { custom: own } : {}),
  };
}

/** The columns of a list that somebody chose, without those that are hidden. */
export function seenColumns(who: Limited, kind: Kind, columns: readonly string[]): string[] {
  const hidden = closed(who, kind, true).map(({ column }) => column);
  return columns.filter((key) => {
    const own = fieldOfSort(key);
    return own === null ? !hidden.includes(key) : !isHidden(who, kind, own);
  });
}

/** The order of a list; one by a field that is hidden becomes that by name. */
export function seenOrder(who: Limited, kind: Kind, order: Order): Order {
  const own = fieldOfSort(order.sort);
  const sorted = own === null
    ? closed(who, kind, true).some(({ sort }) => sort === order.sort)
    : isHidden(who, kind, own);
  return sorted ? { sort: "name", descending: false } : order;
}
