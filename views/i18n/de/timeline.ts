/** The timeline of a record. */
export const timeline = {
  activities: "Aktivitäten",
  all: "Alles",
  change: "Änderung",
  changes: "Änderungen",
  file: "Datei",
  files: "Dateien",
  imports: "Importe",
  kinds: "Was der Verlauf zeigt",
  mails: "E-Mails",
  none: "Davon gibt es noch nichts.",
  notes: "Notizen",
  of_merged: "{what} (zusammengeführter Eintrag)",
  privacy: "Datenschutz",
  stages: "Stufen",
  title: "Verlauf",
};
