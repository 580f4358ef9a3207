/** The lines of a deal: the form that holds them all, and their total. */
import { z } from "zod";
import { parsePercent, parseQuantity } from "../db/decimals.ts";
import * as dealItems from "../db/deal_items.ts";
import type { Item } from "../db/deal_items.ts";
import * as deals from "../db/deals.ts";
import { Invalid, Stale } from "../db/errors.ts";
import { isId } from "../db/ids.ts";
import { amountFault, parseCents } from "../db/money.ts";
import * as offerSettings from "../db/offer_settings.ts";
import * as products from "../db/products.ts";
import { ItemsForm, mostTyped } from "../views/deals/items.tsx";
import { path } from "../views/path.ts";
import type { FormState } from "../views/ui/form.tsx";
import { changeRows, moveRows, readRows } from "../views/ui/rows.tsx";
import type { View } from "../views/view.ts";
import * as fields from "./fields.ts";
import { may, mayWrite, scoped, signedIn } from "./guards.ts";
import { maybe, spread } from "./records.ts";
import { type Ctx, invalid, overtaken, page, readForm, redirect, web } from "./web.tsx";

/** What is typed is checked line by line below: a price may come from the product. */
const Typed = z.object({
  version: z.coerce.number().int().min(0).max(2_000_000_000).catch(0),
  gross: fields.tick,
});

const way = `/${fields.idPart}/items`;

export default web.createApp()
  .get(way, signedIn, scoped, may("deals.write"), mayWrite("deal", "amount"), async (c) => {
    const { scope, view } = c.var;
    const deal = await deals.find(scope, c.req.param("id"));
    const { items, gross, version } = await dealItems.list(scope, deal.id);
    const values = {
      version: String(version),
      ...(gross ? { gross: "on" } : {}),
      ...spread("items", items.map((item) => typedOf(item, view))),
    };
    return await show(c, deal, { values, errors: {} });
  })
  .post(way, signedIn, scoped, may("deals.write"), mayWrite("deal", "amount"), async (c) => {
    const { scope } = c.var;
    const deal = await deals.find(scope, c.req.param("id"));
    const read = await readForm(c, Typed);
    const moved = moveRows(read.form.values, "items", mostTyped) ??
      changeRows(read.form.values, mostTyped);
    if (moved) return await show(c, deal, { values: moved, errors: {} });
    if (!read.ok) return await show(c, deal, read.form, 422);
    const { items, errors } = await itemsOf(c, deal, read.form.values);
    if (Object.keys(errors).length > 0) {
      return await show(c, deal, invalid(read.form, errors), 422);
    }
    const { version, gross } = read.value;
    try {
      await dealItems.update(scope, deal.id, version, { items, gross });
    } catch (error) {
      if (error instanceof Stale) {
        return await show(c, deal, overtaken(read.form, error), 409);
      }
      if (!(error instanceof Invalid)) throw error;
      return await show(c, deal, invalid(read.form, { [error.field]: error.code }), 422);
    }
    return await redirect(c, `${backOf(c, deal)}#items`, {
      kind: "ok",
      key: items.length > 0 ? "items.saved" : "items.saved_none",
    });
  });

/** The offer from whose draft the lines are changed, else the deal. */
function backOf(c: Ctx, deal: deals.Deal): string {
  const offer = c.req.query("offer") ?? "";
  return isId(offer) ? path`/offers/${offer}` : path`/deals/${deal.id}`;
}

/** A line as it stands in the form. */
const typedOf = (item: Item, { format }: View) => ({
  productId: item.productId ?? "",
  name: item.name,
  description: item.description,
  quantity: format.number(item.quantity / 1000),
  unit: item.unit,
  price: format.amount(item.priceCents),
  discount: item.discount > 0 ? format.number(item.discount / 100) : "",
  vatRate: format.number(item.vatRate / 100),
});

const longest = { name: 200, description: 2_000, unit: 20 } as const;

/** The lines as typed, in order; a row that holds nothing counts for nothing. */
async function itemsOf(
  c: Ctx,
  deal: deals.Deal,
  values: FormState["values"],
): Promise<{ items: Item[]; errors: Record<string, string> }> {
  const { scope, view } = c.var;
  const lines = readRows(values, "items", mostTyped)
    .filter(({ fields }) => Object.values(fields).some(typed));
  const errors: Record<string, string> = {};
  if (lines.length > dealItems.most) errors[""] = `items.too_many?max=${dealItems.most}`;
  const [known, settings] = await Promise.all([
    products.named(scope, lines.slice(0, dealItems.most).map(({ fields }) => cleaned(fields.name))),
    offerSettings.find(scope),
  ]);
  const items = lines.slice(0, dealItems.most).map(({ prefix, fields }): Item => {
    const fault = (name: string, code: string) => {
      errors[`${prefix}.${name}`] ??= code;
      return 0;
    };
    const text = (name: keyof typeof longest) => {
      const value = name === "description"
        ? (fields[name] ?? "").replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]+/gu, " ").trim()
        : cleaned(fields[name]);
      if (value.length > longest[name]) fault(name, `too_long?max=${longest[name]}`);
      return value;
    };
    if (!typed(fields.name)) fault("name", "required");
    const product = known.get(cleaned(fields.name).toLowerCase());
    const usable = product?.currency === deal.currency ? product : undefined;
    const priceCents = typed(fields.price)
      ? parseCents(fields.price!) ?? fault("price", amountFault(fields.price!))
      : usable?.priceCents ?? fault("price", missing(product, deal.currency));
    return {
      productId: product?.id ?? null,
      name: product && !typed(fields.price) ? product.name : text("name"),
      description: text("description") || (typed(fields.price) ? "" : product?.description ?? ""),
      unit: text("unit") || (typed(fields.price) ? "" : product?.unit ?? ""),
      quantity: typed(fields.quantity)
        ? parseQuantity(fields.quantity!, view.locale) ??
          fault("quantity", "items.quantity_invalid")
        : 1_000,
      priceCents,
      discount: typed(fields.discount)
        ? parsePercent(fields.discount!) ?? fault("discount", "items.vat_invalid")
        : 0,
      vatRate: typed(fields.vatRate)
        ? parsePercent(fields.vatRate!) ?? fault("vatRate", "items.vat_invalid")
        : usable?.vatRate ?? settings.vatRate,
    };
  });
  return { items, errors };
}

const typed = (value: string | undefined): boolean => (value ?? "").trim() !== "";

const cleaned = (value = ""): string => maybe(100_000).safeParse(value.toWellFormed()).data ?? "";

/** Why a line has no price. */
function missing(product: products.Product | undefined, currency: string): string {
  return product
    ? `items.currency_differs?${new URLSearchParams({ currency })}`
    : "items.product_unknown";
}

async function show(
  c: Ctx,
  deal: deals.Deal,
  form: FormState,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const { view } = c.var;
  return await page(
    c,
    <ItemsForm {...{ view, form, deal, most: dealItems.most, back: backOf(c, deal) }} />,
    {
      title: "items.edit",
      status,
    },
  );
}
