/** The first run: until it is complete, every page leads here. */
import { z } from "zod";
import { Invalid } from "../db/errors.ts";
import * as passwords from "../db/passwords.ts";
import * as provider from "../db/provider.ts";
import * as setup from "../db/setup.ts";
import * as tokens from "../db/tokens.ts";
import { SetupGone, SetupPage, SetupWaiting } from "../views/setup.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { ProviderInput } from "./provider.tsx";
import { signIn } from "./sign_in.ts";
import { type Ctx, invalid, page, type Read, readForm, type Services, web } from "./web.tsx";

const Input = z.object({
  admin: z.object({ name: fields.name(), email: fields.email, password: fields.password }),
  provider: ProviderInput,
  tenantName: fields.line(200),
  samples: fields.tick,
});

type Entered = z.output<typeof Input>;

/** Installations that are set up: asked of the database until it says yes, then never again. */
const ready = new WeakSet<Services>();

async function isReady(services: Services): Promise<boolean> {
  if (ready.has(services)) return true;
  const done = await provider.exists(services.pool);
  if (done) ready.add(services);
  return done;
}

/** Leads every page but the help to the set-up until it is done. */
export const untilSetUp = web.createMiddleware(async (c, next) => {
  const open = /^\/(setup|help)(\/|$)/.test(c.req.path);
  if (!open && !await isReady(c.get("services"))) return c.redirect("/setup", 303);
  await next();
});

export default web.createApp()
  .use(async (c, next) => {
    if (await isReady(c.var.services)) return c.redirect("/", 303);
    c.header("Cache-Control", "no-store");
    await next();
  })
  .get(
    "/",
    (c) =>
      page(c, <SetupWaiting view={c.var.view} />, { title: "setup.waiting_title", bare: true }),
  )
  .get(
    `/${fields.tokenPart}`,
    async (c) => await isLive(c) ? await show(c, emptyForm) : await gone(c),
  )
  .post(`/${fields.tokenPart}`, async (c) => {
    if (!await isLive(c)) return await gone(c);
    const read = await readForm(c, Input);
    const faults = await faultsOf(read);
    if (!read.ok || faults) return await show(c, invalid(read.form, faults ?? {}), 422);
    return await finish(c, read.value);
  });

async function finish(c: Ctx, entered: Entered): Promise<Response> {
  const { admin, samples, tenantName, provider } = entered;
  const { password, ...person } = admin;
  const passwordHash = await passwords.hash(password);
  const input = {
    provider,
    tenantName: tenantName || provider.name,
    admin: { ...person, passwordHash, locale: c.var.view.locale },
    samples,
    operatorFactors: c.var.services.config.appEnv === "production",
  };
  try {
    const done = await setup.complete(c.var.services.pool, c.req.param("token")!, input);
    await signIn(c, { ...done, factor: "link" });
  } catch (error) {
    if (error instanceof Invalid && error.code === "setup.gone") return await gone(c);
    throw error;
  }
  return c.redirect("/start", 303);
}

/** The password is judged beside the other fields, so that all faults show at once. */
async function faultsOf({ form }: Read<Entered>): Promise<Record<string, string> | null> {
  const text = (name: string) => [form.values[name] ?? ""].flat().at(-1)!;
  const known = [text("admin.name"), text("admin.email"), text("provider.name")];
  const fault = await passwords.fault(text("admin.password"), known);
  return fault ? { "admin.password": fault } : null;
}

const isLive = async (c: Ctx) =>
  await tokens.lookup(c.var.services.pool, "setup", c.req.param("token")!) !== null;

const show = (c: Ctx, form: FormState, status: 200 | 422 = 200) =>
  page(c, <SetupPage view={c.var.view} form={form} />, {
    title: "setup.title",
    status,
    bare: true,
  });

const gone = (c: Ctx) =>
  page(c, <SetupGone view={c.var.view} />, { title: "setup.gone_title", status: 410, bare: true });
