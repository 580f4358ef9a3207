/** Errors as pages that explain them; never a stack trace, never a 500 for bad input. */
import { HTTPException } from "hono/http-exception";
import type { Router } from "hono/router";
import type { RouterRoute } from "hono/types";
import { Forbidden, Invalid, NotFound, Stale, TooMany } from "../db/errors.ts";
import { isDiskFull, StorageAway } from "../db/storage.ts";
import { type Again, ErrorPage, SignedOutPart } from "../views/layout.tsx";
import type { MessageKey } from "../views/i18n/translate.ts";
import { pattern } from "./access.ts";
import { isForeign, typed } from "./repeats.ts";
import { type Ctx, isPartial, page, web } from "./web.tsx";

const kinds = {
  400: "invalid",
  401: "signed_out",
  403: "forbidden",
  404: "missing",
  405: "wrong_method",
  408: "late",
  409: "stale",
  413: "too_large",
  429: "throttled",
  500: "server",
  503: "unavailable",
} as const;

type Status = keyof typeof kinds;

/** The page for a status. */
function errorPage(
  c: Ctx,
  status: Status,
  text: MessageKey = textOf(c, status),
  again: Again | null = null,
  heading: MessageKey = `errors.${kinds[status]}_title`,
): Response | Promise<Response> {
  const { view } = c.var;
  if (again) c.header("Cache-Control", "no-store");
  return page(
    c,
    <ErrorPage
      view={view}
      status={status}
      heading={view.t(heading)}
      text={view.t(text)}
      again={again}
    />,
    { title: heading, status },
  );
}

const textOf = (c: Ctx, status: Status): MessageKey =>
  status === 404 && c.var.view.user ? "errors.missing_inside_text" : `errors.${kinds[status]}_text`;

/** The last resort of the app: known errors get their page, unknown ones are logged and get a 500. */
export async function onError(error: Error, c: Ctx): Promise<Response> {
  if (error instanceof TooMany) c.header("Retry-After", String(error.retryAfter));
  const status = statusOf(error);
  if (status === 401) return await signedOut(c);
  const met = haveMet(error);
  if (status === 503) c.header("Retry-After", "10");
  if (status >= 500 || met) {
    c.var.services.log.error("request_failed", error, {
      method: c.req.method,
      route: pattern(c),
      requestId: c.var.requestId,
    });
  }
  if (met) return await errorPage(c, status, "errors.met_text", await typed(c), "errors.met_title");
  const gone = status === 404 && c.req.path.endsWith("/edit") ? await typed(c) : null;
  if (gone) return await errorPage(c, status, "errors.gone_text", gone, "errors.gone_title");
  const text = error instanceof StorageAway
    ? "errors.storage_text"
    : isDiskFull(error)
    ? "errors.full_text"
    : textOf(c, status);
  return await errorPage(c, status, text, status === 503 ? await typed(c) : null);
}

/**
 * If the session ended while a form was filled in, what was typed waits on a page until the person has
 * signed in in another tab; with nothing to keep, the log-in comes at once. Files are not read for
 * visitors. A request from within a form that is still open needs no second copy of it.
 */
async function signedOut(c: Ctx): Promise<Response> {
  if (isPartial(c)) return c.html(<SignedOutPart view={c.var.view} />, 401);
  const plain = c.req.header("Content-Type")?.startsWith("application/x-www-form-urlencoded");
  const again = plain ? await typed(c) : null;
  if (again === null) return c.redirect("/login?next=%2F", 303);
  return await errorPage(c, 401, textOf(c, 401), again);
}

/**
 * Accepts a repeated form only from the session that filled it in: anybody else who has signed in
 * meanwhile is shown it and asked first.
 */
export const ownRepeat = web.createMiddleware(async (c, next) => {
  if (!isForeign(c)) return await next();
  return await errorPage(c, 409, "errors.again_other_text", await typed(c), "errors.again_other");
});

/** The methods of all routes outside the API. */
const methods = ["GET", "POST", "PUT"];

/** Answers what no route knows: with 405 where only the method is wrong, and `Allow` names the right ones. */
export const onMissing = (router: Router<[unknown, RouterRoute]>) => (c: Ctx) => {
  const taken = methods.filter((method) =>
    router.match(method, c.req.path)[0].some(([[, route]]) => route.method === method)
  );
  const asked = c.req.method === "HEAD" ? "GET" : c.req.method;
  if (taken.length === 0 || taken.includes(asked)) return errorPage(c, 404);
  c.header("Allow", taken.join(", ").replace("GET", "GET, HEAD"));
  return errorPage(c, 405);
};

/** The status for what was thrown. */
export function statusOf(error: Error): Status {
  if (error instanceof NotFound) return 404;
  if (error instanceof Forbidden) return 403;
  if (error instanceof Stale) return 409;
  if (error instanceof Invalid) return 400;
  if (error instanceof TooMany) return 429;
  if (error instanceof StorageAway || isDiskFull(error)) return 503;
  if (error instanceof HTTPException) {
    return error.status in kinds ? error.status as Status : error.status < 500 ? 400 : 500;
  }
  if (haveMet(error)) return 409;
  return isAway(error) ? 503 : 500;
}

/**
 * Whether two changes collided: the same name twice, something saved with what the other one removes,
 * or each waiting for the other. Sent again, the later one gets a proper error if there is one.
 */
export const haveMet = (error: Error & { code?: string }): boolean =>
  error.name === "PostgresError" && /^(23503|23505|40001|40P01)$/.test(error.code ?? "");

/** Whether the database cannot be reached, or is out of space or connections. */
function isAway(error: Error & { code?: string }): boolean {
  return /^(CONNECT|ECONN|EPIPE|08|53|57P0|57014|25006)/.test(error.code ?? "");
}
