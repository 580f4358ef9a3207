/** How the lists of records are requested: everything is in their address. */
import { z } from "zod";
import { bound, searchBound } from "../db/record_counts.ts";
import { asksFirst, isCounted, type Sort } from "../db/record_lists.ts";
import { isRemembered } from "../db/counts.ts";
import type { CustomFilter } from "../db/custom_filters.ts";
import { numberOf } from "../db/custom_texts.ts";
import type { Status } from "../db/contacts.ts";
import type { DealFilter } from "../db/deal_filters.ts";
import { seenColumns, seenFilter, seenOrder } from "../db/field_rights.ts";
import { isId } from "../db/ids.ts";
import { parseCents } from "../db/money.ts";
import { legalBases } from "../db/origins.ts";
import { ownerIn } from "../db/owners.ts";
import type { Cursor, Page } from "../db/pages.ts";
import { empties, type Filter, type Further } from "../db/record_filters.ts";
import type { Kind } from "../db/record_kinds.ts";
import type { Selection } from "../db/selections.ts";
import { kinds as stageKinds, type StageKind } from "../db/stages.ts";
import type { ViewRow } from "../db/views.ts";
import { active, type Asked, lacks, sorts, usualDirection } from "../views/records/lists.tsx";
import { columnKeys, isCustomColumn, usualColumns } from "../views/records/columns.ts";
import { viewHref } from "../views/views.tsx";
import { parametersOf, queryOf } from "./addresses.ts";
import * as fields from "./fields.ts";
import type { Ctx } from "./web.tsx";

export const statuses = [
  "lead",
  "prospect",
  "customer",
  "partner",
  "supplier",
  "former",
] as const;

/** The kind of a list, as forms name it. */
export const kind = z.enum(["contact", "company", "deal"]);

/** What is sent of records chosen on a list: its parameters, and the ticks or the wish for all. */
export const chosen = {
  list: z.string().optional().default("").transform((text) => text.slice(0, 4_000)),
  all: fields.tick,
  ids: z.union([z.string(), z.array(z.string())]).optional()
    .transform((value) => [value ?? []].flat().filter(isId).slice(0, 1_000)),
};

/** The records meant by what was chosen. */
export function selectionOf(
  { kind, list, all, ids }: { kind: Kind; list: string; all: boolean; ids: readonly string[] },
): Selection {
  return all ? { filter: askedBy(new URLSearchParams(list), kind).filter } : { ids };
}

/** What a list's address asks for; whatever makes no sense or is hidden is skipped, the latter with a message. */
export function asked(c: Ctx, kind: Kind): Asked & { cursor: Cursor } {
  const wanted = askedBy(parametersOf(c), kind);
  return { ...seenOf(c, kind, wanted), cursor: cursor(c) };
}

/** The list without what the role must not see; most roles see all of it. */
function seenOf(c: Ctx, kind: Kind, wanted: Asked): Asked {
  const scope = c.get("scope");
  if (scope.limits?.[kind] === undefined) return wanted;
  const filter = seenFilter(scope, kind, wanted.filter);
  const order = seenOrder(scope, kind, wanted.order);
  const columns = wanted.columns && seenColumns(scope, kind, wanted.columns);
  const same = active({ ...wanted, filter }) === active(wanted) &&
    order.sort === wanted.order.sort && columns?.length === wanted.columns?.length;
  return { ...wanted, filter, order, columns, ...(same ? {} : { narrowed: true }) };
}

/** Where a list leads that was asked for without anything: the person's default view, or null. */
export function opening(c: Ctx, views: readonly ViewRow[]): string | null {
  const usual = views.find((each) => each.usual);
  return usual && queryOf(c) === "" ? viewHref(usual) : null;
}

/** The place in a list that its address asks for. */
export function cursor(c: Ctx): Cursor {
  const [after, before] = [c.req.query("after") ?? "", c.req.query("before") ?? ""];
  return isId(after) ? { after } : isId(before) ? { before } : null;
}

/** A page of a list; a cursor that is gone or past the end returns the first page. */
export async function pageAt<Row>(
  place: Cursor,
  list: (place: Cursor) => Promise<Page<Row>>,
): Promise<Page<Row>> {
  const found = await list(place);
  return place !== null && found.rows.length === 0 ? await list(null) : found;
}

/**
 * Whether nothing that a list's page reads depends on what it read before, and nothing is written.
 * Not so a tenant's first look at deals, nor a filter whose hits may need counting.
 */
export function isReadAtOnce(c: Ctx, kind: Kind, asked: Asked, place: Cursor): boolean {
  const [scope, session] = [c.get("scope"), c.get("session")];
  const { filter, order, columns } = asked;
  if (kind === "deal" || place !== null || session?.flash) return false;
  if (isCustomColumn(order.sort) || columns?.some(isCustomColumn)) return false;
  if (filter.q !== "") return isCounted(scope, kind, filter, order, place);
  if (active(asked) > 0 && !isRemembered(scope, kind, filter)) return false;
  return !asksFirst(scope, kind, filter, order, place);
}

/**
 * How many records a list has, and how far they are counted: `counted` where its page did that.
 * Null where this page shows them all.
 */
export async function totalOf<Row>(
  shown: Page<Row>,
  { q }: Filter,
  counted: number,
  count: () => number | Promise<number>,
): Promise<{ count: number; bound: number } | null> {
  if (!shown.next && !shown.previous) return null;
  const found = shown.total ?? await count();
  return { count: found, bound: q ? found === counted + 1 ? counted : searchBound : bound };
}

