/** The deputy of the officer named in the legal notice: for the operator. */
import { providerId } from "../db/controllers.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { operator, signedIn } from "./guards.ts";
import { save, show } from "./officer_settings.tsx";
import { type Ctx, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, operator)
  .get("/", (c) => asProvider(c, (scope) => show(c, scope)))
  .post("/", (c) => asProvider(c, (scope) => save(c, scope)));

const asProvider = (c: Ctx, work: (scope: Scope) => Promise<Response>) =>
  withScope(c.var.services.pool, { tenantId: providerId, actor: system }, (scope) => {
    c.set("scope", scope);
    return work(scope);
  });
