/** Where saving a record leads: to its page, or to the list if its author can no longer see it. */
import { type Kind, tables } from "../db/record_kinds.ts";
import * as sights from "../db/sights.ts";
import type { MessageKey } from "../views/i18n/translate.ts";
import { withinList } from "./list_ways.ts";
import { type Ctx, redirect } from "./web.tsx";

/** The answer with a message; `next` leads elsewhere, such as to the form of a further record. */
export async function toSaved(
  c: Ctx,
  kind: Kind | "activity",
  id: string,
  key: MessageKey,
  next?: string,
): Promise<Response> {
  const { scope } = c.var;
  const seen = await sights.narrowly(scope, () => sights.among(scope, kind, [id]));
  const list = kind === "activity" ? "/activities" : `/${tables[kind]}`;
  const [to, told] = seen.length === 0
    ? [list, "sights.given_away"] as const
    : [next ?? withinList(c, `${list}/${id}`), key] as const;
  const answer = redirect(c, to, { kind: "ok", key: told });
  // The commit travels behind the message: a round trip less.
  scope.conclude();
  return await answer;
}
