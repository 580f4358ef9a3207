/** Sample data: one button removes them. */
import * as samples from "../db/samples.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { redirect, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, scoped)
  .post("/removal", may("samples.remove"), async (c) => {
    const removed = await samples.remove(c.var.scope);
    return await redirect(
      c,
      "/contacts",
      removed
        ? { kind: "ok", key: "samples.removed", params: { count: removed.contacts } }
        : { kind: "info", key: "samples.none" },
    );
  });
