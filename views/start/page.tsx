/** The start page: what is new, what is waiting, what changed; each part short, with a link to all. */
import type { Due, Part } from "../../db/start_activities.ts";
import type { RottingDeal } from "../../db/start_lists.ts";
import type { StartPage as Found } from "../../db/start_pages.ts";
import { OpenActivities, QuickEntry } from "../activities/panel.tsx";
import { sentence } from "../notification_texts.ts";
import { path, query } from "../path.ts";
import { PageHeader } from "../ui/page_header.tsx";
import { Columns, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { Changes } from "./changes.tsx";
import { FirstSteps } from "./first_steps.tsx";
import { countOf, type Line, LinesPanel } from "./lines.tsx";

export interface StartProps extends Found {
  view: View;
  userId: string;
  /** A new id for the task that may be entered: sending it twice makes one. */
  newId: string;
  /** Whether the tenant has no data at all yet. */
  empty: boolean;
  /** Since when the person was away; null at the first visit. */
  awaySince: Date | null;
}

/** All sections that are not empty; only the first steps in a tenant without records. */
export const StartPage = (props: StartProps) => {
  const { view, empty, steps } = props;
  const { t } = view;
  return (
    <>
      <PageHeader view={view} title={t("start.title")} sub={view.format.weekday(view.now)} />
      {props.announced
        ? (
          <div class="flash flash-info">
            <p>
              {t("processors.announced_start")}{" "}
              <a href="/settings/processors">{t("processors.announced_title")}</a>
            </p>
          </div>
        )
        : null}
      {empty ? <FirstSteps view={view} steps={steps} empty /> : (
        <Columns
          aside={
            <>
              {steps ? <FirstSteps view={view} steps={steps} /> : null}
              <News {...props} />
              <Mails {...props} />
              <Rotting {...props} />
              <Leads {...props} />
              <Changes {...props} />
            </>
          }
        >
          <Tasks {...props} />
        </Columns>
      )}
    </>
  );
};

/** The quick entry, then what is due; today is shown even when it is free. */
const Tasks = ({ view, newId, due }: StartProps) =>
  view.can("activities.read")
    ? (
      <>
        {view.can("activities.write") ? <QuickEntry view={view} newId={newId} /> : null}
        {(["overdue", "today", "later"] as const).map((part) => (
          <TaskPanel view={view} part={part} due={due} />
        ))}
      </>
    )
    : null;

/** The list that holds all of a part. */
const shares: Record<Part, string> = { overdue: "overdue", today: "today", later: "week" };

const TaskPanel = (
  { view, part, due }: { view: View; part: Part; due: Due },
) => {
  const { rows } = due[part];
  if (rows.length === 0 && part !== "today") return null;
  return (
    <Panel
      title={view.t(`start.${part}`)}
      id={part}
      count={countOf(due[part])}
      actions={<a href={query("/activities", { share: shares[part] })}>{view.t("start.all")}</a>}
    >
      {rows.length === 0
        ? <p class="hint">{view.t("start.nothing_due")}</p>
        : <OpenActivities view={view} activities={rows} about />}
    </Panel>
  );
};

const News = ({ view, news }: StartProps) => (
  <LinesPanel
    view={view}
    id="news-list"
    title={view.t("start.news")}
    all="/notifications"
    section={news}
    lines={news.rows.map((row) => ({
      href: path`/notifications/${row.id}`,
      text: sentence(view, row),
      end: <Time view={view} moment={row.createdAt} as="relative" />,
    }))}
  />
);

const Mails = ({ view, mails }: StartProps) =>
  view.can("mail.read")
    ? (
      <LinesPanel
        view={view}
        id="mails"
        title={view.t("start.mails")}
        all="/inbox"
        section={mails}
        lines={mails.rows.map(({ messageId, from, subject, at }) => ({
          href: path`/messages/${messageId}`,
          text: subject || view.t("notifications.no_subject"),
          detail: from,
          end: <Time view={view} moment={at} as="relative" />,
        }))}
      />
    )
    : null;

const Leads = ({ view, leads }: StartProps) => (
  <LinesPanel
    view={view}
    id="leads"
    title={view.t("start.leads")}
    all="/contacts?status=lead&sort=created"
    section={leads}
    lines={leads.rows.map(({ id, name, companyName, source, createdAt }) => ({
      href: path`/contacts/${id}`,
      text: name,
      detail: [companyName, source].filter(Boolean).join(" · "),
      end: <Time view={view} moment={createdAt} as="relative" />,
    }))}
  />
);

const Rotting = ({ view, rotting, userId }: StartProps) => (
  <LinesPanel
    view={view}
    id="rotting"
    title={view.t("start.rotting")}
    all={query("/deals", { rotting: "1", owner: userId })}
    section={rotting}
    lines={rotting.rows.map((deal) => rottingLine(view, deal))}
  />
);

const rottingLine = (view: View, deal: RottingDeal): Line => {
  const { title, stageName, companyName, amountCents, currency, stageSince } = deal;
  const amount = amountCents === null ? null : view.format.money(amountCents, currency);
  const days = Math.floor((view.now.getTime() - Date.parse(stageSince)) / 86_400_000);
  return {
    href: path`/deals/${deal.id}`,
    text: title,
    detail: [stageName, companyName, amount].filter(Boolean).join(" · "),
    end: view.t("start.days", { count: days }),
  };
};
