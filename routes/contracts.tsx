/** A tenant's contract for its owners: giving notice, exporting everything, withdrawing the notice. */
import { z } from "zod";
import * as codes from "../db/contract_codes.ts";
import * as caseQueues from "../db/case_queues.ts";
import * as contracts from "../db/contracts.ts";
import { today } from "../db/clock.ts";
import { Invalid } from "../db/errors.ts";
import { addDays } from "../db/local_times.ts";
import * as mails from "../db/mails.ts";
import * as rateLimits from "../db/rate_limits.ts";
import * as tenantExports from "../db/tenant_exports.ts";
import { ContractPage } from "../views/contracts/page.tsx";
import { contractCode, contractNotice } from "../views/mail/contracts.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { confirmed, confirmedByFactor, isGuarded } from "./confirmed.tsx";
import { unsent } from "./downloads.ts";
import * as fields from "./fields.ts";
import { stored } from "./files.tsx";
import { may, scoped, signedIn } from "./guards.ts";
import { counters, isOwnPassword } from "./sign_in.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const Notice = z.object({
  lastDay: z.iso.date({ error: "date" }),
  tenant: fields.name(),
  password: fields.password,
});
const Withdrawal = z.object({ code: z.string().optional().default("").pipe(fields.line(20)) });

export default web.createApp()
  .use(signedIn, scoped, may("contract.manage"))
  .get("/", (c) => show(c, {}))
  .post("/notice", confirmedByFactor, async (c) => {
    const read = await readForm(c, Notice);
    // What was typed to be sure is typed again.
    const form = { ...read.form, values: { ...read.form.values, password: "" } };
    if (!read.ok) return await show(c, { notice: form });
    const { scope, session } = c.var;
    const { lastDay, tenant, password } = read.value;
    const refuse = (errors: Record<string, string>) => show(c, { notice: invalid(form, errors) });
    const fault = contracts.faultOfLastDay(lastDay);
    if (fault) return await refuse({ lastDay: fault });
    if (tenant !== session!.tenantName) return await refuse({ tenant: "contracts.other_name" });
    if (!await isOwnPassword(c, password)) return await refuse({ password: "passwords.wrong" });
    try {
      const contract = await contracts.giveNotice(scope, lastDay);
      await writeOwners(c, contractNotice, contract);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      // Somebody was quicker: the page has no form any more.
      return await redirect(c, "/settings/contract", {
        kind: "error",
        key: "contracts.given_already",
      });
    }
    return await redirect(c, "/settings/contract", { kind: "ok", key: "contracts.notice_given" });
  })
  .post("/codes", async (c) => {
    const { scope, session, services: { config } } = c.var;
    const { identityId, locale, name, email } = session!;
    await rateLimits.count(counters(c), rateLimits.limits.reauthentication, `code ${identityId}`);
    const { endsOn } = await contracts.find(scope);
    if (endsOn) {
      const code = await codes.issue(scope, config.secretKey, identityId);
      const letter = contractCode({ locale, name, code, baseUrl: config.baseUrl });
      await mails.send(scope.sql, { tenantId: null, kind: "contract_code", to: email, ...letter });
    }
    return await redirect(c, "/settings/contract#withdrawal", {
      kind: "info",
      key: "contracts.code_sent",
    });
  })
  .post("/withdrawal", confirmedByFactor, async (c) => {
    const read = await readForm(c, Withdrawal);
    if (!read.ok) return await show(c, { withdrawal: read.form });
    const { scope, session, services: { config } } = c.var;
    const refuse = (code: string) => show(c, { withdrawal: invalid(read.form, { code }) });
    // People with a second factor have just used it; the others need a code sent by mail.
    if (!await isGuarded(c)) {
      if (read.value.code === "") return await refuse("required");
      await rateLimits.count(counters(c), rateLimits.limits.reauthentication, session!.identityId);
      if (!await codes.use(scope, config.secretKey, read.value.code)) {
        return await refuse("contracts.wrong_code");
      }
    }
    try {
      await contracts.withdrawNotice(scope);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await refuse(error.code);
    }
    return await redirect(c, "/settings/contract", { kind: "ok", key: "contracts.withdrawn" });
  })
  .post("/exports", confirmed, async (c) => {
    await tenantExports.create(c.var.scope);
    return await redirect(c, "/settings/contract#exports", {
      kind: "ok",
      key: "contracts.export_begun",
    });
  })
  .get(`/exports/${fields.idPart}`, confirmed, async (c) => {
    const { scope } = c.var;
    const id = c.req.param("id");
    const { object, name, size } = await tenantExports.findFile(scope, id);
    const answer = await stored(c, object, { name, size, type: "application/zip" });
    if (!answer.ok || c.req.method !== "GET") return answer;
    await tenantExports.noteHandedOut(scope, id).catch(async (error) => {
      await unsent(answer);
      throw error;
    });
    return answer;
  });

/** Writes to all owners what was done, with the days that follow from it. */
async function writeOwners(
  c: Ctx,
  write: typeof contractNotice,
  contract: contracts.Contract,
): Promise<void> {
  const { scope, session, services: { config } } = c.var;
  const requests = await caseQueues.countOpen(scope);
  for (const owner of await contracts.owners(scope)) {
    const letter = write({
      ...owner,
      requests,
      tenant: session!.tenantName!,
      contract,
      baseUrl: config.baseUrl,
      now: scope.now,
    });
    await mails.send(scope.sql, {
      tenantId: scope.tenantId,
      kind: "contract_notice",
      to: owner.email,
      ...letter,
    });
  }
}

async function show(
  c: Ctx,
  forms: { notice?: FormState; withdrawal?: FormState },
): Promise<Response> {
  const { view, scope, session } = c.var;
  const [contract, exports, requests] = [
    await contracts.find(scope),
    await tenantExports.list(scope),
    await caseQueues.countOpen(scope),
  ];
  const blank: FormState = {
    values: { lastDay: addDays(today(), 30) },
    errors: {},
  };
  return await page(
    c,
    <ContractPage
      view={view}
      contract={contract}
      tenant={session!.tenantName!}
      exports={exports}
      requests={requests}
      notice={forms.notice ?? blank}
      withdrawal={forms.withdrawal ?? emptyForm}
      guarded={await isGuarded(c)}
    />,
    { title: "contracts.title", status: forms.notice || forms.withdrawal ? 422 : 200 },
  );
}
