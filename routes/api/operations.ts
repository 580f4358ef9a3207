/** Every request of the API: its input, its scope, its answers. */
import { z } from "zod";
import { type ApiScope, scopeOf } from "../../db/api_tokens.ts";
import { isId } from "../../db/ids.ts";
import type { Action } from "../../db/roles.ts";
import { Me, Users } from "./account.ts";
import activities from "./activities.ts";
import { CustomFields, Tags, Teams } from "./choices.ts";
import companies from "./companies.ts";
import contacts from "./contacts.ts";
import { described as ownFilters } from "./custom_filters.ts";
import deals, { Pipelines } from "./deals.ts";
import { Made } from "./fields.ts";
import * as files from "./files.ts";
import { PageOf } from "./listing.ts";
import * as offers from "./offers.ts";
import type { Kind } from "./problems.ts";

export type Json = Record<string, unknown>;

/** One request that may be made. */
export interface Operation {
  id: string;
  method: "get" | "post" | "patch" | "put" | "delete";
  path: string;
  tag: string;
  /** Null where every token may ask. */
  scope: ApiScope | null;
  parameters: Json[];
  request?: { type: string; schema: z.ZodType };
  /** What comes back when it went well; null without a body. */
  response: {
    status: 200 | 201 | 204;
    type?: string;
    schema: z.ZodType | null;
    headers?: readonly string[];
  };
  problems: Kind[];
  /** Answers 304 while what the program has still holds. */
  conditional?: true;
  /** Answers 308 where the record was merged into another one. */
  merged?: boolean;
}

const always: Kind[] = [
  "unauthorized",
  "throttled",
  "forbidden",
  "contract_over",
  "collision",
  "server",
  "unavailable",
];
const reading: Kind[] = [...always, "missing", "malformed"];
const writing: Kind[] = [...reading, "invalid", "unsupported_type", "too_large"];

const component = (name: string): Json => ({ $ref: `#/components/parameters/${name}` });

/** The parameters of a list, each as its schema says. */
function parametersOf(filters: z.ZodType): Json[] {
  const { properties = {} } = z.toJSONSchema(filters, { io: "input" });
  return Object.entries(properties as Record<string, Json>).map(([name, schema]) => {
    const { description, ...rest } = schema;
    return { name, in: "query", ...(description ? { description } : {}), schema: rest };
  });
}

const idParameter = component("id");
const scopeFor = (action: Action): ApiScope => scopeOf(action)!;

/** The routes of one noun, and of the files of its records. */
function operationsOf(
  { noun, limited, merged, rights, filters, schemas }: typeof nouns[number],
): Operation[] {
  const home = `/${noun}`;
  const [read, write, remove] = [rights.read, rights.write, rights.remove].map(scopeFor);
  const shared = { tag: noun, parameters: [idParameter] };
  const item = { status: 200, schema: schemas.Item, headers: ["ETag"] } as const;
  const one = schemas.Item.meta()!.id!;
  return [
    {
      id: `list${plural[noun]}`,
      method: "get",
      path: home,
      tag: noun,
      scope: read!,
      parameters: [...parametersOf(filters), ...(limited ? [ownFilters] : [])],
      response: { status: 200, schema: PageOf(schemas.Row) },
      problems: [...always, "unknown_parameter", "cursor_gone"],
    },
    {
      id: `create${one}`,
      method: "post",
      path: home,
      tag: noun,
      scope: write!,
      parameters: [component("IdempotencyKey")],
      request: { type: "application/json", schema: schemas.Create },
      response: {
        status: 201,
        schema: z.union([schemas.Item, Made]),
        headers: ["ETag", "Location", "Idempotent-Replayed"],
      },
      problems: [...writing, "duplicate", "suppressed", "key_reused"],
    },
    {
      ...shared,
      id: `get${one}`,
      method: "get",
      path: `${home}/{id}`,
      scope: read!,
      parameters: [idParameter, component("IfNoneMatch")],
      response: item,
      problems: reading,
      conditional: true,
      merged: merged !== undefined,
    },
    {
      ...shared,
      id: `change${one}`,
      method: "patch",
      path: `${home}/{id}`,
      scope: write!,
      parameters: [idParameter, component("IfMatch")],
      request: { type: "application/merge-patch+json", schema: schemas.Change },
      response: item,
      problems: [...writing, "stale", "if_match_missing", "suppressed"],
      merged: merged !== undefined,
    },
    {
      ...shared,
      id: `trash${one}`,
      method: "delete",
      path: `${home}/{id}`,
      scope: remove!,
      parameters: [idParameter, component("IfMatchOptional")],
      response: { status: 204, schema: null },
      problems: [...reading, "stale"],
    },
    {
      ...shared,
      id: `list${one}Files`,
      method: "get",
      path: `${home}/{id}/files`,
      scope: "files:read",
      parameters: [idParameter, ...parametersOf(files.filters)],
      response: { status: 200, schema: PageOf(files.Row) },
      problems: [...reading, "unknown_parameter", "cursor_gone"],
    },
    {
      ...shared,
      id: `add${one}File`,
      method: "post",
      path: `${home}/{id}/files`,
      scope: "files:write",
      parameters: [idParameter, component("IdempotencyKey")],
      request: { type: "multipart/form-data", schema: files.Upload },
      response: {
        status: 201,
        schema: z.union([files.Item, Made]),
        headers: ["Location", "Idempotent-Replayed"],
      },
      problems: [...writing, "file_refused", "key_reused"],
    },
  ];
}

