/** The report of a trial run or an import: counts, rows with reasons, and what can be done next. */
import type { Counts, Import } from "../../db/imports.ts";
import type { ReportedRow } from "../../db/imports/reports.ts";
import { isMessageKey } from "../i18n/translate.ts";
import { path, query } from "../path.ts";
import { LinkButton, PostButton } from "../ui/button.tsx";
import { Notice } from "../ui/flash.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import type { View } from "../view.ts";
import { type OwnersHere, OwnersReport } from "./owners.tsx";
import { problemText } from "./problems.ts";
import { BothSides, type Sides } from "./sides.tsx";
import { ImportFrame } from "./steps.tsx";

export type Group = "rejected" | "duplicate" | "updated" | "warning" | "skipped";
export const groups: readonly Group[] = [
  "rejected",
  "duplicate",
  "updated",
  "warning",
  "skipped",
];
const countOf = {
  updated: "updated",
  rejected: "rejected",
  duplicate: "duplicates",
  warning: "warnings",
  skipped: "skipped",
} as const;

/** The first group with rows, which is shown unless another one is asked for. */
export const firstOf = (counts: Partial<Counts>): Group =>
  groups.find((each) => counts[countOf[each]]) ?? "warning";

/** Why an import failed. */
export function failureText(view: View, { errorCode }: Import): string {
  const own = `imports.${errorCode}`;
  const ofFile = `import_problems.${errorCode}`;
  const reason = isMessageKey(own)
    ? view.t(own)
    : isMessageKey(ofFile)
    ? view.t(ofFile, { limit: "" })
    : view.t("imports.internal");
  return `${reason} ${view.t("imports.failed_text")}`;
}

interface ReportProps {
  view: View;
  run: Import;
  group: Group;
  rows: readonly ReportedRow[];
  next: number | null;
  sides: Sides;
  /** Whom the file names as responsible. */
  owners: OwnersHere | null;
  /** Whether this person may take the import back now. */
  undoable: boolean;
  /** Persons that an import which was taken back has left. */
  left: number;
}

/** After a trial run: what would happen. After the run: what happened. */
export const ImportReport = (props: ReportProps) => {
  const { view, run, undoable, sides: { decided } } = props;
  const { t } = view;
  const trial = run.status === "checked";
  const { contacts = 0, companies = 0, deals = 0, updated = 0 } = run.counts;
  const worth = contacts + companies + deals + updated + decided > 0;
  return (
    <div id="import">
      <ImportFrame
        view={view}
        run={run}
        actions={trial
          ? <TrialActions view={view} run={run} worth={worth} />
          : <DoneActions view={view} run={run} undoable={undoable} />}
      >
        {run.status === "undone" && run.undoneAt
          ? (
            <Notice
              view={view}
              kind="info"
              text={[
                t("imports.undone_text", { date: view.format.dateTime(run.undoneAt) }),
                props.left > 0 ? t("imports.undone_left", { count: props.left }) : "",
              ].filter(Boolean).join(" ")}
            />
          )
          : null}
        {run.errorCode ? <Notice view={view} kind="error" text={failureOnly(view, run)} /> : null}
        <Tally view={view} counts={run.counts} deals={isOfDeals(run)} />
        {trial && decided > 0
          ? <Notice view={view} kind="info" text={t("imports.choices_note", { count: decided })} />
          : null}
        {trial && !worth
          ? <Notice view={view} kind="info" text={t("imports.checked_nothing")} />
          : null}
        <Rows {...props} />
        <OwnersReport view={view} named={props.owners} />
        {run.undoUntil && run.status === "done"
          ? (
            <p class="hint">
              {t("imports.undo_until", { date: view.format.date(run.undoUntil) })}.{" "}
              {t("imports.after_30_days")}
            </p>
          )
          : null}
      </ImportFrame>
    </div>
  );
};

function failureOnly(view: View, { errorCode }: Import): string {
  const key = `imports.${errorCode}`;
  return view.t(isMessageKey(key) ? key : "imports.internal");
}

