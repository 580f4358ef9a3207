/** The settings page of an import: what its columns mean, and what deals become. */
import type { CustomField } from "../db/custom_fields.ts";
import * as customFields from "../db/custom_fields.ts";
import * as choices from "../db/choices.ts";
import { closed, mayWrite } from "../db/field_rights.ts";
import * as imports from "../db/imports.ts";
import { areBeside } from "../db/imports/deal_columns.ts";
import { placeOf } from "../db/imports/deal_places.ts";
import { existings } from "../db/imports/merges.ts";
import { targetOf } from "../db/imports/custom_fields.ts";
import { encodings } from "../db/imports/plans.ts";
import { dealTargets, recordTargets } from "../db/imports/targets.ts";
import { legalBases, type Origin, origins } from "../db/origins.ts";
import * as pipelines from "../db/pipelines.ts";
import type { Kind } from "../db/record_kinds.ts";
import type { Scope } from "../db/scope.ts";
import { isNarrowed } from "../db/sights.ts";
import * as vault from "../db/vault.ts";
import { ImportSettings } from "../views/imports/settings.tsx";
import { labelOf } from "../views/records/custom.tsx";
import { fieldLabel } from "../views/records/history.tsx";
import { nouns } from "../views/records/nouns.ts";
import type { FormState } from "../views/ui/form.tsx";
import { purposes, stageWords } from "./import_forms.ts";
import { ownersOf } from "./import_owners.ts";
import { glances } from "./import_previews.ts";
import { type Ctx, page } from "./web.tsx";

/**
 * Whom what is made can be given to: nobody is offered to those who may not say so, or whose sight it
 * would leave.
 */
export async function ownersFor(scope: Scope): Promise<readonly choices.Owner[]> {
  const kinds = ["contact", "company", "deal"] as const;
  const may = !isNarrowed(scope) && kinds.every((kind) => mayWrite(scope, kind, "ownerId"));
  return may ? (await choices.list(scope)).owners : [];
}

/** Shows the settings of an import that has a plan, as they are or as they were sent. */
export async function showSettings(
  c: Ctx,
  run: imports.Import,
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { services: { config }, scope, view } = c.var;
  const { plan } = run.options!;
  const all = await customFields.list(scope);
  const ofDeals = plan.kind === "deals";
  const own = all.filter(({ recordKind, readOnly }) =>
    (recordKind === "deal") === ofDeals && !readOnly
  );
  const lines = ofDeals ? await pipelines.list(scope) : null;
  return await page(
    c,
    <ImportSettings
      view={view}
      run={run}
      form={form}
      plan={plan}
      inspection={run.inspection!}
      glances={await glances(
        view,
        () => vault.open(config, imports.objectOf(run.id)),
        plan,
        run.inspection!,
      )}
      dealsToo={!ofDeals && areBeside(plan.columns)}
      targets={ofDeals ? dealTargets : recordTargets}
      stages={lines ? stagesOf(run, lines) : []}
      pipelines={lines ?? []}
      owners={await ownersFor(scope)}
      named={await ownersOf(scope, run)}
      own={own.map((field) => ({
        target: targetOf(field),
        label: `${view.t(`custom_fields.record_${field.recordKind}`)}: ${
          labelOf(field, view.locale)
        }`,
      }))}
      closed={closedWords(c, all, ofDeals ? ["deal"] : ["contact", "company"])}
      origins={Object.keys(origins) as Origin[]}
      legalBases={legalBases}
      purposes={purposes}
      existings={existings}
      encodings={encodings}
      showAll={c.req.query("all") === "1"}
    />,
    { title: { text: run.fileName }, status },
  );
}

/** What the file calls its stages, each with the one chosen for it, or the most likely. */
function stagesOf(
  { options, inspection }: imports.Import,
  lines: [pipelines.Pipeline, ...pipelines.Pipeline[]],
) {
  const { plan } = options!;
  return stageWords(plan, inspection!).map((word) => {
    const told = { pipeline: "", stage: word, status: "", probability: null } as const;
    return { word, stageId: placeOf(told, lines, plan.stages).stage.id };
  });
}

/** What the import leaves out because its author may not write it, in words. */
function closedWords(c: Ctx, own: readonly CustomField[], kinds: readonly Kind[]): string[] {
  const { scope, view } = c.var;
  return kinds.flatMap((kind) => {
    const fixed = own.filter(({ recordKind, readOnly }) => recordKind === kind && readOnly);
    return [
      ...closed(scope, kind).map(({ columns }) => fieldLabel(view, nouns[kind], columns[0]!)),
      ...fixed.map((field) => labelOf(field, view.locale)),
    ].map((label) => `${view.t(`custom_fields.record_${kind}`)}: ${label}`);
  });
}
