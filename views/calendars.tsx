/** The calendar: a month, a week or what comes next, as a table and lists that phones can read. */
import type { Day, Week } from "../db/calendars.ts";
import type { Owner } from "../db/choices.ts";
import { weekdayNames } from "./activities/days.tsx";
import { AboutLinks, DoneButton, KindMark, StateMark } from "./activities/marks.tsx";
import { entryHref, EntryLink, hoursOn, stateOf } from "./activities/entries.tsx";
import { query } from "./path.ts";
import { ownerOptions } from "./records/choices.ts";
import { LinkButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { Filters } from "./ui/filters.tsx";
import { Notice } from "./ui/flash.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Tabs } from "./ui/tabs.tsx";
import type { View } from "./view.ts";

export const modes = ["month", "week", "agenda"] as const;
export type Mode = typeof modes[number];

/** What the calendar's address asks for. */
export interface Asked {
  mode: Mode;
  day: string;
  /** `""` for the reader's own, `all`, or a user. */
  owner: string;
}

interface Props {
  view: View;
  asked: Asked;
  today: string;
  /** Whole weeks of a month or one week; empty for the agenda. */
  weeks: readonly Week[];
  /** The days of the agenda that hold something. */
  days: readonly Day[];
  /** The days on which the steps back and forward lead to. */
  previous: string;
  next: string;
  /** What is shown, in words. */
  period: string;
  /** Whether there is more than is shown. */
  cut: boolean;
  owners: readonly Owner[];
}

const base = "/activities/calendar";

/** The address of a calendar. */
const hrefOf = ({ mode, day, owner }: Asked) =>
  query(base, { view: mode === "month" ? null : mode, day, owner });

/** The page. */
export const CalendarPage = (props: Props) => {
  const { view, asked, cut, days } = props;
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("calendars.title")}
        crumbs={[{ href: "/activities", label: t("activities.title") }]}
      >
        {view.can("activities.write")
          ? (
            <LinkButton
              view={view}
              href={query("/activities/new", { kind: "meeting", back: view.path })}
              label={t("activities.new")}
              icon="plus"
              shortcut="n"
              variant="primary"
            />
          )
          : null}
      </PageHeader>
      <Tabs
        label={t("calendars.views")}
        links={modes.map((mode) => ({
          href: hrefOf({ ...asked, mode }),
          label: t(`calendars.${mode}`),
          current: mode === asked.mode,
        }))}
      />
      <Steps {...props} />
      {cut ? <Notice view={view} kind="warn" text={t("calendars.cut")} /> : null}
      {asked.mode === "agenda"
        ? <Agenda view={view} days={days} />
        : <Grid {...props} most={asked.mode === "month" ? 4 : Infinity} />}
    </>
  );
};

const Steps = ({ view, asked, today, previous, next, period, owners }: Props) => {
  const { t } = view;
  return (
    <div class="calendar-steps">
      <div class="calendar-period">
        <LinkButton
          view={view}
          href={hrefOf({ ...asked, day: previous })}
          label={t("calendars.previous")}
          icon="chevron-left"
          iconOnly
        />
        <LinkButton
          view={view}
          href={`${hrefOf({ ...asked, day: today })}#today`}
          label={t("calendars.today")}
        />
        <LinkButton
          view={view}
          href={hrefOf({ ...asked, day: next })}
          label={t("calendars.next")}
          icon="chevron-right"
          iconOnly
        />
        <h2>{period}</h2>
      </div>
      {owners.length > 1
        ? (
          <Filters
            view={view}
            action={base}
            reset={hrefOf({ ...asked, owner: "" })}
            active={asked.owner === "" ? 0 : 1}
            keep={{ view: asked.mode, day: asked.day }}
          >
            <select name="owner" id="filter-owner" aria-label={t("calendars.who")}>
              {[
                { value: "", label: t("activities.mine") },
                { value: "all", label: t("activities.everybody") },
                ...ownerOptions(owners),
              ].map(({ value, label }) => (
                <option value={value} selected={value === asked.owner}>{label}</option>
              ))}
            </select>
          </Filters>
        )
        : null}
    </div>
  );
};

