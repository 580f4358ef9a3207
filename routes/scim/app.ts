/** SCIM 2.0: the part by which a tenant's directory ends and renews people's access. */
import * as tokens from "../../db/directory_tokens.ts";
import * as rateLimits from "../../db/rate_limits.ts";
import { arrived, bounded } from "../bodies.ts";
import { counters, prefix } from "../sign_in.ts";
import { web } from "../web.tsx";
import { baseOf, send } from "./answers.ts";
import { groupSchema, userSchema } from "./bodies.ts";
import * as descriptions from "./descriptions.ts";
import { answer, Fault } from "./faults.ts";
import groups from "./groups.ts";
import users from "./users.ts";

const largest = 256 * 1024;
const tooLarge = () => new Fault(413, "The request is too large.");

/** Requires a valid token; wrong ones count against the network they come from. */
const identified = web.createMiddleware(async (c, next) => {
  c.header("Cache-Control", "no-store");
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(c.req.header("Authorization") ?? "") ?? [];
  const directory = await tokens.lookup(c.var.services.pool, token);
  if (!directory) {
    c.header("WWW-Authenticate", 'Bearer realm="kompaktCRM"');
    if (token !== "") await rateLimits.count(counters(c), rateLimits.limits.apiTokens, prefix(c));
    throw new Fault(401, "The token is missing, wrong or has ended.");
  }
  await rateLimits.count(counters(c), rateLimits.limits.directories, directory.id);
  // A tenant can deactivate people until the last day of its contract.
  if (directory.tenantPhase === "closed" || directory.tenantPhase === "erasing") {
    throw new Fault(403, "The contract of this tenant has ended.");
  }
  c.set("directory", directory);
  await next();
});

const v2 = web.createApp();
v2.onError(answer);
v2.use(identified, bounded(largest, tooLarge), arrived());
v2.get("/ServiceProviderConfig", (c) => send(c, descriptions.configuration(baseOf(c))));
v2.get("/ResourceTypes", (c) => {
  const types = [descriptions.userType(baseOf(c)), descriptions.groupType(baseOf(c))];
  return send(c, descriptions.listOf(types, types.length, 1));
});
v2.get("/ResourceTypes/User", (c) => send(c, descriptions.userType(baseOf(c))));
v2.get("/ResourceTypes/Group", (c) => send(c, descriptions.groupType(baseOf(c))));
v2.get("/Schemas", (c) => {
  const schemas = [descriptions.userSchemaOf(baseOf(c)), descriptions.groupSchemaOf(baseOf(c))];
  return send(c, descriptions.listOf(schemas, schemas.length, 1));
});
v2.get(`/Schemas/${userSchema}`, (c) => send(c, descriptions.userSchemaOf(baseOf(c))));
v2.get(`/Schemas/${groupSchema}`, (c) => send(c, descriptions.groupSchemaOf(baseOf(c))));
v2.route("/Users", users);
v2.route("/Groups", groups);
v2.all("*", () => {
  throw new Fault(404, "There is nothing at this address.");
});

export default web.createApp().route("/v2", v2);
