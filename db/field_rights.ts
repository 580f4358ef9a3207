/**
 * What a role may do with individual fields, the one answer for pages, lists, files and programs:
 * limits come with the Scope; db returns hidden fields empty and does not write closed ones. Pure.
 */
import type { FieldChange } from "./changes.ts";
import type { Order } from "./record_lists.ts";
import { fieldOfSort } from "./custom_filters.ts";
import type { CustomInput, CustomValue } from "./custom_values.ts";
import { type Governed, governed } from "./field_catalogue.ts";
import type { Empty, Filter } from "./record_filters.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/** How a role may be limited; without a level it may do everything. */
export const levels = ["read_only", "hidden"] as const;
export type Level = typeof levels[number];

/**
 * A role's limits by kind of record and field, custom fields by their ids; null where there are
 * none.
 */
export type FieldLimits = Partial<Record<Kind, Readonly<Record<string, Level>>>> | null;

/** The actor, as far as fields are concerned. */
export interface Limited {
  readonly limits: FieldLimits;
}

/** The same scope without limits: for duties towards persons, whichever user carries them out. */
export const unlimited = (scope: Scope): Scope => ({ ...scope, limits: null });

const levelOf = ({ limits }: Limited, kind: Kind, field: string): Level | undefined =>
  limits?.[kind]?.[field];

/** Whether a field is hidden. */
export const isHidden = (who: Limited, kind: Kind, field: string): boolean =>
  levelOf(who, kind, field) === "hidden";

/** Whether a field may be written. */
export const mayWrite = (who: Limited, kind: Kind, field: string): boolean =>
  levelOf(who, kind, field) === undefined;

/** The built-in fields of a kind that this role may not write or, if `hidden`, not even see. */
export const closed = (who: Limited, kind: Kind, hidden = false): Governed[] =>
  who.limits?.[kind] === undefined
    ? []
    : governed[kind].filter(({ name }) =>
      hidden ? isHidden(who, kind, name) : !mayWrite(who, kind, name)
    );

/** The properties of a record that are hidden. */
export const hiddenProperties = (who: Limited, kind: Kind): string[] =>
  closed(who, kind, true).flatMap(({ hides = {} }) => Object.keys(hides));

/** Whether anything at all is hidden from this role. */
export const hidesAny = ({ limits }: Limited): boolean =>
  limits !== null &&
  Object.values(limits).some((fields) => Object.values(fields).includes("hidden"));

/** The columns of a kind that this role may not write. */
export const closedColumns = (who: Limited, kind: Kind): string[] =>
  closed(who, kind).flatMap(({ columns }) => columns);

/**
 * For fields that this role sees but may not write: the first column, whose label names the field.
 */
export const fixedColumns = (who: Limited, kind: Kind): string[] =>
  closed(who, kind).filter(({ name }) => !isHidden(who, kind, name))
    .map(({ columns }) => columns[0]!);

/** The hidden columns, each with an empty value. */
export const emptyColumns = (who: Limited, kind: Kind): Record<string, null> =>
  Object.fromEntries(
    closed(who, kind, true).flatMap(({ columns }) => columns.map((column) => [column, null])),
  );

/**
 * A record as this role may see it: hidden values are empty, as if they had never been filled in.
 */
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

/** The input for updating a record: closed fields keep the values they have. */
export function kept<I extends object>(who: Limited, kind: Kind, before: object, input: I): I {
  const stays = closed(who, kind).flatMap(({ writes }) => writes);
  if (stays.length === 0) return input;
  const stood = before as Record<string, unknown>;
  const copy = { ...input } as Record<string, unknown>;
  for (const name of stays) if (name in copy) copy[name] = stood[name] ?? blank(name);
  return copy as I;
}

/** The input for a new record: closed fields start as if nobody had filled them in. */
export function fresh<I extends object>(who: Scope, kind: Kind, input: I): I {
  const begun = Object.fromEntries(
    closed(who, kind).flatMap(({ writes, begins = {} }) =>
      writes.map((name) => [name, begins[name] ?? blank(name)])
    ),
  );
  // Whoever creates a record becomes responsible for it where they cannot choose anybody.
  if ("ownerId" in begun) begun.ownerId = who.actor.userId;
  return { ...input, ...begun };
}

const nulls = ["birthday", "amountCents", "expectedCloseOn"];

/** The empty value of a property in inputs. */
const blank = (name: string) =>
  name === "tags" ? [] : name.endsWith("Id") || nulls.includes(name) ? null : "";

/** The values of custom fields that may be written. */
export const writable = (who: Limited, kind: Kind, input: CustomInput): CustomInput =>
  who.limits?.[kind] === undefined
    ? input
    : Object.fromEntries(Object.entries(input).filter(([id]) => mayWrite(who, kind, id)));

/**
 * Which of the submitted names (such as `emails.0.address`) belong to fields that may not be
 * written.
 */
export function refused(who: Limited, kind: Kind, sent: Iterable<string>): string[] {
  const mine = who.limits?.[kind];
  if (mine === undefined) return [];
  const names = new Set(closed(who, kind).flatMap(({ writes, also = [] }) => [...writes, ...also]));
  for (const field of Object.keys(mine)) names.add(`custom.f${field.replaceAll("-", "")}`);
  return [...sent].filter((name) => names.has(name) || names.has(name.split(".")[0]!));
}

/** A record's history as this role may see it, without hidden fields. */
export function visibleChanges(
  who: Limited,
  kind: string,
  fields: readonly FieldChange[],
): FieldChange[] {
  const of = kind as Kind;
  if (who.limits?.[of] === undefined) return [...fields];
  const columns = new Set(closed(who, of, true).flatMap((each) => each.columns));
  return fields.filter(({ name }) =>
    name.startsWith("custom:")
      ? !isHidden(who, of, name.slice("custom:".length))
      : !columns.has(name)
  );
}

/** A list's filter without conditions on hidden fields. */
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

/** The columns chosen for a list, without hidden fields. */
export function seenColumns(who: Limited, kind: Kind, columns: readonly string[]): string[] {
  const hidden = closed(who, kind, true).map(({ column }) => column);
  return columns.filter((key) => {
    const own = fieldOfSort(key);
    return own === null ? !hidden.includes(key) : !isHidden(who, kind, own);
  });
}

/** The order of a list; sorting by a hidden field becomes sorting by name. */
export function seenOrder(who: Limited, kind: Kind, order: Order): Order {
  const own = fieldOfSort(order.sort);
  const sorted = own === null
    ? closed(who, kind, true).some(({ sort }) => sort === order.sort)
    : isHidden(who, kind, own);
  return sorted ? { sort: "name", descending: false } : order;
}
