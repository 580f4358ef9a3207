/** When a record may be erased, and why not before: a pure calculation from what is known of it. */
import { dayOf } from "./local_times.ts";
import {
  type AssignableName,
  endOf,
  type Periods,
  recordClasses,
  type RecordClassName,
  usualPeriods,
} from "./record_classes.ts";
import type { Kind } from "./record_kinds.ts";

export const holdKinds = ["law", "dispute", "assessment", "case"] as const;
export type HoldKind = typeof holdKinds[number];

/** A document or event that keeps a record; one with its own end comes from a decision. */
export interface Duty {
  id: string;
  class: AssignableName | "kept";
  reference: string;
  /** Null while nobody knows when it began. */
  startsOn: string | null;
  endsOn: string | null;
  createdOn: string;
}

/** What suspends an erasure. */
export interface Hold {
  /** Null if it follows from the record's own state. */
  id: string | null;
  kind: HoldKind | "restricted";
  reason: string;
  reviewOn: string | null;
}

/** What the database knows about a record, as `retentions.columns` returns it. */
export interface Facts {
  status: string;
  /** Timestamps, as JSON writes them. */
  touched: string;
  closed: string | null;
  /** When the newest won deal with it was closed. */
  won: string | null;
  retainUntil: string | null;
  retainReason: string | null;
  restricted: boolean;
  /** Whether a person with this address has an open request. */
  inCase: boolean;
  duties: Duty[];
  holds: Hold[];
  /** Null if the tenant has set none. */
  periods: Periods | null;
}

export interface Cause {
  class: RecordClassName | "kept" | "set";
  /** The document, or the reason for a decision. */
  reference: string;
  startsOn: string | null;
  /** The first day on which it no longer keeps the record. */
  endsOn: string;
}

export interface Clock {
  /** Amber: what starts the period is unknown, and the next best day is used instead. */
  state: "running" | "amber" | "due" | "held";
  /** There always is such a day: nothing is kept for ever. */
  erasableOn: string;
  /** When it is erased without confirmation. */
  boundOn: string;
  /** What keeps it longest. */
  cause: Cause;
  duties: Duty[];
  holds: Hold[];
}

/** A record's clock on a given day. */
export function clockOf(kind: Kind, facts: Facts, today: string): Clock {
  const periods = { ...usualPeriods, ...facts.periods };
  const causes = [own(kind, facts, periods), ...others(facts, periods)];
  const cause = causes.reduce((longest, each) => each.endsOn > longest.endsOn ? each : longest);
  const holds = [
    ...facts.holds,
    ...(facts.inCase ? [implied("case")] : []),
    ...(facts.restricted ? [implied("restricted")] : []),
  ];
  const state = holds.length > 0
    ? "held"
    : cause.endsOn <= today
    ? "due"
    : causes.some(({ startsOn }) => startsOn === null)
    ? "amber"
    : "running";
  const boundOn = add(cause.endsOn, periods.confirmDays);
  return { state, erasableOn: cause.endsOn, boundOn, cause, duties: facts.duties, holds };
}

/** How long a decision may keep a record: until the longest lawful period would have ended. */
export function keepableUntil({ cause, erasableOn }: Clock, today: string): string {
  const soonest = add(erasableOn > today ? erasableOn : today, 90);
  const { bounds = null } = cause.class in recordClasses
    ? recordClasses[cause.class as RecordClassName]
    : {};
  if (!bounds || !cause.startsOn) return soonest;
  const name = cause.class as RecordClassName;
  const longest = endOf(name, cause.startsOn, { ...usualPeriods, [name]: bounds.most });
  return longest > soonest ? longest : soonest;
}

/** What the record's own state says, without any document. */
function own(kind: Kind, facts: Facts, periods: Periods): Cause {
  const touchedOn = dayOf(new Date(facts.touched));
  const closedOn = facts.closed && dayOf(new Date(facts.closed));
  const by = (name: RecordClassName, day: string, missing = false): Cause => ({
    class: name,
    reference: "",
    startsOn: missing ? null : day,
    endsOn: endOf(name, day, periods),
  });
  if (kind === "deal") {
    if (facts.status === "won" && closedOn) return by("letter", closedOn);
    const later = closedOn && closedOn > touchedOn ? closedOn : touchedOn;
    if (facts.status === "lost" && closedOn) return by("lost_deal", later);
    return by("claim", touchedOn, true);
  }
  if (facts.status === "lead" || facts.status === "prospect") return by("prospect", touchedOn);
  // Nobody has ended the relationship: the last contact counts as its end.
  return by("claim", touchedOn, facts.status !== "former");
}

function others(facts: Facts, periods: Periods): Cause[] {
  const found: Cause[] = facts.duties.map((duty) => ({
    class: duty.class,
    reference: duty.reference,
    startsOn: duty.startsOn,
    endsOn: duty.class === "kept"
      ? add(duty.endsOn!, 1)
      : endOf(duty.class, duty.startsOn ?? duty.createdOn, periods),
  }));
  if (facts.won) {
    const startsOn = dayOf(new Date(facts.won));
    found.push({ class: "letter", reference: "", startsOn, endsOn: endOf("letter", startsOn) });
  }
  if (facts.retainUntil) {
    const endsOn = add(facts.retainUntil, 1);
    const reference = facts.retainReason ?? "";
    found.push({ class: "set", reference, startsOn: facts.retainUntil, endsOn });
  }
  return found;
}

const implied = (kind: "case" | "restricted"): Hold => ({
  id: null,
  kind,
  reason: "",
  reviewOn: null,
});

const add = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();
