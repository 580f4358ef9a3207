/** What a body refers to elsewhere: companies by id, possible duplicates. */
import * as companies from "../../db/companies.ts";
import type { Duplicate } from "../../db/duplicates.ts";
import type { Ctx } from "../web.tsx";
import { refused } from "./bodies.ts";
import { Problem } from "./problems.ts";

/** The name of a company that a body may name by its id alone; a Problem where there is none. */
export async function companyName(
  c: Ctx,
  { companyId, companyName }: { companyId: string | null; companyName: string },
  pointer: string,
): Promise<string> {
  if (companyId === null) return companyName;
  const name = await companies.lookupName(c.var.scope, companyId);
  if (name === null) throw refused(c, pointer, "option");
  return name;
}

/** Refuses a possible duplicate and names the existing records that the user may see. */
export function assertNew(alike: readonly Duplicate[]): void {
  if (alike.length === 0) return;
  const candidates = alike.filter(({ hidden }) => !hidden)
    .map(({ id, name, reasons }) => ({ id, name, reasons }));
  throw new Problem("duplicate", { candidates });
}
