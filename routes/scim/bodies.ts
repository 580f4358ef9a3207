/** What directories send, as Entra ID and Okta write it: names in any case, booleans as words. */
import type { Condition } from "../../db/directory_users.ts";
import { Fault } from "./faults.ts";
import type { Ctx } from "../web.tsx";

export const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
export const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";
const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** An object's values by their names in small letters: names of attributes have no case. */
export type Attributes = ReadonlyMap<string, unknown>;

/** The same value as attributes; null where it is no object. */
export function attributesOf(value: unknown): Attributes | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return new Map(Object.entries(value).map(([name, each]) => [plain(name), each]));
}

/** A path without its schema, which may stand before it. */
export function plain(path: string): string {
  const small = path.toLowerCase();
  const prefix = [userSchema, groupSchema].map((each) => `${each.toLowerCase()}:`)
    .find((each) => small.startsWith(each)) ?? "";
  return small.slice(prefix.length);
}

/** The posted object, of the schema that it must name. Throws Fault. */
export async function read(c: Ctx, schema: string): Promise<Attributes> {
  const type = c.req.header("Content-Type") ?? "";
  if (!/^application\/(scim\+)?json(;|$)/i.test(type.trim())) {
    throw new Fault(415, "Send application/scim+json.");
  }
  const found = attributesOf(await c.req.json().catch(() => null));
  if (!found) throw new Fault(400, "The body is no JSON object.", "invalidSyntax");
  const named = found.get("schemas");
  if (!Array.isArray(named) || !named.some((each) => isText(each, schema))) {
    throw new Fault(400, `The body has to name the schema ${schema}.`, "invalidSyntax");
  }
  return found;
}

const isText = (value: unknown, text: string): boolean =>
  typeof value === "string" && value.toLowerCase() === text.toLowerCase();

/** Truth in every form in which it comes: `false`, `"False"`, `[{"value": "False"}]`. Throws Fault. */
function truthOf(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (isText(value, "true")) return true;
  if (isText(value, "false")) return false;
  if (Array.isArray(value) && value.length === 1) {
    const only = attributesOf(value[0])?.get("value");
    if (!Array.isArray(only)) return truthOf(only);
  }
  throw new Fault(400, "active is true or false.", "invalidValue");
}

const mostOperations = 100;

/**
 * What a PATCH says about `active`; null where it says nothing about it. Names and addresses belong
 * to the person's own log-in: what is said of them is passed over, or no directory could be used.
 */
export async function patched(c: Ctx): Promise<boolean | null> {
  let active: boolean | null = null;
  for (const each of await operations(c)) active = activeOf(each) ?? active;
  return active;
}

export interface Operation {
  op: "add" | "replace" | "remove";
  /** Empty where the value names what it is about. */
  path: string;
  given: unknown;
}

/** What a PATCH is made of, in its order. Throws Fault. */
export async function operations(c: Ctx): Promise<Operation[]> {
  const found = (await read(c, patchSchema)).get("operations");
  if (!Array.isArray(found) || found.length === 0) {
    throw new Fault(400, "Operations is a list with something in it.", "invalidSyntax");
  }
  if (found.length > mostOperations) {
    throw new Fault(400, `At most ${mostOperations} operations.`, "invalidSyntax");
  }
  return found.map(operationOf);
}

const ops = ["add", "replace", "remove"] as const;

function operationOf(value: unknown): Operation {
  const operation = attributesOf(value);
  const op = ops.find((each) => isText(operation?.get("op"), each));
  if (!operation || !op) {
    throw new Fault(400, "An operation is add, replace or remove.", "invalidSyntax");
  }
  const path = operation.get("path") ?? "";
  if (typeof path !== "string") throw new Fault(400, "A path is a text.", "invalidPath");
  return { op, path, given: operation.get("value") };
}

function activeOf({ op, path, given }: Operation): boolean | null {
  if (plain(path) === "active") {
    if (op === "remove") throw new Fault(400, "active cannot be removed.", "invalidValue");
    return truthOf(given);
  }
  if (path !== "") return null;
  const attributes = attributesOf(given);
  if (op === "remove" || !attributes) {
    throw new Fault(400, "Without a path the value is an object.", "invalidPath");
  }
  return attributes.has("active") ? truthOf(attributes.get("active")) : null;
}

/** A whole user as a directory describes one. */
export interface Described {
  /** The addresses it names, the name it signs in by first. */
  addresses: string[];
  name: string;
  /** Null where nothing is said. */
  active: boolean | null;
}

/** Reads a whole user. Throws Fault. */
export async function described(c: Ctx): Promise<Described> {
  const found = await read(c, userSchema);
  const userName = found.get("username");
  if (typeof userName !== "string" || userName.trim() === "") {
    throw new Fault(400, "userName is missing.", "invalidValue");
  }
  const emails = [found.get("emails") ?? []].flat(1).map((each) =>
    attributesOf(each)?.get("value")
  );
  const parts = attributesOf(found.get("name"));
  const text = (value: unknown) => typeof value === "string" ? value.trim() : "";
  const whole = [text(parts?.get("givenname")), text(parts?.get("familyname"))].join(" ").trim();
  return {
    addresses: [userName, ...emails].map(text).filter((each) => each !== "").slice(0, 5),
    name: text(found.get("displayname")) || text(parts?.get("formatted")) || whole,
    active: found.has("active") ? truthOf(found.get("active")) : null,
  };
}

/** The person a filter asks for: one identifying attribute, `eq`, and its value. Throws Fault. */
export const conditionOf = (filter: string | undefined): Condition =>
  conditionBy(
    new Map([["username", "email"], ["emails.value", "email"], ["id", "id"]] as const),
    filter,
  );

/** The same for whatever these attributes, in small letters, identify. Throws Fault. */
export function conditionBy<N extends string>(
  names: ReadonlyMap<string, N>,
  filter: string | undefined,
): { name: N; value: string } | null {
  if (filter === undefined || filter.trim() === "") return null;
  const [, path = "", literal = ""] = /^([\w.:]{1,100}) eq (".*")$/i.exec(filter.trim()) ?? [];
  const name = names.get(plain(path));
  const value = textOf(literal);
  if (!name || value === null) {
    const [first] = names.keys();
    throw new Fault(400, `Only filters like ${first} eq "…" are known.`, "invalidFilter");
  }
  return { name, value: value.replaceAll("\0", "") };
}

function textOf(literal: string): string | null {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}

/** A number of the query; a smaller one than `least` counts as that, as the standard wants. */
export function numberOf(c: Ctx, name: string, least: number, otherwise: number): number {
  const text = c.req.query(name);
  if (text === undefined || text === "") return otherwise;
  if (!/^-?\d{1,9}$/.test(text)) throw new Fault(400, `${name} is a number.`, "invalidValue");
  return Math.max(least, Number(text));
}
