/** One's own way to send mail: the server, its test, and signatures. */
import { z } from "zod";
import { Invalid, Stale } from "../db/errors.ts";
import { isId, newId } from "../db/ids.ts";
import * as mailAccounts from "../db/mail_accounts.ts";
import { faultOfHost } from "../db/mail_hosts.ts";
import * as signatures from "../db/mail_signatures.ts";
import { MailSettings } from "../views/account/mail.tsx";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { block } from "./message_forms.ts";
import { maybe } from "./records.ts";
import { type Ctx, invalid, overtaken, page, readForm, redirect, web } from "./web.tsx";

const Account = z.object({
  id: z.string().optional(),
  version: z.coerce.number().int().min(0).max(2_000_000_000).catch(0),
  senderName: fields.name(100),
  address: fields.email,
  host: fields.host("mail_accounts.host_wrong"),
  port: fields.port,
  security: z.enum(["tls", "starttls", "none"], { error: "option" }),
  username: maybe(254),
  password: z.string().optional().default("").pipe(z.string().max(500)),
});
const Signatures = z.object({ de: block(2000), en: block(2000) });

export default web.createApp()
  .use(signedIn, scoped, may("mail_accounts.manage"))
  .get("/", (c) => show(c))
  .post("/", async (c) => {
    const read = await readForm(c, Account);
    if (!read.ok) return await show(c, { account: read.form });
    const { id, version, ...input } = read.value;
    const { config } = c.var.services;
    const production = config.appEnv === "production";
    const refuse = (faults: Record<string, string>) =>
      show(c, { account: invalid(read.form, faults) });
    const wrong = faultOfHost(input.host, production);
    if (wrong) return await refuse({ host: `mail_accounts.${wrong}` });
    if (production && input.security === "none") {
      return await refuse({ security: "mail_accounts.encryption_needed" });
    }
    const own = id && isId(id) ? id : newId();
    try {
      await mailAccounts.save(c.var.scope, config, own, version, input);
    } catch (error) {
      if (error instanceof Invalid) return await refuse({ [error.field]: error.code });
      if (error instanceof Stale) {
        return await show(c, { account: overtaken(read.form, error) }, 409);
      }
      throw error;
    }
    return await redirect(c, "/account/mail", { kind: "info", key: "mail_accounts.saved" });
  })
  .post("/check", async (c) => {
    await mailAccounts.ask(c.var.scope);
    return c.redirect("/account/mail", 303);
  })
  .post("/deletion", async (c) => {
    await mailAccounts.remove(c.var.scope);
    return await redirect(c, "/account/mail", { kind: "ok", key: "mail_accounts.removed" });
  })
  .get("/signatures", (c) => c.redirect("/account/mail#signatures", 303))
  .post("/signatures", async (c) => {
    const read = await readForm(c, Signatures);
    if (!read.ok) return await show(c, { signatures: read.form });
    await signatures.update(c.var.scope, read.value);
    return await redirect(c, "/account/mail", {
      kind: "ok",
      key: "mail_accounts.signatures_saved",
    });
  });

interface Forms {
  account?: FormState;
  signatures?: FormState;
}

async function show(c: Ctx, forms: Forms = {}, fault: 409 | 422 = 422): Promise<Response> {
  const { scope, view, session } = c.var;
  const account = await mailAccounts.lookup(scope);
  const kept = await signatures.find(scope);
  const blank = {
    id: newId(),
    version: "0",
    senderName: session!.name,
    address: session!.email,
    port: "587",
    security: "starttls",
    username: session!.email,
  };
  const values = account
    ? {
      version: String(account.version),
      senderName: account.senderName,
      address: account.address,
      host: account.host,
      port: String(account.port),
      security: account.security,
      username: account.username,
    }
    : blank;
  const node = (
    <MailSettings
      view={view}
      account={account}
      form={forms.account ?? { values, errors: {} }}
      signatures={forms.signatures ?? { values: { ...kept }, errors: {} }}
      plain={c.var.services.config.appEnv !== "production"}
    />
  );
  const status = forms.account || forms.signatures ? fault : 200;
  return await page(c, node, { title: "mail_accounts.title", status });
}
