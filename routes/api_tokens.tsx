/** API tokens: creating, showing once and revoking one's own; revoking everybody's, for admins. */
import { z } from "zod";
import * as tokens from "../db/api_tokens.ts";
import { AllTokensPage, OwnTokensPage } from "../views/api/tokens.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { confirmedByFactor } from "./confirmed.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { isOwnPassword } from "./sign_in.ts";
import { type Ctx, faultOf, invalid, page, readForm, redirect, web } from "./web.tsx";

const Input = (offered: readonly tokens.ApiScope[]) =>
  z.object({
    name: fields.name(100),
    days: z.enum(tokens.lifetimes.map(String) as ["30"], { error: "required" }).transform(Number),
    scopes: z.preprocess(
      (value) => [value ?? []].flat(),
      z.array(z.enum(offered as [tokens.ApiScope])).min(1, "api.scope_missing"),
    ),
    current: fields.password,
  });

const empty: FormState = { values: { days: "90" }, errors: {} };

export default web.createApp()
  .use(signedIn, scoped)
  .get("/", (c) => show(c, empty))
  .post("/", confirmedByFactor, create)
  .post(`/${fields.idPart}/end`, async (c) => {
    await tokens.remove(c.var.scope, c.req.param("id"));
    return await redirect(c, "/account/tokens", { kind: "ok", key: "api.token_ended" });
  });

/** All tokens of the tenant, for its admins. */
export const allTokens = web.createApp()
  .use(signedIn, scoped, may("settings.manage"))
  .get("/", async (c) => {
    const found = await tokens.listAll(c.var.scope);
    return await page(c, <AllTokensPage view={c.var.view} tokens={found} />, {
      title: "api.all_tokens",
    });
  })
  .post(`/tokens/${fields.idPart}/end`, async (c) => {
    await tokens.remove(c.var.scope, c.req.param("id"), true);
    return await redirect(c, "/settings/api", { kind: "ok", key: "api.token_ended" });
  });

/** The password is asked for again: a token outlives the session that a thief may hold. */
async function create(c: Ctx): Promise<Response> {
  const { scope, session } = c.var;
  const read = await readForm(c, Input(tokens.scopesOf(session!.role!)));
  const { current: _, ...values } = read.form.values;
  const form = { values, errors: read.form.errors };
  if (!read.ok) return await show(c, form, null, 422);
  const { current, ...wanted } = read.value;
  if (!await isOwnPassword(c, current)) {
    return await show(c, invalid(form, { current: "passwords.wrong" }), null, 422);
  }
  let token = "";
  const fault = await faultOf((async () => token = await tokens.create(scope, wanted))());
  if (fault) return await show(c, invalid(form, fault), null, 422);
  // Shown in the answer itself: it is kept nowhere from which it could be shown again.
  return await show(c, empty, token);
}

async function show(
  c: Ctx,
  form: FormState,
  token: string | null = null,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { scope, session, view } = c.var;
  c.header("Cache-Control", "no-store");
  const found = await tokens.list(scope);
  return await page(
    c,
    <OwnTokensPage
      view={view}
      form={form}
      tokens={found}
      token={token}
      offered={tokens.scopesOf(session!.role!)}
      lifetimes={tokens.lifetimes}
    />,
    { title: "api.tokens", status },
  );
}
