/** Activities: the lists, the record, its forms, completing and reopening. */
import type { About } from "../db/activity_links.ts";
import * as activities from "../db/activities.ts";
import * as lists from "../db/activity_lists.ts";
import * as changes from "../db/changes.ts";
import * as choices from "../db/choices.ts";
import { Stale } from "../db/errors.ts";
import * as files from "../db/files.ts";
import { formId, isId } from "../db/ids.ts";
import { ownerIn } from "../db/owners.ts";
import * as candidates from "../db/record_candidates.ts";
import { parse } from "../db/recurrences.ts";
import * as reminders from "../db/reminders.ts";
import * as seriesDays from "../db/series_days.ts";
import { ActivityForm } from "../views/activities/form.tsx";
import { ActivityIndex } from "../views/activities/index.tsx";
import { ActivityPage } from "../views/activities/page.tsx";
import { quickSubject } from "../views/activities/panel.tsx";
import { listOf } from "../views/activities/rows.tsx";
import { PickerList } from "../views/activities/picker.tsx";
import { path } from "../views/path.ts";
import { recordHref } from "../views/records/nouns.ts";
import type { Difference } from "../views/records/fields.tsx";
import { type FormState, valuesOf as several } from "../views/ui/form.tsx";
import * as batches from "./activity_batches.ts";
import { complete, reopen } from "./activity_completions.ts";
import { ActivityFields, chosenIn, inputOf, valuesOf } from "./activity_forms.ts";
import { comparable } from "./activity_conflicts.ts";
import { parametersOf, pathOf } from "./addresses.ts";
import { idPart, ownId } from "./fields.ts";
import { panelSize } from "./files.tsx";
import { may, scoped, signedIn } from "./guards.ts";
import { cursor as placed, id as idOf, pageAt, text } from "./lists.ts";
import { postpone } from "./postponements.ts";
import { readNew } from "./quick_entries.ts";
import { day, differences, ownerFault } from "./records.ts";
import { toSaved } from "./saved.ts";
import * as series from "./series.ts";
import { localPath } from "./sign_in.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, scoped, may("activities.read"))
  .get("/", (c) => list(c, "/activities"))
  .get("/new", may("activities.write"), async (c) => await showForm(c, blank(c), null))
  .post("/new", may("activities.write"), create)
  .get("/candidates", may("activities.write"), async (c) => {
    const about = c.req.queries("about") ?? [];
    const picked = await pick(c, about, c.req.query("find"));
    return c.html(<PickerList view={c.var.view} picked={picked} />);
  })
  .post("/batches", may("activities.write"), batches.change)
  .post("/batches/undo", may("activities.write"), batches.undo)
  .get(`/${idPart}`, show)
  .get(`/${idPart}/edit`, may("activities.write"), async (c) => {
    const activity = await activities.find(c.var.scope, c.req.param("id"));
    return await showForm(c, { values: valuesOf(activity), errors: {} }, activity);
  })
  .post(`/${idPart}/edit`, may("activities.write"), update)
  .post(`/${idPart}/completion`, may("activities.write"), complete)
  .post(`/${idPart}/completion/withdrawal`, may("activities.write"), reopen)
  .post(`/${idPart}/postponement`, may("activities.write"), postpone)
  .post(`/${idPart}/omissions`, may("activities.write"), series.skip)
  .post(`/${idPart}/omissions/withdrawal`, may("activities.write"), series.resume)
  .post(`/${idPart}/moves`, may("activities.write"), series.move)
  .post(`/${idPart}/deletion`, may("activities.write"), async (c) => {
    const id = c.req.param("id");
    await activities.remove(c.var.scope, id);
    const undo = path`/trash/activities/${id}/restoration`;
    return await redirect(c, listOf(pathOf(c)), { kind: "ok", key: "activities.deleted", undo });
  });

