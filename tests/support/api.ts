/**
 * A program that uses the API with a token; every answer is checked against the OpenAPI
 * description.
 */
import { equal, ok } from "node:assert/strict";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import * as tokens from "../../db/api_tokens.ts";
import { describe } from "../../routes/api/description.ts";
import { Client, errors, origin } from "./app.ts";
import type { Person } from "./cast.ts";

interface Content {
  content?: Record<string, { schema: object }>;
}
interface Operation {
  responses: Record<string, Content>;
}

const description = describe(origin) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
};
const ajv = new Ajv2020({ strict: false, allErrors: true, formats: formats() });
const compiled = new Map<string, ValidateFunction>();

/** The formats named in the description, checked by the platform. */
function formats() {
  return {
    uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    date: (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !isNaN(Date.parse(text)),
    "date-time": (text: string) => /^\d{4}-\d\d-\d\dT.*Z$/.test(text) && !isNaN(Date.parse(text)),
    uri: (text: string) => URL.canParse(text),
    binary: true as const,
  };
}

/** The described path that an address belongs to, or null. */
function patternOf(address: string): string | null {
  const path = new URL(address, origin).pathname.replace(/^\/api\/v1/, "");
  const parts = path.split("/");
  return Object.keys(description.paths).find((each) => {
    const known = each.split("/");
    return known.length === parts.length &&
      known.every((part, at) => part === "{id}" || part === parts[at]);
  }) ?? null;
}

/** Checks an answer against the description of its request. */
function assertDescribed(
  method: string,
  address: string,
  status: number,
  type: string,
  text: string,
): void {
  const path = patternOf(address);
  if (path === null) return equal(status === 404 || status === 401, true, address);
  const described = method === "HEAD" ? "get" : method.toLowerCase();
  const responses = description.paths[path]![described]?.responses;
  if (!responses) return equal([401, 404, 405].includes(status), true, `${method} ${path}`);
  const name = `${method} ${path} ${status}`;
  const response = responses[status];
  ok(response, `${name} is not described`);
  if (!response.content || method === "HEAD") return equal(text, "", name);
  if ("*/*" in response.content) return;
  const [media] = type.split(";");
  const content = response.content[media!];
  ok(content, `${name}: ${type} is not described`);
  if (!media!.endsWith("json")) return;
  const key = `${name} ${media}`;
  const { components } = description;
  const validate = compiled.get(key) ?? ajv.compile({ ...content.schema, components });
  compiled.set(key, validate);
  ok(validate(JSON.parse(text)), `${name}: ${ajv.errorsText(validate.errors)} in ${text}`);
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // deno-lint-ignore no-explicit-any
  json: any;
}

export interface Sent {
  body?: unknown;
  text?: string;
  form?: FormData;
  headers?: Record<string, string>;
}

/** A client that uses one token and keeps no cookie. */
export class Program {
  readonly #client: Client;

  constructor(client: Client, readonly token: string) {
    this.#client = new Client(client.test);
  }

  async ask(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    const body = sent.form ?? sent.text ??
      (sent.body === undefined ? undefined : JSON.stringify(sent.body));
    const answer = await this.#client.send(`/api/v1${path}`, {
      method,
      body,
      headers: {
        Authorization: `Bearer ${this.token}`,
        ...(typeof body === "string" ? { "Content-Type": "application/json" } : {}),
        ...sent.headers,
      },
    });
    const text = await answer.text();
    const type = answer.headers.get("Content-Type") ?? "";
    ok(answer.status < 500, `${method} ${path} ${Deno.inspect(errors.at(-1))}`);
    assertDescribed(method, `/api/v1${path}`, answer.status, type, text);
    const json = type.includes("json") && text ? JSON.parse(text) : null;
    return { status: answer.status, headers: answer.headers, text, json };
  }

  get = (path: string, headers?: Record<string, string>) => this.ask("GET", path, { headers });
  post = (path: string, body: unknown, headers?: Record<string, string>) =>
    this.ask("POST", path, { body, headers });
  patch = (path: string, body: unknown, etag: string) =>
    this.ask("PATCH", path, { body, headers: { "If-Match": etag } });
  delete = (path: string, headers?: Record<string, string>) =>
    this.ask("DELETE", path, { headers });
}

/** A person's program with a new token of these scopes; all by default. */
export async function program(
  who: Person,
  scopes: readonly tokens.ApiScope[] = tokens.scopes,
): Promise<Program> {
  const wanted = { name: "Test", scopes, days: 30 };
  return new Program(who, await who.scope((scope) => tokens.create(scope, wanted)));
}

/** A contact as a program sends one. */
export const newContact = (lastName: string, more: object = {}) => ({
  lastName,
  origin: "inquiry",
  legalBasis: "pre_contract",
  ...more,
});
