/** What of the records each role sees. */
export const sights = {
  entries: "Was daran hängt",
  given_away: "Gespeichert. Der Eintrag gehört jetzt jemand anderem, Sie sehen ihn nicht mehr.",
  level_all: "alle",
  level_own: "eigene",
  level_team: "Team",
  rule_all: "Jeder Eintrag.",
  rule_duplicates:
    "Gibt es einen Eintrag schon, den man nicht sieht, erfährt man beim Anlegen und Importieren nur das und wer zuständig ist. Wird eine Firma bloß genannt, bei einer Person oder als übergeordnete Firma, entsteht sie neu und gehört der Person, die sie nennt: Schon eine Verknüpfung würde verraten, dass es sie gibt. Wer alles sieht, findet beide unter „Dubletten“.",
  rule_entries:
    "Aktivitäten, E-Mails, Dateien und Angebote sieht, wer den Eintrag sieht, an dem sie hängen; bei mehreren genügt einer. Es zählt, was ausdrücklich gewählt ist: Über die Firma einer Person sieht man deren Aktivitäten und E-Mails nicht. Aktivitäten sieht außerdem, wer zuständig ist oder teilnimmt, E-Mails, wer sie geschrieben oder im Posteingang hat. Was an keinem Eintrag hängt, richtet sich nach der weitesten Stufe der Rolle.",
  rule_own:
    "Einträge, für die man selbst zuständig ist. Neues ohne Zuständige gehört der Person, die es anlegt.",
  rule_privacy:
    "Sehen immer alles: Sie beantworten Anfragen betroffener Personen, und dabei darf nichts fehlen. Auskunft, Löschung, Fristen und Datensicherung sind nie eingeschränkt.",
  rule_team:
    "Eigene Einträge, die von Mitgliedern der eigenen Teams und solche ohne Zuständige. Was niemandem gehört, soll nicht liegen bleiben.",
  rules: "Was das bedeutet",
  saved: "Die Sichtbarkeit ist gespeichert und gilt sofort.",
  text:
    "Legen Sie fest, welche Einträge eine Rolle sieht: in Listen, Suche, Berichten, Exporten und über die Schnittstelle.",
  title: "Sichtbarkeit",
};
