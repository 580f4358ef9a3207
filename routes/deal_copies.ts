/** The form of a deal copied from another one, and what it starts with. */
import * as choices from "../db/choices.ts";
import * as customFields from "../db/custom_fields.ts";
import * as copies from "../db/deal_copies.ts";
import * as deals from "../db/deals.ts";
import { isId } from "../db/ids.ts";
import { dayOf } from "../db/local_times.ts";
import type { Pipeline } from "../db/pipelines.ts";
import { type FormState, valueOf } from "../views/ui/form.tsx";
import type { View } from "../views/view.ts";
import { valuesOf } from "./deal_forms.ts";
import type { Ctx } from "./web.tsx";

/** The longest title of a deal. */
const longest = 200;

/** How a copy's title ends, in each language. */
const copied = /^(.*) \((?:Kopie|copy)(?: (\d{1,3}))?\)$/s;

/** What a copy is called: a copy of a copy is counted, not called so twice. */
function titleOfCopy({ t }: View, before: string): string {
  const [, title = before, number] = copied.exec(before) ?? [];
  const named = title === before
    ? t("deals.copy_named", { title })
    : t("deals.copy_numbered", { title, number: Number(number ?? 1) + 1 });
  return named.length > longest ? before : named;
}

/**
 * A copy starts over: in the first stage of the same pipeline, without a day that is over, and with
 * the user who makes it if its owner has left. Throws NotFound.
 */
export async function valuesOfCopy(
  c: Ctx,
  id: string,
  lines: readonly Pipeline[],
): Promise<FormState["values"]> {
  const { scope, view, session } = c.var;
  const deal = await deals.find(scope, id);
  const [fields, source, { owners }] = await Promise.all([
    customFields.list(scope, "deal"),
    copies.lookup(scope, id),
    choices.list(scope),
  ]);
  const { version: _, ...values } = valuesOf(deal, view, fields);
  const { stages } = lines.find((line) => line.id === deal.pipelineId) ?? lines[0]!;
  const over = String(values.expectedCloseOn) < dayOf(scope.now);
  return {
    ...values,
    title: titleOfCopy(view, deal.title),
    expectedCloseOn: over ? "" : values.expectedCloseOn!,
    stageId: (stages.find(({ kind }) => kind === "open") ?? stages[0]!).id,
    lostReasonId: "",
    ownerId: owners.some((owner) => owner.id === deal.ownerId) ? deal.ownerId! : session!.userId!,
    contactIds: source?.members.map((member) => member.id) ?? [],
    copyOf: id,
    copyLines: "1",
  };
}

/** The deal that a form makes a copy of; null where it makes none. */
export async function sourceOf(c: Ctx, form: FormState): Promise<copies.Source | null> {
  const id = valueOf(form, "copyOf");
  return isId(id) ? await copies.lookup(c.var.scope, id) : null;
}
