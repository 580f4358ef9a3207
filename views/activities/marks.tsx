/** Activities in brief: their kind, when they are due, and the button that completes them. */
import type { Child } from "hono/jsx";
import type { Kind, Priority } from "../../db/activities.ts";
import type { ActivityRow } from "../../db/activity_lists.ts";
import type { Repeat, Weekday } from "../../db/recurrences.ts";
import { keptMarkup } from "../kept_markup.ts";
import { path } from "../path.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { breakable } from "../ui/table.tsx";
import { Call } from "../ui/values.tsx";
import type { View } from "../view.ts";

export const kindIcons: Record<Kind, IconName> = {
  call: "phone",
  meeting: "users",
  task: "square-check",
  note: "file-text",
};

export const kinds: readonly Kind[] = ["task", "call", "meeting", "note"];
export const priorities: readonly Priority[] = ["low", "normal", "high"];

/** The sign of a kind with its name for those who do not see it. */
export const KindMark = ({ view, kind }: { view: View; kind: Kind }) =>
  keptMark(
    `${view.locale} ${kind} ${view.asset("vendor/icons.svg")}`,
    () => (
      <span class="kind-mark" title={view.t(`activities.kind_${kind}`)}>
        <Icon view={view} name={kindIcons[kind]} />
        <span class="visually-hidden">{view.t(`activities.kind_${kind}`)}:</span>
      </span>
    ),
  );

const keptMark = keptMarkup<Child>();

type Due = Pick<ActivityRow, "dueAt" | "endsAt" | "allDay" | "doneAt">;

/** Whether something open should have been done by now. */
export function isOverdue({ format, now }: View, { dueAt, allDay, doneAt }: Due): boolean {
  if (dueAt === null || doneAt !== null) return false;
  return allDay ? format.day(dueAt) < format.day(now) : dueAt < now;
}

/** Days in words, by language, today and the day itself: a page says the same few in every row. */
const saidDays = new Map<string, string>();
const mostDays = 2_000;

/** A day as people speak of it: today, tomorrow, yesterday, else weekday and date. */
export function dayWords({ t, locale, format, now }: View, moment: Date | string): string {
  const [day, today] = [format.day(moment), format.day(now)];
  const key = `${locale} ${today} ${day}`;
  const known = saidDays.get(key);
  if (known !== undefined) return known;
  const near = nearDays.get((Date.parse(day) - Date.parse(today)) / 86_400_000);
  const words = near ? t(`activities.${near}`) : format.weekday(day);
  if (saidDays.size >= mostDays) saidDays.clear();
  saidDays.set(key, words);
  return words;
}

/** Days that have a name of their own, by their distance from today. */
const nearDays: ReadonlyMap<number, "yesterday" | "today" | "tomorrow"> = new Map([
  [-1, "yesterday"],
  [0, "today"],
  [1, "tomorrow"],
]);

/** The last whole day before an instant. */
const dayBefore = (instant: Date) => new Date(instant.getTime() - 1);

/** `heute 14:30–15:00`, `Mi., 06.05.`, `Mi., 06.05.–Fr., 08.05.` */
function dueWords(view: View, { dueAt, endsAt, allDay }: Omit<Due, "doneAt">): string {
  const { format, t } = view;
  if (dueAt === null) return t("activities.undated");
  const day = dayWords(view, dueAt);
  if (allDay) {
    const last = endsAt && dayBefore(endsAt);
    return last && format.day(last) !== format.day(dueAt)
      ? `${day} – ${dayWords(view, last)}`
      : day;
  }
  return `${day} ${timeWords(view, { dueAt, endsAt })}`;
}

/** `14:30`, `14:30–15:00` */
export function timeWords(
  { format }: View,
  { dueAt, endsAt }: { dueAt: Date; endsAt: Date | null },
): string {
  return endsAt ? `${format.time(dueAt)}–${format.time(endsAt)}` : format.time(dueAt);
}

/** When it is due, marked where that is over. */
export const DueTime = ({ view, activity }: { view: View; activity: Due }) => {
  if (activity.dueAt === null) return <span class="nothing">{dueWords(view, activity)}</span>;
  return (
    <time
      datetime={activity.allDay ? view.format.day(activity.dueAt) : activity.dueAt.toISOString()}
      class={isOverdue(view, activity) ? "overdue" : undefined}
    >
      {dueWords(view, activity)}
    </time>
  );
};

