/** The form of an activity: what it may hold, what it becomes, and how a stored one fills it. */
import { z } from "zod";
import {
  type Activity,
  type ActivityInput,
  kinds,
  mostRecords,
  priorities,
} from "../db/activities.ts";
import type { About, ChosenRecords } from "../db/activity_links.ts";
import { mostUsers } from "../db/activity_participants.ts";
import { longestDays } from "../db/calendars.ts";
import { isId } from "../db/ids.ts";
import { addDays, dayOf, daysBetween, timeOf } from "../db/local_times.ts";
import {
  compose,
  type Cycle,
  cycles,
  longestInterval,
  mostTimes,
  nth,
  parse,
  type Repeat,
  weekdays,
} from "../db/recurrences.ts";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { day, lines, maybe } from "./records.ts";

/** A day that calendars of today reach. */
const calendarDay = day.refine(
  (value) => value === null || value >= "1970-01-01",
  "date",
);

/** Judged by what it is, however long: a fault of its length alone would let the form be compared by it. */
const typed = maybe(100_000);

/** `9:30`, `09.30` and `0930` as `09:30`, or null. */
const clockTime = typed.transform((value, context) => {
  if (value === "") return null;
  const found = /^([01]?\d|2[0-3])[:.]?([0-5]\d)(?::\d\d)?$/.exec(value);
  if (found) return `${found[1]!.padStart(2, "0")}:${found[2]}`;
  context.addIssue({ code: "custom", message: "activities.time_invalid" });
  return z.NEVER;
});

/** A whole number up to a bound, or null. */
const number = (most: number) =>
  typed.transform((value, context) => {
    if (value === "") return null;
    if (/^\d+$/.test(value) && Number(value) <= most) return Number(value);
    context.addIssue({ code: "custom", message: "option" });
    return z.NEVER;
  });

/** A number from 1 to a bound, or null. */
const counted = (most: number) =>
  typed.transform((value, context) => {
    if (value === "") return null;
    if (/^[1-9]\d*$/.test(value) && Number(value) <= most) return Number(value);
    context.addIssue({ code: "custom", message: `activities.repeat_interval_invalid?max=${most}` });
    return z.NEVER;
  });

const several = (most: number) =>
  z.union([z.string(), z.array(z.string())]).optional()
    .transform((value) => [value ?? []].flat().slice(0, most));

/** An activity, new or old, before its fields are seen together. */
const Fields = z.object({
  id: z.string().optional(),
  version: z.coerce.number().int().min(1).max(2_000_000_000).catch(1),
  back: z.string().optional(),
  kind: z.enum(kinds),
  subject: fields.name(200),
  body: lines(20_000),
  dueDay: calendarDay,
  dueTime: clockTime,
  minutes: number(24 * 60),
  lastDay: calendarDay,
  priority: z.enum(priorities).optional().default("normal"),
  ownerId: z.string().optional().default("").transform((value) => value || null)
    .refine((value) => value === null || isId(value), "option"),
  remindBefore: number(40_320),
  repeatCycle: z.enum(["", ...cycles]).optional().default(""),
  repeatInterval: counted(longestInterval).transform((value) => value ?? 1),
  repeatDays: several(7).transform((days) => weekdays.filter((day) => days.includes(day))),
  repeatUntil: calendarDay,
  /** The same end as a number of times; what is stored is the day of the last. */
  repeatTimes: counted(mostTimes),
  /** What is searched for among the records; a form may be sent before a hit is ticked. */
  find: maybe(100),
  about: several(mostRecords),
  users: several(mostUsers).transform((ids) => ids.filter(isId)),
  done: fields.tick,
});

type Value = z.output<typeof Fields>;

