/** Calls, meetings, tasks and notes in the API; completing and reopening them. */
import { z } from "zod";
import * as activities from "../../db/activities.ts";
import * as completions from "../../db/activity_completions.ts";
import { known } from "../../db/activity_links.ts";
import * as lists from "../../db/activity_lists.ts";
import { mostUsers } from "../../db/activity_participants.ts";
import * as choices from "../../db/choices.ts";
import { Invalid } from "../../db/errors.ts";
import { ownerIn } from "../../db/owners.ts";
import { cycles, longestInterval, parse, weekdays } from "../../db/recurrences.ts";
import * as seriesDays from "../../db/series_days.ts";
import * as sights from "../../db/sights.ts";
import { valueOf, valuesOf as several } from "../../views/ui/form.tsx";
import { ActivityFields, inputOf, valuesOf } from "../activity_forms.ts";
import { idPart } from "../fields.ts";
import { text as searched } from "../lists.ts";
import { type Ctx, web } from "../web.tsx";
import { answerRecord, refused, shaped } from "./bodies.ts";
import { may, scoped } from "./callers.ts";
import * as fields from "./fields.ts";
import { cursorOf, owner, paging, parametersOf, written } from "./listing.ts";
import { fault, Problem } from "./problems.ts";
import { resource } from "./resources.ts";

const { text } = fields;
const recordKinds = ["contact", "company", "deal"] as const;

const activity = {
  kind: z.enum(activities.kinds),
  subject: text(200).min(1),
  body: text(20_000),
  dueDay: fields.day.nullable(),
  dueTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/).nullable().meta({
    description: "Berlin time; without it, the whole day",
  }),
  minutes: z.int().min(1).max(24 * 60).nullable(),
  lastDay: fields.day.nullable().meta({ description: "The last of several whole days" }),
  priority: z.enum(activities.priorities),
  ownerId: fields.id.nullable(),
  remindBefore: z.int().min(0).max(40_320).nullable().meta({ description: "Minutes" }),
  repeat: z.strictObject({
    cycle: z.enum(cycles),
    interval: z.int().min(1).max(longestInterval).default(1),
    days: z.array(z.enum(weekdays)).max(7).default([]),
    until: fields.day.nullable().default(null),
  }).nullable(),
  about: z.array(z.strictObject({ kind: z.enum(recordKinds), id: fields.id }))
    .max(activities.mostRecords).meta({ description: "Records it is about" }),
  userIds: z.array(fields.id).max(mostUsers).meta({ description: "Participating users" }),
};

const omittedDays = z.array(fields.day).max(seriesDays.mostSkipped).meta({
  description: "Days skipped in the series; to move one, skip it and add an activity",
});

const Change = fields.partial({ ...activity, omittedDays }).meta({ id: "ActivityChange" });

const Create = fields.partial(activity).extend({
  kind: activity.kind,
  subject: activity.subject,
  done: z.boolean().optional().meta({ description: "It has already been completed" }),
}).meta({ id: "ActivityCreate" });

const About = z.strictObject({ kind: z.enum(recordKinds), id: fields.id, name: z.string() })
  .meta({ id: "About" });

const Item = z.strictObject({
  ...fields.base,
  ...activity,
  about: z.array(About),
  omittedDays,
  seriesDay: fields.day.nullable().meta({
    description: "Its original day in the series it was moved out of",
  }),
  dueAt: fields.instant.nullable(),
  endsAt: fields.instant.nullable(),
  allDay: z.boolean(),
  doneAt: fields.instant.nullable(),
  createdAt: fields.instant,
  updatedAt: fields.instant,
}).meta({ id: "Activity" });

const Row = z.strictObject({
  id: fields.id,
  kind: z.enum(activities.kinds),
  subject: z.string(),
  dueAt: fields.instant.nullable(),
  endsAt: fields.instant.nullable(),
  allDay: z.boolean(),
  doneAt: fields.instant.nullable(),
  priority: z.enum(activities.priorities),
  ownerId: fields.id.nullable(),
  repeats: z.boolean(),
  about: z.array(About).meta({ description: "The first of the records it is about" }),
}).meta({ id: "ActivityRow" });

