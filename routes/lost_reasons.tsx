/** Lost reasons in the settings: list, adding, renaming, retiring. */
import { z } from "zod";
import { Invalid } from "../db/errors.ts";
import * as lostReasons from "../db/lost_reasons.ts";
import * as pipelines from "../db/pipelines.ts";
import { fieldOf, LostReasonIndex } from "../views/lost_reasons.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const New = z.object({ name: fields.name(60) });
/** Each row's field has a name of its own, so that labels and faults find it. */
const Named = z.object({ names: z.record(z.string(), fields.name(60)) });

export default web.createApp()
  .use(signedIn, scoped, may("pipelines.manage"))
  .get("/", (c) => show(c, null))
  .post("/", async (c) => {
    const read = await readForm(c, New);
    if (!read.ok) return await show(c, { id: null, form: read.form });
    try {
      await lostReasons.create(c.var.scope, read.value.name);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await show(c, { id: null, form: invalid(read.form, { name: error.code }) });
    }
    return await saved(c);
  })
  .get(`/${fields.idPart}`, (c) => c.redirect("/settings/lost-reasons", 303))
  .post(`/${fields.idPart}`, async (c) => {
    const id = c.req.param("id");
    const read = await readForm(c, Named);
    if (!read.ok) return await show(c, { id, form: read.form });
    const { name } = await lostReasons.find(c.var.scope, id);
    const race = raced(read.form, { [fieldOf(id)]: name });
    if (race) return await show(c, { id, form: race });
    try {
      await lostReasons.update(c.var.scope, id, Object.values(read.value.names)[0] ?? "");
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await show(c, { id, form: invalid(read.form, { [fieldOf(id)]: error.code }) });
    }
    return await saved(c);
  })
  .post(`/${fields.idPart}/deletion`, async (c) => {
    await lostReasons.remove(c.var.scope, c.req.param("id"));
    return await redirect(c, "/settings/lost-reasons", {
      kind: "ok",
      key: "pipelines.reason_removed",
    });
  });

const saved = (c: Ctx): Promise<Response> =>
  redirect(c, "/settings/lost-reasons", { kind: "ok", key: "pipelines.saved" });

async function show(
  c: Ctx,
  refused: { id: string | null; form: FormState } | null,
): Promise<Response> {
  const { scope, view } = c.var;
  // The first reasons come with the first pipeline.
  await pipelines.list(scope);
  const reasons = await lostReasons.list(scope);
  const fresh = refused?.id === null ? refused.form : emptyForm;
  const formOf = ({ id, name }: lostReasons.LostReason) =>
    refused?.id === id ? refused.form : marked({ values: { [fieldOf(id)]: name }, errors: {} });
  return await page(c, <LostReasonIndex {...{ view, reasons, formOf, fresh }} />, {
    title: "pipelines.reasons",
    status: refused ? 422 : 200,
  });
}
