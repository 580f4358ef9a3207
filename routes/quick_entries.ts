/** New activities as they are sent; the quick entry has only a few of their fields. */
import type { z } from "zod";
import { dayOf } from "../db/local_times.ts";
import * as candidates from "../db/record_candidates.ts";
import type { FormState } from "../views/ui/form.tsx";
import { ActivityFields } from "./activity_forms.ts";
import { text } from "./lists.ts";
import { type Ctx, judged, type Read, readForm } from "./web.tsx";

/** Reads a new activity; what a quick entry leaves open is as usual. */
export async function readNew(c: Ctx): Promise<Read<z.output<typeof ActivityFields>>> {
  const read = await readForm(c, ActivityFields);
  const { values } = read.form;
  if (values._quick === undefined) return read;
  return judged(ActivityFields, {
    priority: "normal",
    ...values,
    ...dayOfTime(c, values),
    ...await onlyHit(c, values),
    ownerId: c.var.session!.userId!,
  });
}

/** A time alone is one of today. */
const dayOfTime = (
  { var: { scope } }: Ctx,
  { dueDay, dueTime }: FormState["values"],
): FormState["values"] => dueTime && !dueDay ? { dueDay: dayOf(scope.now) } : {};

/** The record a name refers to if only one has it: then nobody has to choose. */
async function onlyHit(
  c: Ctx,
  { find, about }: FormState["values"],
): Promise<FormState["values"]> {
  const wanted = typeof find === "string" ? text(find) : "";
  if (wanted.length < 2 || about !== undefined) return {};
  const found = await candidates.suggest(c.var.scope, wanted);
  return found.length === 1 ? { about: `${found[0]!.kind}:${found[0]!.id}` } : {};
}
