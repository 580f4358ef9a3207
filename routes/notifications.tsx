/** Notifications: the list, opening and reading, and the stream behind the bell. */
import { z } from "zod";
import { isId } from "../db/ids.ts";
import * as notifications from "../db/notifications.ts";
import { tokenDigest } from "../db/sessions.ts";
import { countLabel, hrefOf } from "../views/notification_texts.ts";
import { NotificationIndex } from "../views/notifications.tsx";
import { idPart } from "./fields.ts";
import { scoped, sessionToken, signedIn } from "./guards.ts";
import { cursor as placed } from "./lists.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const UpTo = z.object({ upTo: z.string().refine(isId) });

export default web.createApp()
  .use(signedIn)
  // Neither holds a connection or a transaction: the stream stays open for hours.
  .get("/stream", (c) => {
    const { session, services, view } = c.var;
    if (!session?.tenantId || !session.userId) return c.redirect("/tenants", 303);
    const listener = {
      sessionId: session.id,
      digest: tokenDigest(sessionToken(c)!).toHex(),
      tenantId: session.tenantId,
      userId: session.userId,
      write: (unread: number) => JSON.stringify(told(view, unread)),
    };
    const stream = services.streams.open(listener, session.unread);
    if (!stream) return c.body(null, 429);
    return c.body(stream, 200, {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store",
      "X-Accel-Buffering": "no",
    });
  })
  .get("/unread", (c) => {
    const { session, view } = c.var;
    if (!session?.tenantId) return c.redirect("/tenants", 303);
    return c.json(told(view, session.unread));
  })
  .use(scoped)
  .get("/", async (c) => {
    const { scope, view } = c.var;
    const unread = c.req.query("show") === "unread";
    const shown = await notifications.list(scope, placed(c), { unread });
    const node = <NotificationIndex view={view} page={shown} unread={unread} />;
    return await page(c, node, { title: "notifications.title" });
  })
  // Opening one is reading it, as opening a record is a visit.
  .get(
    `/${idPart}`,
    async (c) => c.redirect(hrefOf(await notifications.read(c.var.scope, c.req.param("id"))), 303),
  )
  .post(`/${idPart}/reading`, async (c) => {
    await notifications.read(c.var.scope, c.req.param("id"));
    return c.redirect(list(c), 303);
  })
  .post("/reading", async (c) => {
    const read = await readForm(c, UpTo);
    if (!read.ok) return c.redirect(list(c), 303);
    const count = await notifications.readAll(c.var.scope, read.value.upTo);
    const flash = { kind: "ok", key: "notifications.all_read", params: { count } } as const;
    return await redirect(c, list(c), flash);
  });

const told = (view: Ctx["var"]["view"], unread: number) => ({
  unread,
  label: countLabel(view.t, unread),
});

/** The list as it was looked at. */
const list = (c: Ctx) =>
  c.req.query("show") === "unread" ? "/notifications?show=unread" : "/notifications";
