/** The tenant's teams as its directory sees them: groups with their members. */
import { Invalid } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";
import * as teams from "./teams.ts";

/** The groups requested; null for all. */
export type Condition = { name: "id" | "name"; value: string } | null;

/** One instruction from a directory about a group; members are given by user ids. */
export type Step =
  | { kind: "name"; name: string }
  | { kind: "add" | "remove" | "members"; ids: readonly string[] }
  | { kind: "nobody" };

/** A page of groups by name, and their number. */
export async function list(
  scope: Scope,
  condition: Condition,
  { start, count }: { start: number; count: number },
): Promise<{ groups: teams.Team[]; total: number }> {
  const found = (await teams.list(scope)).filter(({ id, name }) =>
    condition === null ||
    (condition.name === "id"
      ? id === condition.value
      : name.toLowerCase() === condition.value.toLowerCase())
  );
  return { groups: found.slice(start - 1, start - 1 + count), total: found.length };
}

/**
 * Creates a group; returns its id. Throws Invalid if the name is taken or a member is not a user.
 */
export async function create(
  scope: Scope,
  name: string,
  memberIds: readonly string[],
): Promise<string> {
  const id = newId();
  await teams.create(scope, id, name);
  await change(scope, id, [{ kind: "members", ids: memberIds }]);
  return id;
}

/** Applies a directory's instructions to a group, in order. Throws NotFound, Invalid. */
export async function change(scope: Scope, id: string, steps: readonly Step[]): Promise<void> {
  const before = await teams.find(scope, id);
  let { name } = before;
  let members = new Set(before.members.map((each) => each.id));
  for (const step of steps) {
    if (step.kind === "name") name = step.name;
    else if (step.kind === "nobody") members = new Set();
    else if (step.kind === "members") members = new Set(step.ids);
    else for (const each of step.ids) members[step.kind === "add" ? "add" : "delete"](each);
  }
  if (members.size > Math.max(teams.mostMembers, before.members.length)) {
    throw new Invalid("teams.too_many_members", "members");
  }
  await teams.update(scope, id, { name, memberIds: [...members] });
}
