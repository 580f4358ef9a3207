/** The API described by OpenAPI 3.1, made from the very schemas that its requests are checked with. */
import { z } from "zod";
import { quota } from "../../db/api_quotas.ts";
import { type ApiScope, scopeOf } from "../../db/api_tokens.ts";
import type { Action } from "../../db/roles.ts";
import { Me, Users } from "./account.ts";
import activities from "./activities.ts";
import companies from "./companies.ts";
import contacts from "./contacts.ts";
import deals, { Pipelines } from "./deals.ts";
import * as files from "./files.ts";
import { PageOf } from "./listing.ts";
import { type Kind, kinds, ProblemBody } from "./problems.ts";

type Json = Record<string, unknown>;

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
}

const always: Kind[] = [
  "unauthorized",
  "throttled",
  "forbidden",
  "contract_over",
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
function operationsOf({ noun, rights, filters, schemas }: typeof nouns[number]): Operation[] {
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
      parameters: parametersOf(filters),
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
        schema: schemas.Item,
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
      request: { type: "multipart/form-data", schema: files.Upload },
      response: { status: 201, schema: files.Item, headers: ["Location"] },
      problems: [...writing, "file_refused"],
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
    id: "listPipelines",
    method: "get",
    path: "/pipelines",
    tag: "deals",
    scope: "deals:read",
    parameters: [],
    response: { status: 200, schema: Pipelines },
    problems: always,
  },
  {
    id: "listUsers",
    method: "get",
    path: "/users",
    tag: "account",
    scope: null,
    parameters: [],
    response: { status: 200, schema: Users },
    problems: always,
  },
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

const schemaOf = (schema: z.ZodType, io: "input" | "output", found: Json): Json => {
  const { $schema: _, $defs, ...json } = z.toJSONSchema(schema, { io }) as Json;
  const all = { ...$defs as Json };
  const place = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll("#/$defs/", "#/components/schemas/"));
  // What is sent may leave out what is answered always: such a piece has a name for each way.
  const named = (name: string) => io === "input" && name in twofold ? `${name}Input` : name;
  const renamed = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(place(value)).replace(
        /#\/components\/schemas\/(\w+)/g,
        (_, name) => `#/components/schemas/${named(name)}`,
      ),
    );
  for (const [name, definition] of Object.entries(all)) {
    const { id: __, ...rest } = definition as Json;
    found[named(name)] = renamed(rest);
  }
  return renamed(json) as Json;
};
/** Pieces with defaults: sent they may be left out, answered they are always there. */
const twofold: Record<string, true> = { Email: true, Phone: true, Address: true, Place: true };

const headers: Record<string, Json> = {
  ETag: { description: "Names the state of the record", schema: { type: "string" } },
  Location: { description: "Address of what was made", schema: { type: "string" } },
  "Idempotent-Replayed": {
    description: "`true` where the key had been used: nothing was made again",
    schema: { type: "string" },
  },
};

const header = (name: string, description: string, required: boolean): Json => ({
  name,
  in: "header",
  description,
  required,
  schema: { type: "string", minLength: 1, maxLength: 200 },
});

/** The description of the whole API at an address. */
export function describe(baseUrl: string): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    (paths[operation.path] ??= {})[operation.method] = described(operation, schemas);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "kompaktCRM",
      version: "1",
      description: `Contacts, companies, deals, activities and files of one tenant. ` +
        `${quota.most} requests a minute for each token.`,
    },
    servers: [{ url: `${baseUrl}/api/v1` }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => a < b ? -1 : 1)),
      parameters: {
        id: { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } },
        IfMatch: header("If-Match", "The ETag that the record was read with", true),
        IfMatchOptional: header("If-Match", "The ETag that the record was read with", false),
        IfNoneMatch: header("If-None-Match", "An ETag: 304 while it still holds", false),
        IdempotencyKey: header(
          "Idempotency-Key",
          "8 to 200 visible characters, known for 24 hours: the same request makes one record",
          false,
        ),
      },
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
    },
  };
}

function described(operation: Operation, schemas: Json): Json {
  const { request, response } = operation;
  const type = response.type ?? "application/json";
  const named = (response.headers ?? []).map((name) => [name, headers[name]]);
  const content = response.schema
    ? { content: { [type]: { schema: schemaOf(response.schema, "output", schemas) } } }
    : response.type
    ? { content: { [type]: { schema: { type: "string", format: "binary" } } } }
    : {};
  const problem = schemaOf(ProblemBody, "output", schemas);
  const refusals = new Map<number, Kind[]>();
  for (const kind of operation.problems) {
    refusals.set(kinds[kind], [...refusals.get(kinds[kind]) ?? [], kind]);
  }
  return {
    operationId: operation.id,
    tags: [operation.tag],
    "x-scope": operation.scope,
    parameters: operation.parameters,
    ...(request
      ? {
        requestBody: {
          required: true,
          content: { [request.type]: { schema: schemaOf(request.schema, "input", schemas) } },
        },
      }
      : {}),
    responses: {
      [response.status]: {
        description: "Done",
        ...(named.length > 0 ? { headers: Object.fromEntries(named) } : {}),
        ...content,
      },
      ...(operation.conditional ? { 304: { description: "Unchanged" } } : {}),
      ...Object.fromEntries(
        [...refusals].map(([status, names]) => [status, {
          description: names.join(", "),
          content: { "application/problem+json": { schema: problem } },
        }]),
      ),
    },
  };
}
