/** The operator's lists of failures; no text of mails, no data of jobs except identifiers. */
import type { DeadLetter } from "../db/dead_letters.ts";
import type { MailEntry } from "../db/mails.ts";
import { path, query } from "./path.ts";
import { PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { DataTable } from "./ui/table.tsx";
import { Tabs } from "./ui/tabs.tsx";
import type { View } from "./view.ts";

const parts = [
  "provider",
  "contracts",
  "requests",
  "officer",
  "policy",
  "proofs",
  "records",
  "measures",
  "processors",
  "egress",
  "incidents",
  "logs",
  "jobs",
  "mails",
] as const;

/** The top of every page of the operator. */
export const OperatorHead = (
  { view, current, title = view.t(`operator.${current}`) }: {
    view: View;
    current: typeof parts[number];
    /** Of a page below the part; else the part's own. */
    title?: string;
  },
) => (
  <>
    <PageHeader view={view} title={title} />
    <Tabs
      label={view.t("operator.title")}
      links={parts.map((part) => ({
        href: `/operator/${part}`,
        label: view.t(`operator.${part}`),
        current: part === current,
      }))}
    />
  </>
);

/** Another try, or away with it. */
const Buttons = (
  { view, base, name, actions = ["retry", "discard"] }: {
    view: View;
    base: string;
    name: string;
    actions?: readonly ("retry" | "discard")[];
  },
) => (
  <div class="inline-form">
    {actions.map((action) => (
      <PostButton
        view={view}
        action={`${base}/${action}`}
        label={view.t(`operator.${action}`)}
        variant="quiet"
      >
        <span class="visually-hidden">{name}</span>
      </PostButton>
    ))}
  </div>
);

/** Jobs whose tries are used up. */
export const JobIndex = ({ view, jobs }: { view: View; jobs: readonly DeadLetter[] }) => {
  const { t, format } = view;
  return (
    <>
      <OperatorHead view={view} current="jobs" />
      <DataTable<DeadLetter>
        view={view}
        caption={t("operator.jobs")}
        rows={jobs}
        empty={<EmptyState title={t("operator.jobs_empty")} />}
        phoneLine={({ diedAt, error }) => `${format.dateTime(diedAt)} · ${error ?? ""}`}
        columns={[
          { key: "job", header: t("operator.job"), cell: ({ name }) => <code>{name}</code> },
          {
            key: "tenant",
            header: t("operator.tenant"),
            priority: 3,
            cell: ({ tenantId }) => tenantId ?? "",
          },
          { key: "error", header: t("operator.error"), priority: 2, cell: ({ error }) => error },
          {
            key: "created",
            header: t("operator.created"),
            priority: 3,
            cell: ({ createdAt }) => format.dateTime(createdAt),
          },
          {
            key: "failed",
            header: t("operator.failed"),
            priority: 2,
            cell: ({ diedAt }) => format.dateTime(diedAt),
          },
          {
            key: "actions",
            header: t("common.actions"),
            cell: ({ id, name }) => (
              <Buttons view={view} base={path`/operator/jobs/${id}`} name={name} />
            ),
          },
        ]}
      />
    </>
  );
};

interface FailedProps {
  view: View;
  mails: readonly MailEntry[];
  next: string | null;
}

const isReturned = (code: string | null) => code !== null && /^bounce/.test(code);

/** What went wrong with a mail: the code, or that it came back. */
const faultOf = ({ t }: View, code: string | null): string =>
  isReturned(code)
    ? t("operator.mail_returned", { code: code!.replace(/^bounce_?/, "") }).replace(/ \(\)$/, "")
    : code ?? "";

/** Mails that no server took, or that came back. */
export const FailedMails = ({ view, mails, next }: FailedProps) => {
  const { t, format } = view;
  return (
    <>
      <OperatorHead view={view} current="mails" />
      <DataTable<MailEntry>
        view={view}
        caption={t("operator.mails")}
        rows={mails}
        empty={<EmptyState title={t("operator.mails_empty")} />}
        phoneLine={({ kind, errorCode }) => `${kind} · ${faultOf(view, errorCode)}`}
        columns={[
          { key: "to", header: t("operator.recipient"), cell: ({ recipient }) => recipient },
          {
            key: "kind",
            header: t("operator.kind"),
            priority: 2,
            cell: ({ kind }) => <code>{kind}</code>,
          },
          {
            key: "error",
            header: t("operator.error"),
            priority: 2,
            cell: ({ errorCode }) => faultOf(view, errorCode),
          },
          {
            key: "attempts",
            header: t("operator.attempts"),
            priority: 3,
            align: "end",
            cell: ({ attempts }) => format.number(attempts),
          },
          {
            key: "failed",
            header: t("operator.failed"),
            priority: 2,
            cell: ({ finishedAt }) => finishedAt ? format.dateTime(finishedAt) : "",
          },
          {
            key: "actions",
            header: t("common.actions"),
            cell: ({ id, recipient, errorCode }) => (
              <Buttons
                view={view}
                base={path`/operator/mails/${id}`}
                name={recipient}
                // A server had taken it: its text is gone.
                actions={isReturned(errorCode) ? ["discard"] : undefined}
              />
            ),
          },
        ]}
      />
      <Pager
        view={view}
        previous={view.path.includes("after=") ? "/operator/mails" : null}
        next={next ? query("/operator/mails", { after: next }) : null}
      />
    </>
  );
};
