/** The officer's calendar of deadlines; knowing its address is all it takes to read it. */
import * as caseFeeds from "../db/case_feeds.ts";
import { providerId } from "../db/controllers.ts";
import { NotFound } from "../db/errors.ts";
import { calendar } from "../db/exports/icalendar.ts";
import { addDays, instantOf } from "../db/local_times.ts";
import { system, withScope } from "../db/scope.ts";
import { path } from "../views/path.ts";
import * as fields from "./fields.ts";
import { web } from "./web.tsx";

export default web.createApp()
  .get(`/${fields.idPart}/:token{[A-Za-z0-9_-]{43}\\.ics}`, async (c) => {
    const { pool, config: { baseUrl, secretKey } } = c.var.services;
    const { t } = c.var.view;
    const tenantId = c.req.param("id").toLowerCase();
    const token = c.req.param("token").slice(0, -".ics".length);
    const found = await withScope(
      pool,
      { tenantId, actor: system },
      async (scope) =>
        await caseFeeds.isToken(scope, secretKey, token) ? await caseFeeds.list(scope) : null,
    );
    if (!found) throw new NotFound("calendar");
    const base = tenantId === providerId ? "/operator/requests" : "/settings/requests";
    const { host } = new URL(baseUrl);
    const events = found.map(({ id, number, dueOn, updatedAt, version }) => ({
      ...{ id, updatedAt, version, rrule: null, allDay: true, free: true, description: "" },
      ...{ skipped: [], seriesId: null, seriesDay: null },
      summary: t("cases.feed_summary", { number }),
      url: baseUrl + base + path`/${id}`,
      dueAt: instantOf(dueOn),
      endsAt: instantOf(addDays(dueOn, 1)),
    }));
    return c.body(calendar(t("cases.feed_name", { name: host }), host, events), 200, {
      "Content-Type": "text/calendar; charset=utf-8",
      "Content-Disposition": 'inline; filename="deadlines.ics"',
      "Cache-Control": "private, no-cache",
      "Referrer-Policy": "no-referrer",
    });
  });
