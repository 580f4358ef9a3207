/** Teams in the settings: creating, renaming, members, dissolving. */
import { z } from "zod";
import { Invalid } from "../db/errors.ts";
import { formId, isId } from "../db/ids.ts";
import * as sightChanges from "../db/sight_changes.ts";
import * as teams from "../db/teams.ts";
import { TeamForm, TeamIndex } from "../views/teams.tsx";
import { path } from "../views/path.ts";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const home = "/settings/teams";
const New = z.object({ id: z.string().optional(), name: fields.name(100) });
const Input = z.object({
  name: fields.name(100),
  members: z.union([z.string(), z.array(z.string())]).optional()
    .transform((value) => [value ?? []].flat())
    .pipe(z.array(z.string().refine(isId, "option")).max(teams.mostMembers * 2)),
});

export default web.createApp()
  .use(signedIn, scoped, may("users.manage"))
  .get("/", (c) => show(c, { values: { id: formId() }, errors: {} }))
  .post("/", async (c) => {
    const read = await readForm(c, New);
    if (!read.ok) return await show(c, read.form, 422);
    const { name } = read.value;
    const id = fields.ownId(read.form);
    try {
      await teams.create(c.var.scope, id, name);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await show(c, invalid(read.form, { name: error.code }), 422);
    }
    return await redirect(c, path`/settings/teams/${id}`, { kind: "ok", key: "teams.created" });
  })
  .get(`/${fields.idPart}`, async (c) => {
    const team = await teams.find(c.var.scope, c.req.param("id"));
    return await edit(c, team, marked({ values: valuesOf(team), errors: {} }));
  })
  .post(`/${fields.idPart}`, async (c) => {
    const { scope } = c.var;
    const team = await teams.find(scope, c.req.param("id"));
    const read = await readForm(c, Input);
    if (!read.ok) return await edit(c, team, read.form, 422);
    const race = raced(read.form, valuesOf(team), (_, value) => namesIn(team, value));
    if (race) return await edit(c, team, race, 422);
    const { name, members: memberIds } = read.value;
    try {
      await teams.update(scope, team.id, { name, memberIds });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await edit(c, team, invalid(read.form, { [error.field]: error.code }), 422);
    }
    return await redirect(c, home, { kind: "ok", key: "teams.saved" });
  })
  .post(`/${fields.idPart}/deletion`, async (c) => {
    await teams.remove(c.var.scope, c.req.param("id"));
    return await redirect(c, home, { kind: "ok", key: "teams.removed" });
  });

const valuesOf = ({ name, members }: teams.Team): FormState["values"] => ({
  name,
  members: members.map(({ id }) => id),
});

/** Members by their names, where a text is a list of their ids. */
const namesIn = ({ members }: teams.Team, text: string): string =>
  text.split("\n").map((each) => members.find(({ id }) => id === each)?.name ?? each).join(", ");

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { scope, view } = c.var;
  const props = { teams: await teams.list(scope), changes: await sightChanges.list(scope) };
  return await page(c, <TeamIndex view={view} form={form} {...props} />, {
    title: "teams.title",
    status,
  });
}

async function edit(
  c: Ctx,
  team: teams.Team,
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { scope, view } = c.var;
  const active = await teams.candidates(scope);
  // Deactivated members stay visible until somebody removes them.
  const away = team.members.filter(({ id }) => !active.some((each) => each.id === id));
  const props = { form, team, people: [...active, ...away] };
  return await page(c, <TeamForm view={view} {...props} />, {
    title: { text: team.name },
    status,
  });
}
