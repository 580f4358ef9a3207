/** Mailboxes: connecting, viewing, choosing folders, disconnecting. */
import { z } from "zod";
import { Forbidden, Invalid, Stale } from "../db/errors.ts";
import { formId } from "../db/ids.ts";
import { faultOfHost } from "../db/mail_hosts.ts";
import * as mailboxes from "../db/mailboxes.ts";
import * as folders from "../db/mailboxes/folders.ts";
import { MailboxForm } from "../views/mailboxes/form.tsx";
import { MailboxIndex } from "../views/mailboxes/index.tsx";
import { MailboxPage } from "../views/mailboxes/page.tsx";
import { path } from "../views/path.ts";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { type Ctx, invalid, overtaken, page, readForm, redirect, web } from "./web.tsx";

const days = [7, 30, 90, 365] as const;

const Access = z.object({
  name: fields.name(100),
  address: fields.email,
  host: fields.host("mailboxes.host_wrong"),
  port: fields.port,
  security: z.enum(["tls", "starttls", "none"]),
  username: fields.name(254),
});

const New = Access.extend({
  id: z.string().optional(),
  password: fields.password,
  days: z.enum(["7", "30", "90", "365"]).catch("30").transform(Number),
  shared: fields.tick,
  privacy: fields.tick,
});

const Old = Access.extend({
  version: z.coerce.number().int().min(1).max(2_000_000_000),
  password: z.string().optional().default("").pipe(z.string().max(512)),
});

const Folders = z.object({
  inbox: fields.line(500).optional().default(""),
  sent: fields.line(500).optional().default(""),
});

export default web.createApp()
  .use(signedIn, scoped, may("mail_accounts.manage"))
  .get("/", async (c) => {
    const { scope, view } = c.var;
    const node = <MailboxIndex view={view} mailboxes={await mailboxes.list(scope)} />;
    return await page(c, node, { title: "mailboxes.title" });
  })
  .get("/new", (c) => {
    const { email } = c.var.session!;
    return showForm(c, null, {
      values: {
        id: formId(),
        address: email,
        username: email,
        port: "993",
        security: "tls",
        days: "30",
      },
      errors: {},
    });
  })
  .post("/new", create)
  .get(`/${fields.idPart}`, async (c) => {
    const mailbox = await mailboxes.find(c.var.scope, c.req.param("id"));
    return await page(c, <MailboxPage view={c.var.view} mailbox={mailbox} />, {
      title: { text: mailbox.name },
    });
  })
  .get(`/${fields.idPart}/edit`, async (c) => {
    const mailbox = await changeable(c);
    const { version, name, address, host, port, security, username } = mailbox;
    return await showForm(c, mailbox, {
      values: {
        version: String(version),
        port: String(port),
        ...{ name, address, host, security, username },
      },
      errors: {},
    });
  })
  .post(`/${fields.idPart}/edit`, update)
  .post(`/${fields.idPart}/checks`, async (c) => {
    const { id } = await changeable(c);
    await mailboxes.checkNow(c.var.scope, id);
    const flash = { kind: "info", key: "mailboxes.check_asked" } as const;
    return await redirect(c, path`/settings/mailboxes/${id}`, flash);
  })
  .post(`/${fields.idPart}/folders`, async (c) => {
    const { scope } = c.var;
    const mailbox = await changeable(c);
    const read = await readForm(c, Folders);
    if (read.ok) {
      for (const role of ["inbox", "sent"] as const) {
        const chosen = read.value[role];
        if (chosen === "") await folders.leave(scope, mailbox.id, role);
        else if (mailbox.folders.includes(chosen)) {
          await folders.choose(scope, mailbox.id, role, chosen);
        }
      }
      await mailboxes.checkNow(scope, mailbox.id);
    }
    const flash = { kind: "ok", key: "mailboxes.folders_saved" } as const;
    return await redirect(c, path`/settings/mailboxes/${mailbox.id}`, flash);
  })
  .post(`/${fields.idPart}/removal`, async (c) => {
    const { id } = await changeable(c);
    await mailboxes.remove(c.var.scope, id);
    return await redirect(c, "/settings/mailboxes", { kind: "ok", key: "mailboxes.removed" });
  });

/** One's own mailbox, or a shared one for users who manage the tenant. Throws NotFound or Forbidden. */
async function changeable(c: Ctx) {
  const mailbox = await mailboxes.find(c.var.scope, c.req.param("id")!);
  if (mailbox.userId === null && !c.var.view.can("settings.manage")) {
    throw new Forbidden("settings.manage");
  }
  return mailbox;
}

/** In production neither clear text nor a server of our own network. */
function faultsOf(
  c: Ctx,
  { host, security }: Pick<mailboxes.MailboxFields, "host" | "security">,
): Record<string, string> | null {
  if (!inProduction(c)) return null;
  if (security === "none") return { security: "mailboxes.security_none_refused" };
  const wrong = faultOfHost(host, true);
  return wrong && { host: `mailboxes.${wrong}` };
}

const inProduction = (c: Ctx) => c.var.services.config.appEnv === "production";

async function create(c: Ctx): Promise<Response> {
  const { scope, view, services } = c.var;
  const read = await readForm(c, New);
  if (!read.ok) return await showForm(c, null, read.form, 422);
  const { id: _, days, ...input } = read.value;
  const faults = faultsOf(c, input) ??
    (await mailboxes.isFull(scope) ? { "": "mailboxes.full" } : null);
  if (faults) return await showForm(c, null, invalid(read.form, faults), 422);
  const id = fields.ownId(read.form);
  const shared = input.shared && view.can("settings.manage");
  const privacy = input.privacy && view.can("requests.manage");
  const since = mailboxes.sinceDay(scope.now, days);
  const wanted = { ...input, shared, privacy };
  await mailboxes.create(scope, services.config, id, wanted, since);
  const flash = { kind: "ok", key: "mailboxes.created" } as const;
  return await redirect(c, path`/settings/mailboxes/${id}`, flash);
}

async function update(c: Ctx): Promise<Response> {
  const { scope, services } = c.var;
  const mailbox = await changeable(c);
  const read = await readForm(c, Old);
  if (!read.ok) return await showForm(c, mailbox, read.form, 422);
  const { version, ...input } = read.value;
  const faults = faultsOf(c, input);
  if (faults) return await showForm(c, mailbox, invalid(read.form, faults), 422);
  const changed = { ...input, shared: mailbox.userId === null };
  try {
    await mailboxes.update(scope, services.config, mailbox.id, version, changed);
  } catch (error) {
    if (error instanceof Invalid) {
      return await showForm(c, mailbox, invalid(read.form, { [error.field]: error.code }), 422);
    }
    if (!(error instanceof Stale)) throw error;
    return await showForm(c, mailbox, overtaken(read.form, error), 409);
  }
  const flash = { kind: "ok", key: "mailboxes.saved" } as const;
  return await redirect(c, path`/settings/mailboxes/${mailbox.id}`, flash);
}

async function showForm(
  c: Ctx,
  mailbox: mailboxes.Mailbox | null,
  form: FormState,
  status?: 422 | 409,
): Promise<Response> {
  const securities = inProduction(c)
    ? (["tls", "starttls"] as const)
    : (["tls", "starttls", "none"] as const);
  const props = { view: c.var.view, form, mailbox, securities, days };
  return await page(c, <MailboxForm {...props} />, {
    title: mailbox ? "mailboxes.edit" : "mailboxes.new",
    status,
  });
}
