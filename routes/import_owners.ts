/** Owners named in a file, and which users they are: before the trial run and after it. */
import { mayWrite } from "../db/field_rights.ts";
import { Assignees, list } from "../db/imports/assignees.ts";
import * as ownerColumns from "../db/imports/owner_columns.ts";
import type { Import } from "../db/imports.ts";
import type { Scope } from "../db/scope.ts";
import type { OwnerOfFile, OwnersHere } from "../views/imports/owners.tsx";

/** The names counted in the columns that are currently read as owners. */
export async function ownersOf(
  scope: Scope,
  { options, inspection }: Pick<Import, "options" | "inspection">,
): Promise<OwnersHere | null> {
  if (!options || !inspection?.owners) return null;
  const { plan, ownerId } = options;
  const kinds = plan.kind === "deals" ? ["deal"] as const : ["contact", "company"] as const;
  if (!kinds.some((kind) => mayWrite(scope, kind, "ownerId"))) return null;
  const { columns, names } = inspection.owners;
  if (names.length === 0 || columns.join() !== ownerColumns.among(plan.columns).join()) return null;
  const users = await list(scope);
  const nameOf = new Map(users.map(({ id, name }) => [id, name]));
  const [told, settled] = [new Assignees(users), new Assignees(users, plan.owners)];
  return {
    rest: nameOf.get(ownerId ?? "") ?? null,
    names: names.map(({ name, rows }, at): OwnerOfFile => {
      const taker = settled.find(name);
      return {
        at,
        name,
        rows,
        known: told.find(name) !== undefined,
        taker,
        takerName: taker ? nameOf.get(taker)! : null,
      };
    }),
  };
}
