/** The frame of an import's pages: its name, its steps. */
import type { Child } from "hono/jsx";
import type { Import, Status } from "../../db/imports.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { StepList } from "../ui/progress.tsx";
import type { View } from "../view.ts";

const tones: Record<Status, Tone> = {
  uploaded: "neutral",
  checking: "accent",
  checked: "accent",
  queued: "accent",
  running: "accent",
  done: "ok",
  failed: "danger",
  undoing: "warn",
  undone: "neutral",
  expired: "neutral",
};

const stepOf: Partial<Record<Status, number>> = {
  uploaded: 1,
  failed: 1,
  checking: 2,
  checked: 2,
  queued: 3,
  running: 3,
};

/** How an import stands, in a word. */
export const StatusBadge = ({ view, status }: { view: View; status: Status }) => (
  <Badge label={view.t(`imports.status_${status}`)} tone={tones[status]} />
);

/** The steps from file to result; a finished import has none left. */
export const Steps = ({ view, current }: { view: View; current: number }) => (
  <StepList
    view={view}
    label={view.t("imports.steps")}
    steps={[
      view.t("imports.step_file"),
      view.t("imports.step_map"),
      view.t("imports.step_check"),
      view.t("imports.step_result"),
    ]}
    current={current}
  />
);

/** An import's page: name of the file, state, steps. `actions` stand beside the name. */
export const ImportFrame = (
  { view, run, actions, children }: {
    view: View;
    run: Import;
    actions?: Child;
    children?: Child;
  },
) => {
  const { t, format } = view;
  const step = stepOf[run.status];
  const sub = [
    t("imports.records", { count: run.total ?? 0 }),
    format.bytes(run.fileSize),
    run.createdByName
      ? `${format.dateTime(run.createdAt)} ${t("imports.by")} ${run.createdByName}`
      : format.dateTime(run.createdAt),
  ];
  return (
    <>
      <PageHeader
        view={view}
        title={run.fileName}
        marks={<StatusBadge view={view} status={run.status} />}
        crumbs={[{ href: "/imports", label: t("imports.title") }]}
        sub={sub.join(" · ")}
      >
        {actions}
      </PageHeader>
      {step === undefined ? null : <Steps view={view} current={step} />}
      {children}
    </>
  );
};
