/** Sample activities: past and planned conversations with the invented customers. */
import { newId } from "../ids.ts";
import { addDays, dayOf, instantOf } from "../local_times.ts";
import type { Buyer } from "./deals.ts";
import { iso } from "./days.ts";
import { Dice, type Weighted } from "./dice.ts";
import type { Row } from "./rows.ts";

export interface ActivityPlan {
  tenantId: string;
  importId: string;
  seed: number;
  activities: number;
  now: Date;
  owners: readonly string[];
  buyers: readonly Buyer[];
  /** Open deals, each with its company. */
  deals: readonly { id: string; companyId: string }[];
}

/** The tables that are filled, each after those it refers to. */
export const activityTables = ["activities", "activity_links", "activity_participants"] as const;

export type ActivityRows = Record<typeof activityTables[number], Row[]>;

type Kind = "call" | "meeting" | "task" | "note";

const subjects: Record<Kind, readonly string[]> = {
  call: [
    "Angebot nachfassen",
    "Rückruf wegen Lieferzeit",
    "Preise für Nachbestellung",
    "Reklamation besprechen",
    "Erstgespräch nach Messe",
    "Zahlungsziel klären",
  ],
  meeting: [
    "Vorführung Regalsystem",
    "Jahresgespräch",
    "Besuch im Lager",
    "Vertragsverhandlung",
    "Einweisung Scanner",
    "Vorstellung neuer Ansprechpartner",
  ],
  task: [
    "Angebot schreiben",
    "Muster schicken",
    "Katalog und Preisliste senden",
    "Konditionen mit Einkauf abstimmen",
    "Rechnungsadresse prüfen",
    "Liefertermin bestätigen",
  ],
  note: [
    "Bevorzugt Lieferung dienstags",
    "Entscheidet gemeinsam mit der Technik",
    "Wartet auf Freigabe des Budgets",
    "Nutzt bisher Ware vom Wettbewerb",
    "Möchte künftig elektronische Rechnungen",
  ],
};

const kinds: Weighted<Kind> = [["call", 38], ["task", 30], ["note", 18], ["meeting", 14]];

/** Generates the activities; the same seed gives the same ones. */
export function activityRows(plan: ActivityPlan): ActivityRows {
  const rows: ActivityRows = { activities: [], activity_links: [], activity_participants: [] };
  const dice = new Dice(plan.seed + 4);
  for (const owner of plan.owners) weekly(plan, owner, rows);
  if (plan.buyers.length === 0) return rows;
  for (let n = 0; n < plan.activities; n++) draw(plan, dice, rows);
  return rows;
}

/** Two thirds are in the past, the rest in the future, and a few are overdue. */
function draw(plan: ActivityPlan, dice: Dice, rows: ActivityRows): void {
  const kind = dice.weighted(kinds);
  const past = kind === "note" || dice.percent(66);
  const today = dayOf(plan.now);
  const back = Math.ceil((dice.int(1, 1_000) / 1_000) ** 1.3 * 300);
  const day = workday(addDays(today, past ? -back : dice.int(-3, 24)));
  const timed = kind === "meeting" || kind === "call" ? dice.percent(85) : dice.percent(20);
  const clock = `${String(dice.int(8, 16)).padStart(2, "0")}:${
    dice.pick(["00", "15", "30", "45"])
  }`;
  const due = instantOf(day, timed ? clock : undefined);
  const length = kind === "meeting" ? dice.pick([30, 60, 90, 120]) : kind === "call" ? 15 : 0;
  const ends = timed && length > 0 ? new Date(due.getTime() + length * 60_000) : null;
  const dated = kind !== "note" && (kind !== "task" || dice.percent(85));
  add(plan, rows, {
    kind,
    subject: dice.pick(subjects[kind]),
    due: dated ? due : null,
    ends: dated ? ends : null,
    allDay: dated && !timed,
    done: past ? new Date(Math.min(due.getTime() + 9 * 3_600_000, plan.now.getTime())) : null,
    priority: dice.weighted([["normal", 82], ["high", 12], ["low", 6]]),
    owner: plan.owners.length > 0 ? dice.pick(plan.owners) : null,
    rrule: null,
  }, dice);
}

/** Everyone's weekly hour with the team, on the next Monday. */
function weekly(plan: ActivityPlan, owner: string, rows: ActivityRows): void {
  let day = addDays(dayOf(plan.now), 1);
  while (Temporal.PlainDate.from(day).dayOfWeek !== 1) day = addDays(day, 1);
  const due = instantOf(day, "08:30");
  add(plan, rows, {
    kind: "meeting",
    subject: "Vertriebsrunde",
    due,
    ends: new Date(due.getTime() + 30 * 60_000),
    allDay: false,
    done: null,
    priority: "normal",
    owner,
    rrule: "FREQ=WEEKLY;BYDAY=MO;WKST=MO",
  });
}

interface Drawn {
  kind: Kind;
  subject: string;
  due: Date | null;
  ends: Date | null;
  allDay: boolean;
  done: Date | null;
  priority: string;
  owner: string | null;
  rrule: string | null;
}

/** Adds the row; with dice it concerns a customer: a person there, or a deal with them. */
function add(plan: ActivityPlan, rows: ActivityRows, drawn: Drawn, dice?: Dice): void {
  const { tenantId, now } = plan;
  const id = newId();
  const { due, done, kind } = drawn;
  const created = new Date(Math.min((done ?? due ?? now).getTime() - 86_400_000, now.getTime()));
  const at = (kind === "task" ? done ?? due : due ?? done) ?? created;
  rows.activities.push({
    tenant_id: tenantId,
    id,
    kind,
    subject: drawn.subject,
    due_at: due && iso(due.getTime()),
    ends_at: drawn.ends && iso(drawn.ends.getTime()),
    all_day: drawn.allDay,
    done_at: done && iso(done.getTime()),
    done_by: done && drawn.owner,
    priority: drawn.priority,
    owner_id: drawn.owner,
    rrule: drawn.rrule,
    at: iso(at.getTime()),
    import_id: plan.importId,
    version: 1,
    created_at: iso(created.getTime()),
    created_by: drawn.owner,
    updated_at: iso(created.getTime()),
  });
  if (!dice) return;
  const buyer = dice.pick(plan.buyers);
  const deal = plan.deals.find(({ companyId }) => companyId === buyer.id && dice.percent(40));
  const contact = buyer.contacts.length > 0 ? dice.pick(buyer.contacts) : null;
  const link = (record: Partial<Record<"contact_id" | "company_id" | "deal_id", string>>) =>
    rows.activity_links.push({
      tenant_id: tenantId,
      activity_id: id,
      record_id: Object.values(record)[0]!,
      contact_id: null,
      company_id: null,
      deal_id: null,
      ...record,
      direct: record.company_id === undefined || contact === null,
      at: iso(at.getTime()),
      open_due: done ? null : due ? iso(due.getTime()) : "infinity",
    });
  if (contact) link({ contact_id: contact });
  link({ company_id: buyer.id });
  if (deal) link({ deal_id: deal.id });
  if (contact && kind !== "task") {
    rows.activity_participants.push({
      tenant_id: tenantId,
      activity_id: id,
      person_id: contact,
      user_id: null,
      contact_id: contact,
    });
  }
}

/** Nobody calls customers on a Sunday. */
function workday(day: string): string {
  const { dayOfWeek } = Temporal.PlainDate.from(day);
  return dayOfWeek > 5 ? addDays(day, dayOfWeek === 6 ? -1 : 1) : day;
}
