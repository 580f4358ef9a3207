/** Files on records. */
export const files = {
  all: "Alle Dateien",
  broken_text:
    "Die Datei ist beschädigt, oder der Schlüssel, mit dem sie verschlüsselt war, wurde vernichtet. Wer diese Installation verwaltet, findet den Fall im Protokoll.",
  broken_title: "Diese Datei lässt sich nicht mehr öffnen",
  choose: "Dateien auswählen",
  empty: "Die Datei ist leer.",
  hint:
    "Mehrere auf einmal sind möglich, jede bis {max}. Frei sind noch {left} von {quota}. Programme werden nicht angenommen.",
  infected: "Der Virenscanner hat in der Datei etwas gefunden. Sie wurde nicht gespeichert.",
  kind_archive: "Archiv",
  kind_audio: "Ton",
  kind_document: "Dokument",
  kind_image: "Bild",
  kind_mail: "E-Mail",
  kind_other: "Datei",
  kind_pdf: "PDF",
  kind_sheet: "Tabelle",
  kind_slides: "Präsentation",
  kind_text: "Text",
  kind_video: "Video",
  mismatch:
    "Der Inhalt passt nicht zur Endung des Namens. Prüfen Sie, ob es die richtige Datei ist.",
  none: "Noch keine Dateien.",
  program: "Programme werden nicht angenommen.",
  quota_full: "Der Speicherplatz Ihres Mandanten reicht dafür nicht mehr.",
  refused: {
    one: "Eine Datei wurde nicht gespeichert",
    other: "{count} Dateien wurden nicht gespeichert",
  },
  remove: "„{name}“ löschen",
  removed: "Datei in den Papierkorb gelegt.",
  saved: { one: "Eine Datei gespeichert.", other: "{count} Dateien gespeichert." },
  scanner_away:
    "Der Virenscanner ist gerade nicht erreichbar oder konnte die Datei nicht prüfen. Ohne Prüfung wird nichts gespeichert. Versuchen Sie es später noch einmal.",
  title: "Dateien",
  too_large: "Größer als {max}.",
  upload: "Hochladen",
};
