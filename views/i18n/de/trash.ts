/** The trash. */
export const trash = {
  caption: "Gelöschte Kontakte, Firmen, Deals, Aktivitäten und Dateien",
  days_left: { one: "noch {count} Tag", other: "noch {count} Tage" },
  deleted: "Gelöscht",
  deleted_by: "von {name}",
  due: "wird heute Nacht gelöscht",
  empty_filtered: "Nichts im Papierkorb passt dazu.",
  empty_text: {
    one: "Gelöschtes bleibt hier {count} Tag und verschwindet dann endgültig.",
    other: "Gelöschtes bleibt hier {count} Tage und verschwindet dann endgültig.",
  },
  empty_title: "Der Papierkorb ist leer",
  erased_in: "Frist",
  intro: {
    one: "Gelöschtes lässt sich {count} Tag lang wiederherstellen. Danach ist es endgültig weg.",
    other: "Gelöschtes lässt sich {count} Tage lang wiederherstellen. Danach ist es endgültig weg.",
  },
  kind: "Art",
  kind_activity: "Aktivität",
  kind_company: "Firma",
  kind_deal: "Deal",
  kind_contact: "Kontakt",
  kind_file: "Datei",
  name: "Name",
  none_restored:
    "Nichts wiederhergestellt: Die Einträge liegen nicht mehr hier oder sind gesperrt.",
  nothing: "Wählen Sie erst Einträge aus.",
  restore_ticked: "Wiederherstellen",
  restored: "Wiederhergestellt.",
  restored_many: {
    one: "{count} Eintrag ist wiederhergestellt.",
    other: "{count} Einträge sind wiederhergestellt.",
  },
  restored_some: {
    one: "{count} Eintrag ist wiederhergestellt. Nicht möglich war es bei {left}.",
    other: "{count} Einträge sind wiederhergestellt. Nicht möglich war es bei {left}.",
  },
  search: "Name",
  title: "Papierkorb",
};
