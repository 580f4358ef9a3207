/** Path and query of a request's address; parsing a whole URL takes ten times as long. */
import type { Ctx } from "./web.tsx";

/** The query as it was sent, with its question mark; empty where it says nothing. */
export function queryOf(c: Ctx): string {
  const { url } = c.req;
  const at = url.indexOf("?");
  return at < 0 || at === url.length - 1 ? "" : url.slice(at);
}

/** The parameters of the address. */
export const parametersOf = (c: Ctx): URLSearchParams => new URLSearchParams(queryOf(c));

/** The whole address within this site. */
export const pathOf = (c: Ctx): string => c.req.path + queryOf(c);
