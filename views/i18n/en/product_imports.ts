/** Products out of a table. */
export const productImports = {
  columns:
    "The first row names the columns: name and price, plus product number, description, unit, currency, VAT and “sold” where available. Without VAT, the default rate applies.",
  done: {
    one: "{count} product added, {changed} changed, {same} already up to date.",
    other: "{count} products added, {changed} changed, {same} already up to date.",
  },
  faulty: "Nothing has been imported. Please correct the rows of the file listed here.",
  file: "Spreadsheet",
  hint:
    "CSV, Excel (XLSX) or OpenDocument, at most 5 MB and 5,000 products. You can also use the file from “As CSV”.",
  known:
    "Products with the same product number, or without one the same name, are changed; all others are added.",
  large: "The file is larger than 5 MB.",
  missing: "Choose a file.",
  no_columns: "Columns for “name” and “price” are missing.",
  no_rows: "The file contains no products.",
  row: "Row {row}: {text}",
  take: "Import",
  title: "Import products",
  too_many: "At most {max} products per file.",
  twice: "The same product is already in row {row}.",
  unreadable: "This is not a readable spreadsheet.",
};
