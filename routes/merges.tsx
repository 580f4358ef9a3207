/** Several records merged into one: compared side by side, merged, undone within 30 days. */
import { z } from "zod";
import * as customFields from "../db/custom_fields.ts";
import { Forbidden, Invalid, NotFound, Stale } from "../db/errors.ts";
import { formId, isId } from "../db/ids.ts";
import * as fields from "../db/merge_fields.ts";
import * as mergeEnds from "../db/merge_ends.ts";
import * as merges from "../db/merges.ts";
import { type Kind, kinds } from "../db/record_kinds.ts";
import { MergeForm } from "../views/merges/form.tsx";
import { MergeIndex } from "../views/merges/index.tsx";
import { path } from "../views/path.ts";
import { bases, nouns } from "../views/records/nouns.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { parametersOf } from "./addresses.ts";
import { idPart, ownId } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { cursor as placed, pageAt } from "./lists.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const kind = z.enum(kinds);

const Sent = z.object({
  id: z.uuid({ error: "option" }),
  kind,
  rows: z.array(z.object({
    id: z.string().refine(isId, "option"),
    version: z.coerce.number().int().min(1).max(2_147_483_647),
  })).min(2).max(fields.most),
  choice: z.record(z.string(), z.string().catch("")).optional().default({}),
});

export default web.createApp()
  .use(signedIn, scoped, may("contacts.write"))
  .get("/", async (c) => {
    const { scope, view } = c.var;
    const cursor = placed(c);
    const shown = await pageAt(cursor, (at) => merges.list(scope, at));
    return await page(c, <MergeIndex view={view} page={shown} />, { title: "merges.title" });
  })
  .get("/new", async (c) => {
    const asked = parametersOf(c);
    const wanted = kind.safeParse(asked.get("kind") ?? "contact");
    const ids = [...new Set(asked.getAll("ids").filter(isId))];
    if (!wanted.success || ids.length < 2 || ids.length > fields.most) {
      return await redirect(c, wanted.data === "deal" ? "/deals" : "/duplicates", {
        kind: "info",
        key: ids.length > fields.most ? "merges.too_many" : "merges.two",
        params: { most: fields.most },
      });
    }
    allow(c, wanted.data);
    const take = asked.get("take") ?? "";
    return await show(c, wanted.data, ids, { take });
  })
  .post("/new", create)
  .post(`/${idPart}/undo`, async (c) => {
    const { scope } = c.var;
    const id = c.req.param("id");
    const found = await merges.lookup(scope, id);
    if (!found) throw new NotFound("merge");
    allow(c, found.kind);
    try {
      await merges.undo(scope, id);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const key = kept.find((each) => each === error.code);
      if (!key) throw error;
      return await redirect(c, "/merges", { kind: "info", key });
    }
    return await redirect(c, `${bases[found.kind]}/${found.recordId}`, {
      kind: "ok",
      key: "merges.undone",
    });
  });

/** Why a merge is not taken back. */
const kept = ["merges.over", "merges.later", "merges.unseen", "merges.closed"] as const;

/** Merging needs the right to change and delete such records. */
function allow(c: Ctx, kind: Kind): void {
  const { view } = c.var;
  for (const right of [`${nouns[kind]}.write`, `${nouns[kind]}.delete`] as const) {
    if (!view.can(right)) throw new Forbidden(right);
  }
}

async function create(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const read = await readForm(c, Sent);
  if (!read.ok) return await redirect(c, "/duplicates", { kind: "info", key: "merges.two" });
  const { value, form } = read;
  allow(c, value.kind);
  const ids = value.rows.map(({ id }) => id);
  const own = ownId(form);
  try {
    const id = await merges.create(scope, {
      ...value,
      id: own,
      records: value.rows,
      choices: value.choice,
    });
    return await redirect(c, `${bases[value.kind]}/${id}`, {
      kind: "ok",
      key: "merges.done",
      undo: path`/merges/${own}/undo`,
    });
  } catch (error) {
    if (error instanceof Stale) return await show(c, value.kind, ids, { form, status: 409 });
    if (error instanceof NotFound) return await gone(c, value.kind, ids, error);
    if (!(error instanceof Invalid)) throw error;
    return await show(c, value.kind, ids, { form, status: 422, fault: error });
  }
}

/** Somebody else was quicker: to what is left of them. */
async function gone(c: Ctx, kind: Kind, ids: readonly string[], error: Error): Promise<Response> {
  for (const id of ids) {
    const to = await mergeEnds.successor(c.var.scope, kind, id);
    if (to) {
      const flash = { kind: "info", key: "merges.meanwhile" } as const;
      return await redirect(c, `${bases[kind]}/${to}`, flash);
    }
  }
  throw error;
}

interface Shown {
  /** The record whose values are all chosen to begin with. */
  take?: string;
  form?: FormState;
  status?: 409 | 422;
  fault?: Invalid;
}

async function show(
  c: Ctx,
  kind: Kind,
  ids: readonly string[],
  { take, form, status, fault }: Shown,
): Promise<Response> {
  const { scope, view } = c.var;
  const found = await fields.find(scope, kind, ids).catch((error) => error as Error);
  if (found instanceof NotFound) return await gone(c, kind, ids, found);
  if (found instanceof Error) throw found;
  const candidates = fields.seen(scope, kind, found);
  if (candidates.length < 2) throw new NotFound(kind);
  const id = form?.values.id;
  const own = (await customFields.list(scope, kind)).map((field) => ({
    field,
    name: fields.ownName(field.id),
    choices: offered(fields.ownChoices(field.id, candidates), field.readOnly ?? false),
  })).filter(({ choices }) => choices.length > 0);
  const lines = fields.fields[kind].map((field) => ({
    field,
    choices: offered(fields.choicesOf(field, candidates), fields.isClosed(scope, kind, field)),
  })).filter(({ choices }) => choices.length > 0);
  const lists = fields.lists.map((list) => ({
    list,
    choices: fields.firstsOf(list, candidates).map(({ id }) => id),
  })).filter(({ choices }) => choices.length > 0);
  const taken = Object.fromEntries(
    fields.openChoices(scope, kind, candidates).map((name) => [`choice.${name}`, take ?? ""]),
  );
  const start: FormState = take ? { ...emptyForm, values: taken } : emptyForm;
  const shown = form === undefined
    ? start
    : status === 409
    ? invalid(form, { "": "merges.changed" })
    : invalid(form, { ...missing(c, kind, candidates, form), ...faultOf(fault) });
  const props = { view, kind, candidates, lines, own, lists, form: shown };
  return await page(
    c,
    <MergeForm {...props} id={typeof id === "string" && isId(id) ? id : formId()} />,
    { title: "merges.new", status },
  );
}

/** Whose value can be chosen; of a field that may only be read, there is nothing to choose. */
const offered = (among: readonly fields.Candidate[], closed: boolean): string[] =>
  among.slice(0, closed ? 1 : among.length).map(({ id }) => id);

const faultOf = (fault: Invalid | undefined) =>
  fault && fault.code !== "merges.choose" ? { [fault.field]: fault.code } : {};

/** Every choice that is still open, not only the first one. */
function missing(
  c: Ctx,
  kind: Kind,
  candidates: readonly fields.Candidate[],
  form: FormState,
) {
  return Object.fromEntries(
    fields.openChoices(c.var.scope, kind, candidates).filter((name) => {
      const choice = form.values[`choice.${name}`];
      return !(candidates.some(({ id }) => id === choice) ||
        name === "notes" && choice === fields.all);
    }).map((name) => [`choice.${name}`, "merges.choose"]),
  );
}
