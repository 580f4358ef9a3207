/** Tenants: switching between them and setting them up. */
export const tenants = {
  choose: "Öffnen",
  current: "gerade offen",
  name: "Name des Mandanten",
  none_text:
    "Ihr Zugang gehört zu keinem Mandanten. Wer den Mandanten verwaltet, kann Sie einladen.",
  none_title: "Kein Mandant",
  saved: "Die Einstellungen sind gespeichert.",
  group_organisation: "Organisation",
  group_letters: "Schriftverkehr",
  group_outside: "Anbindung",
  group_people: "Personen und Rechte",
  group_privacy: "Datenschutz",
  group_records: "Einträge",
  settings: "Einstellungen",
  settings_general: "Allgemein",
  settings_parts: "Bereich wählen",
  title: "Mandant wählen",
  trash_days: "Tage im Papierkorb",
  trash_days_hint:
    "So lange lassen sich gelöschte Einträge wiederherstellen, danach sind sie endgültig weg. 1 bis 30.",
};
