/** Tokens of a tenant's directory (SCIM): created by owners, shown once, revoked by admins. */
import { z } from "zod";
import * as tokens from "../db/directory_tokens.ts";
import { confirmed } from "./confirmed.tsx";
import { showSettings } from "./factor_demands.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { faultOf, invalid, readForm, redirect, web } from "./web.tsx";

const Input = z.object({
  days: z.enum(tokens.lifetimes.map(String) as ["365"], { error: "required" }).transform(Number),
});

export default web.createApp()
  .use(signedIn, scoped, may("settings.manage"))
  // By such a token owners are shut out too, so an owner alone hands it out.
  .post("/", may("owners.manage"), confirmed, async (c) => {
    const read = await readForm(c, Input);
    if (!read.ok) return await showSettings(c, { directory: read.form }, 422);
    let token = "";
    const create = async () => token = await tokens.create(c.var.scope, read.value.days);
    const fault = await faultOf(create());
    if (fault) return await showSettings(c, { directory: invalid(read.form, fault) }, 422);
    // Shown in the answer itself: it is kept nowhere from which it could be shown again.
    return await showSettings(c, { token });
  })
  .post(`/${fields.idPart}/end`, confirmed, async (c) => {
    await tokens.remove(c.var.scope, c.req.param("id"));
    return await redirect(c, "/settings/sign-in", { kind: "ok", key: "directory.ended" });
  });
