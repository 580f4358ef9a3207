/** The trash: what is in it, and restoring. */
import { z } from "zod";
import { NotFound } from "../db/errors.ts";
import * as files from "../db/files.ts";
import { isId } from "../db/ids.ts";
import { pageSize } from "../db/pages.ts";
import type { Scope } from "../db/scope.ts";
import type { Flash } from "../db/sessions.ts";
import * as tenants from "../db/tenants.ts";
import * as trash from "../db/trash.ts";
import * as lists from "../db/trash_lists.ts";
import { path } from "../views/path.ts";
import { trashHref, TrashIndex } from "../views/trash.tsx";
import { parametersOf } from "./addresses.ts";
import { idPart } from "./fields.ts";
import { pathOf } from "./files.tsx";
import { may, scoped, signedIn } from "./guards.ts";
import { cursor as placed, pageAt, text } from "./lists.ts";
import { page, readForm, redirect, web } from "./web.tsx";

/** Rows that were ticked, `contact:ID`, and the list they stand in. */
const Ticked = z.object({
  list: z.string().optional().default("").transform((text) => text.slice(0, 500)),
  items: z.union([z.string(), z.array(z.string())]).optional().transform((value) =>
    [value ?? []].flat().slice(0, pageSize).flatMap((item) => {
      const [word, id = ""] = item.split(":");
      const kind = lists.kinds.find((each) => each === word);
      return kind && isId(id) ? [{ kind, id }] : [];
    })
  ),
});

export default web.createApp()
  .use(signedIn, scoped, may("trash.restore"))
  .get("/", async (c) => {
    const { scope, view } = c.var;
    const filter = filterOf(parametersOf(c));
    const cursor = placed(c);
    const [tenant, shown] = await Promise.all([
      tenants.find(scope),
      pageAt(cursor, (at) => lists.list(scope, filter, at)),
    ]);
    const props = { view, filter, page: shown, kinds: lists.kinds, days: tenant.trashDays };
    return await page(c, <TrashIndex {...props} />, { title: "trash.title" });
  })
  .post("/restoration", async (c) => {
    const read = await readForm(c, Ticked);
    const { items, list } = read.ok ? read.value : { items: [], list: "" };
    const to = trashHref(filterOf(new URLSearchParams(list)));
    if (items.length === 0) return await redirect(c, to, { kind: "info", key: "trash.nothing" });
    return await redirect(c, to, outcomeOf(await restored(c.var.scope, items), items.length));
  })
  .post(`/files/${idPart}/restoration`, async (c) => {
    const home = await files.restore(c.var.scope, c.req.param("id"));
    return await redirect(c, pathOf(home), { kind: "ok", key: "trash.restored" });
  })
  .post(`/contacts/${idPart}/restoration`, async (c) => {
    const id = c.req.param("id");
    await trash.restore(c.var.scope, "contact", id);
    return await redirect(c, path`/contacts/${id}`, { kind: "ok", key: "trash.restored" });
  })
  .post(`/companies/${idPart}/restoration`, async (c) => {
    const id = c.req.param("id");
    await trash.restore(c.var.scope, "company", id);
    return await redirect(c, path`/companies/${id}`, { kind: "ok", key: "trash.restored" });
  })
  .post(`/activities/${idPart}/restoration`, async (c) => {
    const id = c.req.param("id");
    await trash.restore(c.var.scope, "activity", id);
    return await redirect(c, path`/activities/${id}`, { kind: "ok", key: "trash.restored" });
  })
  .post(`/deals/${idPart}/restoration`, async (c) => {
    const id = c.req.param("id");
    await trash.restore(c.var.scope, "deal", id);
    return await redirect(c, path`/deals/${id}`, { kind: "ok", key: "trash.restored" });
  });

const filterOf = (parameters: URLSearchParams): lists.TrashFilter => ({
  q: text(parameters.get("q") ?? ""),
  kind: lists.kinds.find((kind) => kind === parameters.get("kind")) ?? null,
});

/**
 * How many came back: companies before their people and deals, whose search texts name them, files
 * last, because they only come back to a live record. One order for all users avoids deadlocks.
 */
async function restored(
  scope: Scope,
  items: readonly { kind: trash.TrashKind; id: string }[],
): Promise<number> {
  const of = (kind: trash.TrashKind) =>
    items.filter((item) => item.kind === kind).map(({ id }) => id);
  let count = 0;
  for (const kind of ["company", "contact", "deal", "activity"] as const) {
    count += (await trash.restoreAll(scope, kind, of(kind))).length;
  }
  for (const id of of("file").sort()) {
    const home = await files.restore(scope, id).catch((error) => {
      if (error instanceof NotFound) return null;
      throw error;
    });
    if (home) count++;
  }
  return count;
}

function outcomeOf(count: number, wished: number): Flash {
  if (count === 0) return { kind: "error", key: "trash.none_restored" };
  const left = wished - count;
  return left === 0
    ? { kind: "ok", key: "trash.restored_many", params: { count } }
    : { kind: "info", key: "trash.restored_some", params: { count, left } };
}
