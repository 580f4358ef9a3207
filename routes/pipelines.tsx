/** Pipelines in the settings: list, names and stages, retiring. */
import { z } from "zod";
import { Invalid } from "../db/errors.ts";
import { formId } from "../db/ids.ts";
import * as pipelines from "../db/pipelines.ts";
import * as stages from "../db/stages.ts";
import { errorText } from "../views/i18n/translate.ts";
import { path } from "../views/path.ts";
import { PipelineForm, PipelineIndex, PipelinePage } from "../views/pipelines.tsx";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { marked, raced } from "./settings_races.ts";
import { NewStage, showStage } from "./stages.tsx";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const Named = z.object({ id: z.string().optional(), name: fields.name(60) });

export default web.createApp()
  .use(signedIn, scoped, may("pipelines.manage"))
  .get("/", async (c) => {
    const all = await pipelines.list(c.var.scope);
    return await page(c, <PipelineIndex view={c.var.view} pipelines={all} />, {
      title: "pipelines.title",
    });
  })
  .get("/new", (c) => showNew(c, { values: { id: formId() }, errors: {} }))
  .post("/new", async (c) => {
    const read = await readForm(c, Named);
    if (!read.ok) return await showNew(c, read.form, 422);
    const id = fields.ownId(read.form);
    try {
      await pipelines.create(c.var.scope, id, read.value.name);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await showNew(c, invalid(read.form, { name: error.code }), 422);
    }
    return await redirect(c, path`/settings/pipelines/${id}`, {
      kind: "ok",
      key: "pipelines.saved",
    });
  })
  .get(`/${fields.idPart}`, (c) => show(c, {}))
  .post(`/${fields.idPart}`, async (c) => {
    const { id, name } = await pipelines.find(c.var.scope, c.req.param("id"));
    const read = await readForm(c, Named);
    if (!read.ok) return await show(c, { form: read.form });
    const race = raced(read.form, { name });
    if (race) return await show(c, { form: race });
    try {
      await pipelines.update(c.var.scope, id, read.value.name);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await show(c, { form: invalid(read.form, { name: error.code }) });
    }
    return await redirect(c, path`/settings/pipelines/${id}`, {
      kind: "ok",
      key: "pipelines.saved",
    });
  })
  .get(
    `/${fields.idPart}/deletion`,
    (c) => c.redirect(path`/settings/pipelines/${c.req.param("id")}`, 303),
  )
  .post(`/${fields.idPart}/deletion`, async (c) => {
    try {
      await pipelines.remove(c.var.scope, c.req.param("id"));
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await show(c, { told: errorText(c.var.view.t, error.code) });
    }
    return await redirect(c, "/settings/pipelines", { kind: "ok", key: "pipelines.removed" });
  })
  .get(`/${fields.idPart}/stages/new`, async (c) => {
    const pipeline = await pipelines.find(c.var.scope, c.req.param("id"));
    const values = { id: formId(), kind: "open", colour: "blue", probability: "50" };
    return await showStage(c, { values, errors: {} }, pipeline, null);
  })
  .post(`/${fields.idPart}/stages/new`, async (c) => {
    const pipeline = await pipelines.find(c.var.scope, c.req.param("id"));
    const read = await readForm(c, NewStage);
    if (!read.ok) return await showStage(c, read.form, pipeline, null, { status: 422 });
    const { id: _, kind, ...input } = read.value;
    try {
      const own = fields.ownId(read.form);
      await stages.create(c.var.scope, pipeline.id, own, kind, input);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const form = invalid(read.form, { [error.field]: error.code });
      return await showStage(c, form, pipeline, null, { status: 422 });
    }
    return await redirect(c, path`/settings/pipelines/${pipeline.id}`, {
      kind: "ok",
      key: "pipelines.saved",
    });
  });

const showNew = (c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> =>
  page(c, <PipelineForm view={c.var.view} form={form} />, { title: "pipelines.new", status });

async function show(
  c: Ctx,
  { form, told = null }: { form?: FormState; told?: string | null },
): Promise<Response> {
  const { scope, view } = c.var;
  const pipeline = await pipelines.find(scope, c.req.param("id")!);
  const shown = form ?? marked({ values: { name: pipeline.name }, errors: {} });
  return await page(
    c,
    <PipelinePage view={view} pipeline={pipeline} form={shown} told={told} />,
    { title: { text: pipeline.name }, status: form || told ? 422 : 200 },
  );
}
