/** Sample data. */
export const samples = {
  none: "Es sind keine Beispieldaten vorhanden.",
  remove: "Beispieldaten löschen",
  removed: {
    one: "Die Beispieldaten sind gelöscht: {count} Kontakt und seine Firma.",
    other: "Die Beispieldaten sind gelöscht: {count} Kontakte und ihre Firmen.",
  },
  text:
    "{contacts} erfundene Kontakte und {companies} erfundene Firmen stehen zum Ausprobieren bereit. Sie verschwinden zusammen, auch wenn Sie daran etwas geändert haben. Ihre eigenen Einträge bleiben.",
  title: "Beispieldaten",
};
