/** The table columns of products; our own import of products knows both headings. */
import type { Product } from "../products.ts";
import { type Column, column } from "./columns.ts";

export const columns: readonly Column<Product>[] = [
  column("number", "Artikelnummer", ({ number }) => number),
  column("name", "Name", ({ name }) => name),
  column("description", "Beschreibung", ({ description }) => description),
  column("unit", "Einheit", ({ unit }) => unit),
  column("price", "Preis", ({ priceCents }) => priceCents / 100, "number"),
  column("currency", "Währung", ({ currency }) => currency),
  column("vat_rate", "USt", ({ vatRate }) => vatRate / 100, "number"),
  column("active", "Wird verkauft", ({ active }) => active ? "yes" : "no", "word"),
];
