/** Stages in the settings: name, probability, order, retiring. */
import { z } from "zod";
import { Invalid } from "../db/errors.ts";
import type { Pipeline } from "../db/pipelines.ts";
import * as stages from "../db/stages.ts";
import { errorText } from "../views/i18n/translate.ts";
import { path } from "../views/path.ts";
import { StageForm } from "../views/stages.tsx";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { maybe } from "./records.ts";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

/** A whole number between two bounds, or null where nothing was entered. */
const whole = (least: number, most: number) =>
  maybe(9).transform((value, context) => {
    if (value === "") return null;
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    const fault = Number.isNaN(number)
      ? "integer"
      : number < least
      ? `too_small?min=${least}`
      : number > most
      ? `too_big?max=${most}`
      : null;
    if (fault === null) return number;
    context.addIssue({ code: "custom", message: fault });
    return z.NEVER;
  });

const Stage = z.object({
  name: fields.name(60),
  probability: whole(0, 100).transform((value) => value ?? 0),
  rottingDays: whole(1, 365),
  colour: z.enum(stages.colours, "option").optional().default("grey"),
});

export const NewStage = Stage.extend({
  id: z.string().optional(),
  kind: z.enum(stages.kinds, "option"),
});

const Way = z.object({ way: z.enum(["forward", "back"], "option") });

export default web.createApp()
  .use(signedIn, scoped, may("pipelines.manage"))
  .get(`/${fields.idPart}`, async (c) => {
    const { stage, pipeline } = await stages.find(c.var.scope, c.req.param("id"));
    return await showStage(c, marked(valuesOf(stage)), pipeline, stage);
  })
  .post(`/${fields.idPart}`, async (c) => {
    const { stage, pipeline } = await stages.find(c.var.scope, c.req.param("id"));
    const read = await readForm(c, Stage);
    if (!read.ok) return await showStage(c, read.form, pipeline, stage, { status: 422 });
    const race = raced(read.form, valuesOf(stage).values, wordsOf(c));
    if (race) return await showStage(c, race, pipeline, stage, { status: 422 });
    try {
      await stages.update(c.var.scope, stage.id, read.value);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const form = invalid(read.form, { [error.field]: error.code });
      return await showStage(c, form, pipeline, stage, { status: 422 });
    }
    return await saved(c, pipeline);
  })
  .post(`/${fields.idPart}/position`, async (c) => {
    const { stage, pipeline } = await stages.find(c.var.scope, c.req.param("id"));
    const read = await readForm(c, Way);
    if (read.ok) await stages.move(c.var.scope, stage.id, read.value.way === "forward");
    return await redirect(c, path`/settings/pipelines/${pipeline.id}`);
  })
  .get(
    `/${fields.idPart}/deletion`,
    (c) => c.redirect(path`/settings/stages/${c.req.param("id")}`, 303),
  )
  .post(`/${fields.idPart}/deletion`, async (c) => {
    const { stage, pipeline } = await stages.find(c.var.scope, c.req.param("id"));
    try {
      await stages.remove(c.var.scope, stage.id);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const told = errorText(c.var.view.t, error.code);
      return await showStage(c, marked(valuesOf(stage)), pipeline, stage, { told, status: 422 });
    }
    return await redirect(c, path`/settings/pipelines/${pipeline.id}`, {
      kind: "ok",
      key: "pipelines.stage_removed",
    });
  });

const saved = (c: Ctx, { id }: Pipeline): Promise<Response> =>
  redirect(c, path`/settings/pipelines/${id}`, { kind: "ok", key: "pipelines.saved" });

const valuesOf = ({ name, probability, rottingDays, colour }: stages.Stage): FormState => ({
  values: {
    name,
    probability: String(probability),
    rottingDays: rottingDays === null ? "" : String(rottingDays),
    colour,
  },
  errors: {},
});

/** How a value of the form is read by people. */
const wordsOf = ({ var: { view: { t } } }: Ctx) => (name: string, value: string): string =>
  name === "colour" ? t(`pipelines.colour_${value as stages.Colour}`) : value;

/** The form of a stage, new where there is none yet. */
export async function showStage(
  c: Ctx,
  form: FormState,
  pipeline: Pipeline,
  stage: stages.Stage | null,
  { told = null, status }: { told?: string | null; status?: 422 } = {},
): Promise<Response> {
  const { view } = c.var;
  const props = { view, form, pipeline, stage, colours: stages.colours, told };
  return await page(c, <StageForm {...props} />, {
    title: stage ? { text: stage.name } : "pipelines.stage_new",
    status,
  });
}
