/** Users for directories: looked up, deactivated, reactivated, and created if a provider is set up. */
import * as users from "../../db/directory_users.ts";
import { Forbidden } from "../../db/errors.ts";
import type { Scope } from "../../db/scope.ts";
import * as fields from "../fields.ts";
import { type Ctx, web } from "../web.tsx";
import { baseOf, directoryOf, send } from "./answers.ts";
import { conditionOf, described, numberOf, patched } from "./bodies.ts";
import { listOf, userOf } from "./descriptions.ts";
import { Fault } from "./faults.ts";
import { within } from "./scopes.ts";

export default web.createApp()
  .get("/", async (c) => {
    const condition = conditionOf(c.req.query("filter"));
    const page = { start: numberOf(c, "startIndex", 1, 1), count: numberOf(c, "count", 0, 100) };
    const { users: found, total } = await within(c, (scope) => users.list(scope, condition, page));
    return send(c, listOf(found.map((each) => userOf(baseOf(c), each)), total, page.start));
  })
  .post("/", async (c) => {
    const { makerStands } = directoryOf(c);
    if (!makerStands) throw new Forbidden("owners.manage");
    const { addresses, name, active } = await described(c);
    const email = addresses.map((each) => fields.email.safeParse(each)).find((each) =>
      each.success
    );
    if (!email?.data) throw new Fault(400, "userName is no e-mail address.", "invalidValue");
    const called = fields.name().safeParse(name);
    const made = await within(c, async (scope) => {
      const id = await users.welcome(scope, {
        email: email.data,
        name: called.success ? called.data : email.data.split("@")[0]!,
        locale: c.var.view.locale,
      });
      if (active === false) await users.setActive(scope, id, false, makerStands);
      return await users.find(scope, id);
    });
    const resource = userOf(baseOf(c), made);
    c.header("Location", resource.meta.location);
    return send(c, resource, 201);
  })
  .get(`/${fields.idPart}`, async (c) => await show(c))
  .put(`/${fields.idPart}`, async (c) => await change(c, (await described(c)).active))
  .patch(`/${fields.idPart}`, async (c) => await change(c, await patched(c)))
  .delete(`/${fields.idPart}`, () => {
    throw new Fault(501, "Users are not deleted by directories: set active to false.");
  });

/** Does a change, where there is one, and answers with the user as it is now. */
async function change(c: Ctx, active: boolean | null): Promise<Response> {
  return await show(c, async (scope) => {
    if (active === null) return;
    await users.setActive(scope, c.req.param("id")!, active, directoryOf(c).makerStands);
  });
}

async function show(c: Ctx, first?: (scope: Scope) => Promise<void>): Promise<Response> {
  const user = await within(c, async (scope) => {
    await first?.(scope);
    return await users.find(scope, c.req.param("id")!);
  });
  return send(c, userOf(baseOf(c), user));
}
