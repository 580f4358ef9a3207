/** The trash. */
export const trash = {
  caption: "Gelöschte Kontakte, Firmen, Deals, Aktivitäten und Dateien",
  days_left: { one: "noch {count} Tag", other: "noch {count} Tage" },
  deleted: "Gelöscht",
  deleted_by: "von {name}",
  due: "wird heute Nacht gelöscht",
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
  restored: "Wiederhergestellt.",
  title: "Papierkorb",
};
