/** Groups for directories: the tenant's teams, created, renamed, filled and dissolved. */
import * as groups from "../../db/directory_groups.ts";
import { pageSize } from "../../db/directory_users.ts";
import { Forbidden } from "../../db/errors.ts";
import * as teams from "../../db/teams.ts";
import * as fields from "../fields.ts";
import { type Ctx, web } from "../web.tsx";
import { baseOf, directoryOf, send } from "./answers.ts";
import { conditionBy, numberOf } from "./bodies.ts";
import { groupOf, listOf } from "./descriptions.ts";
import { describedGroup, patchedGroup } from "./group_bodies.ts";
import { within } from "./scopes.ts";

const names = new Map([["displayname", "name"], ["id", "id"]] as const);

/** Teams widen what people see: a token whose maker is no owner any more changes none. */
const byOwners = web.createMiddleware(async (c, next) => {
  if (!directoryOf(c).makerStands) throw new Forbidden("owners.manage");
  await next();
});

export default web.createApp()
  .get("/", async (c) => {
    const condition = conditionBy(names, c.req.query("filter"));
    const page = {
      start: numberOf(c, "startIndex", 1, 1),
      count: Math.min(pageSize, numberOf(c, "count", 0, pageSize)),
    };
    const { groups: found, total } = await within(
      c,
      (scope) => groups.list(scope, condition, page),
    );
    return send(c, listOf(found.map((each) => shown(c, each)), total, page.start));
  })
  .post("/", byOwners, async (c) => {
    const { name, memberIds } = await describedGroup(c);
    const made = await within(
      c,
      async (scope) => await teams.find(scope, await groups.create(scope, name, memberIds)),
    );
    const resource = groupOf(baseOf(c), made);
    c.header("Location", resource.meta.location);
    return send(c, resource, 201);
  })
  .get(`/${fields.idPart}`, async (c) => send(c, shown(c, await find(c))))
  .put(`/${fields.idPart}`, byOwners, async (c) => {
    const { name, memberIds } = await describedGroup(c);
    await change(c, [{ kind: "name", name }, { kind: "members", ids: memberIds }]);
    return send(c, shown(c, await find(c)));
  })
  .patch(`/${fields.idPart}`, byOwners, async (c) => {
    await change(c, await patchedGroup(c));
    return c.body(null, 204);
  })
  .delete(`/${fields.idPart}`, byOwners, async (c) => {
    await within(c, (scope) => teams.remove(scope, c.req.param("id")));
    return c.body(null, 204);
  });

const find = (c: Ctx) => within(c, (scope) => teams.find(scope, c.req.param("id")!));

const change = (c: Ctx, steps: groups.Step[]) =>
  within(c, (scope) => groups.change(scope, c.req.param("id")!, steps));

/** A group as it is asked for: Entra ID leaves its members out. */
function shown(c: Ctx, team: teams.Team) {
  const { members, ...rest } = groupOf(baseOf(c), team);
  const excluded = (c.req.query("excludedAttributes") ?? "").toLowerCase().split(",");
  return excluded.some((each) => each.trim() === "members") ? rest : { ...rest, members };
}
