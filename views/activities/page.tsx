/** The page of an activity: what, when, whose, with whom, about what. */
import type { Activity } from "../../db/activities.ts";
import type { Repeat } from "../../db/recurrences.ts";
import type { Owner } from "../../db/choices.ts";
import type { SeriesDays } from "../../db/series_days.ts";
import { type AttachedFiles, FilesPanel } from "../files.tsx";
import { path } from "../path.ts";
import { type History, HistoryPanel } from "../records/history.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { Notice } from "../ui/flash.tsx";
import { Icon } from "../ui/icon.tsx";
import { withinList } from "../records/neighbours.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Columns, Panel } from "../ui/panel.tsx";
import { Call } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { PostponeMenu } from "./days.tsx";
import { DueTime, isOverdue, recordPath, repeatWords } from "./marks.tsx";
import { listOf } from "./rows.tsx";
import { SeriesPanel } from "./series.tsx";

interface Props {
  view: View;
  activity: Activity;
  /** What its rule says. */
  repeat: Repeat | null;
  /** The days of an open series, and the one that was asked for. */
  series: { days: SeriesDays; chosen: string | null } | null;
  files: AttachedFiles;
  history: History;
  owners: readonly Owner[];
}

/** The whole activity. */
export const ActivityPage = ({ view, activity, repeat, series, files, history, owners }: Props) => {
  const { t } = view;
  const warned = activity.kind === "call" && activity.doneAt === null &&
    activity.objecting.length > 0;
  return (
    <>
      <PageHeader
        view={view}
        title={activity.subject}
        crumbs={[{ href: listOf(view.path), label: t("activities.title") }]}
        marks={<Marks view={view} activity={activity} />}
      >
        <Actions view={view} activity={activity} />
      </PageHeader>
      {warned
        ? (
          <Notice
            view={view}
            kind="warn"
            text={t("activities.objecting", { names: activity.objecting.join(", ") })}
          />
        )
        : null}
      <Columns
        aside={
          <>
            <Details view={view} activity={activity} repeat={repeat} />
            {series ? <SeriesPanel view={view} id={activity.id} {...series} /> : null}
            <FilesPanel view={view} href={path`/activities/${activity.id}`} files={files} />
          </>
        }
      >
        {activity.body
          ? (
            <Panel title={t("activities.body")} id="body">
              <p class="prose">{activity.body}</p>
            </Panel>
          )
          : null}
        <Panel title={t("activities.about")} id="about">
          {activity.about.length === 0
            ? <p class="hint">{t("activities.about_none")}</p>
            : (
              <ul class="records">
                {activity.about.map(({ kind, id, name, phone }) => (
                  <li>
                    <Icon
                      view={view}
                      name={({
                        contact: "user",
                        company: "building-2",
                        deal: "handshake",
                      } as const)[
                        kind
                      ]}
                    />
                    <a href={recordPath(kind, id)}>{name}</a>
                    {phone ? <Call view={view} phone={phone} /> : null}
                  </li>
                ))}
              </ul>
            )}
        </Panel>
        <HistoryPanel view={view} noun="activities" history={history} owners={owners} />
      </Columns>
    </>
  );
};

const Marks = ({ view, activity }: Pick<Props, "view" | "activity">) => {
  const { t } = view;
  return (
    <>
      <Badge label={t(`activities.kind_${activity.kind}`)} />
      {activity.priority === "high"
        ? <Badge label={t("activities.priority_high")} tone="warn" />
        : null}
      {activity.doneAt && activity.kind !== "note"
        ? <Badge label={t("activities.share_done")} tone="ok" />
        : isOverdue(view, activity)
        ? <Badge label={t("activities.share_overdue")} tone="danger" />
        : null}
    </>
  );
};

const Actions = ({ view, activity }: Pick<Props, "view" | "activity">) => {
  const { t } = view;
  if (!view.can("activities.write")) return null;
  const done = activity.doneAt !== null;
  const completion = path`/activities/${activity.id}/completion`;
  return (
    <>
      {activity.kind === "note" ? null : (
        <form
          method="post"
          action={done ? path`/activities/${activity.id}/completion/withdrawal` : completion}
          class="post-button"
        >
          <input type="hidden" name="back" value={view.path} />
          <Button
            view={view}
            label={t(done ? "activities.reopen" : "activities.complete")}
            icon={done ? "undo-2" : "check"}
            variant={done ? "plain" : "primary"}
            shortcut="d"
          />
        </form>
      )}
      {done ? null : (
        <PostponeMenu
          view={view}
          id={activity.id}
          dueOn={activity.dueAt && view.format.day(activity.dueAt)}
        />
      )}
      <LinkButton
        view={view}
        href={withinList(view, path`/activities/${activity.id}/edit`)}
        label={t("common.edit")}
        icon="pencil"
        shortcut="e"
      />
      <PostButton
        view={view}
        action={withinList(view, path`/activities/${activity.id}/deletion`)}
        label={t("contacts.delete")}
        icon="trash-2"
      />
    </>
  );
};

const Details = ({ view, activity, repeat }: Pick<Props, "view" | "activity" | "repeat">) => {
  const { t, format } = view;
  const { doneAt, doneByName, remindBefore, kind } = activity;
  return (
    <Panel title={t("records.details")} id="details">
      <DescriptionList
        items={[
          kind === "note"
            ? null
            : [t("activities.due_at"), <DueTime view={view} activity={activity} />],
          [t("activities.repeat"), repeat && repeatWords(view, repeat)],
          [
            t("activities.remind_before"),
            remindBefore === null ? null : remindWords(view, remindBefore),
          ],
          doneAt && kind !== "note"
            ? [
              t("activities.done_at"),
              doneByName
                ? t("activities.done_by", { day: format.dateTime(doneAt), name: doneByName })
                : format.dateTime(doneAt),
            ]
            : null,
          [t("activities.owner"), activity.ownerName],
          [
            t("activities.participants"),
            activity.participants.length === 0 ? null : (
              <span class="about">
                {activity.participants.map(({ contactId, name }) =>
                  contactId
                    ? <a href={recordPath("contact", contactId)}>{name}</a>
                    : <span>{name}</span>
                )}
              </span>
            ),
          ],
          [t("activities.priority"), t(`activities.priority_${activity.priority}`)],
          [t("records.created"), format.dateTime(activity.createdAt)],
        ]}
      />
    </Panel>
  );
};

/** The offered minutes in words. */
const offers = [0, 10, 30, 60, 120, 1440, 2880, 10080] as const;

/** How long before it is due somebody is reminded. */
export function remindWords({ t }: View, minutes: number): string {
  const known = offers.find((each) => each === minutes);
  return known === undefined
    ? t("activities.remind_other", { count: minutes })
    : t(`activities.remind_${known}`);
}
