/** Errors for programs: problem+json (RFC 9457) in clear words, with one code for each kind. */
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import { Forbidden, Invalid, NotFound, Stale, TooMany } from "../../db/errors.ts";
import { errorText, type MessageKey } from "../../views/i18n/translate.ts";
import { pattern } from "../access.ts";
import { haveMet, statusOf } from "../errors.tsx";
import { type Ctx, errorsOf } from "../web.tsx";

/** Every kind of fault by its code, with the status that it is answered with. */
export const kinds = {
  collision: 409,
  contract_over: 403,
  cursor_gone: 400,
  duplicate: 409,
  file_refused: 422,
  forbidden: 403,
  if_match_missing: 428,
  invalid: 422,
  key_reused: 422,
  malformed: 400,
  missing: 404,
  server: 500,
  stale: 412,
  suppressed: 422,
  throttled: 429,
  too_large: 413,
  unauthorized: 401,
  unavailable: 503,
  unknown_parameter: 400,
  unsupported_type: 415,
  wrong_method: 405,
} as const;
export type Kind = keyof typeof kinds;

/** Seconds after which the same request may succeed; `throttled` states its own. */
export const waits: Partial<Record<Kind, number>> = { collision: 1, unavailable: 10 };

/** A fault of one field or parameter. */
export const Fault = z.strictObject({
  pointer: z.string().meta({
    description: "JSON Pointer (RFC 6901) of the field, or the name of the parameter",
  }),
  code: z.string(),
  detail: z.string(),
}).meta({ id: "Fault" });

/** The body of every answer that is no success. */
export const ProblemBody = z.strictObject({
  type: z.url(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(kinds) as [Kind, ...Kind[]]),
  detail: z.string(),
  errors: z.array(Fault).optional(),
  candidates: z.array(z.strictObject({
    id: z.uuid(),
    name: z.string(),
    reasons: z.array(z.string()),
  })).optional().meta({ description: "For `duplicate`: possible duplicates" }),
}).meta({ id: "Problem" });

export type Fault = z.output<typeof Fault>;
type Extras = Partial<Pick<z.output<typeof ProblemBody>, "errors" | "candidates">>;

/** Thrown to end a request: whatever it did is rolled back. */
export class Problem extends Error {
  override name = "Problem";

  constructor(readonly kind: Kind, readonly extras: Extras = {}) {
    super(kind);
  }
}

/** One fault of a field by its code in the catalogue `errors`. */
export const fault = ({ view }: Ctx["var"], pointer: string, code: string): Fault => ({
  pointer,
  code: code.replace(/\?.*$/, ""),
  detail: errorText(view.t, code),
});

/** A dotted name as a JSON Pointer: `emails.0.address` is `/emails/0/address`. */
export const pointerOf = (name: string): string =>
  name === "" ? "" : `/${name.split(".").map(escaped).join("/")}`;

const escaped = (part: string) => part.replaceAll("~", "~0").replaceAll("/", "~1");

/** Zod's issues as faults; an unknown field is reported by its own name. */
export function faultsOf(c: Ctx, error: z.ZodError, rename = (name: string) => name): Fault[] {
  const unknown = error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => [...issue.path, key].join("."))
      : []
  );
  const known = error.issues.filter(({ code }) => code !== "unrecognized_keys");
  const errors = errorsOf({ issues: known } as z.ZodError);
  return [
    ...unknown.map((name) => fault(c.var, pointerOf(name), "api.unknown_field")),
    ...Object.entries(errors).map(([name, code]) => fault(c.var, pointerOf(rename(name)), code)),
  ].slice(0, 100);
}

/** The answer for any error; unexpected ones are logged and reported as our fault. */
export function answer(error: Error, c: Ctx): Response {
  const problem = error instanceof Problem ? error : known(error, c);
  const wait = error instanceof TooMany ? error.retryAfter : waits[problem.kind];
  if (wait !== undefined) c.header("Retry-After", String(wait));
  const status = kinds[problem.kind];
  if (status >= 500 || problem.kind === "collision") {
    const { log } = c.var.services;
    log.error("request_failed", error, { method: c.req.method, route: pattern(c) });
  }
  const { view, services: { config } } = c.var;
  const word = (part: "title" | "text") =>
    view.t(`api.problem_${problem.kind}_${part}` as MessageKey);
  const body: z.output<typeof ProblemBody> = {
    type: `${config.baseUrl}/api#problem-${problem.kind}`,
    title: word("title"),
    status,
    code: problem.kind,
    detail: word("text"),
    ...problem.extras,
  };
  return c.body(JSON.stringify(body), status, {
    "Content-Type": "application/problem+json",
    "Content-Language": view.locale,
  });
}

function known(error: Error, c: Ctx): Problem {
  if (error instanceof NotFound) return new Problem("missing");
  if (error instanceof Forbidden) return new Problem("forbidden");
  if (error instanceof Stale) return new Problem("stale");
  if (error instanceof TooMany) return new Problem("throttled");
  if (error instanceof Invalid) {
    if (error.code === "api.key_reused") return new Problem("key_reused");
    return new Problem("invalid", {
      errors: [fault(c.var, pointerOf(error.field), error.code)],
    });
  }
  if (error instanceof HTTPException && error.status === 413) return new Problem("too_large");
  // Of two conflicting requests, the later one only has to be sent again.
  if (haveMet(error)) return new Problem("collision");
  const status = statusOf(error);
  return new Problem(status === 503 ? "unavailable" : status >= 500 ? "server" : "malformed");
}
