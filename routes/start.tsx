/** The start page: what concerns the person who opens it. */
import { newId } from "../db/ids.ts";
import * as notifications from "../db/notifications.ts";
import * as activities from "../db/start_activities.ts";
import * as changes from "../db/start_changes.ts";
import * as lists from "../db/start_lists.ts";
import { StartPage } from "../views/start/page.tsx";
import { scoped, signedIn } from "./guards.ts";
import { type Ctx, page, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, scoped)
  .get("/", show);

async function show(c: Ctx): Promise<Response> {
  const { scope, view, session } = c.var;
  const { awaySince, userId } = session!;
  // All at once: they travel together over the one connection of the scope.
  const [beginnings, due, news, leads, rotting, changed] = await Promise.all([
    lists.beginnings(scope),
    activities.list(scope),
    unread(c),
    lists.leads(scope),
    lists.rottingDeals(scope),
    awaySince ? changes.listChanged(scope, awaySince) : lists.section<changes.ChangedRecord>([]),
  ]);
  const own = { view, userId: userId!, newId: newId(), awaySince };
  const node = <StartPage {...own} {...{ beginnings, due, news, leads, rotting, changed }} />;
  return await page(c, node, { title: "start.title" });
}

/** The newest unread notifications; the session knows whether there are any. */
async function unread({ var: { scope, session } }: Ctx) {
  if (session!.unread === 0) return { rows: [], more: false };
  const { rows, next } = await notifications.list(scope, null, { unread: true, size: lists.most });
  return { rows, more: next !== null };
}