const TrialActions = ({ view, run, worth }: { view: View; run: Import; worth: boolean }) => (
  <>
    {worth
      ? (
        <PostButton
          view={view}
          action={path`/imports/${run.id}/run`}
          label={view.t("imports.run")}
          variant="primary"
        />
      )
      : null}
    <PostButton
      view={view}
      action={path`/imports/${run.id}/settings`}
      label={view.t("imports.back_to_settings")}
    />
    <PostButton
      view={view}
      action={path`/imports/${run.id}/removal`}
      label={view.t("imports.discard")}
      icon="trash-2"
    />
  </>
);

const DoneActions = ({ view, run, undoable }: { view: View; run: Import; undoable: boolean }) => (
  <>
    {run.status === "done"
      ? (
        <LinkButton
          view={view}
          href={isOfDeals(run) ? "/deals?sort=touch" : "/contacts?sort=created"}
          label={view.t(isOfDeals(run) ? "imports.view_deals" : "imports.view_contacts")}
        />
      )
      : null}
    {undoable
      ? (
        <LinkButton
          view={view}
          href={path`/imports/${run.id}/undo`}
          label={view.t("imports.undo")}
        />
      )
      : null}
  </>
);

const isOfDeals = ({ options }: Import): boolean => options?.plan.kind === "deals";

/** The figures in a row, those that are none left quiet. */
const Tally = (
  { view, counts, deals }: { view: View; counts: Partial<Counts>; deals: boolean },
) => {
  const { t, format } = view;
  const made = deals
    ? ["deals", "companies"] as const
    : ["contacts", "companies", "updated"] as const;
  const names = [...made, "duplicates", "skipped", "rejected"] as const;
  return (
    <dl class="tally" aria-label={t("imports.result_title")}>
      {names.map((name) => {
        const count = counts[name] ?? 0;
        return (
          <div class={count === 0 ? "tally-none" : `tally-${name}`}>
            <dt>{t(`imports.result_${name}`, { count })}</dt>
            <dd>{format.number(count)}</dd>
          </div>
        );
      })}
    </dl>
  );
};

const Rows = ({ view, run, group, rows, next, sides }: ReportProps) => {
  const { t, format } = view;
  const here = path`/imports/${run.id}`;
  const counted = groups.filter((each) => run.counts[countOf[each]]);
  if (counted.length === 0) return null;
  return (
    <Panel
      title={t("imports.report")}
      actions={run.counts.rejected
        ? (
          <LinkButton
            view={view}
            href={path`/imports/${run.id}/rejected.csv`}
            label={t("imports.download_rejected")}
            icon="download"
            download
          />
        )
        : undefined}
    >
      <Tabs
        label={t("imports.report")}
        links={counted.map((each) => ({
          href: query(here, { rows: each }),
          label: t(`imports.outcome_${each}`),
          current: each === group,
          count: format.number(run.counts[countOf[each]] ?? 0),
        }))}
      />
      <div class="import-report">
        {group === "duplicate" || group === "updated"
          ? <BothSides {...{ view, run, group, rows, sides }} />
          : (
            <DataTable
              view={view}
              caption={t(`imports.outcome_${group}`)}
              columns={columns(view)}
              rows={rows}
              empty={<p class="hint">{t("imports.report_empty")}</p>}
            />
          )}
      </div>
      <Pager
        view={view}
        previous={view.path.includes("after=") ? query(here, { rows: group }) : null}
        next={next === null ? null : query(here, { rows: group, after: next })}
      />
    </Panel>
  );
};

function columns(view: View): Column<ReportedRow>[] {
  const { t } = view;
  return [
    { key: "row", header: t("imports.row"), cell: ({ row }) => String(row) },
    {
      key: "column",
      header: t("imports.column"),
      priority: 2,
      cell: ({ problems }) =>
        [...new Set(problems.map(({ column }) => column).filter(Boolean))].join(", "),
    },
    {
      key: "reason",
      header: t("imports.reason"),
      cell: (row) => <>{row.problems.map((each) => <p>{problemText(view, each)}</p>)}</>,
    },
  ];
}