const filters = z.strictObject({
  share: z.enum(lists.shares).default("open").meta({ description: "Which activities" }),
  kind: z.enum(activities.kinds).optional(),
  priority: z.enum(activities.priorities).optional(),
  q: z.string().max(200).optional().meta({ description: "Words in the subject or text" }),
  owner,
  contact: fields.id.optional().meta({ description: "One of contact, company and deal" }),
  company: fields.id.optional(),
  deal: fields.id.optional(),
  ...paging,
});

function wanted(c: Ctx) {
  const sent = parametersOf(c, filters);
  const [kind, second] = recordKinds.filter((each) => sent[each] !== undefined);
  // Passed over, it would bring what was not asked for.
  if (second) {
    throw new Problem("unknown_parameter", { errors: [fault(c.var, second, "invalid")] });
  }
  return {
    filter: {
      share: sent.share,
      kind: sent.kind ?? null,
      q: searched(sent.q ?? ""),
      priority: sent.priority ?? null,
      owner: ownerIn(sent.owner ?? ""),
      record: kind ? { kind, id: sent[kind]! } : null,
    },
    cursor: cursorOf(sent),
    size: Number(sent.limit),
  };
}

/** What may be changed, as the form holds it. */
function changeable(stored: activities.Activity): z.output<typeof Change> {
  const form = { values: valuesOf(stored), errors: {} };
  const number = (name: string) => valueOf(form, name) === "" ? null : Number(valueOf(form, name));
  const { cycle, interval, days, until } = stored.rrule === null
    ? { cycle: null, interval: 1, days: [], until: null }
    : parse(stored.rrule);
  return {
    kind: stored.kind,
    subject: stored.subject,
    body: stored.body,
    dueDay: valueOf(form, "dueDay") || null,
    dueTime: valueOf(form, "dueTime") || null,
    minutes: number("minutes") || null,
    lastDay: valueOf(form, "lastDay") || null,
    priority: stored.priority,
    ownerId: stored.ownerId,
    remindBefore: stored.remindBefore,
    repeat: cycle === null ? null : { cycle, interval, days: [...days], until },
    omittedDays: stored.skipped,
    about: stored.about.map(({ kind, id }) => ({ kind, id })),
    userIds: several(form, "users"),
  };
}

async function find(c: Ctx, id: string) {
  const stored = await activities.find(c.var.scope, id);
  return {
    id: stored.id,
    version: stored.version,
    ...changeable(stored),
    about: stored.about.map(({ kind, id, name }) => ({ kind, id, name })),
    seriesDay: stored.seriesDay,
    dueAt: stored.dueAt,
    endsAt: stored.endsAt,
    allDay: stored.allDay,
    doneAt: stored.doneAt,
    createdAt: stored.createdAt,
    updatedAt: stored.updatedAt,
  };
}

const repeatNames: Record<string, string> = {
  repeatCycle: "repeat.cycle",
  repeatInterval: "repeat.interval",
  repeatDays: "repeat.days",
  repeatUntil: "repeat.until",
  users: "userIds",
};

