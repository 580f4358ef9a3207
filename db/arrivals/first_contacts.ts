/** Mails that somebody of the tenant wrote elsewhere: the first to a person ends a duty's month. */
import { dayOf } from "../local_times.ts";
import * as notices from "../notices.ts";
import type { Contents } from "../received_mails/contents.ts";
import type { Scope } from "../scope.ts";
import type { Match } from "./people.ts";

/** Whoever the mail was written to has to be informed by its day, unless a program answered. */
export async function hasten(
  scope: Scope,
  { kind, to, cc }: Pick<Contents, "kind" | "to" | "cc">,
  at: Date,
  matched: readonly Match[],
): Promise<void> {
  if (kind === "auto_reply" || kind === "bounce") return;
  const written = new Set([...to, ...cc].map(({ address }) => address.toLowerCase()));
  const reached = matched.filter(({ address }) => written.has(address));
  const ids = reached.flatMap(({ contactId }) => contactId ?? []);
  if (ids.length > 0) await notices.hasten(scope, ids, dayOf(at));
}
