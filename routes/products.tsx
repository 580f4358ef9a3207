/** Products: the list, the form, names to choose from while typing, and all of them as a file. */
import { z } from "zod";
import { amountFault, currencies, currencyIn, parseCents } from "../db/money.ts";
import { parsePercent } from "../db/decimals.ts";
import { Invalid, Stale } from "../db/errors.ts";
import { presetOf, table } from "../db/exports/csv.ts";
import { columns } from "../db/exports/products.ts";
import { formId } from "../db/ids.ts";
import * as changes from "../db/changes.ts";
import * as offerSettings from "../db/offer_settings.ts";
import * as products from "../db/products.ts";
import { path } from "../views/path.ts";
import { ProductForm, ProductIndex, ProductNames } from "../views/products.tsx";
import type { FormState } from "../views/ui/form.tsx";
import type { View } from "../views/view.ts";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { cursor, pageAt, text } from "./lists.ts";
import { lines, maybe } from "./records.ts";
import { type Ctx, invalid, overtaken, page, readForm, redirect, web } from "./web.tsx";

/** A price as people write it, in whole cents; otherwise the message of `amountFault`. */
const price = fields.name(40).transform((value, context) => {
  const cents = parseCents(value);
  if (cents !== null) return { cents, currency: currencyIn(value) };
  context.addIssue({ code: "custom", message: amountFault(value) });
  return z.NEVER;
});

/** A rate in hundredths of a percent. */
export const rate = fields.name(20).transform((value, context) => {
  const hundredths = parsePercent(value);
  if (hundredths !== null) return hundredths;
  context.addIssue({ code: "custom", message: "items.vat_invalid" });
  return z.NEVER;
});

/** A product as it is typed. */
export const ProductFields = z.object({
  id: z.string().optional(),
  version: z.coerce.number().int().min(1).max(2_000_000_000).catch(1),
  number: maybe(40),
  name: fields.name(200),
  description: lines(2_000),
  unit: maybe(20),
  price,
  currency: z.enum(currencies, "option").optional().default("EUR"),
  vatRate: rate,
  active: fields.tick,
}).refine(({ price, currency }) => (price.currency ?? currency) === currency, {
  path: ["currency"],
  error: "deals.currency_differs",
});

const home = "/products";

export default web.createApp()
  .use(signedIn, scoped, may("deals.read"))
  .get("/", list)
  .get("/names", async (c) => {
    const typed = Object.values(c.req.query()).find((value) => value.trim() !== "") ?? "";
    const found = await products.suggest(c.var.scope, text(typed));
    return c.html(String(<ProductNames view={c.var.view} products={found} />));
  })
  .get("/export", may("exports.run"), (c) => exported(c))
  .get("/new", may("products.manage"), async (c) => {
    const { vatRate } = await offerSettings.find(c.var.scope);
    const rate = c.var.view.format.number(vatRate / 100);
    const values = { _blank: "1", id: formId(), currency: "EUR", vatRate: rate, active: "on" };
    return await show(c, { values, errors: {} });
  })
  .post("/new", may("products.manage"), async (c) => {
    const read = await readForm(c, ProductFields);
    if (!read.ok) return await show(c, read.form, 422);
    const own = fields.ownId(read.form);
    return await saved(c, read.form, products.create(c.var.scope, own, inputOf(read.value)));
  })
  .get(`/${fields.idPart}/edit`, may("products.manage"), async (c) => {
    const product = await products.find(c.var.scope, c.req.param("id"));
    return await show(c, { values: valuesOf(product, c.var.view), errors: {} });
  })
  .post(`/${fields.idPart}/edit`, may("products.manage"), async (c) => {
    const id = c.req.param("id");
    await products.find(c.var.scope, id);
    const read = await readForm(c, ProductFields);
    if (!read.ok) return await show(c, read.form, 422);
    const { version } = read.value;
    const work = products.update(c.var.scope, id, version, inputOf(read.value));
    return await saved(c, read.form, work);
  })
  .post(`/${fields.idPart}/deletion`, may("products.manage"), async (c) => {
    await products.remove(c.var.scope, c.req.param("id"));
    return await redirect(c, home, { kind: "ok", key: "products.removed" });
  });

async function list(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const filter = { q: text(c.req.query("q")), active: c.req.query("sold") !== "no" };
  const place = cursor(c);
  const shown = await pageAt(place, (at) => products.list(scope, filter, at));
  return await page(c, <ProductIndex view={view} page={shown} filter={filter} />, {
    title: "products.title",
  });
}

const inputOf = (
  { id: _, version: __, price, ...input }: z.output<typeof ProductFields>,
): products.ProductInput => ({ ...input, priceCents: price.cents });

const valuesOf = (product: products.Product, { format }: View): FormState["values"] => ({
  version: String(product.version),
  number: product.number,
  name: product.name,
  description: product.description,
  unit: product.unit,
  price: format.amount(product.priceCents),
  currency: product.currency,
  vatRate: format.number(product.vatRate / 100),
  ...(product.active ? { active: "on" } : {}),
});

async function saved(c: Ctx, form: FormState, work: Promise<void>): Promise<Response> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Stale) return await show(c, overtaken(form, error), 409);
    if (!(error instanceof Invalid)) throw error;
    return await show(c, invalid(form, { [error.field]: error.code }), 422);
  }
  return await redirect(c, home, { kind: "ok", key: "products.saved" });
}

async function show(c: Ctx, form: FormState, status: 200 | 409 | 422 = 200): Promise<Response> {
  const id = c.req.param("id") ?? null;
  const action = id ? path`/products/${id}/edit` : `${home}/new`;
  const node = <ProductForm view={c.var.view} {...{ form, action, id, currencies }} />;
  return await page(c, node, { title: id ? "products.edit" : "products.new", status });
}

/** All products as a table that a spreadsheet of the reader's language opens. */
async function exported(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const { head, row } = table(columns, presetOf(view.locale));
  let body = head;
  for await (const each of products.all(scope)) body += each.map(row).join("");
  const action = "products_exported";
  await changes.record(scope, { kind: "tenant", id: scope.tenantId, action });
  return download(c, body, {
    name: view.t("products.export_file"),
    type: "text/csv; charset=utf-8",
  });
}
