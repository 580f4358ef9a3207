/** For watchers: is the process alive, is it fit to answer. */
import { web } from "./web.tsx";

export default web.createApp()
  .get("/live", (c) => c.json({ status: "ok" }))
  .get("/ready", async (c) => {
    try {
      await c.var.services.pool`select 1`;
      return c.json({ status: "ok" });
    } catch {
      return c.json({ status: "database away" }, 503);
    }
  });
