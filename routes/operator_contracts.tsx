/** The operator's contracts, erasures with their steps, and invoices kept by law. */
import { z } from "zod";
import { today } from "../db/clock.ts";
import * as contracts from "../db/contracts.ts";
import * as invoices from "../db/customer_invoices.ts";
import { isId } from "../db/ids.ts";
import { mostCents, parseCents } from "../db/money.ts";
import * as erasures from "../db/tenant_erasures.ts";
import * as tenants from "../db/tenants.ts";
import { InvoiceIndex } from "../views/contracts/invoices.tsx";
import { ContractIndex, ErasurePage } from "../views/contracts/operator.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { operator, signedIn } from "./guards.ts";
import { type Ctx, faultOf, invalid, page, readForm, redirect, web } from "./web.tsx";

const Invoice = z.object({
  number: fields.name(50),
  slug: fields.name(100),
  customer: fields.name(),
  address: z.string().optional().transform((text) => (text ?? "").trim())
    .pipe(z.string().max(500)),
  issuedOn: fields.day.refine((day) => day <= today(), "future"),
  amount: fields.name(40).transform((text, refusal) => {
    const cents = parseCents(text);
    if (cents !== null && cents <= mostCents) return cents;
    refusal.addIssue({ code: "custom", message: "number" });
    return z.NEVER;
  }),
});

const Told = z.object({ processorId: z.string().refine(isId, "invalid") });

const after = (c: Ctx): string | null => {
  const id = c.req.query("after") ?? "";
  return isId(id) ? id : null;
};

export default web.createApp()
  .use(signedIn, operator)
  .get("/contracts", async (c) => {
    const { pool } = c.var.services;
    const list = await contracts.list(pool, after(c));
    const all = await erasures.list(pool);
    const node = <ContractIndex view={c.var.view} {...list} erasures={all} />;
    return await page(c, node, { title: "operator.contracts" });
  })
  .get(`/erasures/${fields.idPart}`, async (c) => {
    const { pool } = c.var.services;
    const erasure = await erasures.find(pool, c.req.param("id"));
    const [steps, confirmations, kept] = await Promise.all([
      erasures.listSteps(pool, erasure),
      erasures.listConfirmations(pool, erasure.id),
      invoices.keptOf(pool, erasure.house),
    ]);
    return await page(
      c,
      <ErasurePage
        view={c.var.view}
        erasure={erasure}
        steps={steps}
        confirmations={confirmations}
        invoices={kept}
        today={today()}
      />,
      { title: "contracts.erasures" },
    );
  })
  .post(`/erasures/${fields.idPart}/confirmations`, async (c) => {
    const { pool } = c.var.services;
    const { id } = await erasures.find(pool, c.req.param("id"));
    const read = await readForm(c, Told);
    const processorId = read.ok ? read.value.processorId : "";
    await erasures.confirm(pool, id, processorId, "told");
    return await redirect(c, `/operator/erasures/${id}`, {
      kind: "ok",
      key: "contracts.confirmed",
    });
  })
  .get("/invoices", (c) => show(c))
  .post("/invoices", async (c) => {
    const read = await readForm(c, Invoice);
    if (!read.ok) return await show(c, read.form);
    const { pool } = c.var.services;
    const { slug, amount, ...input } = read.value;
    const tenant = await tenants.lookup(pool, slug);
    if (!tenant) return await show(c, invalid(read.form, { slug: "contracts.no_tenant" }));
    const bill = { ...input, house: tenant.id, cents: amount, currency: "EUR" };
    const fault = await faultOf(invoices.create(pool, bill));
    if (fault) return await show(c, invalid(read.form, fault));
    return await redirect(c, "/operator/invoices", { kind: "ok", key: "contracts.invoice_kept" });
  });

async function show(c: Ctx, form?: FormState): Promise<Response> {
  const list = await invoices.list(c.var.services.pool, { after: after(c) });
  return await page(
    c,
    <InvoiceIndex view={c.var.view} form={form ?? emptyForm} {...list} />,
    { title: "contracts.invoices", status: form ? 422 : 200 },
  );
}
