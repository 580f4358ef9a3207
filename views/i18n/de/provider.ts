/** The provider's particulars. */
export const provider = {
  factors: "Anmeldung für den Betrieb",
  factors_demanded: "Zweiten Faktor verlangen",
  factors_hint:
    "Wer diese Installation betreibt und noch keinen zweiten Faktor hat, richtet ihn beim nächsten Öffnen dieser Seiten ein.",
  factors_saved: "Gespeichert.",
  imprint: "Weitere Pflichtangaben",
  imprint_hint: "Stehen im Impressum, soweit sie auf Ihr Unternehmen zutreffen.",
  land: "Bundesland",
  land_hint: "Bestimmt die zuständige Aufsichtsbehörde und die Feiertage bei Fristen.",
  land_none: "keine Angabe",
  phone: "Telefon",
  register_entry: "Registergericht und Nummer",
  represented_by: "Vertretungsberechtigt",
  saved: "Die Angaben sind gespeichert und im Impressum zu sehen.",
  vat_id: "USt-IdNr.",
  waiting_action: "Als Betreiber anmelden",
  waiting_missing: "Im Impressum und in der Datenschutzerklärung fehlen noch:",
  waiting_text: "Der Betrieb beginnt, sobald der Betreiber seine Pflichtangaben ergänzt hat.",
  waiting_title: "Noch nicht in Betrieb",
};
