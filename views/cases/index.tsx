/** The queue of cases for the people who handle them. */
import type { QueueRow } from "../../db/case_queues.ts";
import type { CaseStatus } from "../../db/cases.ts";
import type { Page } from "../../db/pages.ts";
import type { Waiting } from "../../db/person_letters.ts";
import { path, query } from "../path.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { CaseHead, type Desk } from "./desk.tsx";

interface Props {
  view: View;
  desk: Desk;
  status: CaseStatus;
  queue: Page<QueueRow>;
  /** Whose letters have still to be printed and posted. */
  waiting: readonly Waiting[];
  /** The address of the calendar of deadlines. */
  feed: string;
  /** Where persons claim their rights: the public form, and an address if mail is received here. */
  form: string;
  letters: string | null;
  today: string;
}

/** Open or closed cases, a page at a time. */
export const CaseIndex = (
  { view, desk, status, queue, waiting, feed, form, letters, today }: Props,
) => {
  const { t, format } = view;
  const here = query(desk.base, { status: status === "closed" ? status : null });
  const other = status === "open" ? "closed" : "open";
  return (
    <>
      <CaseHead view={view} desk={desk} />
      <div class="toolbar">
        <LinkButton
          view={view}
          href={`${desk.base}/new`}
          label={t("cases.new")}
          icon="plus"
          variant="primary"
          shortcut="n"
        />
        <LinkButton
          view={view}
          href={query(desk.base, { status: other === "closed" ? other : null })}
          label={t(`cases.show_${other}`)}
          variant="quiet"
        />
        <LinkButton
          view={view}
          href={desk.base === "/operator/requests"
            ? "/operator/provider"
            : `${desk.base}/letterhead`}
          label={t("cases.letterhead")}
          variant="quiet"
        />
        {desk.base === "/operator/requests" ? null : (
          <LinkButton
            view={view}
            href="/settings/transfers"
            label={t("transfers.incoming")}
            variant="quiet"
          />
        )}
      </div>
      {waiting.length > 0
        ? (
          <Panel title={t("cases.letters")} id="letters">
            <ul>
              {waiting.map(({ caseId, number, personName, count }) => (
                <li>
                  <a href={`${desk.base}${path`/${caseId}`}#letters`}>{number}</a>
                  {` · ${personName} · ${t("cases.letters_waiting", { count })}`}
                </li>
              ))}
            </ul>
          </Panel>
        )
        : null}
      <DataTable<QueueRow>
        view={view}
        caption={t(`cases.${status}`)}
        rows={queue.rows}
        href={({ id }) => desk.base + path`/${id}`}
        empty={<EmptyState title={t(`cases.none_${status}`)} text={t("cases.none_text")} />}
        phoneLine={(row) =>
          row.authority ? row.personName : `${row.personName} · ${format.date(row.dueOn)}`}
        columns={[
          { key: "number", header: t("cases.number"), cell: ({ number }) => number },
          {
            key: "person",
            header: t("cases.person"),
            priority: 2,
            cell: ({ personName }) => personName,
          },
          {
            key: "rights",
            header: t("cases.rights"),
            priority: 2,
            cell: ({ items }) => items.map(({ right }) => t(`cases.right_${right}`)).join(", "),
          },
          {
            key: "received",
            header: t("cases.received_on"),
            priority: 3,
            cell: ({ receivedOn }) => format.date(receivedOn),
          },
          {
            key: "due",
            header: t("cases.due_on"),
            priority: 2,
            cell: ({ dueOn, authority }) => authority ? "–" : format.date(dueOn),
          },
          {
            key: "state",
            header: t("cases.state"),
            cell: (row) => <Marks view={view} row={row} today={today} />,
          },
        ]}
      />
      <Pager
        view={view}
        previous={queue.previous && query(here, { before: queue.previous })}
        next={queue.next && query(here, { after: queue.next })}
      />
      <p>
        <a href={`${desk.base}/restrictions`}>{t("case_lists.restrictions")}</a> ·{" "}
        <a href={`${desk.base}/counters`}>{t("case_lists.counters")}</a>
      </p>
      <p class="hint">
        {t("cases.public_form")} <a href={new URL(form).pathname}>{form}</a>
      </p>
      {letters
        ? (
          <p class="hint">
            {t("cases.privacy_address")} <a href={`mailto:${letters}`}>{letters}</a>
          </p>
        )
        : null}
      <p class="hint">
        {t("cases.feed")} <a href={new URL(feed).pathname} download>{feed}</a>
      </p>
    </>
  );
};

const day = (text: string) => Date.parse(text) / 86_400_000;

/** How urgent an open case is: by its last day and by our own target. */
export function urgency(
  { dueOn, targetOn, paused }: Pick<QueueRow, "dueOn" | "targetOn" | "paused">,
  today: string,
): { key: "paused" | "overdue" | "today" | "left"; tone: Tone; count: number } {
  const count = day(dueOn) - day(today);
  if (paused) return { key: "paused", tone: "neutral", count };
  if (count < 0) return { key: "overdue", tone: "danger", count: -count };
  if (count === 0) return { key: "today", tone: "danger", count };
  return { key: "left", tone: today > targetOn ? "warn" : "neutral", count };
}

const Marks = ({ view, row, today }: { view: View; row: QueueRow; today: string }) => {
  const { t } = view;
  const { key, tone, count } = urgency(row, today);
  return (
    <span class="tags">
      {row.status === "open" && row.authority
        ? <Badge label={t("officers.letter_authority_mark")} tone="warn" />
        : row.status === "open"
        ? <Badge label={t(`cases.${key}`, { count })} tone={tone} />
        : <Badge label={t("cases.is_closed")} tone="ok" />}
      {row.extended ? <Badge label={t("cases.extended")} /> : null}
      {row.duplicate ? <Badge label={t("cases.duplicate")} /> : null}
      {row.channel === "form" && !row.confirmed ? <Badge label={t("cases.unconfirmed")} /> : null}
      {row.items.length === 0 ? <Badge label={t("cases.unread")} tone="warn" /> : null}
    </span>
  );
};
