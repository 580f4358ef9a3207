/** Changes of many records: requested from a list, confirmed with their count, made, undone. */
import { z } from "zod";
import * as bulkChanges from "../db/bulk_changes.ts";
import * as bulkLists from "../db/bulk_lists.ts";
import * as bulkCustoms from "../db/bulk_customs.ts";
import * as choices from "../db/choices.ts";
import * as customFields from "../db/custom_fields.ts";
import type { CustomField } from "../db/custom_fields.ts";
import { fieldOfSort } from "../db/custom_filters.ts";
import { Forbidden, Invalid } from "../db/errors.ts";
import { formId, isId } from "../db/ids.ts";
import * as pipelines from "../db/pipelines.ts";
import * as selections from "../db/selections.ts";
import type { Flash } from "../db/sessions.ts";
import * as tags from "../db/tags.ts";
import { BulkForm, BulkPage } from "../views/bulk_changes.tsx";
import { BulkIndex } from "../views/bulk_lists.tsx";
import { query } from "../views/path.ts";
import { fieldName } from "../views/records/custom.tsx";
import { exportHref, listHref } from "../views/records/lists.tsx";
import { bases, nouns } from "../views/records/nouns.ts";
import type { FormState } from "../views/ui/form.tsx";
import { parametersOf } from "./addresses.ts";
import { customInput, customSchema } from "./custom_values.ts";
import { exceptionOf, exceptionParts } from "./notice_exceptions.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { askedBy, chosen, cursor, kind, pageAt, selectionOf, statuses } from "./lists.ts";
import { ownerKnown } from "./records.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

/** A change that every tenant has, or `custom:` and the id of a custom field. */
const action = z.union([
  z.enum(bulkChanges.actions).exclude(["custom"]),
  z.templateLiteral(["custom:", z.uuid()]),
]);

const Asked = z.object({ kind, action, ...chosen });

const Confirmed = Asked.extend({
  counted: z.coerce.number().int().min(0).max(bulkChanges.most),
  value: z.string().optional().default("").transform((text) => text.slice(0, 100)),
  custom: z.unknown().optional(),
  newTag: z.string().optional().default("").pipe(fields.line(60)),
  ...exceptionParts,
});

type Asked = z.output<typeof Asked>;

export default web.createApp()
  .use(signedIn, scoped, may("contacts.write"))
  .get("/", async (c) => {
    const { scope, view } = c.var;
    const all = view.can("settings.manage");
    const shown = await pageAt(cursor(c), (at) => bulkLists.list(scope, at, all));
    return await page(c, <BulkIndex view={view} page={shown} all={all} />, {
      title: "lists.bulk_past",
    });
  })
  .get("/new", async (c) => {
    const parameters = parametersOf(c);
    const given = { ...Object.fromEntries(parameters), ids: parameters.getAll("ids") };
    const wish = parameters.get("action") ?? "";
    const leaving = wish === "export" || wish === "merge";
    const read = Asked.safeParse(leaving ? { ...given, action: "tag" } : given);
    if (!read.success) return c.redirect("/contacts", 303);
    const asked = read.data;
    if (!asked.all && asked.ids.length === 0) {
      return await redirect(c, listOf(asked), { kind: "info", key: "lists.bulk_nothing" });
    }
    // The bar above a list offers these beside the changes; they have pages of their own.
    if (wish === "merge") {
      return c.redirect(query("/merges/new", { kind: asked.kind, ids: asked.ids }), 303);
    }
    if (leaving) return c.redirect(exportHref(asked), 303);
    assertMay(c, asked);
    if (!bulkChanges.isOpen(c.var.scope, asked.kind, asked.action, fieldOfSort(asked.action))) {
      const flash = { kind: "error", key: "field_rights.read_only" } as const;
      return await redirect(c, listOf(asked), flash);
    }
    // A single press must not leave many records without an owner.
    const value = asked.action === "owner" ? c.var.session!.userId! : "";
    return await show(c, asked, { values: { value }, errors: {} });
  })
  .post("/new", create)
  .get(`/${fields.idPart}`, async (c) => {
    const change = await bulkChanges.find(c.var.scope, c.req.param("id"));
    const list = madeIn(c);
    const back = listOf({ kind: change.kind, list });
    const undo = addressOf(`${change.id}/undo`, list);
    return await page(c, <BulkPage view={c.var.view} {...{ change, back, undo }} />, {
      title: "lists.bulk_title",
    });
  })
  .post(`/${fields.idPart}/undo`, async (c) => {
    const { scope, view } = c.var;
    const id = c.req.param("id");
    const list = madeIn(c);
    const change = await bulkChanges.undo(scope, id, view.can("settings.manage"))
      .catch(closed);
    if (change === null) {
      const flash = { kind: "error", key: "field_rights.read_only" } as const;
      return await redirect(c, addressOf(id, list), flash);
    }
    if (change.status === "undoing") return c.redirect(addressOf(id, list), 303);
    const { unseen: count } = change;
    return await redirect(
      c,
      c.req.query("from") === "past" ? "/bulk-changes" : listOf({ kind: change.kind, list }),
      count === 0
        ? { kind: "ok", key: "lists.bulk_undone" }
        : { kind: "ok", key: "lists.bulk_undone_seen", params: { count } },
    );
  });

