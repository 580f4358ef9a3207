/** One's own data when signed in: what, why, until when; to export, correct and erase. */
import { z } from "zod";
import * as accountErasures from "../db/account_erasures.ts";
import { providerId } from "../db/controllers.ts";
import { Invalid } from "../db/errors.ts";
import * as personLetters from "../db/person_letters.ts";
import { periodOf } from "../db/policies/facts.ts";
import * as providers from "../db/provider.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import * as tenants from "../db/tenants.ts";
import * as userData from "../db/user_data.ts";
import { ErasureDone, ErasurePage, OwnPrivacyPage } from "../views/account/privacy.tsx";
import { accountErased } from "../views/mail/cases.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { confirmedByFactor } from "./confirmed.tsx";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { signedIn } from "./guards.ts";
import { unstored } from "./link_pages.ts";
import { forget, isOwnPassword } from "./sign_in.ts";
import { type Ctx, invalid, page, readForm, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn)
  .use(unstored)
  .get("/", async (c) => {
    const { view, services: { pool } } = c.var;
    const [held, provider] = [
      await own(c, (scope, self) => userData.overview(pool, scope, self)),
      await providers.lookup(pool),
    ];
    const rows = held.map((each) => ({
      ...each,
      periods: [...new Set(each.columns.map(([, { retention }]) => retention))].map(periodOf),
    }));
    const props = { view, held: rows, provider, tenant: c.var.session!.tenantName };
    return await page(c, <OwnPrivacyPage {...props} />, { title: "own_privacy.title" });
  })
  .get("/data.json", async (c) => {
    const { view, services: { pool } } = c.var;
    const data = await own(c, (scope, self) => userData.read(pool, scope, self));
    const text = JSON.stringify(
      { format: "kompaktcrm-own-data-1", issuedAt: view.now.toISOString(), data },
      null,
      2,
    );
    return download(c, text, {
      name: c.var.view.t("own_privacy.file"),
      type: "application/json; charset=UTF-8",
    });
  })
  .get("/erasure", (c) => showErasure(c, emptyForm))
  .post("/erasure", confirmedByFactor, erase);

/** Runs work for oneself; within the current tenant's transaction, if there is one. */
async function own<T>(
  c: Ctx,
  work: (scope: Scope | null, self: userData.Self) => Promise<T>,
): Promise<T> {
  const { identityId, email, userId, tenantId } = c.var.session!;
  const self = { identityId, email, userId };
  if (!tenantId || !userId) return await work(null, self);
  // A person's own data: the limits of a role only concern the tenant's records.
  const who = { tenantId, actor: { kind: "user", userId, narrowed: false } } as const;
  return await withScope(c.var.services.pool, who, (scope) => work(scope, self));
}

async function showErasure(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { pool } = c.var.services;
  const { identityId } = c.var.session!;
  const props = {
    view: c.var.view,
    form,
    obstacles: await accountErasures.obstacles(pool, identityId),
    memberships: (await tenants.memberships(pool, identityId)).map(({ tenantName }) => tenantName),
  };
  return await page(c, <ErasurePage {...props} />, { title: "own_privacy.erase", status });
}

const Input = z.object({ current: fields.password });

async function erase(c: Ctx): Promise<Response> {
  const { pool, config } = c.var.services;
  const { identityId } = c.var.session!;
  const read = await readForm(c, Input);
  if (!read.ok) return await showErasure(c, read.form, 422);
  if (!await isOwnPassword(c, read.value.current)) {
    return await showErasure(c, invalid(read.form, { current: "passwords.wrong" }), 422);
  }
  try {
    const number = await withScope(pool, { tenantId: providerId, actor: system }, async (scope) => {
      const found = await accountErasures.erase(scope, config.secretKey, identityId);
      const { baseUrl } = config;
      const locale = found.language === "de" ? "de" : "en";
      const letter = accountErased({ locale, number: found.number, baseUrl });
      await personLetters.send(scope, found, "result", letter);
      return found.number;
    });
    c.set("session", null);
    forget(c);
    const node = <ErasureDone view={c.var.view} number={number} />;
    return await page(c, node, { title: "own_privacy.erased", bare: true });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await showErasure(c, read.form, 422);
  }
}
