/** The measures (Art. 32 GDPR): what is done, what was measured, what changed, where data are. */
import type { BackupRun } from "../db/backup_runs.ts";
import type { Checked, Group, MeasureChange, MeasureName } from "../db/measures.ts";
import type { StoreName } from "../db/stores.ts";
import { OperatorHead } from "./operator.tsx";
import { Badge } from "./ui/badge.tsx";
import { Button, LinkButton } from "./ui/button.tsx";
import { DateField, FieldRow, Fieldset, HiddenField, Select, TextArea } from "./ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "./ui/form.tsx";
import { Panel } from "./ui/panel.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

export interface Listed {
  group: Group;
  name: MeasureName;
}

interface Props {
  view: View;
  measures: readonly Listed[];
  checked: readonly Checked[];
  changes: readonly MeasureChange[];
  runs: readonly BackupRun[];
  stores: readonly StoreName[];
  countries: readonly string[];
  /** The form of the stores' places, and that of a change. */
  places: FormState;
  change: FormState;
}

/** How a measure is shown to be in force: by a look at the system, or by the tests of each version. */
export function proofOf(view: View, name: MeasureName, checked: readonly Checked[]): string {
  const found = lookAt(name, checked);
  if (!found) return view.t("measures.by_tests");
  return view.t(found.passed ? "measures.in_force" : "measures.broken");
}

/** What a look showed of a measure; what was only counted is no look. */
const lookAt = (name: MeasureName, checked: readonly Checked[]): Checked | undefined =>
  checked.find((each) => each.name === name && each.passed !== null);

/** What was measured, in words: those that have figures. */
export function measured(
  view: View,
  checked: readonly Checked[],
): { checked: Checked; label: string; figure: string }[] {
  return checked.filter(({ values }) => Object.keys(values).length > 0).map((each) => {
    const { name, values } = each;
    const label = name === "second_factor"
      ? view.t("measures.second_factor")
      : view.t(`measures.${name}`);
    const key = "fault" in values ? "figure_fault" : `figure_${name}`;
    return {
      checked: each,
      label,
      figure: view.t(`measures.${key}` as "measures.figure_tls", shown(view, values)),
    };
  });
}

/** Days and instants as people write them. */
function shown({ format }: View, values: Checked["values"]): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "number"
        ? format.number(value)
        : /^\d{4}-\d\d-\d\d$/.test(value)
        ? format.date(value)
        : /^\d{4}-\d\d-\d\dT/.test(value)
        ? format.dateTime(value)
        : value,
    ]),
  );
}

/** The table of what was measured. */
const Figures = ({ view, checked }: { view: View; checked: readonly Checked[] }) => {
  const { t, format } = view;
  return (
    <DataTable<ReturnType<typeof measured>[number]>
      view={view}
      caption={t("measures.figures")}
      columns={[
        { key: "name", header: t("agreements.measure"), heading: true, cell: ({ label }) => label },
        { key: "figure", header: t("measures.figure"), cell: ({ figure }) => figure },
        {
          key: "state",
          header: t("proofs.state"),
          priority: 2,
          cell: ({ checked: { passed } }) =>
            passed === null ? t("measures.counted") : Badge({
              label: t(passed ? "measures.in_force" : "measures.broken"),
              tone: passed ? "ok" : "danger",
            }),
        },
        {
          key: "at",
          header: t("measures.run_at"),
          priority: 2,
          cell: ({ checked: { at } }) => format.dateTime(at),
        },
      ]}
      rows={measured(view, checked)}
    />
  );
};

