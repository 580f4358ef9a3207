/** The start page: what concerns the person who opens it. */
import { newId } from "../db/ids.ts";
import * as objections from "../db/processor_objections.ts";
import * as startPages from "../db/start_pages.ts";
import { StartPage } from "../views/start/page.tsx";
import { scoped, signedIn } from "./guards.ts";
import { type Ctx, page, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, scoped)
  .get("/", show);

async function show(c: Ctx): Promise<Response> {
  const { scope, view, session } = c.var;
  const { awaySince, userId, unread } = session!;
  const found = await startPages.find(scope, { awaySince, unread: unread > 0 });
  // Only where nothing is to be told the house may be new.
  const beginnings = startPages.isBlank(found) ? await startPages.findBeginnings(scope) : null;
  const announced = view.can("settings.manage") && await objections.isAsked(scope);
  const own = { view, userId: userId!, newId: newId(), awaySince, beginnings, announced };
  return await page(c, <StartPage {...own} {...found} />, { title: "start.title" });
}
