/** The log files as the operator sees them: periods, runs, extracts; never a line of them. */
import type { Freeze } from "../db/log_freezes.ts";
import type { NotedRun } from "../db/log_runs.ts";
import { OperatorHead } from "./operator.tsx";
import { Badge } from "./ui/badge.tsx";
import { Button } from "./ui/button.tsx";
import { DateField, FieldRow, Fieldset, HiddenField, NumberField, TextField } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { Panel } from "./ui/panel.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  runs: readonly NotedRun[];
  freezes: readonly Freeze[];
  periods: FormState;
  freeze: FormState;
}

export const LogsPage = ({ view, runs, freezes, periods, freeze }: Props) => {
  const { t } = view;
  return (
    <>
      <OperatorHead view={view} current="logs" />
      <Panel title={t("logs.periods")}>
        <PeriodsForm view={view} form={periods} />
      </Panel>
      <Panel title={t("logs.runs")}>
        <Runs view={view} runs={runs} />
      </Panel>
      <Panel title={t("logs.freezes")} id="freezes">
        <p>{t("logs.freezes_hint")}</p>
        <Freezes view={view} freezes={freezes} />
        <FreezeForm view={view} form={freeze} />
      </Panel>
    </>
  );
};

const PeriodsForm = ({ view, form }: { view: View; form: FormState }) => {
  const { t } = view;
  const names = ["addresses", "access", "app", "audit", "jobs", "mail"] as const;
  const labels = Object.fromEntries(names.map((name) => [name, t(`logs.${name}`)]));
  return (
    <Form view={view} form={form} labels={labels} action="/operator/logs">
      <FieldRow>
        {names.map((name) => (
          <NumberField
            view={view}
            form={form}
            name={name}
            label={t(`logs.${name}`)}
            inputmode="numeric"
            size="s"
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

const Runs = ({ view, runs }: { view: View; runs: readonly NotedRun[] }) => {
  const { t, format } = view;
  return (
    <DataTable<NotedRun>
      view={view}
      caption={t("logs.runs")}
      rows={runs}
      empty={<p>{t("logs.runs_empty")}</p>}
      columns={[
        { key: "at", header: t("logs.run_at"), cell: ({ at }) => format.dateTime(at) },
        ...(["packed", "shortened", "removed"] as const).map((key) => ({
          key,
          header: t(`logs.${key}`),
          align: "end" as const,
          priority: 2 as const,
          cell: (run: NotedRun) => format.number(run[key]),
        })),
        {
          key: "whole",
          header: t("logs.found"),
          cell: ({ whole, control }) =>
            Badge({
              label: format.number(whole),
              tone: whole === 0 && control ? "ok" : "danger",
            }),
        },
      ]}
    />
  );
};

const Freezes = ({ view, freezes }: { view: View; freezes: readonly Freeze[] }) => {
  const { t, format } = view;
  return (
    <DataTable<Freeze>
      view={view}
      caption={t("logs.freezes")}
      rows={freezes}
      empty={<p>{t("logs.freezes_empty")}</p>}
      columns={[
        { key: "reason", header: t("logs.reason"), heading: true, cell: ({ reason }) => reason },
        {
          key: "days",
          header: t("logs.days"),
          cell: ({ fromOn, toOn }) => `${format.date(fromOn)} – ${format.date(toOn)}`,
        },
        {
          key: "until",
          header: t("logs.until_on"),
          priority: 2,
          cell: ({ untilOn }) => format.date(untilOn),
        },
        {
          key: "status",
          header: t("proofs.state"),
          cell: ({ status }) => t(`logs.status_${status}`),
        },
        {
          key: "lines",
          header: t("logs.lines"),
          align: "end",
          priority: 2,
          cell: ({ lineCount }) => format.number(lineCount),
        },
        {
          key: "by",
          header: t("logs.created"),
          priority: 3,
          cell: ({ createdAt, createdByName }) =>
            `${format.dateTime(createdAt)} ${createdByName ?? ""}`,
        },
        {
          key: "sha256",
          header: t("logs.sha256"),
          priority: 3,
          cell: ({ sha256 }) => <code>{sha256.slice(0, 16)}</code>,
        },
      ]}
    />
  );
};

const FreezeForm = ({ view, form }: { view: View; form: FormState }) => {
  const { t } = view;
  const labels = {
    reason: t("logs.reason"),
    fromOn: t("logs.from_on"),
    toOn: t("logs.to_on"),
    untilOn: t("logs.until_on"),
  };
  const field = (name: keyof typeof labels) => ({ view, form, name, label: labels[name] });
  return (
    <Form view={view} form={form} labels={labels} action="/operator/logs/freezes">
      <Fieldset legend={t("logs.freeze")}>
        <HiddenField name="id" value={String(form.values.id ?? "")} />
        <TextField
          {...field("reason")}
          hint={t("logs.reason_hint")}
          maxlength={500}
          size="full"
          required
        />
        <FieldRow>
          <DateField {...field("fromOn")} required />
          <DateField {...field("toOn")} required />
          <DateField {...field("untilOn")} required />
        </FieldRow>
      </Fieldset>
      <FormActions>
        <Button view={view} label={t("logs.freeze")} />
      </FormActions>
    </Form>
  );
};