/** The list of tasks alone, at an address of its own. */
export const tasks = web.createApp()
  .use(signedIn, scoped, may("activities.read"))
  .get("/", (c) => list(c, "/tasks"));

async function list(c: Ctx, base: "/activities" | "/tasks"): Promise<Response> {
  const { scope, view } = c.var;
  const asked = askedFor(c, base);
  const { share: _share, ...filter } = asked.filter;
  const { record } = filter;
  const cursor = placed(c);
  const shown = pageAt(cursor, (at) => lists.list(scope, asked.filter, at));
  if (lists.goesAlone(scope, asked.filter)) await shown;
  const [found, counts, { owners, teams }, [named]] = await Promise.all([
    shown,
    lists.count(scope, filter),
    choices.list(scope),
    record ? candidates.list(scope, chosenIn([`${record.kind}:${record.id}`])) : [],
  ]);
  const props = { view, base, page: found, counts, bound: lists.bound, asked, owners, teams };
  return await page(
    c,
    <ActivityIndex
      {...props}
      record={named ? { name: named.name, href: recordHref(named.kind, named.id) } : null}
      wish={batches.wished(c)}
    />,
    { title: base === "/tasks" ? "activities.tasks" : "activities.title" },
  );
}

/** What a list's address asks for; whatever makes no sense is passed over. */
function askedFor(c: Ctx, base: "/activities" | "/tasks") {
  const parameters = parametersOf(c);
  const one = <T extends string>(name: string, known: readonly T[]): T | null =>
    known.find((each) => each === parameters.get(name)) ?? null;
  const wish = parameters.get("owner") ?? "";
  const owner = wish === "all" ? wish : ownerIn(wish) ?? "";
  const kind = (["contact", "company", "deal"] as const).find((each) => idOf(parameters, each));
  return {
    owner,
    filter: {
      q: text(parameters.get("q") ?? ""),
      share: one("share", lists.shares) ?? "open",
      kind: base === "/tasks" ? "task" as const : one("kind", activities.kinds),
      priority: one("priority", activities.priorities),
      owner: owner === "all" ? null : owner || c.var.session!.userId,
      record: kind ? { kind, id: idOf(parameters, kind)! } : null,
    },
  };
}

async function show(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const id = c.req.param("id")!;
  const before = c.req.query("history") ?? "";
  const [activity, attached, history, { owners }] = await Promise.all([
    activities.find(scope, id),
    files.list(scope, { kind: "activity", id }, null, panelSize),
    changes.list(scope, "activity", id, isId(before) ? before : null),
    choices.list(scope),
  ]);
  const repeat = activity.rrule === null ? null : parse(activity.rrule);
  const wish = dayIn(c.req.query("day"));
  const series = await seriesDays.list(scope, activity, wish);
  const props = {
    ...{ view, activity, repeat, owners, files: { page: attached, form: formId() } },
    series: series && { days: series, chosen: wish },
  };
  return await page(
    c,
    <ActivityPage {...props} history={{ ...history, paged: isId(before) }} />,
    { title: { text: activity.subject } },
  );
}

/** A day that an address names. */
const dayIn = (text: string | null | undefined) => day.safeParse(text ?? "").data ?? null;

/** A new form, filled with what the address names. */
function blank(c: Ctx): FormState {
  const parameters = parametersOf(c);
  const kind = parameters.get("kind") ?? "";
  const about = (["contact", "company", "deal"] as const).flatMap((each) => {
    const id = idOf(parameters, each);
    return id ? [`${each}:${id}`] : [];
  });
  return {
    values: {
      _blank: "1",
      id: formId(),
      kind: lists.isKind(kind) ? kind : "task",
      dueDay: dayIn(parameters.get("day")) ?? "",
      priority: "normal",
      ownerId: c.var.session!.userId!,
      about,
      back: localPath(parameters.get("back") ?? undefined, ""),
    },
    errors: {},
  };
}

