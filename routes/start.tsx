/** The start page: what concerns the person who opens it. */
import * as firstSteps from "../db/first_steps.ts";
import { formId } from "../db/ids.ts";
import * as startPages from "../db/start_pages.ts";
import { isPlace } from "../db/start_places.ts";
import * as reviews from "../db/start_reviews.ts";
import { ChangesPage } from "../views/start/changes.tsx";
import { StartPage } from "../views/start/page.tsx";
import { may, scoped, signedIn } from "./guards.ts";
import { type Ctx, page, redirect, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, scoped)
  .get("/", show)
  .get("/changes", async (c) => {
    const { scope, view, session } = c.var;
    const { awaySince } = session!;
    const given = c.req.query("before") ?? "";
    const before = isPlace(given) ? given : null;
    const review = awaySince === null
      ? { rows: [], next: null, added: null }
      : await reviews.list(scope, awaySince, before);
    const props = { view, review, awaySince, first: before === null };
    return await page(c, <ChangesPage {...props} />, { title: "start.changes_title" });
  })
  .post("/steps/removal", may("settings.manage"), async (c) => {
    await firstSteps.end(c.var.scope);
    return await redirect(c, "/start", {
      kind: "ok",
      key: "start.steps_ended",
      undo: "/start/steps",
    });
  })
  .post("/steps", may("settings.manage"), async (c) => {
    await firstSteps.reopen(c.var.scope);
    return await redirect(c, "/start");
  });

async function show(c: Ctx): Promise<Response> {
  const [scope, view, session] = [c.get("scope"), c.get("view"), c.get("session")];
  const { awaySince, userId, unread } = session!;
  const manages = view.can("settings.manage");
  const assigns = view.can("mail.send");
  // A message that is shown once is taken away after it.
  const last = !session!.flash;
  const found = await startPages.find(scope, {
    awaySince,
    unread,
    manages,
    assigns,
    last,
  });
  const own = { view, userId: userId!, newId: formId(), awaySince };
  return await page(c, <StartPage {...own} {...found} />, { title: "start.title" });
}
