/** Old addresses: those of a merged record redirect to the record it was merged into. */
import { NotFound } from "../db/errors.ts";
import * as mergeEnds from "../db/merge_ends.ts";
import type { Kind } from "../db/record_kinds.ts";
import { bases } from "../views/records/nouns.ts";
import { isTurn } from "./timelines.tsx";
import type { Ctx } from "./web.tsx";

/**
 * The answer for a record's page that is not there; throws what it was given where nothing is left,
 * and where a part of an open page was asked for, which is reloaded then.
 */
export async function toSuccessor(
  c: Ctx,
  kind: Kind,
  error: unknown,
): Promise<Response> {
  if (!(error instanceof NotFound) || isTurn(c)) throw error;
  const to = await mergeEnds.successor(c.var.scope, kind, c.req.param("id")!);
  if (!to) throw error;
  return c.redirect(`${bases[kind]}/${to}`, 303);
}
