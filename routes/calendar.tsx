/** The calendar page: a month, a week or an agenda, all of it in its address. */
import * as calendars from "../db/calendars.ts";
import * as choices from "../db/choices.ts";
import { isId } from "../db/ids.ts";
import { addDays, dayOf, mondayOf } from "../db/local_times.ts";
import { type Asked, CalendarPage, modes } from "../views/calendars.tsx";
import type { View } from "../views/view.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { type Ctx, page, web } from "./web.tsx";

/** Days that an agenda looks ahead. */
const agendaDays = 30;

export default web.createApp()
  .use(signedIn, scoped, may("activities.read"))
  .get("/", async (c) => {
    const { scope, view } = c.var;
    const today = dayOf(scope.now);
    const asked = askedFor(c, today);
    const span = spanOf(asked);
    const userId = asked.owner === "all" ? null : asked.owner || c.var.session!.userId;
    const [{ entries, cut }, { owners }] = await Promise.all([
      calendars.list(scope, { ...span, userId }),
      choices.list(scope),
    ]);
    const days = calendars.daysOf(span, entries);
    const agenda = asked.mode === "agenda";
    return await page(
      c,
      <CalendarPage
        view={view}
        asked={asked}
        today={today}
        weeks={agenda ? [] : calendars.weeksOf(days)}
        days={agenda ? days.filter((day) => day.entries.length > 0) : []}
        previous={step(asked, -1)}
        next={step(asked, 1)}
        period={periodOf(view, asked, span)}
        cut={cut}
        owners={owners}
      />,
      { title: "calendars.title" },
    );
  });

/** What the address asks for; whatever makes no sense is passed over. */
function askedFor(c: Ctx, today: string): Asked {
  const owner = c.req.query("owner") ?? "";
  const mode = modes.find((each) => each === c.req.query("view")) ?? "month";
  const wish = c.req.query("day") ?? "";
  return {
    mode,
    day: isDay(wish) ? wish : today,
    owner: owner === "all" || isId(owner) ? owner : "",
  };
}

/** A day of this age, with room for a step on either side. */
function isDay(text: string): boolean {
  if (!/^(19[7-9]|20\d|21\d)\d-\d\d-\d\d$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString() === text;
  } catch {
    return false;
  }
}

/** The days that are shown: whole weeks, from Monday on. */
function spanOf({ mode, day }: Asked): { from: string; to: string } {
  if (mode === "agenda") return { from: day, to: addDays(day, agendaDays) };
  if (mode === "week") return { from: mondayOf(day), to: addDays(mondayOf(day), 6) };
  const date = Temporal.PlainDate.from(day);
  const last = date.with({ day: date.daysInMonth }).toString();
  return {
    from: mondayOf(date.with({ day: 1 }).toString()),
    to: addDays(mondayOf(last), 6),
  };
}

/** The day to which a step leads. */
function step({ mode, day }: Asked, by: 1 | -1): string {
  if (mode === "week") return addDays(day, 7 * by);
  if (mode === "agenda") return addDays(day, (agendaDays + 1) * by);
  return Temporal.PlainDate.from(day).with({ day: 1 }).add({ months: by }).toString();
}

function periodOf(
  { t, format }: View,
  { mode, day }: Asked,
  { from, to }: { from: string; to: string },
): string {
  if (mode === "month") return format.month(day);
  const days = `${format.date(from)} – ${format.date(to)}`;
  if (mode === "agenda") return days;
  const number = Temporal.PlainDate.from(from).weekOfYear!;
  return `${t("calendars.week_number", { number: String(number) })}, ${days}`;
}