async function create(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const read = await readNew(c);
  const { form } = read;
  if (form.values._find !== undefined) return await showForm(c, unjudged(form), null);
  if (!read.ok) return await showForm(c, form, null, { status: 422 });
  const { value } = read;
  const input = inputOf(value);
  const faults = await faultsOf(c, input, null);
  if (faults) return await showForm(c, invalid(form, faults), null, { status: 422 });
  const id = ownId(form);
  await activities.create(scope, id, input, value.done);
  const to = localPath(value.back, "");
  if (to === "") return await toSaved(c, "activity", id, "activities.created");
  const focus = form.values._quick === undefined ? {} : { focus: quickSubject };
  return await redirect(c, to, { kind: "ok", key: "activities.created", ...focus });
}

async function update(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const activity = await activities.find(scope, c.req.param("id")!);
  const read = await readForm(c, ActivityFields);
  if (read.form.values._find !== undefined) return await showForm(c, unjudged(read.form), activity);
  if (!read.ok) return await showForm(c, read.form, activity, { status: 422 });
  const input = inputOf(read.value);
  const faults = await faultsOf(c, input, activity);
  if (faults) return await showForm(c, invalid(read.form, faults), activity, { status: 422 });
  try {
    await activities.update(scope, activity.id, read.value.version, input);
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    return await showConflict(c, read.form);
  }
  return await toSaved(c, "activity", activity.id, "activities.edited");
}

/** A search within the form is no attempt to save it. */
const unjudged = (form: FormState): FormState => ({ values: form.values, errors: {} });

/** What only the database knows to be wrong, by field; null when nothing is. */
async function faultsOf(
  c: Ctx,
  { ownerId, userIds }: activities.ActivityInput,
  before: activities.Activity | null,
): Promise<Record<string, string> | null> {
  const { owners } = await choices.list(c.var.scope);
  const team = new Set(owners.map(({ id }) => id));
  if (ownerId !== null && ownerId !== before?.ownerId && !team.has(ownerId)) return ownerFault;
  const present = new Set(before?.participants.map(({ userId }) => userId));
  return userIds.every((id) => team.has(id) || present.has(id)) ? null : { users: "option" };
}

/** The records with these values by name, and what a text may mean. */
async function pick(c: Ctx, about: readonly string[], find: string | undefined) {
  const { scope } = c.var;
  const wanted = text(find);
  const [chosen, found] = await Promise.all([
    candidates.list(scope, chosenIn(about.slice(0, activities.mostRecords))),
    wanted.length < 2 ? null : candidates.suggest(scope, wanted),
  ]);
  return { chosen: chosen as About[], found };
}

async function showForm(
  c: Ctx,
  form: FormState,
  activity: activities.Activity | null,
  { status, ...asides }: { status?: 422 | 409; differences?: readonly Difference[] } = {},
): Promise<Response> {
  const { scope, view } = c.var;
  const find = several(form, "find").at(-1);
  const [offered, picked] = await Promise.all([
    choices.list(scope),
    pick(c, several(form, "about"), find),
  ]);
  const props = { view, form, activity, picked, choices: offered, offers: reminders.offers };
  return await page(c, <ActivityForm {...props} {...asides} />, {
    title: activity ? "activities.edit" : "activities.new",
    status,
  });
}

/** The form as it was sent, ready to be saved over the new version, with what differs from that. */
async function showConflict(c: Ctx, form: FormState): Promise<Response> {
  const { scope, view } = c.var;
  const activity = await activities.find(scope, c.req.param("id")!);
  const mine = { values: { ...form.values, version: String(activity.version) }, errors: {} };
  const [{ owners }, { chosen }] = await Promise.all([
    choices.list(scope),
    pick(c, several(form, "about"), undefined),
  ]);
  const names = [...owners, ...chosen, ...activity.about];
  return await showForm(c, mine, activity, {
    status: 409,
    differences: differences(
      comparable(form.values, names, view),
      comparable(valuesOf(activity), names, view),
    ),
  });
}
