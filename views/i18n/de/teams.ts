/** Teams in the settings. */
export const teams = {
  came: "{name} gehört jetzt dazu",
  created: "Das Team ist angelegt. Wählen Sie, wer dazugehört.",
  empty_text: "Teams brauchen Sie nur, wenn Rollen nicht alle Einträge sehen sollen.",
  empty_title: "Noch keine Teams",
  members: "Mitglieder",
  members_hint: "Eine Person kann mehreren Teams angehören. Änderungen gelten sofort.",
  new: "Neues Team",
  nobody: "niemand",
  remove: "Team auflösen",
  removed: "Das Team ist aufgelöst.",
  saved: "Das Team ist gespeichert.",
  text:
    "Wer in einem Team ist, kann die Einträge der anderen darin sehen, wenn die Rolle es so vorgibt.",
  title: "Teams",
  to_sight: "Sichtbarkeit festlegen",
  too_many: "Mehr Teams sind nicht möglich. Lösen Sie zuerst eines auf.",
  too_many_members: "So viele Mitglieder nimmt ein Team nicht auf.",
  was_created: "Team angelegt: {name}",
  was_removed: "Team aufgelöst: {name}",
  was_updated: "Team geändert: {name}",
  went: "{name} gehört nicht mehr dazu",
};
