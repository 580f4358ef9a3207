/** A user's own calendar: read by other programs at a secret address, which the user creates and closes. */
import { createHash } from "node:crypto";
import { z } from "zod";
import * as feeds from "../db/calendar_feeds.ts";
import { NotFound } from "../db/errors.ts";
import { calendar, type CalendarEvent } from "../db/exports/icalendar.ts";
import { withScope } from "../db/scope.ts";
import { CalendarFeedPage } from "../views/account/calendar_feed.tsx";
import { translator } from "../views/i18n/translate.ts";
import { path } from "../views/path.ts";
import { confirmed } from "./confirmed.tsx";
import { may, scoped, signedIn } from "./guards.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const Input = z.object({ detail: z.enum(feeds.details).catch("subject") });

/** The file itself; its address is all that is asked for. */
export default web.createApp().get("/:token{[A-Za-z0-9_-]{43}\\.ics}", async (c) => {
  const { pool, config: { baseUrl } } = c.var.services;
  const route = await feeds.route(pool, c.req.param("token").slice(0, -".ics".length));
  if (!route) throw new NotFound("calendar");
  const actor = { kind: "user", userId: route.userId } as const;
  const rows = await withScope(
    pool,
    { tenantId: route.tenantId, actor },
    (scope) => feeds.list(scope, route.userId),
  );
  const text = fileOf(route, rows, baseUrl);
  const etag = `"${createHash("sha256").update(text).digest("base64url")}"`;
  const headers = {
    ETag: etag,
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
  };
  const known = (c.req.header("If-None-Match") ?? "").split(",")
    .map((each) => each.trim().replace(/^W\//, ""));
  if (known.includes(etag)) return c.body(null, 304, headers);
  return c.body(text, 200, {
    ...headers,
    "Content-Type": "text/calendar; charset=utf-8",
    "Content-Disposition": 'inline; filename="kompaktcrm.ics"',
  });
});

/** The rows as a file, in the user's language; busy times alone hide what they are about. */
function fileOf(
  { locale, detail }: feeds.Route,
  rows: readonly feeds.FeedRow[],
  baseUrl: string,
): string {
  const t = translator(locale);
  const { host } = new URL(baseUrl);
  const busy = detail === "busy";
  const shown = busy ? rows.filter(({ kind }) => kind !== "task") : rows;
  const events = shown.map((row): CalendarEvent => ({
    ...row,
    summary: busy
      ? t("calendars.feed_busy")
      : row.kind === "meeting"
      ? row.subject
      : `${t(`activities.kind_${row.kind}`)}: ${row.subject}`,
    description: "",
    url: busy ? "" : baseUrl + path`/activities/${row.id}`,
    free: row.kind === "task",
  }));
  return calendar(t("calendars.feed_name", { name: host }), host, events);
}

/** The page of one's own feed. */
export const ownFeed = web.createApp()
  .use(signedIn, scoped, may("activities.read"))
  .get("/", (c) => show(c, null))
  // An address, like a token, outlives the session that a thief may hold.
  .post("/", confirmed, async (c) => {
    const read = await readForm(c, Input);
    const token = await feeds.renew(c.var.scope, read.ok ? read.value.detail : "subject");
    // Shown in the answer itself: it is kept nowhere from which it could be shown again.
    return await show(c, c.var.services.config.baseUrl + path`/calendar-feeds/${token}.ics`);
  })
  .post("/removal", async (c) => {
    await feeds.remove(c.var.scope);
    return await redirect(c, "/account/calendar-feed", {
      kind: "ok",
      key: "calendars.feed_closed",
    });
  });

async function show(c: Ctx, address: string | null): Promise<Response> {
  const { scope, view } = c.var;
  const feed = await feeds.lookup(scope);
  c.header("Cache-Control", "no-store");
  return await page(c, <CalendarFeedPage view={view} feed={feed} address={address} />, {
    title: "calendars.feed",
  });
}
