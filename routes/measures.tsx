/** The measures: their list with what was measured, their changes, where the data are stored. */
import { z } from "zod";
import { type RequirementName, requirements } from "../db/asvs.ts";
import { today } from "../db/clock.ts";
import { Invalid } from "../db/errors.ts";
import * as backupRuns from "../db/backup_runs.ts";
import { formId } from "../db/ids.ts";
import * as measures from "../db/measures.ts";
import * as providers from "../db/provider.ts";
import { eea } from "../db/setting_bounds.ts";
import * as stores from "../db/stores.ts";
import { pdf } from "../db/typst.ts";
import { AsvsPage } from "../views/asvs.tsx";
import { partsDocument } from "../views/documents.ts";
import { measured, MeasuresPage, proofOf } from "../views/measures.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { operator, signedIn } from "./guards.ts";
import { frameOf } from "./provider_papers.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const names = Object.keys(measures.measures) as [measures.MeasureName, ...measures.MeasureName[]];
const listed = measures.groups.flatMap((group) =>
  measures.inGroup(group).map((name) => ({ group, name }))
);

const Places = z.object(
  Object.fromEntries(stores.storeNames.map((name) => [name, z.string().min(1).max(10)])) as Record<
    stores.StoreName,
    z.ZodString
  >,
);

const Change = z.object({
  id: z.string().optional(),
  measure: z.enum(names, "option"),
  note: z.string().transform((text) => text.replace(/\r\n?/g, "\n").trim())
    .pipe(z.string().min(1).max(2000)),
  changedOn: fields.day.refine((day) => day <= today(), "future"),
});

export default web.createApp()
  .use(signedIn, operator)
  .get("/measures", (c) => show(c, {}))
  .post("/measures", async (c) => {
    const read = await readForm(c, Change);
    if (!read.ok) return await show(c, { change: read.form });
    const { services, session } = c.var;
    const change = { ...read.value, id: fields.ownId(read.form) };
    await measures.recordChange(services.pool, change, session!.identityId);
    return await redirect(c, "/operator/measures#changes", { kind: "ok", key: "measures.saved" });
  })
  .post("/measures/stores", async (c) => {
    const read = await readForm(c, Places);
    if (!read.ok) return await show(c, { places: read.form });
    try {
      await stores.assign(c.var.services.pool, read.value);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await show(c, { places: invalid(read.form, { [error.field]: error.code }) });
    }
    return await redirect(c, "/operator/measures#stores", { kind: "ok", key: "measures.saved" });
  })
  .get("/measures/asvs", (c) => {
    const rows = Object.entries(requirements)
      .map(([name, row]) => ({ ...row, name: name as RequirementName }));
    return page(c, <AsvsPage view={c.var.view} rows={rows} />, { title: "asvs.title" });
  })
  .get("/measures.pdf", async (c) => {
    const { view, services: { pool } } = c.var;
    const [provider, checked, changes] = await Promise.all([
      providers.lookup(pool),
      measures.checkMeasures(pool),
      measures.listChanges(pool),
    ]);
    const { t, format } = view;
    const bytes = pdf(partsDocument, {
      ...frameOf(view, provider, t("operator.measures")),
      parts: [
        ...measures.groups.map((group) => ({
          title: t(`measures.group_${group}`),
          paragraphs: [],
          table: {
            head: [t("agreements.measure"), t("proofs.state")],
            rows: measures.inGroup(group).map((name) => [
              t(`measures.${name}`),
              proofOf(view, name, checked),
            ]),
          },
        })),
        {
          title: t("measures.figures"),
          paragraphs: [],
          table: {
            head: [
              t("agreements.measure"),
              t("measures.figure"),
              t("proofs.state"),
              t("measures.run_at"),
            ],
            rows: measured(view, checked).map(({ label, figure, checked: { passed, at } }) => [
              label,
              figure,
              t(
                passed === null
                  ? "measures.counted"
                  : passed
                  ? "measures.in_force"
                  : "measures.broken",
              ),
              format.dateTime(at),
            ]),
          },
        },
        {
          title: t("measures.changes"),
          paragraphs: changes.length === 0 ? [t("measures.changes_empty")] : [],
          table: {
            head: [t("measures.changed_on"), t("measures.note")],
            rows: changes.map(({ changedOn, note }) => [format.date(changedOn), note]),
          },
        },
      ],
    }, { at: view.now });
    return download(c, bytes, { name: "art-32.pdf", type: "application/pdf" });
  });

async function show(
  c: Ctx,
  forms: { places?: FormState; change?: FormState },
): Promise<Response> {
  const { view, services: { pool } } = c.var;
  const [checked, changes, places, runs] = await Promise.all([
    measures.checkMeasures(pool),
    measures.listChanges(pool),
    stores.list(pool),
    backupRuns.list(pool),
  ]);
  return await page(
    c,
    <MeasuresPage
      view={view}
      measures={listed}
      checked={checked}
      changes={changes}
      runs={runs}
      stores={stores.storeNames}
      countries={eea}
      places={forms.places ?? { values: { ...places } as Record<string, string>, errors: {} }}
      change={forms.change ?? {
        values: { id: formId(), changedOn: today() },
        errors: {},
      }}
    />,
    { title: "operator.measures", status: forms.places || forms.change ? 422 : 200 },
  );
}
