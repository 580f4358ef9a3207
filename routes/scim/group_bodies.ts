/** What directories send about groups, as Entra ID and Okta write it. */
import type { Step } from "../../db/directory_groups.ts";
import { isId } from "../../db/ids.ts";
import type { Ctx } from "../web.tsx";
import * as fields from "../fields.ts";
import { attributesOf, groupSchema, type Operation, operations, plain, read } from "./bodies.ts";
import { Fault } from "./faults.ts";

/** Members that one request names at most. */
const most = 1_000;

/** Reads a whole group. Throws Fault. */
export async function describedGroup(c: Ctx): Promise<{ name: string; memberIds: string[] }> {
  const found = await read(c, groupSchema);
  return { name: nameOf(found.get("displayname")), memberIds: idsOf(found.get("members") ?? []) };
}

/** What a PATCH says of a group, in its order; what is not ours is passed over. Throws Fault. */
export async function patchedGroup(c: Ctx): Promise<Step[]> {
  return (await operations(c)).flatMap(stepsOf);
}

function stepsOf({ op, path, given }: Operation): Step[] {
  const about = plain(path);
  if (about === "displayname" && op !== "remove") return [{ kind: "name", name: nameOf(given) }];
  if (about === "members") return [membersStep(op, given)];
  const [, one] = /^members\[value eq "([^"]{1,100})"\]$/.exec(about) ?? [];
  if (one !== undefined && op === "remove") {
    return [{ kind: "remove", ids: idsOf([{ value: one }]) }];
  }
  if (path !== "") {
    if (/^(members|displayname)\b/.test(about)) {
      throw new Fault(400, "This path is not known here.", "invalidPath");
    }
    return [];
  }
  const attributes = attributesOf(given);
  if (op === "remove" || !attributes) {
    throw new Fault(400, "Without a path the value is an object.", "invalidPath");
  }
  return [
    ...(attributes.has("displayname")
      ? [{ kind: "name" as const, name: nameOf(attributes.get("displayname")) }]
      : []),
    ...(attributes.has("members") ? [membersStep(op, attributes.get("members"))] : []),
  ];
}

function membersStep(op: Operation["op"], given: unknown): Step {
  // All of them, as the standard has it where no value is named.
  if (op === "remove" && given === undefined) return { kind: "nobody" };
  return { kind: op === "replace" ? "members" : op, ids: idsOf(given) };
}

/** Members by the ids that we gave them. Throws Fault. */
function idsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length > most) throw new Fault(400, `At most ${most} members at once.`, "invalidValue");
  return list.map((each) => {
    const id = attributesOf(each)?.get("value");
    if (typeof id !== "string" || !isId(id)) {
      throw new Fault(400, "A member is an object with the id of a user.", "invalidValue");
    }
    return id.toLowerCase();
  });
}

function nameOf(value: unknown): string {
  const read = fields.name(100).safeParse(value);
  if (!read.success) throw new Fault(400, "displayName has 1 to 100 characters.", "invalidValue");
  return read.data;
}
