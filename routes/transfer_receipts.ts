/** Where other controllers send a person's data (Art. 20(2) GDPR), to an address that takes one document. */
import { HTTPException } from "hono/http-exception";
import { Invalid } from "../db/errors.ts";
import * as incoming from "../db/incoming_transfers.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { system, withScope } from "../db/scope.ts";
import { arrived, bounded } from "./bodies.ts";
import * as fields from "./fields.ts";
import { counters, prefix } from "./sign_in.ts";
import { web } from "./web.tsx";

/** Bytes of a document: one person, no files. */
const largest = 512 * 1024;

/** Called by programs elsewhere, which the token lets in: once, and to leave something only. */
const receipts = web.createApp();
receipts.onError((error, c) => {
  if (!(error instanceof HTTPException) || error.status !== 413) throw error;
  return c.json({ error: "too_large" }, 413);
});

export default receipts.put(
  `/${fields.tokenPart}`,
  bounded(largest),
  arrived(),
  async (c) => {
    await rateLimits.count(counters(c), rateLimits.limits.deliveries, prefix(c));
    const { pool, config } = c.var.services;
    const found = await incoming.route(pool, c.req.param("token"));
    if (!found) return c.json({ error: "not_found" }, 404);
    const text = await c.req.text();
    try {
      const taken = await withScope(
        pool,
        { tenantId: found.tenantId, actor: system },
        (scope) => incoming.receive(scope, config, found.id, text),
      );
      return taken ? c.body(null, 204) : c.json({ error: "gone" }, 410);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return c.json({ error: "invalid_document" }, 422);
    }
  },
);
