/** Where a saved record leads: to its page, or to the list where it left the sight of who saved it. */
import { type Kind, tables } from "../db/record_kinds.ts";
import * as sights from "../db/sights.ts";
import type { MessageKey } from "../views/i18n/translate.ts";
import { type Ctx, redirect } from "./web.tsx";

export async function toSaved(
  c: Ctx,
  kind: Kind | "activity",
  id: string,
  key: MessageKey,
): Promise<Response> {
  const { scope } = c.var;
  const seen = await sights.narrowly(scope, () => sights.among(scope, kind, [id]));
  const list = kind === "activity" ? "/activities" : `/${tables[kind]}`;
  if (seen.length === 0) return await redirect(c, list, { kind: "ok", key: "sights.given_away" });
  return await redirect(c, `${list}/${id}`, { kind: "ok", key });
}
