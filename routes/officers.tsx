/** A tenant's officer and their deputy, for its admins. */
import { may, scoped, signedIn } from "./guards.ts";
import { save, show } from "./officer_settings.tsx";
import { web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, scoped, may("settings.manage"))
  .get("/", (c) => show(c, c.var.scope))
  .post("/", (c) => save(c, c.var.scope));