const listOf = ({ kind, list }: Pick<Asked, "kind" | "list">): string =>
  listHref(bases[kind], askedBy(new URLSearchParams(list), kind));

/** A change's address, which keeps the list it was made in, so that undoing leads back there. */
const addressOf = (below: string, list: string): string =>
  query(`/bulk-changes/${below}`, { list: list || undefined });

const madeIn = (c: Ctx): string => z.object(chosen).parse({ list: c.req.query("list") }).list;

/** Throws Forbidden for roles that may not change, or delete, records of the kind. */
function assertMay(c: Ctx, { kind, action }: Pick<Asked, "kind" | "action">): void {
  const noun = nouns[kind];
  const right = action === "delete" ? `${noun}.delete` as const : `${noun}.write` as const;
  if (!c.var.view.can(right)) throw new Forbidden(right);
}

async function create(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const read = await readForm(c, Confirmed);
  if (!read.ok) {
    const asked = Asked.safeParse(read.form.values);
    return asked.success ? await show(c, asked.data, read.form, 422) : c.redirect("/contacts", 303);
  }
  const { value: asked, form } = read;
  assertMay(c, asked);
  const id = fields.ownId(form);
  const before = await bulkChanges.lookup(scope, id);
  if (before) return await answer(c, asked, before);
  const field = await fieldOf(c, asked);
  if (field === undefined) return await show(c, asked, invalid(form, { "": "option" }), 422);
  const own = field && await ownValue(c, field, asked.custom);
  if (own?.faults) return await show(c, asked, invalid(form, own.faults), 422);
  const excepted = asked.action === "notice_exception" ? exceptionOf(asked) : null;
  if (excepted?.faults) return await show(c, asked, invalid(form, excepted.faults), 422);
  const value = own?.value ?? excepted?.value ?? await valueOf(c, asked);
  if (value === null) return await show(c, asked, invalid(form, { value: "required" }), 422);
  const selection = selectionOf(asked);
  const recounted = { "": "lists.bulk_recounted" };
  const count = asked.counted;
  // Of very many the order itself sees, before it keeps anything, whether they are as many.
  const few = count <= bulkChanges.batch;
  if (few && count !== await selections.count(scope, asked.kind, selection, count + 1) || !count) {
    // Pressed twice: the first press may just have changed what is counted.
    const made = await bulkChanges.lookup(scope, id);
    return made
      ? await answer(c, asked, made)
      : await show(c, asked, invalid(form, recounted), 422);
  }
  const { kind } = asked;
  const action = own ? "custom" : asked.action as bulkChanges.Action;
  const change = await bulkChanges.create(scope, id, { kind, action, value }, selection, count)
    .catch((error) => refused(error, few));
  if ("code" in change) return await show(c, asked, invalid(form, { "": change.code }), 422);
  return await answer(c, asked, change);
}

