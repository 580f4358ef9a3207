/** Tags: the page where they are renamed and taken away. */
export const tags = {
  caption: "Schlagwörter",
  changing: "Dieses Schlagwort wird noch umbenannt oder gelöscht. Warten Sie, bis das fertig ist.",
  companies: "Firmen",
  contacts: "Kontakte",
  delete: "Löschen",
  deleted: "Das Schlagwort ist gelöscht.",
  empty_text:
    "Schlagwörter entstehen, wenn Sie sie bei einem Kontakt, einer Firma oder einem Deal eintragen.",
  empty_title: "Noch keine Schlagwörter",
  name: "Name",
  none_found: "Kein Schlagwort gefunden",
  out_of_sight:
    "Auch Einträge, die Sie nicht sehen, tragen dieses Schlagwort. Nur wer alle sieht, kann es ändern oder löschen.",
  rename: "Umbenennen",
  reached: "{done} von {total} Einträgen",
  removing: "Wird gelöscht",
  removing_begun:
    "Das Schlagwort ist gelöscht. Die Suche folgt Eintrag für Eintrag; wie weit, steht hier.",
  renamed: "Das Schlagwort ist umbenannt.",
  renaming: "Wird umbenannt",
  renaming_begun:
    "Das Schlagwort ist umbenannt. Die Suche folgt Eintrag für Eintrag; wie weit, steht hier.",
  title: "Schlagwörter",
  taken:
    "Dieses Schlagwort gibt es schon. Zum Zusammenlegen filtern Sie die Listen nach dem einen, fügen dort allen Treffern das andere hinzu und löschen das eine.",
};