const nouns = [contacts, companies, deals, activities] as const;
const plural = {
  contacts: "Contacts",
  companies: "Companies",
  deals: "Deals",
  activities: "Activities",
} as const;

const completion = {
  path: "/activities/{id}/completion",
  tag: "activities",
  scope: "activities:write",
  parameters: [idParameter],
  response: { status: 200, schema: activities.schemas.Item, headers: ["ETag"] },
  problems: reading,
} satisfies Partial<Operation>;

const fileScope = { path: "/files/{id}", tag: "files", parameters: [idParameter] };

const offerScope = { method: "get", tag: "offers", scope: "offers:read" } as const;

/** The methods that an address takes, as the header `Allow` names them; none where there is no such. */
export function methodsAt(path: string): string[] {
  const parts = path.split("/");
  const there = operations.filter((each) => {
    const known = each.path.split("/");
    return known.length === parts.length &&
      known.every((part, at) => part === "{id}" ? isId(parts[at]!) : part === parts[at]);
  });
  return there.flatMap(({ method }) => method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()]);
}

/** Every request there is; the routes are held to it by a test. */
export const operations: readonly Operation[] = [
  ...nouns.flatMap(operationsOf),
  { ...completion, id: "completeActivity", method: "put" },
  { ...completion, id: "reopenActivity", method: "delete" },
  {
    ...fileScope,
    id: "getFile",
    method: "get",
    scope: "files:read",
    response: { status: 200, schema: files.Item },
    problems: reading,
  },
  {
    ...fileScope,
    id: "fetchFile",
    method: "get",
    path: "/files/{id}/content",
    scope: "files:read",
    response: { status: 200, type: "*/*", schema: null },
    problems: reading,
  },
  {
    ...fileScope,
    id: "trashFile",
    method: "delete",
    scope: "files:write",
    response: { status: 204, schema: null },
    problems: reading,
  },
  {
    ...offerScope,
    id: "listOffers",
    path: "/offers",
    parameters: parametersOf(offers.filters),
    response: { status: 200, schema: PageOf(offers.Row) },
    problems: [...always, "unknown_parameter", "cursor_gone"],
  },
  {
    ...offerScope,
    id: "getOffer",
    path: "/offers/{id}",
    parameters: [idParameter, component("IfNoneMatch")],
    response: { status: 200, schema: offers.Item, headers: ["ETag"] },
    problems: reading,
    conditional: true,
  },
  {
    ...offerScope,
    id: "fetchOfferPaper",
    path: "/offers/{id}/paper",
    parameters: [idParameter],
    response: { status: 200, type: "application/pdf", schema: null },
    problems: reading,
  },
  {
    id: "listPipelines",
    method: "get",
    path: "/pipelines",
    tag: "deals",
    scope: "deals:read",
    parameters: [],
    response: { status: 200, schema: Pipelines },
    problems: always,
  },
  ...([
    ["listUsers", "/users", Users],
    ["listTeams", "/teams", Teams],
    ["listTags", "/tags", Tags],
    ["listFields", "/fields", CustomFields],
  ] as const).map(([id, path, schema]): Operation => ({
    ...{ id, method: "get", path, tag: "account", scope: null, parameters: [] },
    response: { status: 200, schema },
    problems: always,
  })),
  {
    id: "getMe",
    method: "get",
    path: "/me",
    tag: "account",
    scope: null,
    parameters: [],
    response: { status: 200, schema: Me },
    problems: always,
  },
];
