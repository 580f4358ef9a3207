/** Lists in the API: the same filters as on the pages, but invalid ones are refused instead of ignored. */
import { z } from "zod";
import { writeInstant } from "../../db/instants.ts";
import { legalBases } from "../../db/origins.ts";
import type { Cursor, Page } from "../../db/pages.ts";
import { empties } from "../../db/record_filters.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { kinds as stageKinds } from "../../db/stages.ts";
import type { Asked } from "../../views/records/lists.tsx";
import { lacks, sorts } from "../../views/records/lists.tsx";
import { parametersOf as searchOf } from "../addresses.ts";
import { askedBy, statuses } from "../lists.ts";
import type { Ctx } from "../web.tsx";
import * as own from "./custom_filters.ts";
import { assertAskable } from "./field_rights.ts";
import * as fields from "./fields.ts";
import { fault, Problem } from "./problems.ts";

/** Rows of a page that may be asked for; few sizes keep few plans in the database. */
const sizes = ["10", "25", "50", "100"] as const;

/** What every list takes. */
export const paging = {
  limit: z.enum(sizes).default("50").meta({ description: "Rows per page" }),
  after: fields.id.optional().meta({ description: "The page after this record" }),
  before: fields.id.optional().meta({ description: "The page before this record" }),
};

/** Whose: a person's, or those of a team. */
export const owner = z.union([
  fields.id,
  z.string().regex(/^team\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
]).optional()
  .meta({ description: "A user, or `team.` and the id of a team" });

const search = {
  q: z.string().max(200).optional().meta({
    description: "Words to search for, as in the search box",
  }),
  tag: fields.id.optional(),
  owner,
  source: z.string().max(100).optional().meta({ description: "Part of the source's text" }),
  created_from: fields.day.optional(),
  created_to: fields.day.optional(),
  touch_from: fields.day.optional(),
  touch_to: fields.day.optional(),
  dir: z.enum(["asc", "desc"]).optional(),
};

const lacking = (kind: Kind) =>
  z.enum(empties.filter((each) => lacks[kind].includes(each))).optional()
    .meta({ description: "Records where this is missing" });
const sorting = (kind: Kind) =>
  z.union([z.enum(sorts[kind] as ["name", ...string[]]), z.string().regex(own.sort)]).optional();
// Not in the description: only some programming languages know these classes of letters.
const beginning = z.string().max(100).refine((text) => /[\p{L}\p{N}]/u.test(text)).optional();
const amount = z.string().regex(/^\d{1,12}(\.\d{2})?$/).optional();

/** What the list of each kind of record can be narrowed and ordered by. */
export const filters = {
  contact: z.strictObject({
    ...search,
    status: z.enum(statuses).optional(),
    company: fields.id.optional(),
    place: beginning,
    firm: beginning,
    basis: z.enum(legalBases).optional(),
    empty: lacking("contact"),
    sort: sorting("contact"),
    ...paging,
  }),
  company: z.strictObject({
    ...search,
    status: z.enum(statuses).optional(),
    place: beginning,
    empty: lacking("company"),
    sort: sorting("company"),
    ...paging,
  }),
  deal: z.strictObject({
    ...search,
    status: z.enum(stageKinds).optional(),
    company: fields.id.optional(),
    firm: beginning,
    pipeline: fields.id.optional(),
    stage: fields.id.optional(),
    reason: fields.id.optional(),
    person: fields.id.optional(),
    amount_from: amount,
    amount_to: amount,
    close_from: fields.day.optional(),
    close_to: fields.day.optional(),
    rotting: z.enum(["1"]).optional(),
    empty: lacking("deal"),
    sort: sorting("deal"),
    ...paging,
  }),
} as const satisfies Record<Kind, z.ZodType>;

/**
 * The parameters of a request, each once, checked; a Problem names those that are wrong. Those that
 * are read elsewhere are left out.
 */
export function parametersOf<S extends z.ZodType>(
  c: Ctx,
  schema: S,
  elsewhere: (name: string) => boolean = () => false,
): z.output<S> {
  const sent = searchOf(c);
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const [name, value] of sent) {
    if (seen.has(name)) twice.push(name);
    seen.set(name, value);
  }
  const known = [...seen].filter(([name]) => !elsewhere(name));
  const result = schema.safeParse(Object.fromEntries(known));
  // A page follows a record or precedes one: of two places one would be passed over.
  const places = seen.has("after") && seen.has("before") ? [["before", "invalid"]] : [];
  if (result.success && twice.length === 0 && places.length === 0) return result.data;
  const wrong = result.success
    ? []
    : result.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((name) => [name, "api.unknown_parameter"])
        : [[String(issue.path[0] ?? ""), "invalid"]]
    );
  const faults = [...twice.map((name) => [name, "api.sent_twice"]), ...places, ...wrong];
  throw new Problem("unknown_parameter", {
    errors: faults.slice(0, 50).map(([name, code]) => fault(c.var, name!.slice(0, 100), code!)),
  });
}

/** Where a page begins, as a list's parameters say it. */
export const cursorOf = ({ after, before }: { after?: string; before?: string }): Cursor =>
  after ? { after } : before ? { before } : null;

/** A list of records as it was asked for: checked first, then read as the pages read it. */
export async function wantedBy(
  c: Ctx,
  kind: Kind,
): Promise<Pick<Asked, "filter" | "order"> & { cursor: Cursor; size: number }> {
  const sent = parametersOf(c, filters[kind], own.isCustom);
  assertAskable(c, kind);
  const { filter, order } = askedBy(searchOf(c), kind);
  const { custom, order: byOwn } = await own.ownOf(c, kind);
  return {
    filter: custom ? { ...filter, custom } : filter,
    order: byOwn ?? order,
    cursor: cursorOf(sent),
    size: Number(sent.limit),
  };
}

/** What a list answers: rows, and where the pages beside it are. */
export const PageOf = <S extends z.ZodType>(row: S) =>
  z.strictObject({
    data: z.array(row).max(100),
    next: z.string().nullable().meta({ description: "Address of the next page" }),
    previous: z.string().nullable().meta({ description: "Address of the previous page" }),
  });

/** A row with its instants as text: those are most of what `JSON.stringify` would take its time for. */
export function written<Row extends object>(row: Row): unknown {
  const fields = row as Record<string, unknown>;
  for (const name in fields) {
    const value = fields[name];
    if (value instanceof Date) fields[name] = writeInstant(value);
  }
  return fields;
}

/** A page as the API returns it. An invalid cursor is an error: an empty page would look like the end. */
export function answerPage<Row extends { id: string }>(
  c: Ctx,
  { rows, next, previous }: Page<Row>,
  cursor: Cursor,
  shown: (row: Row) => unknown,
): Response {
  if (cursor !== null && rows.length === 0) throw new Problem("cursor_gone");
  const at = (name: "after" | "before", id: string | null) => {
    if (id === null) return null;
    const parameters = searchOf(c);
    parameters.delete("after");
    parameters.delete("before");
    parameters.set(name, id);
    return `${c.req.path}?${parameters}`;
  };
  return c.json({
    data: rows.map(shown),
    next: at("after", next),
    previous: at("before", previous),
  });
}