/** Says of what is done or late that it is: neither colour nor a line through it is read aloud. */
export const StateMark = ({ view, activity }: { view: View; activity: Due }) => {
  const state = activity.doneAt ? "done" : isOverdue(view, activity) ? "overdue" : null;
  if (state === null) return null;
  return (
    <span class="entry-state" title={view.t(`activities.share_${state}`)}>
      <Icon view={view} name={state === "done" ? "check" : "clock"} />
      <span class="visually-hidden">{view.t(`activities.share_${state}`)}:</span>
    </span>
  );
};

/** What a rule says, in words. */
export function repeatWords({ t, format, locale }: View, repeat: Repeat): string {
  const rule = t(`activities.repeat_${repeat.cycle}`, { count: repeat.interval });
  const days = repeat.days.length > 0
    ? t("activities.repeat_on", {
      rule,
      days: repeat.days.map((day) => weekdayName(locale, day)).join(", "),
    })
    : rule;
  return repeat.until
    ? t("activities.repeat_until_text", { rule: days, day: format.date(repeat.until) })
    : days;
}

/** A week as it runs. */
export const weekdays: readonly Weekday[] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** The short name of a weekday, `Mo` or `Mon`. 5 January 2026 was a Monday. */
export function weekdayName(locale: View["locale"], day: Weekday): string {
  const date = new Date(Date.UTC(2026, 0, 5 + weekdays.indexOf(day)));
  return new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" }).format(date);
}

type Doable = Pick<ActivityRow, "id" | "subject" | "doneAt" | "kind">;

/** The button that does an activity, or opens it again, in a form of its own. */
export const DoneButton = ({ view, activity }: { view: View; activity: Doable }) => {
  const action = completionHref(view, activity);
  if (action === null) return null;
  return (
    <form
      method="post"
      action={action}
      class="post-button done-button"
      data-hx-post={action}
      data-hx-target="#main"
      data-hx-select="#main"
      data-hx-swap="outerMorph"
    >
      <input type="hidden" name="back" value={view.path} />
      <DonePress view={view} activity={activity} />
    </form>
  );
};

/** Where doing it, or opening it again, is posted to; null where it may not be. */
function completionHref(view: View, { id, kind, doneAt }: Doable): string | null {
  if (kind === "note" || !view.can("activities.write")) return null;
  return doneAt !== null
    ? path`/activities/${id}/completion/withdrawal`
    : path`/activities/${id}/completion`;
}

/**
 * The same as a button alone; the key `d` presses it. `own` sends the form around it, which may be
 * that of many, to the activity's own address.
 */
export const DonePress = (
  { view, activity, own }: { view: View; activity: Doable; own?: boolean },
) => {
  const action = completionHref(view, activity);
  if (action === null) return null;
  const done = activity.doneAt !== null;
  const label = done
    ? view.t("activities.reopen")
    : view.t("activities.complete_named", { subject: activity.subject });
  return (
    <button
      type="submit"
      class="button button-quiet button-icon"
      formaction={own ? action : undefined}
      title={view.t(done ? "activities.reopen" : "activities.complete")}
      data-key="d"
    >
      {Icon({ view, name: done ? "undo-2" : "circle" })}
      <span class="visually-hidden">{label}</span>
    </button>
  );
};

/** The first few records it is about, as links. */
export const AboutLinks = ({ about }: { about: ActivityRow["about"] }) => (
  <span class="about">
    {about.map(({ kind, id, name }) => <a href={recordPath(kind, id)}>{breakable(name)}</a>)}
  </span>
);

/** The first number of whom an activity is about; nothing where it is no call or there is none. */
export const NumberToCall = (
  { view, activity: { kind, about } }: {
    view: View;
    activity: Pick<ActivityRow, "kind" | "about">;
  },
) => {
  const phone = kind === "call" ? about.find((each) => each.phone)?.phone : null;
  return phone ? Call({ view, phone }) : null;
};

/** The address of a record's page. */
export const recordPath = (kind: ActivityRow["about"][number]["kind"], id: string): string =>
  ({
    contact: path`/contacts/${id}`,
    company: path`/companies/${id}`,
    deal: path`/deals/${id}`,
  })[kind];
