/** Products out of a table. */
export const productImports = {
  columns:
    "The first row names the columns: name and price, also number, description, unit, currency, VAT and “sold”, as far as there are any. Without VAT the usual rate applies.",
  done: {
    one: "{count} product is new, {changed} changed, {same} were like that already.",
    other: "{count} products are new, {changed} changed, {same} were like that already.",
  },
  faulty: "Nothing was taken. Please change the rows named here in the file.",
  file: "Table",
  hint:
    "CSV, Excel (XLSX) or OpenDocument, at most 5 MB and 5,000 products. The file from “As CSV” too.",
  known:
    "What has the same number, or without one the same name, is changed; everything else is added.",
  large: "The file is larger than 5 MB.",
  missing: "Choose a file.",
  no_columns: "There are no columns with “name” and “price”.",
  no_rows: "The file holds no product.",
  row: "Row {row}: {text}",
  take: "Import",
  title: "Import products",
  too_many: "At most {max} products in a file.",
  twice: "The same product stands in row {row} already.",
  unreadable: "This is no table that can be read.",
};
