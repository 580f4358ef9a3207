/** Errors for directories, in the form of RFC 7644, section 3.12. */
import { HTTPException } from "hono/http-exception";
import { Forbidden, Invalid, NotFound, TooMany } from "../../db/errors.ts";
import { pattern } from "../access.ts";
import { haveMet, statusOf } from "../errors.tsx";
import type { Ctx } from "../web.tsx";
import { contentType } from "./answers.ts";

const schema = "urn:ietf:params:scim:api:messages:2.0:Error";

type Status = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429 | 500 | 501 | 503;
/** The words of the standard for what is wrong with a request. */
type Kind = "invalidFilter" | "invalidPath" | "invalidSyntax" | "invalidValue" | "uniqueness";

/** Thrown to end a request: whatever it did is rolled back. */
export class Fault extends Error {
  override name = "ScimFault";

  constructor(readonly status: Status, readonly detail: string, readonly kind?: Kind) {
    super(detail);
  }
}

/** The answer for any error; unexpected ones are logged and reported as our fault. */
export function answer(error: Error, c: Ctx): Response {
  const { status, detail, kind } = error instanceof Fault ? error : known(error);
  if (error instanceof TooMany) c.header("Retry-After", String(error.retryAfter));
  else if (status === 503) c.header("Retry-After", haveMet(error) ? "1" : "10");
  if (status >= 500 && status !== 501) {
    const { log } = c.var.services;
    log.error("request_failed", error, { method: c.req.method, route: pattern(c) });
  }
  const body = { schemas: [schema], status: String(status), scimType: kind, detail };
  return c.body(JSON.stringify(body), status, { "Content-Type": contentType });
}

function known(error: Error): Fault {
  if (error instanceof NotFound) return new Fault(404, "There is nothing with this id.");
  if (error instanceof TooMany) return new Fault(429, "Too many requests.");
  if (error instanceof Forbidden) {
    return new Fault(
      403,
      "The person who created this token is no longer an owner: let an owner create another one.",
    );
  }
  if (error instanceof Invalid) return refused(error);
  if (error instanceof HTTPException && error.status === 413) {
    return new Fault(413, "The request is too large.");
  }
  if (haveMet(error)) {
    const same = (error as { code?: string }).code === "23505";
    if (same) return new Fault(409, "Somebody else has just saved the same.", "uniqueness");
    // To directories a 409 says that it is there already: they would not send it again.
    return new Fault(503, "Something else was saved at the same moment: send this again.");
  }
  const status = statusOf(error);
  if (status === 503) return new Fault(503, "The service is not available just now.");
  return status >= 500
    ? new Fault(500, "The service failed.")
    : new Fault(400, "The request cannot be read.", "invalidSyntax");
}

function refused({ code }: Invalid): Fault {
  switch (code) {
    case "team.last_owner":
      return new Fault(403, "The last owner has to stay: make somebody else an owner first.");
    case "team.already_member":
      return new Fault(409, "There is already a user with this address.", "uniqueness");
    case "taken":
      return new Fault(409, "This name or address already exists.", "uniqueness");
    case "teams.too_many":
      return new Fault(403, "No more teams are possible.");
    case "teams.too_many_members":
      return new Fault(403, "A team cannot take that many members.");
    case "option":
      return new Fault(400, "A member is not an active user of this tenant.", "invalidValue");
    case "directory.invite":
      return new Fault(
        403,
        "People can only be created here for confirmed domains, and if a role for new people is " +
          "set; others have to be invited by e-mail in the settings.",
      );
    default:
      return new Fault(400, "A value is not allowed.", "invalidValue");
  }
}
