/** The API described by OpenAPI 3.1, generated from the schemas that check its requests. */
import { z } from "zod";
import { quota } from "../../db/api_quotas.ts";
import { type Json, type Operation, operations } from "./operations.ts";
import { type Kind, kinds, ProblemBody, waits } from "./problems.ts";

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
  ETag: { description: "Identifies the version of the record", schema: { type: "string" } },
  Location: { description: "Address of the new record", schema: { type: "string" } },
  "Idempotent-Replayed": {
    description: "`true` if the key had been used before: nothing new was created",
    schema: { type: "string" },
  },
};

const retryAfter: Json = {
  "Retry-After": {
    description: "Seconds after which the same request may be sent again",
    schema: { type: "integer", minimum: 1 },
  },
};

const merged: Json = {
  description: "Merged into the record at `Location`",
  headers: {
    Location: { description: "Address of the remaining record", schema: { type: "string" } },
  },
};

const header = (name: string, description: string, required: boolean): Json => ({
  name,
  in: "header",
  description,
  required,
  schema: { type: "string", minLength: 1, maxLength: 255 },
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
      description: `Contacts, companies, deals, offers, activities and files of one tenant. ` +
        `${quota.most} requests a minute for each token.`,
    },
    servers: [{ url: `${baseUrl}/api/v1` }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => a < b ? -1 : 1)),
      parameters: {
        id: { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } },
        IfMatch: header("If-Match", "The ETag you got when reading the record", true),
        IfMatchOptional: header("If-Match", "The ETag you got when reading the record", false),
        IfNoneMatch: header("If-None-Match", "An ETag: answers 304 if it is still current", false),
        IdempotencyKey: header(
          "Idempotency-Key",
          "Printable ASCII characters, remembered for 24 hours: the same request creates one record",
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
      ...(operation.merged ? { 308: merged } : {}),
      ...Object.fromEntries(
        [...refusals].map(([status, names]) => [status, {
          description: names.join(", "),
          ...(names.some((name) => name === "throttled" || waits[name])
            ? { headers: retryAfter }
            : {}),
          content: { "application/problem+json": { schema: problem } },
        }]),
      ),
    },
  };
}
