/** Tags: what there is, renaming, taking away. */
import { z } from "zod";
import { Invalid } from "../db/errors.ts";
import * as tags from "../db/tags.ts";
import { TagIndex } from "../views/tags.tsx";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

/** Each row's field has a name of its own, so that labels and faults find it. */
const Named = z.object({ names: z.record(z.string(), fields.name(60)) });

export default web.createApp()
  .use(signedIn, scoped, may("contacts.read"))
  .get("/", (c) => show(c, null))
  .post(`/${fields.idPart}`, may("tags.write"), async (c) => {
    const id = c.req.param("id");
    const read = await readForm(c, Named);
    const name = `names.${id.replaceAll("-", "")}`;
    if (!read.ok) return await show(c, { id, form: read.form });
    try {
      await tags.update(c.var.scope, id, Object.values(read.value.names)[0] ?? "");
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await show(c, { id, form: invalid(read.form, { [name]: error.code }) });
    }
    return await redirect(c, "/tags", { kind: "ok", key: "tags.renamed" });
  })
  .get(`/${fields.idPart}`, (c) => c.redirect("/tags", 303))
  .post(`/${fields.idPart}/deletion`, may("tags.write"), async (c) => {
    await tags.remove(c.var.scope, c.req.param("id"));
    return await redirect(c, "/tags", { kind: "ok", key: "tags.deleted" });
  });

async function show(c: Ctx, refused: { id: string; form: FormState } | null): Promise<Response> {
  const { scope, view } = c.var;
  const all = await tags.list(scope);
  return await page(c, <TagIndex view={view} tags={all} refused={refused} />, {
    title: "tags.title",
    status: refused ? 422 : 200,
  });
}