/** The operator's page. */
export const MeasuresPage = (props: Props) => {
  const { view, measures, checked, changes, runs, stores, countries, places, change } = props;
  const { t, format } = view;
  return (
    <>
      <OperatorHead view={view} current="measures" />
      <div class="form-actions">
        <LinkButton view={view} href="/operator/measures/asvs" label={t("asvs.title")} />
        <LinkButton
          view={view}
          href="/operator/measures.pdf"
          label={t("policies.pdf")}
          icon="download"
          variant="quiet"
          download
        />
      </div>
      <DataTable<Listed>
        view={view}
        caption={t("operator.measures")}
        columns={[
          {
            key: "name",
            header: t("agreements.measure"),
            heading: true,
            cell: ({ name }) => t(`measures.${name}`),
          },
          {
            key: "group",
            header: t("agreements.measure_group"),
            priority: 2,
            cell: ({ group }) => t(`measures.group_${group}`),
          },
          {
            key: "state",
            header: t("proofs.state"),
            cell: ({ name }) => {
              const found = lookAt(name, checked);
              const tone = !found ? "neutral" : found.passed ? "ok" : "danger";
              return Badge({ label: proofOf(view, name, checked), tone });
            },
          },
        ]}
        rows={measures}
      />
      <Panel title={t("measures.figures")} id="figures">
        <Figures view={view} checked={checked} />
      </Panel>
      <Panel title={t("measures.stores")} id="stores">
        <StoresForm view={view} stores={stores} countries={countries} form={places} />
      </Panel>
      <Panel title={t("measures.runs")} id="backups">
        <BackupRuns view={view} runs={runs} />
      </Panel>
      <Panel title={t("measures.changes")} id="changes">
        <DataTable<MeasureChange>
          view={view}
          caption={t("measures.changes")}
          columns={[
            {
              key: "on",
              header: t("measures.changed_on"),
              cell: ({ changedOn }) => format.date(changedOn),
            },
            {
              key: "measure",
              header: t("agreements.measure"),
              priority: 2,
              cell: ({ measure }) => t(`measures.${measure}`),
            },
            { key: "note", header: t("measures.note"), cell: ({ note }) => note },
          ]}
          rows={changes}
          empty={<p>{t("measures.changes_empty")}</p>}
        />
        <ChangeForm view={view} measures={measures} form={change} />
      </Panel>
    </>
  );
};

const BackupRuns = ({ view, runs }: { view: View; runs: readonly BackupRun[] }) => {
  const { t, format } = view;
  return (
    <DataTable<BackupRun>
      view={view}
      caption={t("measures.runs")}
      columns={[
        { key: "at", header: t("measures.run_at"), cell: ({ at }) => format.dateTime(at) },
        { key: "kind", header: t("measures.run"), cell: ({ kind }) => t(`measures.run_${kind}`) },
        {
          key: "state",
          header: t("proofs.state"),
          cell: ({ passed, errorCode }) => (
            <>
              <Badge
                label={t(passed ? "measures.run_passed" : "measures.run_failed")}
                tone={passed ? "ok" : "danger"}
              />
              {errorCode === "disk_full" ? <p class="hint">{t("measures.run_disk_full")}</p> : null}
            </>
          ),
        },
        {
          key: "rows",
          header: t("measures.run_rows"),
          align: "end",
          priority: 2,
          cell: ({ rowCount, passed }) => passed ? format.number(rowCount) : null,
        },
        {
          key: "took",
          header: t("proofs.took"),
          align: "end",
          priority: 2,
          cell: ({ tookMs }) => `${format.number(Math.round(tookMs / 100) / 10)} s`,
        },
      ]}
      rows={runs}
      empty={<p>{t("measures.runs_empty")}</p>}
    />
  );
};

const StoresForm = (
  { view, stores, countries, form }: {
    view: View;
    stores: readonly StoreName[];
    countries: readonly string[];
    form: FormState;
  },
) => {
  const { t } = view;
  const names = new Intl.DisplayNames(view.locale, { type: "region" });
  const options = countries.map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, view.locale));
  const labels = Object.fromEntries(stores.map((name) => [name, t(`measures.store_${name}`)]));
  return (
    <Form view={view} form={form} labels={labels} action="/operator/measures/stores">
      <FieldRow>
        {stores.map((name) => (
          <Select
            view={view}
            form={form}
            name={name}
            label={labels[name]!}
            options={options}
            empty={t("measures.store_unknown")}
            required
          />
        ))}
      </FieldRow>
      <FormActions>
        <Button view={view} label={t("common.save")} />
      </FormActions>
    </Form>
  );
};

const ChangeForm = (
  { view, measures, form }: { view: View; measures: readonly Listed[]; form: FormState },
) => {
  const { t } = view;
  const labels = {
    measure: t("agreements.measure"),
    note: t("measures.note"),
    changedOn: t("measures.changed_on"),
  };
  const field = (name: keyof typeof labels) => ({ view, form, name, label: labels[name] });
  return (
    <Form view={view} form={form} labels={labels} action="/operator/measures">
      <HiddenField name="id" value={valueOf(form, "id")} />
      <Fieldset legend={t("measures.record")}>
        <Select
          {...field("measure")}
          options={measures.map(({ name }) => ({ value: name, label: t(`measures.${name}`) }))}
          size="full"
          required
        />
        <TextArea {...field("note")} rows={2} required />
        <DateField {...field("changedOn")} required />
      </Fieldset>
      <FormActions>
        <Button view={view} label={t("common.save")} />
      </FormActions>
    </Form>
  );
};