const Grid = ({ view, asked, today, weeks, most }: Props & { most: number }) => {
  const { t } = view;
  const days = weeks.flatMap((week) => week.days);
  // On a phone a month begins with today; what was before is a press away.
  const folds = asked.mode === "month" && days.some(({ day }) => day === today);
  const isPast = ({ day }: Day) => folds && day < today;
  return (
    <>
      {days.some((day) => isPast(day) && day.entries.length > 0)
        ? <a class="calendar-earlier" href="#calendar">{t("calendars.earlier")}</a>
        : null}
      <table class={`calendar calendar-${asked.mode}`} id="calendar">
        <caption class="visually-hidden">{t("calendars.caption")}</caption>
        <thead>
          <tr>
            <th scope="col" class="calendar-no">{t("calendars.week_number_head")}</th>
            {weekdayNames(view.locale).map((name) => <th scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr>
              <th scope="row" class="calendar-no">
                <a href={hrefOf({ ...asked, mode: "week", day: week.days[0]!.day })}>
                  <span class="visually-hidden">
                    {t("calendars.week_number", { number: String(week.number) })}
                  </span>
                  <span aria-hidden="true">{week.number}</span>
                </a>
              </th>
              {week.days.map((day) => Cell({ view, asked, today, day, most, past: isPast(day) }))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};

const Cell = (
  { view, asked, today, day: { day, entries }, most, past }:
    & Pick<Props, "view" | "asked" | "today">
    & { day: Day; most: number; past: boolean },
) => {
  const { t, format } = view;
  const rest = entries.length - most;
  const away = asked.mode === "month" && day.slice(0, 7) !== asked.day.slice(0, 7);
  const state = [
    day === today && "is-today",
    away && "is-away",
    past && "is-past",
    entries.length === 0 && "is-empty",
  ].filter(Boolean).join(" ");
  const number = (
    <>
      <span class="calendar-date" aria-hidden="true">{Number(day.slice(8))}</span>
      <span class="calendar-long">{format.weekday(day)}</span>
    </>
  );
  return (
    <td
      id={day === today ? "today" : undefined}
      class={state || undefined}
      aria-current={day === today ? "date" : undefined}
    >
      <div class="calendar-day">
        {view.can("activities.write")
          ? (
            <a
              href={query("/activities/new", { kind: "meeting", day, back: view.path })}
              title={t("calendars.day_new", { day: format.weekday(day) })}
            >
              {number}
            </a>
          )
          : number}
      </div>
      {entries.length > 0
        ? (
          <ul>
            {entries.slice(0, most).map((entry) => (
              <li>
                <EntryLink view={view} entry={entry} day={day} mode={asked.mode} />
              </li>
            ))}
          </ul>
        )
        : null}
      {rest > 0
        ? (
          <a class="calendar-rest" href={hrefOf({ ...asked, mode: "agenda", day })}>
            {t("calendars.more", { count: rest })}
          </a>
        )
        : null}
    </td>
  );
};

const Agenda = ({ view, days }: Pick<Props, "view" | "days">) => {
  const { t, format } = view;
  if (days.length === 0) return <EmptyState title={t("calendars.empty")} />;
  return (
    <div class="agenda">
      {days.map(({ day, entries }) => (
        <section>
          <h3>{format.weekday(day)}</h3>
          <ul>
            {entries.map((entry) => (
              <li class={stateOf(view, entry).trim() || undefined}>
                <span class="agenda-time">
                  {hoursOn(view, entry, day) ?? t("activities.all_day")}
                </span>
                <span>
                  <KindMark view={view} kind={entry.kind} />{" "}
                  <StateMark view={view} activity={entry} />{" "}
                  <a href={entryHref(entry)}>{entry.subject}</a>
                  {entry.announced
                    ? (
                      <>
                        {" "}
                        <span class="agenda-series">{t("calendars.announced")}</span>
                      </>
                    )
                    : null}
                </span>
                <AboutLinks about={entry.about} />
                {entry.announced ? null : <DoneButton view={view} activity={entry} />}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
};