/** Leads to a change that is not done yet, or any more, or says in the list what it did. */
async function answer(
  c: Ctx,
  asked: Asked,
  change: bulkChanges.BulkChange,
): Promise<Response> {
  if (change.status !== "done") return c.redirect(addressOf(change.id, asked.list), 303);
  const undo = addressOf(`${change.id}/undo`, asked.list);
  return await redirect(c, listOf(asked), outcomeOf(change, undo));
}

/** What a change did; one that did nothing is no success, and there is nothing to take back. */
function outcomeOf({ changed: count, total }: bulkChanges.BulkChange, undo: string): Flash {
  if (count === 0) return { kind: "info", key: "lists.bulk_same" };
  const left = total - count;
  return left === 0
    ? { kind: "ok", key: "lists.bulk_done", params: { count }, undo }
    : { kind: "ok", key: "lists.bulk_done_some", params: { count, left }, undo };
}

/** Null for a change of a field that the role may not write, which is refused before it begins. */
function closed(error: unknown): null {
  refused(error, true);
  return null;
}

/** Why a change is refused before anything is stored. */
function refused(error: unknown, few: boolean): { code: string } {
  if (!(error instanceof Invalid)) throw error;
  const { code } = error;
  if (code === "field_rights.read_only" || code === "lists.bulk_recounted" && !few) return { code };
  throw error;
}

/** The custom field to change; null for other changes, undefined if it does not exist. */
async function fieldOf(c: Ctx, { kind, action }: Asked): Promise<CustomField | null | undefined> {
  const id = fieldOfSort(action);
  if (id === null) return null;
  return (await customFields.list(c.var.scope, kind)).find((field) => field.id === id);
}

/** The custom field's new value as the change stores it, or its fault; an empty one clears the field. */
async function ownValue(
  c: Ctx,
  field: CustomField,
  sent: unknown,
): Promise<{ value: string; faults?: undefined } | { faults: Record<string, string> }> {
  const name = fieldName(field.id);
  const read = customSchema([{ ...field, required: false }]).safeParse(sent);
  if (!read.success) return { faults: { [name]: read.error.issues[0]?.message ?? "option" } };
  const { input, faults } = await customInput(c.var.scope, [field], read.data);
  if (Object.keys(faults).length > 0) return { faults };
  return { value: bulkCustoms.wish(field.id, input[field.id] ?? []) };
}

/** What is to stand in the records, checked; a new tag is made. Null when nothing fits. */
async function valueOf(
  c: Ctx,
  { kind, action, value, newTag }: z.output<typeof Confirmed>,
): Promise<string | null> {
  const { scope } = c.var;
  if (action.startsWith("notice") && kind !== "contact") return null;
  if (action === "delete" || action === "notice") return "";
  if (action === "status" && kind === "deal" || action === "stage" && kind !== "deal") return null;
  if (action === "status") return statuses.find((each) => each === value) ?? null;
  if (action === "owner") {
    return value === "" || isId(value) && await ownerKnown(scope, value) ? value : null;
  }
  if (action === "stage") {
    const lines = await pipelines.list(scope);
    return lines.flatMap(({ stages }) => stages).find(({ id }) => id === value)?.id ?? null;
  }
  if (action === "tag" && newTag !== "") return (await tags.ensure(scope, [newTag]))[0] ?? null;
  const offered = await choices.list(scope);
  return offered.tags.find(({ id }) => id === value)?.id ?? null;
}

async function show(
  c: Ctx,
  asked: Asked,
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { scope, view } = c.var;
  const [count, offered, lines] = await Promise.all([
    selections.count(scope, asked.kind, selectionOf(asked), bulkChanges.most + 1),
    choices.list(scope),
    asked.kind === "deal" ? pipelines.list(scope) : [],
  ]);
  const most = bulkChanges.most;
  const values = { ...form.values, id: form.values.id ?? formId() };
  const props = {
    view,
    form: { ...form, values },
    asked,
    count,
    most,
    choices: offered,
    pipelines: lines,
  };
  return await page(c, <BulkForm {...props} list={listOf(asked)} />, {
    title: "lists.bulk_title",
    status,
  });
}