/** What a list's parameters ask for, without a place in it. */
export function askedBy(parameters: URLSearchParams, kind: Kind): Asked {
  const one = <T extends string>(name: string, known: readonly T[]): T | null =>
    known.find((each) => each === parameters.get(name)) ?? null;
  const own = /^custom:(.+)$/.exec(parameters.get("sort") ?? "")?.[1] ?? "";
  const sort: Sort = isId(own) ? `custom:${own}` : one("sort", sorts[kind]) ?? "name";
  const direction = one("dir", ["asc", "desc"]) ?? usualDirection(sort);
  const filter: Filter = {
    q: text(parameters.get("q") ?? ""),
    tag: id(parameters, "tag"),
    owner: ownerIn(parameters.get("owner") ?? ""),
    status: kind === "deal"
      ? one<StageKind>("status", stageKinds)
      : one<Status>("status", statuses),
    company: kind === "company" ? null : id(parameters, "company"),
    ...further(parameters, kind),
  };
  const columns = several(parameters, "cols", columnKeys[kind], isCustomColumn);
  return {
    filter,
    order: { sort, descending: direction === "desc" },
    columns: columns.length > 0 && columns.join() !== usualColumns(kind).join() ? columns : null,
    view: parameters.get("view") === "all" ? "all" : id(parameters, "view"),
  };
}

function further(parameters: URLSearchParams, kind: Kind): Further {
  const words = (name: string) => text(parameters.get(name) ?? "").slice(0, 100) || undefined;
  const persons = kind === "contact";
  const beginning = (name: string) =>
    /[\p{L}\p{N}]/u.test(words(name) ?? "") ? words(name) : undefined;
  const empty = several(parameters, "empty", empties).filter((each) => lacks[kind].includes(each));
  const found: Further = {
    place: kind === "deal" ? undefined : beginning("place"),
    firm: kind === "company" ? undefined : beginning("firm"),
    source: words("source"),
    basis: persons ? legalBases.find((each) => each === parameters.get("basis")) : undefined,
    createdFrom: day(parameters, "created_from"),
    createdTo: day(parameters, "created_to"),
    touchFrom: day(parameters, "touch_from"),
    touchTo: day(parameters, "touch_to"),
    empty: empty.length > 0 ? empty : undefined,
    custom: customFilters(parameters),
    ...kind === "deal" ? ofDeals(parameters) : {},
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function ofDeals(parameters: URLSearchParams): DealFilter {
  const one = (name: string) => id(parameters, name) ?? undefined;
  const cents = (name: string) =>
    parseCents((parameters.get(name) ?? "").slice(0, 40)) ?? undefined;
  return {
    pipeline: one("pipeline"),
    stage: one("stage"),
    lostReason: one("reason"),
    person: one("person"),
    amountFrom: cents("amount_from"),
    amountTo: cents("amount_to"),
    closeFrom: day(parameters, "close_from"),
    closeTo: day(parameters, "close_to"),
    rotting: parameters.get("rotting") === "1" ? true : undefined,
  };
}

/** Known words of a parameter that may come often or as a list with commas, each once. */
function several<T extends string>(
  parameters: URLSearchParams,
  name: string,
  known: readonly T[],
  fits: (word: string) => boolean = () => false,
): T[] {
  const words = new Set(parameters.getAll(name).slice(0, 50).flatMap((word) => word.split(",")));
  return [...words].flatMap((word) =>
    known.find((each) => each === word) ?? (fits(word) ? word as T : [])
  );
}

/** Custom fields that a list is filtered by, `custom.ID.like`; at most ten, whether they exist or not. */
function customFilters(parameters: URLSearchParams): CustomFilter[] | undefined {
  const found = new Map<string, CustomFilter>();
  for (const [name, value] of parameters) {
    const [, field, part] = /^custom\.([0-9a-f-]{36})\.(is|like|from|to|empty)$/.exec(name) ?? [];
    if (!field || !isId(field) || found.size === 10 && !found.has(field)) continue;
    const asked = text(value).slice(0, 100);
    const bound = day(new URLSearchParams({ asked }), "asked") ?? numberOf(asked) ?? undefined;
    const wanted: Partial<CustomFilter> = {
      is: part === "is" && (isId(asked) || /^(yes|no)$/.test(asked)) ? asked : undefined,
      like: part === "like" && /[\p{L}\p{N}]/u.test(asked) ? asked : undefined,
      from: part === "from" ? bound : undefined,
      to: part === "to" ? bound : undefined,
      empty: part === "empty" && asked === "1" ? true : undefined,
    };
    const told = Object.entries(wanted).filter(([, each]) => each !== undefined);
    if (told.length === 0) continue;
    found.set(field, { ...found.get(field), field, ...Object.fromEntries(told) });
  }
  return found.size > 0 ? [...found.values()] : undefined;
}

/** An identifier that an address names, or null. */
export function id(parameters: URLSearchParams, name: string): string | null {
  const value = parameters.get(name) ?? "";
  return isId(value) ? value : null;
}

/** A calendar day of this age as date fields send it. */
function day(parameters: URLSearchParams, name: string): string | undefined {
  const value = parameters.get(name) ?? "";
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(value)) return undefined;
  try {
    return Temporal.PlainDate.from(value, { overflow: "reject" }).toString();
  } catch {
    return undefined;
  }
}

/** A searched text as PostgreSQL takes it: no control characters, no half characters. */
export const text = (value = ""): string =>
  value.toWellFormed().replace(/\p{Cc}+/gu, " ").trim().slice(0, 200);
