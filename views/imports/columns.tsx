/** The columns of a file, each with its first values and the field it is mapped to. */
import type { Import } from "../../db/imports.ts";
import type { Inspection } from "../../db/imports/inspections.ts";
import type { Decision, Plan, PlanColumn } from "../../db/imports/plans.ts";
import type { Target } from "../../db/imports/targets.ts";
import { path, query } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { Icon } from "../ui/icon.tsx";
import { Select } from "../ui/field.tsx";
import type { FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { type OwnTarget, TargetSelect } from "./targets.tsx";

interface Props {
  view: View;
  run: Import;
  form: FormState;
  plan: Plan;
  inspection: Omit<Inspection, "plan">;
  targets: readonly Target[];
  own: readonly OwnTarget[];
  /** Also those that go nowhere, however many. */
  showAll: boolean;
}

/** Beyond this many columns, those that go nowhere are only counted: each select is long. */
const manageable = 40;

export const ColumnsPanel = (props: Props) => {
  const { view, run, plan, showAll } = props;
  const { t } = view;
  if (plan.columns.length === 0) {
    return (
      <Panel title={t("imports.columns")}>
        <p class="hint">{t("imports.none_to_map")}</p>
      </Panel>
    );
  }
  const all = plan.columns.map((column, at) => ({ column, at }));
  const shown = showAll || all.length <= manageable
    ? all
    : all.filter(({ column }) => column.target !== "ignore");
  const rest = all.length - shown.length;
  return (
    <Panel title={t("imports.columns")} count={view.format.number(all.length)}>
      <table class="data import-columns">
        <caption class="visually-hidden">{t("imports.columns")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("imports.column")}</th>
            <th scope="col" class="priority-2">{t("imports.cells_first")}</th>
            <th scope="col">{t("imports.field")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ column, at }) => <ColumnRow {...props} column={column} at={at} />)}
        </tbody>
      </table>
      {rest > 0
        ? (
          <p class="hint">
            {t("imports.columns_rest", { count: rest })}. {t("imports.columns_rest_note")}{" "}
            <a href={query(path`/imports/${run.id}`, { all: "1" })}>
              {t("imports.columns_show_all")}
            </a>
          </p>
        )
        : null}
      <Dates {...props} />
    </Panel>
  );
};

const ColumnRow = (
  { view, inspection, targets, own, column, at }: Props & { column: PlanColumn; at: number },
) => {
  const { t } = view;
  const id = `column-${at}`;
  const samples = [
    ...new Set(inspection.samples.map(({ cells }) => cells[at] ?? "").filter(Boolean)),
  ].slice(0, 3).join(" · ");
  return (
    <tr>
      <th scope="row" id={id}>
        {column.name || t("imports.column_unnamed", { number: at + 1 })}
        <span class="phone-line">{samples}</span>
      </th>
      <td class="priority-2 samples">{samples}</td>
      <td>
        {column.secret
          ? (
            <span class="hint">
              <Icon view={view} name="lock" /> {t("imports.secret")}
            </span>
          )
          : (
            <TargetSelect
              view={view}
              name={`target.c${at}`}
              chosen={column.target}
              targets={targets}
              own={own}
              labelledBy={id}
            />
          )}
        {column.confidence < 0.7 && column.target !== "ignore"
          ? <Badge label="?" tone="warn" />
          : null}
      </td>
    </tr>
  );
};

/** How the dates of each column read; a doubt is said. */
const Dates = ({ view, form, plan, inspection }: Props) => {
  const dates = inspection.decisions.filter(({ kind, column }) =>
    kind === "date" && plan.columns[column]?.target !== "ignore"
  );
  if (dates.length === 0) return null;
  return <>{dates.map((decision) => <DateChoice view={view} form={form} decision={decision} />)}</>;
};

const DateChoice = (
  { view, form, decision }: { view: View; form: FormState; decision: Decision },
) => {
  const { t } = view;
  const samples = decision.samples.slice(0, 5).join(" · ");
  return (
    <Select
      view={view}
      form={form}
      name={`dates.c${decision.column}`}
      label={t("imports.dates_of", { column: decision.name })}
      hint={decision.certain ? samples : `${samples}. ${t("imports.dates_unsure")}`}
      options={(["dmy", "mdy", "ymd"] as const).map((value) => ({
        value,
        label: t(`imports.dates_${value}`),
      }))}
    />
  );
};
