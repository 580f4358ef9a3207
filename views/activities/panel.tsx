/** The activities of a record, as a panel of its page: what is planned, and the quick entry. */
import type { About } from "../../db/activity_links.ts";
import type { ActivityRow } from "../../db/activity_lists.ts";
import type { DueActivity } from "../../db/start_activities.ts";
import { path, query } from "../path.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { DayChoices } from "./days.tsx";
import { QuickPicker } from "./picker.tsx";
import { AboutLinks, DonePress, DueTime, KindMark, kinds } from "./marks.tsx";

/** What a record's page is given of its activities. */
export interface Planned {
  /** A new id for what is entered next: sending it twice makes one. */
  newId: string;
  /** Those that are open, the next due first. */
  activities: readonly ActivityRow[];
}

interface Props {
  view: View;
  /** The record whose page it is. */
  of: Pick<About, "kind" | "id">;
  planned: Planned;
}

/** The panel. */
export const ActivitiesPanel = ({ view, of, planned: { newId, activities } }: Props) => {
  const { t } = view;
  return (
    <Panel
      title={t("activities.title")}
      id="activities"
      actions={view.can("activities.write")
        ? (
          <LinkButton
            view={view}
            href={query("/activities/new", { [of.kind]: of.id, back: view.path })}
            label={t("activities.new")}
            icon="plus"
            variant="quiet"
          />
        )
        : null}
    >
      {view.can("activities.write") ? <QuickEntry view={view} of={of} newId={newId} /> : null}
      {activities.length === 0
        ? <p class="hint">{t("activities.open_of_record")}</p>
        : <OpenActivities view={view} activities={activities} />}
      <p>
        <a href={query("/activities", { [of.kind]: of.id, owner: "all" })}>
          {t("activities.all_of_record")}
        </a>
        {" · "}
        <a href={query("/activities", { [of.kind]: of.id, owner: "all", share: "done" })}>
          {t("activities.share_done")}
        </a>
      </p>
    </Panel>
  );
};

/** What a line shows; without an owner where all of them are the reader's. */
type OpenActivity = DueActivity & Partial<Pick<ActivityRow, "ownerName">>;

/**
 * A line each: done at once, what, about whom where the page does not say so, when and whose. One
 * form for all: it weighs less than one for each.
 */
export const OpenActivities = (
  { view, activities, about }: {
    view: View;
    activities: readonly OpenActivity[];
    about?: boolean;
  },
) => (
  <form method="post" data-hx-boost="swap:outerMorph select:#main target:#main">
    <input type="hidden" name="back" value={view.path} />
    <ul class="open-activities">
      {activities.map((activity) => (
        <li>
          {DonePress({ view, activity, own: true })}
          <span>
            {KindMark({ view, kind: activity.kind })}{" "}
            <a href={path`/activities/${activity.id}`}>{activity.subject}</a>
            {about && activity.about.length > 0
              ? (
                <>
                  {" · "}
                  {AboutLinks({ about: activity.about })}
                </>
              )
              : null}
          </span>
          <span class="open-activity-when">
            {DueTime({ view, activity })}
            {activity.ownerName ? ` · ${activity.ownerName}` : null}
          </span>
        </li>
      ))}
    </ul>
  </form>
);

/** Where the quick entry begins to be typed into, the next one too. */
export const quickSubject = "quick-subject";

/**
 * One line: kind, subject, day, time; about the record whose page it is, or about those that are
 * picked. The style sheet shows a place for text when it is a note or done: what was said. The browser asks for a missing subject and a half-typed day, for the line stays as it is;
 * what only the server can refuse comes back as the whole form, filled.
 */
export const QuickEntry = (
  { view, of, newId }: { view: View; of?: Props["of"]; newId: string },
) => {
  const { t } = view;
  return (
    <form class="quick-entry" method="post" action="/activities/new">
      <input type="hidden" name="id" value={newId} />
      {of ? <input type="hidden" name="about" value={`${of.kind}:${of.id}`} /> : null}
      <input type="hidden" name="back" value={view.path} />
      <input type="hidden" name="_quick" value="1" />
      <label class="quick-kind">
        <span>{t("activities.kind")}</span>
        <select name="kind" id="quick-kind">
          {kinds.map((kind) => <option value={kind}>{t(`activities.kind_${kind}`)}</option>)}
        </select>
      </label>
      <label class="quick-subject">
        <span>{t("activities.subject")}</span>
        <input
          type="text"
          name="subject"
          id={quickSubject}
          required
          maxlength={200}
          autocomplete="off"
          aria-keyshortcuts="a"
          autofocus={view.flash?.focus === quickSubject || undefined}
        />
      </label>
      {of ? null : <QuickPicker view={view} />}
      <label class="quick-due">
        <span>{t("activities.due_day")}</span>
        <input type="date" name="dueDay" id="quick-day" />
      </label>
      <label class="quick-due">
        <span>{t("activities.due_time")}</span>
        <input type="time" name="dueTime" id="quick-time" />
      </label>
      {of
        ? (
          <label class="choice">
            <input type="checkbox" name="done" value="on" />
            <span>{t("activities.done_short")}</span>
          </label>
        )
        : null}
      <label class="quick-body">
        <span>{t("activities.body")}</span>
        <textarea name="body" id="quick-body" maxlength={20_000} rows={2} placeholder=" " />
      </label>
      <Button view={view} label={t("common.create")} icon="plus" />
      <DayChoices view={view} fills="quick-day" />
    </form>
  );
};