/** Contradictions between fields, by field. */
function* faults(value: Value): Generator<[field: keyof Value, code: string]> {
  const { dueDay, dueTime, minutes, lastDay, repeatCycle, repeatUntil } = value;
  if (dueDay === null) {
    if (dueTime !== null || lastDay !== null) yield ["dueDay", "required"];
    else if (repeatCycle !== "") yield ["dueDay", "activities.repeat_without_day"];
    return;
  }
  if (minutes && dueTime === null) yield ["minutes", "activities.minutes_without_time"];
  if (lastDay !== null && dueTime !== null) yield ["lastDay", "activities.last_day_with_time"];
  else if (lastDay !== null && lastDay < dueDay) yield ["lastDay", "activities.last_day_before"];
  else if (lastDay !== null && daysBetween(dueDay, lastDay) >= longestDays) {
    yield ["lastDay", `activities.too_long?max=${longestDays}`];
  }
  if (repeatCycle !== "" && repeatUntil !== null && repeatUntil < dueDay) {
    yield ["repeatUntil", "activities.repeat_until_before"];
  }
  if (repeatCycle !== "" && repeatUntil !== null && value.repeatTimes) {
    yield ["repeatTimes", "activities.repeat_two_ends"];
  } else if (repeatCycle !== "" && value.repeatTimes && lastOf(value, repeatCycle) === null) {
    yield ["repeatTimes", "activities.repeat_times_far"];
  }
}

/** The form, checked as a whole. A note has no time: what was chosen before is passed over. */
export const ActivityFields = Fields.superRefine((value, context) => {
  if (value.find !== "" && value.about.length === 0) {
    context.addIssue({ code: "custom", message: "activities.about_unticked", path: ["find"] });
  }
  if (value.kind === "note") return;
  for (const [field, message] of faults(value)) {
    context.addIssue({ code: "custom", message, path: [field] });
  }
});

/** What the fields come to. */
export function inputOf(value: Value): ActivityInput {
  const { repeatCycle, dueDay } = value;
  return {
    ...value,
    ...chosenIn(value.about),
    minutes: value.minutes || null,
    lastDay: value.lastDay === dueDay ? null : value.lastDay,
    userIds: value.users,
    repeat: repeatCycle === "" ? null : repeatIn(value, repeatCycle),
  };
}

const ruleIn = (value: Value, cycle: Cycle): Repeat => ({
  cycle,
  interval: value.repeatInterval,
  days: cycle === "week" ? value.repeatDays : [],
  until: value.repeatUntil,
});

function repeatIn(value: Value, cycle: Cycle): Repeat {
  const repeat = ruleIn(value, cycle);
  return { ...repeat, until: repeat.until ?? lastOf(value, cycle) };
}

/** The day of the last of so many times; null where no number is given, or that day is too far away. */
function lastOf(value: Value, cycle: Cycle): string | null {
  const { repeatTimes, dueDay } = value;
  if (!repeatTimes || dueDay === null) return null;
  return nth(compose({ ...ruleIn(value, cycle), until: null }, dueDay), dueDay, repeatTimes);
}

/** The records among `contact:…`, `company:…`, `deal:…`, each once. */
export function chosenIn(values: readonly string[]): ChosenRecords {
  const of = (kind: About["kind"]) => [
    ...new Set(
      values.filter((value) => value.startsWith(`${kind}:`))
        .map((value) => value.slice(kind.length + 1).toLowerCase()).filter(isId),
    ),
  ];
  return { contactIds: of("contact"), companyIds: of("company"), dealIds: of("deal") };
}

/** How a stored activity stands in the form. */
export function valuesOf(activity: Activity): FormState["values"] {
  const { dueAt, endsAt, allDay, rrule, remindBefore } = activity;
  const repeat = rrule === null ? null : parse(rrule);
  const length = dueAt && endsAt && !allDay ? (endsAt.getTime() - dueAt.getTime()) / 60_000 : null;
  const last = endsAt && allDay ? addDays(dayOf(endsAt), -1) : "";
  return {
    version: String(activity.version),
    kind: activity.kind,
    subject: activity.subject,
    body: activity.body,
    dueDay: dueAt ? dayOf(dueAt) : "",
    dueTime: dueAt && !allDay ? timeOf(dueAt) : "",
    minutes: length === null ? "" : String(length),
    lastDay: last,
    priority: activity.priority,
    ownerId: activity.ownerId ?? "",
    remindBefore: remindBefore === null ? "" : String(remindBefore),
    repeatCycle: repeat?.cycle ?? "",
    repeatInterval: repeat ? String(repeat.interval) : "",
    repeatDays: repeat ? [...repeat.days] : [],
    repeatUntil: repeat?.until ?? "",
    about: activity.about.map(({ kind, id }) => `${kind}:${id}`),
    users: activity.participants.flatMap(({ userId }) => userId ?? []),
  };
}
