/** For monitoring: whether the process is alive, and whether it can answer. */
import { answers } from "../db/pool.ts";
import { web } from "./web.tsx";

export default web.createApp()
  .get("/live", (c) => c.json({ status: "ok" }))
  .get(
    "/ready",
    async (c) =>
      await answers(c.var.services.pool)
        ? c.json({ status: "ok" })
        : c.json({ status: "database away" }, 503),
  );
