/** Single days of a series. */
export const series = {
  day: "Termin",
  is_moved: "{day} verschoben auf {to}",
  is_skipped: "{day} ausgelassen",
  last: "Das ist der letzte Termin der Serie. Bearbeiten oder löschen Sie die Aktivität.",
  move: "Verschieben",
  moved: "Die anderen Termine bleiben. Verschoben: {day} auf {to}",
  none: "Das ist keine offene Serie mehr.",
  not_of_it: "An diesem Tag hat die Serie keinen Termin.",
  resume: "{day} wieder aufnehmen",
  resumed: "Der Termin steht wieder in der Serie: {day}",
  skip: "Auslassen",
  skipped: "Die anderen Termine bleiben. Ausgelassen: {day}",
  title: "Einzelne Termine",
  to: "Neuer Tag",
  to_missing: "Bitte wählen Sie den neuen Tag.",
  too_many: "Mehr Termine lassen sich in einer Serie nicht auslassen.",
  touched:
    "Der verschobene Termin wurde schon bearbeitet. Löschen Sie ihn zuerst, wenn der alte gelten soll.",
};
