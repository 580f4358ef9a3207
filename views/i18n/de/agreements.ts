/** The agreement on processing on behalf of a customer (Art. 28(3) GDPR). */
export const agreements = {
  accept: "Im Namen von {tenant} annehmen",
  accept_hint: "Ihr Vor- und Nachname; Name und Zeitpunkt werden festgehalten.",
  accept_name: "Angenommen durch",
  accepted: "Der Vertrag ist angenommen.",
  accepted_by: "Angenommen am {date} durch {name}",
  changed_since: "Der Text hat sich inzwischen geändert. Lesen Sie ihn bitte noch einmal.",
  in_german: "Der Vertrag ist auf Deutsch; nur der deutsche Text ist verbindlich.",
  not_accepted: "Noch nicht angenommen.",
  only_owners: "Annehmen kann, wer im Mandanten die Rolle Leitung hat.",
  by_data: "neue Arten von Daten",
  by_measures: "weggefallene Maßnahmen",
  by_parties: "andere Namen der Parteien",
  by_terms: "andere Bedingungen",
  outdated:
    "Seit der Annahme am {date} hat sich der Inhalt geändert: {reasons}. Bitte nehmen Sie den Vertrag neu an.",
  pdf: "Als PDF",
  reworded:
    "Der Wortlaut unten ist neuer als der angenommene; am Inhalt ändert das nichts. Es gilt, was Sie angenommen haben („Als PDF“). Sie können auch den neuen Wortlaut annehmen.",
  translation: "Übersetzung zum Lesen",
  title: "Vertrag zur Auftragsverarbeitung",

  p1_title: "Gegenstand, Dauer, Art und Zweck",
  p1:
    "{provider} (Auftragsverarbeiter) betreibt kompaktCRM für {tenant} (Verantwortlicher) und verarbeitet dabei personenbezogene Daten im Auftrag: Speichern, Ordnen, Auffinden, Übermitteln und Löschen von Kontakten, Firmen, Deals und Nachrichten.\n\nDer Vertrag gilt, solange der Verantwortliche kompaktCRM nutzt.",
  p2_title: "Arten der Daten und betroffene Personen",
  p2: "Verarbeitet werden die Arten von Daten und die Personengruppen, die in der Tabelle stehen.",
  p3_title: "Weisungen (Art. 28 Abs. 3 lit. a)",
  p3:
    "Der Auftragsverarbeiter verarbeitet die Daten nur auf dokumentierte Weisung; die Einstellungen und Eingaben im Programm sind solche Weisungen. Eine Übermittlung in Drittländer findet nicht statt. Verpflichtet ihn das Recht der Union oder eines Mitgliedstaats zu einer anderen Verarbeitung, teilt er das vorher mit, wenn dieses Recht es nicht verbietet. Hält er eine Weisung für rechtswidrig, teilt er das unverzüglich mit.",
  p4_title: "Vertraulichkeit (lit. b)",
  p4: "Wer Zugang zu den Daten hat, ist zur Vertraulichkeit verpflichtet.",
  p5_title: "Sicherheit (lit. c)",
  p5: "Der Auftragsverarbeiter trifft die Maßnahmen nach Art. 32 DSGVO, die in Anlage 1 stehen.",
  p6_title: "Weitere Auftragsverarbeiter (lit. d)",
  p6:
    "Der Verantwortliche stimmt den in Anlage 2 genannten weiteren Auftragsverarbeitern zu. Über jeden neuen wird er mindestens 30 Tage vorher informiert und kann innerhalb dieser Frist widersprechen. Solange ein Widerspruch unbeantwortet ist, wird der neue nicht eingesetzt. Wird ein Widerspruch mit Gründen zurückgewiesen, wird der neue frühestens 14 Tage danach eingesetzt; bis dahin kann der Verantwortliche den Vertrag ohne Frist kündigen. Jedem werden dieselben Pflichten auferlegt wie hier; für ihre Erfüllung haftet der Auftragsverarbeiter (Art. 28 Abs. 4 DSGVO).",
  p7_title: "Rechte betroffener Personen (lit. e)",
  p7:
    "Der Auftragsverarbeiter unterstützt den Verantwortlichen mit Werkzeugen für Auskunft, Berichtigung, Löschung, Einschränkung, Übertragung und Widerspruch und leitet Anfragen, die bei ihm eingehen, innerhalb eines Arbeitstags weiter.",
  p8_title: "Unterstützung (lit. f)",
  p8:
    "Er unterstützt bei den Pflichten aus Art. 32 bis 36 DSGVO und meldet Verletzungen des Schutzes personenbezogener Daten unverzüglich, nachdem sie ihm bekannt werden.",
  p9_title: "Löschung und Rückgabe (lit. g)",
  p9:
    "Nach dem Tag, zu dem gekündigt ist, kann der Verantwortliche noch 30 Tage lang alle Daten herausnehmen; mit dem letzten dieser Tage endet der Vertrag. Innerhalb von 30 Tagen danach werden sie unwiederbringlich gelöscht, auch aus den Sicherungen, soweit kein Gesetz ihre Aufbewahrung verlangt.",
  p10_title: "Nachweise und Prüfungen (lit. h)",
  p10:
    "Der Auftragsverarbeiter weist die Einhaltung nach, ermöglicht Überprüfungen durch den Verantwortlichen oder eine von ihm beauftragte Person und trägt dazu bei.",
  annex1: "Anlage 1: Technische und organisatorische Maßnahmen",
  annex2: "Anlage 2: Weitere Auftragsverarbeiter",
  measure: "Maßnahme",
  measure_group: "Bereich",
  no_processors: "Zurzeit werden keine weiteren Auftragsverarbeiter eingesetzt.",
  subjects: "Betroffene Personen",
};
