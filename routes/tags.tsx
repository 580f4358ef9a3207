/** Tags: list, renaming, deleting. */
import { z } from "zod";
import { Forbidden, Invalid } from "../db/errors.ts";
import { mayWrite } from "../db/field_rights.ts";
import { kinds } from "../db/record_kinds.ts";
import { bound } from "../db/record_counts.ts";
import type { Scope } from "../db/scope.ts";
import * as tagChanges from "../db/tag_changes.ts";
import * as tags from "../db/tags.ts";
import { query } from "../views/path.ts";
import { TagIndex } from "../views/tags.tsx";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { cursor, pageAt, text } from "./lists.ts";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

/** Each row's field has a name of its own, so that labels and faults find it. */
const fieldOf = (id: string) => `names.${id.replaceAll("-", "")}`;
const Named = z.object({ names: z.record(z.string(), fields.name(60)) });

/** A tag can be on records of every kind: only roles that may write tags on all of them change it. */
const writesAll = (scope: Scope) => kinds.every((kind) => mayWrite(scope, kind, "tags"));
const everywhere = web.createMiddleware(async (c, next) => {
  if (!writesAll(c.var.scope)) throw new Forbidden("tags.write");
  await next();
});

export default web.createApp()
  .use(signedIn, scoped, may("contacts.read"))
  .get("/", (c) => show(c, null))
  .post(`/${fields.idPart}`, may("tags.write"), everywhere, async (c) => {
    const id = c.req.param("id");
    const read = await readForm(c, Named);
    if (!read.ok) return await show(c, { id, form: read.form });
    const { name } = await tags.find(c.var.scope, id);
    const race = raced(read.form, { [fieldOf(id)]: name });
    if (race) return await show(c, { id, form: race });
    let done: boolean;
    try {
      done = await tagChanges.update(c.var.scope, id, Object.values(read.value.names)[0] ?? "");
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await show(c, { id, form: invalid(read.form, { [fieldOf(id)]: error.code }) });
    }
    return await redirect(c, query("/tags", placeOf(c)), {
      kind: "ok",
      key: done ? "tags.renamed" : "tags.renaming_begun",
    });
  })
  .get(`/${fields.idPart}`, (c) => c.redirect("/tags", 303))
  .post(`/${fields.idPart}/deletion`, may("tags.write"), everywhere, async (c) => {
    const id = c.req.param("id");
    let done: boolean;
    try {
      done = await tagChanges.remove(c.var.scope, id);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const name = await tags.nameNow(c.var.scope, id);
      const form = { values: { [fieldOf(id)]: name }, errors: { [fieldOf(id)]: error.code } };
      return await show(c, { id, form });
    }
    return await redirect(c, query("/tags", placeOf(c)), {
      kind: "ok",
      key: done ? "tags.deleted" : "tags.removing_begun",
    });
  });

/** Where on the page of tags somebody is, to be led back there. */
const placeOf = ({ req }: Ctx) => ({
  q: text(req.query("q")) || undefined,
  after: req.query("after"),
  before: req.query("before"),
});

async function show(c: Ctx, refused: { id: string; form: FormState } | null): Promise<Response> {
  const { scope, view } = c.var;
  // A tag whose change was refused is shown alone: by its name, many others may come before it.
  const q = refused ? await tags.nameNow(scope, refused.id) : text(c.req.query("q"));
  const shown = await pageAt(
    refused ? null : cursor(c),
    (place) => tags.list(scope, refused ? { only: refused.id } : { q, cursor: place }),
  );
  const writable = view.can("tags.write") && writesAll(scope);
  const formOf = ({ id, name }: tags.Tag) =>
    refused?.id === id ? refused.form : marked({ values: { [fieldOf(id)]: name }, errors: {} });
  const props = { view, page: shown, q, bound, refused: refused?.id ?? null, formOf, writable };
  return await page(c, <TagIndex {...props} place={placeOf(c)} />, {
    title: "tags.title",
    status: refused ? 422 : 200,
  });
}