/** Checks a body by the form's rules, and whether its people belong to the tenant. */
async function read(
  c: Ctx,
  { repeat, about, userIds, omittedDays: _, ...body }: z.output<typeof Change>,
  stored: activities.Activity | null,
) {
  const value = shaped(c, ActivityFields, {
    ...body,
    dueDay: body.dueDay ?? "",
    dueTime: body.dueTime ?? "",
    minutes: String(body.minutes ?? ""),
    lastDay: body.lastDay ?? "",
    ownerId: body.ownerId ?? "",
    remindBefore: String(body.remindBefore ?? ""),
    repeatCycle: repeat?.cycle ?? "",
    repeatInterval: String(repeat?.interval ?? ""),
    repeatDays: repeat?.days ?? [],
    repeatUntil: repeat?.until ?? "",
    about: about?.map(({ kind, id }) => `${kind}:${id}`) ?? [],
    users: userIds ?? [],
  }, (name) => repeatNames[name] ?? name);
  const input = inputOf(value);
  const { owners } = await choices.list(c.var.scope);
  const team = new Set(owners.map(({ id }) => id));
  if (input.ownerId !== null && input.ownerId !== stored?.ownerId && !team.has(input.ownerId)) {
    throw refused(c, "/ownerId", "records.owner_unknown");
  }
  for (const { userId } of stored?.participants ?? []) if (userId) team.add(userId);
  if (!input.userIds.every((id) => team.has(id))) throw refused(c, "/userIds", "option");
  await assertThere(c, about ?? [], stored);
  return input;
}

/** Refuses records that are not there, or out of sight: passed over, a call would stand nowhere. */
async function assertThere(
  c: Ctx,
  about: NonNullable<z.output<typeof Change>["about"]>,
  stored: activities.Activity | null,
): Promise<void> {
  const stands = ({ kind, id }: typeof about[number]) =>
    stored?.about.some((each) => each.kind === kind && each.id === id);
  if (about.every(stands)) return;
  const of = (kind: typeof recordKinds[number]) =>
    about.filter((each) => each.kind === kind).map(({ id }) => id);
  const chosen = { contactIds: of("contact"), companyIds: of("company"), dealIds: of("deal") };
  const there = await known(c.var.scope, chosen);
  const lost = about.findIndex(({ kind, id }) => !there[`${kind}Ids`].includes(id.toLowerCase()));
  if (lost >= 0) throw refused(c, `/about/${lost}/id`, "option");
}

/** Leaves these days out of a series, or says at the field why that cannot be. */
async function omit(c: Ctx, id: string, days: readonly string[]): Promise<void> {
  const { skipped } = await activities.find(c.var.scope, id);
  // Who sends what was read may send it of what is no open series any more.
  if ([...new Set(days)].sort().join() === skipped.join()) return;
  try {
    await seriesDays.update(c.var.scope, id, days);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw refused(c, "/omittedDays", error.code);
  }
}

const parts = resource({
  noun: "activities",
  rights: { read: "activities.read", write: "activities.write", remove: "activities.write" },
  filters,
  schemas: { Create, Change, Item, Row },
  wanted,
  list: (c, { filter, cursor, size }) => lists.list(c.var.scope, filter, cursor, size),
  asksFirst: (c, { filter }) => lists.goesAlone(c.var.scope, filter),
  // By name alone: numbers need a token for persons.
  rowOf: ({ ownerName: _, rrule, about, ...row }: lists.ActivityRow) =>
    written({
      ...row,
      about: about.map(({ kind, id, name }) => ({ kind, id, name })),
      repeats: rrule !== null,
    }),
  find,
  async create(c, id, { done = false, ...body }) {
    await activities.create(c.var.scope, id, await read(c, body, null), done);
  },
  async update(c, id, body) {
    const stored = await activities.find(c.var.scope, id);
    const input = await read(c, { ...changeable(stored), ...body }, stored);
    await activities.update(c.var.scope, id, stored.version, input);
    if (body.omittedDays) await omit(c, id, body.omittedDays);
  },
  remove: (c, id) => activities.remove(c.var.scope, id),
});

/** Done and not done, at the resource that says so. */
const actions = web.createApp()
  .put(`/${idPart}/completion`, may("activities.write"), scoped, async (c) => {
    const { scope } = c.var;
    const id = c.req.param("id");
    await completions.create(scope, id);
    return answerRecord(c, await sights.narrowly(scope, () => find(c, id)));
  })
  .delete(`/${idPart}/completion`, may("activities.write"), scoped, async (c) => {
    const { scope } = c.var;
    const id = c.req.param("id");
    await completions.remove(scope, id);
    return answerRecord(c, await sights.narrowly(scope, () => find(c, id)));
  });

export default { ...parts, actions };
