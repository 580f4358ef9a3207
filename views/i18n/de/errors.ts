/** What is wrong, by code: faults of fields, and pages for what went wrong. */
export const errors = {
  again: "Noch einmal senden",
  again_other: "Aus einer anderen Anmeldung",
  again_other_text:
    "Diese Eingaben stammen aus einer anderen Anmeldung als der jetzigen. Senden Sie sie nur, wenn es Ihre eigenen sind: Sie gelten dann als von Ihnen.",
  again_text: "Ihre Angaben sind noch da und lassen sich von hier aus noch einmal senden.",
  changed_meanwhile:
    "Inzwischen steht hier „{value}“. Wenn Sie noch einmal speichern, gilt Ihre Eingabe.",
  date: "Kein gültiges Datum. Beispiel: 31.12.2026",
  date_order: "Dieser Tag liegt vor dem ersten.",
  email: "Keine gültige E-Mail-Adresse. Beispiel: name@firma.de",
  file_missing: "Wählen Sie eine Datei aus.",
  emptied_meanwhile:
    "Inzwischen ist dieses Feld leer. Wenn Sie noch einmal speichern, gilt Ihre Eingabe.",
  forbidden: "Dafür fehlt Ihnen das Recht.",
  forbidden_text:
    "Ihr Zugang erlaubt das nicht, oder die Anfrage kam von einer anderen Website. Rechte vergibt, wer Ihren Mandanten oder diese Installation verwaltet.",
  forbidden_title: "Kein Zugriff",
  future: "Das liegt in der Zukunft.",
  integer: "Geben Sie eine ganze Zahl ein.",
  invalid: "Diese Angabe ist nicht gültig.",
  late_text:
    "Ihre Angaben kamen nicht rechtzeitig an. Gehen Sie zurück und senden Sie das Formular noch einmal.",
  late_title: "Das hat zu lange gedauert",
  gone_text:
    "Während Sie daran gearbeitet haben, wurde der Eintrag gelöscht, oder Sie sehen ihn nicht mehr. Liegt er im Papierkorb, stellen Sie ihn in einem anderen Tab wieder her und senden Sie dann noch einmal.",
  gone_title: "Nicht gespeichert",
  met_text:
    "Jemand hat gleichzeitig etwas gespeichert, das dem widerspricht. Ihre Eingaben sind noch da: Senden Sie sie noch einmal ab.",
  met_title: "Gleichzeitig gespeichert",
  missing_inside_text:
    "Die Adresse stimmt nicht, oder der Eintrag wurde gelöscht. Auch Einträge anderer Mandanten sind hier nicht zu sehen.",
  missing_text: "Die Adresse stimmt nicht, oder die Seite gibt es nicht mehr.",
  missing_title: "Seite nicht gefunden",
  invalid_text: "Diese Anfrage lässt sich nicht beantworten: Eine Angabe darin ist nicht gültig.",
  invalid_title: "Ungültige Anfrage",
  network: "Keine Verbindung zum Server. Ihre Eingaben sind noch da – versuchen Sie es erneut.",
  number: "Geben Sie eine Zahl ein.",
  option: "Wählen Sie einen der angebotenen Werte.",
  past: "Dieser Tag ist schon vorbei.",
  phone: "Keine gültige Telefonnummer. Beispiel: 030 1234567",
  required: "Diese Angabe fehlt.",
  server: "Das hat nicht geklappt. Der Fehler liegt bei uns und ist protokolliert.",
  server_text:
    "Der Fehler liegt bei uns und ist protokolliert. Gespeichert wurde nichts. Versuchen Sie es in einigen Minuten noch einmal.",
  server_title: "Das hat nicht geklappt",
  signed_out_text:
    "Ihre Anmeldung ist beendet, und gespeichert wurde noch nichts. Melden Sie sich in einem neuen Tab an, und kommen Sie dann hierher zurück.",
  signed_out_title: "Sie sind nicht mehr angemeldet",
  stale: "Jemand hat das inzwischen geändert. Wenn Sie noch einmal speichern, gilt Ihre Fassung.",
  stale_text:
    "Jemand hat diesen Eintrag inzwischen geändert. Laden Sie ihn neu und tragen Sie Ihre Änderung noch einmal ein.",
  stale_title: "Inzwischen geändert",
  summary: {
    one: "Eine Angabe fehlt oder stimmt noch nicht",
    other: "{count} Angaben fehlen oder stimmen noch nicht",
  },
  taken: "Das gibt es schon.",
  throttled: "Zu viele Versuche. Warten Sie einige Minuten.",
  throttled_text: "Es gab zu viele Versuche in kurzer Zeit. Warten Sie einige Minuten.",
  throttled_title: "Zu viele Versuche",
  too_big: "Höchstens {max}.",
  too_large_text: "Die Anfrage ist größer, als hier erlaubt ist.",
  too_large_title: "Zu groß",
  too_long: "Höchstens {max} Zeichen.",
  too_many: "Höchstens {max}.",
  too_many_lines: "Höchstens {max} Zeilen.",
  too_short: "Mindestens {min} Zeichen.",
  too_small: "Mindestens {min}.",
  full_text:
    "Der Speicherplatz auf dem Server ist voll, es wurde nichts gespeichert. Versuchen Sie es später noch einmal.",
  storage_text:
    "Der Dateispeicher ist gerade nicht erreichbar. Versuchen Sie es in einer Minute noch einmal.",
  unavailable:
    "Das geht gerade nicht. Ihre Eingaben sind noch da – versuchen Sie es in einer Minute noch einmal.",
  unavailable_text:
    "Die Datenbank ist gerade nicht erreichbar. Versuchen Sie es in einer Minute noch einmal.",
  unavailable_title: "Gerade nicht erreichbar",
  unsaved: "Eingaben verwerfen?",
  unsaved_leave: "Verwerfen",
  unsaved_stay: "Weiter bearbeiten",
  unsaved_text: "Was Sie auf dieser Seite eingegeben haben, ist noch nicht gespeichert.",
  url: "Keine gültige Webadresse. Beispiel: www.firma.de",
  vat_id: "Die Prüfziffer der USt-IdNr. stimmt nicht.",
  order_late: "Darüber wurde inzwischen anders entschieden.",
  order_not_possible: "Das ist beim jetzigen Stand nicht möglich.",
  wrong_code: "Dieser Code stimmt nicht.",
  wrong_method_text:
    "Diese Adresse nimmt solche Anfragen nicht an. Öffnen Sie die Seite über das Menü und versuchen Sie es dort noch einmal.",
  wrong_method_title: "Auf diesem Weg nicht möglich",
};
