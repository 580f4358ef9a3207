/** Days that people often postpone to, as buttons beside a date and as a menu. */
import { path } from "../path.ts";
import { withinList } from "../records/neighbours.tsx";
import { Menu, MenuPost } from "../ui/menu.tsx";
import type { View } from "../view.ts";
import { dayWords, weekdayName, weekdays } from "./marks.tsx";

/** Today, tomorrow, the next Monday, in a week; each once and in words. */
function nextDays(view: View): readonly NextDay[] {
  const name = view.format.day(view.now);
  const known = last[view.locale];
  if (known?.today === name) return known.days;
  const days = daysAfter(view, name);
  last[view.locale] = { today: name, days };
  return days;
}

interface NextDay {
  day: string;
  words: string;
}

/** The last ones in each language: a page says them for each of its rows. */
const last: Partial<Record<View["locale"], { today: string; days: readonly NextDay[] }>> = {};

function daysAfter(view: View, name: string): NextDay[] {
  const today = Temporal.PlainDate.from(name);
  const ahead = [0, 1, 8 - today.dayOfWeek, 7].sort((a, b) => a - b);
  return [...new Set(ahead)].map((days) => {
    const day = today.add({ days }).toString();
    return { day, words: dayWords(view, day) };
  });
}

/** Presses that fill the date with this id; without script there is nothing to press. */
export const DayChoices = ({ view, fills }: { view: View; fills: string }) => (
  <div
    class="day-choices"
    role="group"
    aria-label={view.t("activities.day_choices")}
    data-needs-script
    hidden
  >
    {nextDays(view).map(({ day, words }) => (
      <button type="button" data-day={day} data-fills={fills}>{words}</button>
    ))}
  </div>
);

/** Puts an open activity off, to a day at a press. */
export const PostponeMenu = (
  { view, id, dueOn }: { view: View; id: string; dueOn: string | null },
) => (
  <Menu view={view} label={view.t("activities.postpone")} icon="calendar">
    {nextDays(view).filter(({ day }) => day !== dueOn).map(({ day, words }) => (
      <MenuPost
        action={withinList(view, path`/activities/${id}/postponement`)}
        fields={{ day }}
        label={words}
      />
    ))}
  </Menu>
);

/** The short names of a week, Monday first. */
export const weekdayNames = (locale: View["locale"]): string[] =>
  weekdays.map((day) => weekdayName(locale, day));
