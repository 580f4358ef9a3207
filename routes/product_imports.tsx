/** Importing products from a spreadsheet: either all of them, or none and each fault with its row. */
import { Invalid } from "../db/errors.ts";
import { currencyIn } from "../db/money.ts";
import * as offerSettings from "../db/offer_settings.ts";
import * as productFiles from "../db/product_files.ts";
import { type ImportedProduct, keyOf, write } from "../db/product_imports.ts";
import { errorText } from "../views/i18n/translate.ts";
import { ProductImport } from "../views/product_imports.tsx";
import { may, scoped, signedIn, whoIs } from "./guards.ts";
import { inScope } from "./own_scopes.ts";
import { ProductFields } from "./products.tsx";
import { gather, readable, readUpload } from "./uploads.ts";
import { type Ctx, errorsOf, page, redirect, web } from "./web.tsx";

export default web.createApp()
  .get("/new", signedIn, scoped, may("products.manage"), (c) => show(c))
  // Without a scope: it would hold a connection while the file arrives.
  .post("/new", signedIn, may("products.manage"), async (c) => {
    const who = whoIs(c.var.session!);
    if (!who) return c.redirect("/tenants", 303);
    const limits = { files: 1, bytes: readable };
    const { files: [bytes] } = await readUpload(
      c,
      "file",
      (source) => gather(source, productFiles.largest),
      limits,
    );
    const rows = await rowsOf(bytes);
    return await inScope(c, who, () => typeof rows === "string" ? show(c, rows) : take(c, rows));
  });

/** The rows of a file, read before any transaction is open; or why there are none. */
async function rowsOf(
  bytes: Uint8Array<ArrayBuffer> | undefined,
): Promise<productFiles.FileRow[] | string> {
  if (!bytes || bytes.length === 0) return "product_imports.missing";
  if (bytes.length > productFiles.largest) return "product_imports.large";
  try {
    return await productFiles.read(bytes);
  } catch (error) {
    if (error instanceof Invalid) return error.code;
    throw error;
  }
}

/** The most faults reported for one file. */
const mostFaults = 20;

async function take(c: Ctx, rows: readonly productFiles.FileRow[]): Promise<Response> {
  const { scope } = c.var;
  const { products, faults } = checked(c, rows);
  if (faults.length > 0) return await show(c, "product_imports.faulty", faults);
  const { vatRate } = await offerSettings.find(scope);
  const usual = { description: "", unit: "", currency: "EUR", vatRate, active: true };
  const { added, changed } = await write(scope, products, usual);
  const params = { count: added, changed, same: products.length - added - changed };
  return await redirect(c, "/products", { kind: "ok", key: "product_imports.done", params });
}

const yes = /^(yes|ja|j|y|true|wahr|1|x)$/i;
const no = /^(no|nein|n|false|falsch|0|-1)$/i;

/** The rows as the form of a product reads them. */
function checked(c: Ctx, rows: readonly productFiles.FileRow[]) {
  const { view: { t } } = c.var;
  const products: ImportedProduct[] = [];
  const faults: string[] = [];
  const rowOf = new Map<string, number>();
  const report = (row: number, text: string) =>
    faults.length < mostFaults && faults.push(t("product_imports.row", { row, text }));
  for (const { row, values } of rows) {
    const { active, vatRate, currency, ...words } = values;
    // "Euro" and "€" are currencies as well.
    const own = currencyIn(`1 ${currency ?? ""}`) || currency?.toUpperCase() ||
      currencyIn(words.price ?? "") || undefined;
    const sent = { ...words, currency: own, vatRate: vatRate || "0" };
    const result = ProductFields.safeParse(sent);
    if (!result.success) {
      for (const [name, code] of Object.entries(errorsOf(result.error))) {
        report(row, `${labelOf(c, name)}: ${errorText(t, code)}`);
      }
      continue;
    }
    if (active && !yes.test(active) && !no.test(active)) {
      report(row, `${t("products.active")}: ${errorText(t, "option")}`);
    }
    // A spreadsheet keeps 19 % as 0.19, and no country has so low a rate.
    if (result.data.vatRate > 0 && result.data.vatRate < 100) {
      report(row, `${t("products.vat_rate")}: ${errorText(t, "items.vat_invalid")}`);
    }
    const { price, ...read } = result.data;
    const product: ImportedProduct = {
      ...{ number: read.number, name: read.name, priceCents: price.cents },
      ...(values.description === undefined ? {} : { description: read.description }),
      ...(values.unit === undefined ? {} : { unit: read.unit }),
      ...(own ? { currency: read.currency } : {}),
      ...(vatRate ? { vatRate: read.vatRate } : {}),
      ...(active ? { active: yes.test(active) } : {}),
    };
    const key = keyOf(product);
    const earlier = rowOf.get(key);
    if (earlier !== undefined) report(row, t("product_imports.twice", { row: earlier }));
    rowOf.set(key, earlier ?? row);
    products.push(product);
  }
  return { products, faults };
}

const labels = {
  number: "products.number",
  name: "products.name",
  description: "products.description",
  unit: "products.unit",
  price: "products.price",
  currency: "products.currency",
  vatRate: "products.vat_rate",
} as const;

const labelOf = ({ var: { view: { t } } }: Ctx, name: string): string =>
  name in labels ? t(labels[name as keyof typeof labels]) : name;

async function show(c: Ctx, fault = "", faults: readonly string[] = []): Promise<Response> {
  const errors: Record<string, string> = fault ? { file: fault } : {};
  const form = { values: {}, errors };
  return await page(c, <ProductImport view={c.var.view} form={form} faults={faults} />, {
    title: "product_imports.title",
    status: fault ? 422 : 200,
  });
}
