/** The proofs: what each has looked at, and how it stands. */
export const proofs = {
  addresses_shortened:
    "Keine vollständige IP-Adresse ist älter als sieben Tage, in keinem Protokoll und keiner Tabelle.",
  advertising_barred:
    "Ein Widerspruch gegen Werbung sperrt die Adresse, auch wenn von der Person sonst nichts mehr da ist.",
  agreements_accepted: "Jeder Kunde hat den Vertrag zur Auftragsverarbeitung angenommen.",
  authority_named: "Die Beschwerdeseite nennt die eine Behörde, die für uns zuständig ist.",
  contracts_erased: "Von beendeten Verträgen ist nach 30 Tagen nichts mehr da.",
  copies_end:
    "Keine Sicherung und keine alte Fassung einer Datei ist älter als ihre 14 Tage, auch nicht beim Anbieter.",
  egress_closed:
    "Die Serverprozesse erreichen nur Server des Verzeichnisses und solche, die Kunden selbst eintragen; keine Seite lädt etwas von anderen.",
  everyone_told: "Jede aktive Person hat einen Nachweis über die geltende Fassung.",
  informing_tracked:
    "Wer noch nicht informiert ist, steht auf der Liste des Kunden, bis es geschehen oder eine Ausnahme nach Art. 14 Abs. 5 DSGVO begründet ist.",
  interests_weighed:
    "Zu jedem berechtigten Interesse gibt es eine Abwägung aus den letzten zwölf Monaten.",
  mapped_columns: "Jede Spalte der Datenbank steht im Verzeichnis der Datenfelder.",
  measures_improved: "Die Maßnahmen wurden in den letzten sechs Monaten weiterentwickelt.",
  measures_in_force: "Die prüfbaren Maßnahmen sind in Kraft.",
  nothing_overdue: "Keine Daten sind über ihre Frist hinaus gespeichert.",
  officer_reached: "Eine E-Mail an die datenschutzbeauftragte Person wurde angenommen.",
  policy_facts: "Felder, Fristen und Dienstleister sind so, wie die geltende Fassung sie nennt.",
  policy_text: "Jede veröffentlichte Fassung ist unverändert (SHA-256).",
  processors_evident: "Jeder Dienstleister in Gebrauch ist aktuell nachgewiesen.",
  provider_complete: "Keine Angabe zum Verantwortlichen ist offen.",
  purposes_declared: "Jeder Auftrag und jede E-Mail-Art dient einem der vier Zwecke.",
  access_complete: "Eine Auskunft enthält alles über eine Person und nichts über eine andere.",
  corrections_carried: "Ein berichtigter Name wird gefunden, der falsche nirgends mehr.",
  deliveries_expire: "Keine Antwort liegt länger als ihre 14 Tage zum Abholen bereit.",
  erasures_traceless:
    "Gelöschtes findet keine Suche mehr, und kein abgeschlossener Antrag nennt die Person.",
  portability_sound:
    "Was eine Person mitnimmt, ist vollständig, liest sich als JSON, CSV und vCard und kommt anderswo gleich an.",
  objections_kept: "Nach einem Widerspruch ging keine Werbung mehr hinaus.",
  requests_chained: "Kein Schritt eines Antrags wurde verändert, verschoben oder ausgelassen.",
  requests_in_time:
    "Anträge werden angenommen, bestätigt und sind nicht überfällig; jede Frist ist richtig berechnet.",
  restrictions_enforced:
    "Eingeschränkte Personen findet keine Liste und keine Suche, und sie erhalten keine Post.",
  stores_located: "Jeder Speicher steht in der EU oder im EWR.",
  user_data: "Über Nutzende sind nur die erlaubten Felder gespeichert, Passwörter nur als Hash.",

  checked: "Zuletzt geprüft",
  clauses: "Ziffern",
  figures: "Zahlen",
  figures_public: "Auf der öffentlichen Seite auch die Zahlen zeigen",
  history: "Verlauf",
  lamp_green: "erfüllt",
  lamp_grey: "noch nicht bewiesen",
  lamp_red: "verletzt",
  mail_alarm_action: "Zur Datenschutzerklärung",
  mail_alarm_closing: "Diese E-Mail kommt täglich, bis alles wieder erfüllt ist.",
  mail_alarm_subject: {
    one: "Ein Nachweis zur Datenschutzerklärung ist rot",
    other: "{count} Nachweise zur Datenschutzerklärung sind rot",
  },
  mail_alarm_text: "was die Datenschutzerklärung verspricht, ist hier zurzeit nicht belegt:",
  mail_probe_subject: "Prüfung Ihrer Erreichbarkeit",
  mail_probe_text:
    "diese E-Mail zeigt, dass Anfragen zum Datenschutz Sie erreichen. Sie müssen nichts tun.",
  never: "noch nie",
  never_text: "Noch nie geprüft. Die Prüfung läuft jede Nacht; der Knopf startet sie sofort.",
  proof: "Nachweis",
  queued: "Die Prüfung läuft.",
  red_since: "Offen seit {date}",
  run: "Jetzt prüfen",
  run_all: "Alle jetzt prüfen",
  saved: "Die Einstellung ist gespeichert.",
  state: "Stand",
  took: "Dauer",
};
