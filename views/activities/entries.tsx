/** An entry of the calendar: its hours on a day, and what has become of it. */
import type { Entry } from "../../db/calendars.ts";
import { query } from "../path.ts";
import type { View } from "../view.ts";
import { isOverdue, StateMark, timeWords } from "./marks.tsx";
import { activityHref } from "./rows.tsx";

/** Where an entry leads: one that is announced to its day in the series. */
export const entryHref = (entry: Entry): string =>
  entry.announced
    ? `${query(activityHref(entry), { day: entry.from })}#series`
    : activityHref(entry);

/** One entry in a cell: its time on that day, in the narrow cells of a month its beginning. */
export const EntryLink = (
  { view, entry, day, mode }: { view: View; entry: Entry; day: string; mode: string },
) => {
  const words = mode === "month" && entry.from === day && !entry.allDay
    ? view.format.time(entry.dueAt!)
    : hoursOn(view, entry, day);
  return (
    <a class={`entry entry-${entry.kind}${stateOf(view, entry)}`} href={entryHref(entry)}>
      {words === null ? null : <time datetime={entry.dueAt!.toISOString()}>{words}</time>}
      <StateMark view={view} activity={entry} />
      <span>{entry.subject}</span>
    </a>
  );
};

/** `22:00–02:00` on its first day, `bis 02:00` on its last; null where it fills the day. */
export function hoursOn(view: View, { allDay, from, to, dueAt, endsAt }: Entry, day: string) {
  if (allDay) return null;
  if (from === day) return timeWords(view, { dueAt: dueAt!, endsAt });
  return to === day && endsAt
    ? view.t("calendars.until", { time: view.format.time(endsAt) })
    : null;
}

/** Classes for what is done, late, or only announced by a rule. */
export const stateOf = (view: View, entry: Entry) =>
  [
    entry.allDay ? " entry-all-day" : "",
    entry.doneAt ? " entry-done" : isOverdue(view, entry) ? " entry-overdue" : "",
    entry.announced ? " entry-announced" : "",
  ].join("");
