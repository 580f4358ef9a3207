/** The tenant's retention periods: statutory ones, those its admins choose, and recent checks. */
import type { Periods } from "../../db/record_classes.ts";
import { SettingsHead, SettingsTabs } from "../settings.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { FieldRow, NumberField } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

interface Run {
  runOn: string;
  looked: number;
  erased: number;
}

interface Props {
  view: View;
  form: FormState;
  /** What the law fixes, in years. */
  fixed: readonly { name: "letter" | "voucher" | "books"; years: number }[];
  runs: readonly Run[];
  /** Holds that somebody has to look at again. */
  toReview: number;
}

const names = [
  "prospect",
  "lost_deal",
  "applicant",
  "claim",
  "history",
  "confirmDays",
] as const satisfies readonly (keyof Periods)[];

export const RetentionSettings = ({ view, form, fixed, runs, toReview }: Props) => {
  const { t, format } = view;
  const labels = Object.fromEntries(names.map((name) => [name, t(`retentions.set_${name}`)]));
  return (
    <>
      <SettingsHead view={view} title={t("retentions.tab")}>
        <LinkButton view={view} href="/settings/retention/due" label={t("retentions.due")} />
      </SettingsHead>
      <SettingsTabs view={view} current="retention" />
      {toReview > 0
        ? (
          <p>
            <a href="/settings/retention/holds">
              {t("retentions.to_review", { count: toReview })}
            </a>
          </p>
        )
        : null}
      <Form view={view} form={form} labels={labels}>
        <FieldRow>
          {names.map((name) => (
            <NumberField
              view={view}
              form={form}
              name={name}
              label={t(`retentions.set_${name}`)}
              hint={t(`retentions.set_${name}_hint`)}
              inputmode="numeric"
              size="s"
              required
            />
          ))}
        </FieldRow>
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
        </FormActions>
      </Form>
      <Panel title={t("retentions.fixed")}>
        <DataTable
          view={view}
          caption={t("retentions.fixed")}
          rows={fixed}
          columns={[
            {
              key: "class",
              header: t("retentions.class"),
              heading: true,
              cell: ({ name }) => t(`retentions.class_${name}`),
            },
            {
              key: "period",
              header: t("retentions.period"),
              cell: ({ years }) => t("retentions.years_to_end", { count: years }),
            },
            {
              key: "law",
              header: t("retentions.law"),
              cell: ({ name }) => t(`retentions.law_${name}`),
            },
          ]}
        />
      </Panel>
      <Panel title={t("retentions.runs")}>
        <DataTable<Run>
          view={view}
          caption={t("retentions.runs")}
          rows={runs}
          empty={<p>{t("retentions.runs_empty")}</p>}
          columns={[
            { key: "on", header: t("retentions.run_on"), cell: ({ runOn }) => format.date(runOn) },
            ...(["looked", "erased"] as const).map((key) => ({
              key,
              header: t(`retentions.${key}`),
              align: "end" as const,
              cell: (run: Run) => format.number(run[key]),
            })),
          ]}
        />
      </Panel>
    </>
  );
};
