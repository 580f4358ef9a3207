/** Tags: the page where they are renamed and taken away. */
export const tags = {
  caption: "Schlagwörter",
  companies: "Firmen",
  contacts: "Kontakte",
  delete: "Löschen",
  deleted: "Das Schlagwort ist gelöscht.",
  empty_text:
    "Schlagwörter entstehen, wenn Sie sie bei einem Kontakt, einer Firma oder einem Deal eintragen.",
  empty_title: "Noch keine Schlagwörter",
  name: "Name",
  out_of_sight:
    "Auch Einträge, die Sie nicht sehen, tragen dieses Schlagwort. Nur wer alle sieht, kann es ändern oder löschen.",
  rename: "Umbenennen",
  renamed: "Das Schlagwort ist umbenannt.",
  title: "Schlagwörter",
};
