/** Where a tenant's provider reports that a session has ended; its signature authorises it. */
import * as logouts from "../db/provider_logouts.ts";
import * as rateLimits from "../db/rate_limits.ts";
import * as oidc from "../db/single_sign_on.ts";
import { arrived, bounded } from "./bodies.ts";
import { counters, prefix } from "./sign_in.ts";
import { meansOf } from "./single_sign_on.tsx";
import { web } from "./web.tsx";

/** Bytes of a token in its form. */
const largest = 64 * 1024;

export default web.createApp()
  // At this action alone: what another method brings is read by the app, and can be read once only.
  .post("/", bounded(largest), arrived(), async (c) => {
    c.header("Cache-Control", "no-store");
    await rateLimits.count(counters(c), rateLimits.limits.logouts, prefix(c));
    const { logout_token: token } = await c.req.parseBody();
    const { services } = c.var;
    try {
      if (typeof token !== "string") throw new oidc.SignInRefused("refused");
      const ended = await logouts.accept(meansOf(c), services.config.secretKey, token);
      services.audit.info("sessions ended by their provider", { count: ended });
      return c.body(null, 200);
    } catch (error) {
      if (!(error instanceof oidc.SignInRefused)) throw error;
      return c.json({ error: "invalid_request" }, 400);
    }
  });
