/** Old addresses: of a record that was merged into another one, they lead to that. */
import { NotFound } from "../db/errors.ts";
import * as mergeEnds from "../db/merge_ends.ts";
import { bases } from "../views/records/nouns.ts";
import type { Ctx } from "./web.tsx";

/** The answer for a record's page that is not there; throws what it was given where nothing is left. */
export async function toSuccessor(
  c: Ctx,
  kind: "contact" | "company",
  error: unknown,
): Promise<Response> {
  if (!(error instanceof NotFound)) throw error;
  const to = await mergeEnds.successor(c.var.scope, kind, c.req.param("id")!);
  if (!to) throw error;
  return c.redirect(`${bases[kind]}/${to}`, 303);
}
