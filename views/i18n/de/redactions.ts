/** What of others an answer leaves out. */
export const redactions = {
  chosen: "Zuletzt gewählt am {at}. Was seither hinzukam, wird in jedem Fall geschwärzt.",
  files: "Dateien, die nicht mitgehen",
  files_hint:
    "Alle anderen Dateien gehen unverändert in die Antwort; innerhalb von Dateien wird nichts geschwärzt.",
  hint:
    "So geht die Auskunft hinaus, wenn niemand etwas ändert: Angehakte Namen, Adressen und Nummern Dritter werden geschwärzt.",
  more: "Weitere Wörter, die geschwärzt werden, eines je Zeile",
  more_hint: "Zum Beispiel ein Spitzname oder eine Vertragsnummer Dritter.",
  nobody:
    "Hier gibt es nichts zu wählen: Es wurde noch niemand gefunden, oder die Antwort ist schon erstellt.",
  none: "In den Daten der Person wurde niemand sonst gefunden.",
  open: "Schwärzungen ansehen",
  save: "Auswahl speichern",
  saved: "Die Auswahl ist gespeichert und gilt für die Freigabe.",
  title: "Schwärzungen vor der Auskunft",
  words: "Wird geschwärzt",
  words_hint: "Ohne Haken bleibt das Wort lesbar. Darunter steht, wo es vorkommt.",
};
