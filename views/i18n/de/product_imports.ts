/** Products out of a table. */
export const productImports = {
  columns:
    "Die erste Zeile nennt die Spalten: Name und Preis, dazu Artikelnummer, Beschreibung, Einheit, Währung, USt. und „Wird verkauft“, soweit vorhanden. Ohne USt. gilt der übliche Satz.",
  done: {
    one: "{count} Produkt ist neu, {changed} geändert, {same} waren schon so.",
    other: "{count} Produkte sind neu, {changed} geändert, {same} waren schon so.",
  },
  faulty: "Nichts ist übernommen. Bitte ändern Sie die genannten Zeilen der Datei.",
  file: "Tabelle",
  hint:
    "CSV, Excel (XLSX) oder OpenDocument, höchstens 5 MB und 5.000 Produkte. Auch die Datei aus „Als CSV“.",
  known:
    "Was dieselbe Artikelnummer hat, ohne Nummer denselben Namen, wird geändert; alles andere kommt dazu.",
  large: "Die Datei ist größer als 5 MB.",
  missing: "Wählen Sie eine Datei.",
  no_columns: "Es fehlen Spalten mit „Name“ und „Preis“.",
  no_rows: "In der Datei steht kein Produkt.",
  row: "Zeile {row}: {text}",
  take: "Importieren",
  title: "Produkte importieren",
  too_many: "Höchstens {max} Produkte je Datei.",
  twice: "Dasselbe Produkt steht schon in Zeile {row}.",
  unreadable: "Das ist keine lesbare Tabelle.",
};
