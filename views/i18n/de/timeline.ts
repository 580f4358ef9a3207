/** The timeline of a record. */
export const timeline = {
  activities: "Aktivitäten",
  all: "Alles",
  change: "Änderung",
  changes: "Änderungen",
  file: "Datei",
  files: "Dateien",
  kinds: "Was der Verlauf zeigt",
  mails: "E-Mails",
  none: "Davon gibt es noch nichts.",
  of_merged: "{what} (zusammengeführter Eintrag)",
  stages: "Stufen",
  title: "Verlauf",
};
