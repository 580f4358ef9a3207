/**
 * What an officer sees and says beside an order, by link or signed in: what is blacked out before an
 * answer is approved, what an erasure would take, and which records a request means.
 */
import type { Child } from "hono/jsx";
import * as candidates from "../db/candidates.ts";
import * as caseItems from "../db/case_items.ts";
import type { LinkAction } from "../db/case_letters.ts";
import * as caseRedactions from "../db/case_redactions.ts";
import * as erasurePreviews from "../db/erasure_previews.ts";
import { Invalid } from "../db/errors.ts";
import * as findings from "../db/findings.ts";
import * as haltEffects from "../db/halt_effects.ts";
import * as officerOrders from "../db/officer_orders.ts";
import type { Orderer, Outcome } from "../db/officer_orders.ts";
import * as portability from "../db/portability.ts";
import * as rectifications from "../db/rectifications.ts";
import type { Scope } from "../db/scope.ts";
import { ErasurePlan } from "../views/cases/erasure_plan.tsx";
import { ChoiceFields } from "../views/cases/findings.tsx";
import { ChangesToApprove } from "../views/cases/rectification.tsx";
import { RedactionFields, redactionValues } from "../views/cases/redactions.tsx";
import { Notice } from "../views/ui/flash.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { ConfirmationInput } from "./findings.tsx";
import { changedSince, RedactionInput } from "./redactions.tsx";
import { type Ctx, readForm } from "./web.tsx";

interface Wanted {
  itemId: string;
  action: LinkAction;
  /** Whether the form was sent already: then what was ticked stands in it. */
  sent: boolean;
}

/** The fields that an order needs beside its own; with what they begin with. */
export async function extrasOf(
  c: Ctx,
  scope: Scope,
  { itemId, action, sent }: Wanted,
  form: FormState,
): Promise<{ extra?: Child; form: FormState }> {
  const { view, services: { config } } = c.var;
  const item = await caseItems.find(scope, itemId);
  if (action === "person") {
    const known = await findings.lookup(scope, item.caseId);
    if (!known?.searchedAt) return { form };
    const named = await candidates.named(scope, known.candidates);
    const props = { view, findings: known, candidates: named, form };
    return { form, extra: <ChoiceFields {...props} /> };
  }
  if (action === "approve" && item.right === "rectification") {
    const proposed = (await rectifications.list(scope, item.caseId))
      .filter((each) => each.itemId === itemId);
    return { form, extra: <ChangesToApprove view={view} proposed={proposed} /> };
  }
  const effect = action === "approve" || action === "refuse"
    ? await haltEffects.lookup(scope, item)
    : null;
  const said = effect ? <p>{view.t(`officers.effect_${effect}`)}</p> : null;
  if (action === "approve" && await findings.findsNobody(scope, item.caseId, [item.right])) {
    const text = view.t("officers.person_nobody");
    return {
      form,
      extra: (
        <>
          {said}
          <Notice view={view} kind="warn" text={text} />
        </>
      ),
    };
  }
  if (said) return { form, extra: said };
  if (
    action === "approve" && item.right === "portability" &&
    await portability.isUncovered(scope, item.caseId)
  ) {
    const text = view.t("officers.portability_uncovered");
    return { form, extra: <Notice view={view} kind="warn" text={text} /> };
  }
  if (action === "approve" && item.right === "erasure") {
    const plan = await erasurePreviews.find(scope, item.caseId);
    return plan ? { form, extra: <ErasurePlan view={view} preview={plan} officer /> } : { form };
  }
  if (action !== "approve" || item.right !== "access") return { form };
  const preview = await caseRedactions.preview(scope, config, item);
  if (!preview) return { form };
  const values = sent ? form.values : { ...redactionValues(preview), ...form.values };
  const filled = { ...form, values };
  return { form: filled, extra: <RedactionFields view={view} preview={preview} form={filled} /> };
}

/**
 * The form again if the choice beside an approval cannot be read, or what it chooses from has
 * changed since its page was made; else null.
 */
export async function unseenExtras(
  c: Ctx,
  scope: Scope,
  { itemId, action }: Pick<Wanted, "itemId" | "action">,
): Promise<FormState | null> {
  if (action !== "approve") return null;
  const read = await readForm(c, RedactionInput);
  if (!("offered" in read.form.values)) return null;
  if (!read.ok) return read.form;
  const item = await caseItems.find(scope, itemId);
  const preview = await caseRedactions.preview(scope, c.var.services.config, item);
  return changedSince(preview, read.value, read.form);
}

/** Takes what was said beside an approval; nothing where the page had shown nothing to choose. */
export async function takeExtras(
  c: Ctx,
  scope: Scope,
  { itemId, action }: Pick<Wanted, "itemId" | "action">,
  by: Orderer,
): Promise<void> {
  if (action !== "approve") return;
  const item = await caseItems.find(scope, itemId);
  const read = await readForm(c, RedactionInput);
  if (item.right !== "access" || item.closedAt || !read.ok || !("offered" in read.form.values)) {
    return;
  }
  await caseRedactions.choose(scope, item, read.value, { kind: by.role, id: null });
}

/** The form again if it did not say who is meant; null if it did. */
export async function unsaidPerson(c: Ctx): Promise<FormState | null> {
  const read = await readForm(c, ConfirmationInput);
  return read.ok ? null : read.form;
}

/** Records who is meant by a request, as ticked. */
export async function takePerson(
  c: Ctx,
  scope: Scope,
  { itemId, caseId }: { itemId: string; caseId: string },
  by: Orderer,
): Promise<Outcome> {
  const read = await readForm(c, ConfirmationInput);
  if (!read.ok) return "not_possible";
  const { searchedAt, ids, hits } = read.value;
  const known = await findings.lookup(scope, caseId);
  if (!known || known.confirmedAt) return "late";
  try {
    await findings.confirm(
      scope,
      caseId,
      { searchedAt, ids, hits: hits.map(Number) },
      { kind: by.role, id: null },
    );
  } catch (error) {
    if (error instanceof Invalid) return "late";
    throw error;
  }
  await officerOrders.note(scope, { caseId, itemId, by }, `ordered_by_${by.way}`);
  return "done";
}
