/** Completing and reopening activities; completing one leads to the next step. */
import * as activities from "../db/activities.ts";
import * as completions from "../db/activity_completions.ts";
import type { About } from "../db/activity_links.ts";
import { dayWords } from "../views/activities/marks.tsx";
import { path, query } from "../views/path.ts";
import { localPath } from "./sign_in.ts";
import { type Ctx, redirect } from "./web.tsx";

/** Marks it as done, and offers what mostly follows. */
export async function complete(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const id = c.req.param("id")!;
  const nextId = await completions.create(scope, id);
  const next = nextId === null ? null : await activities.find(scope, nextId);
  const to = await back(c, id);
  const undo = query(path`/activities/${id}/completion/withdrawal`, { back: to });
  return await redirect(
    c,
    to,
    next?.dueAt
      ? {
        kind: "ok",
        key: "activities.completed_next",
        params: { day: dayWords(view, next.dueAt) },
        undo,
      }
      : { kind: "ok", key: "activities.completed", undo, next: await nextStep(c, id, to) },
  );
}

/** Where the next step with the same records is planned; undefined where there are none. */
async function nextStep(c: Ctx, id: string, back: string): Promise<string | undefined> {
  const { about } = await activities.find(c.var.scope, id);
  if (about.length === 0) return undefined;
  const first = (kind: About["kind"]) => about.find((each) => each.kind === kind)?.id ?? null;
  const [contact, company, deal] = [first("contact"), first("company"), first("deal")];
  return query("/activities/new", { contact, company, deal, back });
}

/** Back to the page on which it was done; a flash that takes it back says it in its address. */
async function back(c: Ctx, id: string): Promise<string> {
  const { back = c.req.query("back") } = await c.req.parseBody();
  return localPath(typeof back === "string" ? back : undefined, path`/activities/${id}`);
}

/** Opens it again. */
export async function reopen(c: Ctx): Promise<Response> {
  const id = c.req.param("id")!;
  await completions.remove(c.var.scope, id);
  return await redirect(c, await back(c, id), { kind: "ok", key: "activities.reopened" });
}
