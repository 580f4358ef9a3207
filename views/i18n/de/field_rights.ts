/** Rights on fields: the table in the settings, and what pages say of fields that are closed. */
export const fieldRights = {
  title: "Feldrechte",
  intro:
    "Legen Sie fest, welche Felder eine Rolle nur lesen darf und welche für sie verborgen sind.",
  everywhere: "Überall",
  everywhere_text:
    "Es gilt auf Seiten, in Listen, Filtern und der Suche, in Exporten, Berichten, Vorlagen und der API. Was in E-Mails, Notizen und Dateien steht, bleibt sichtbar, auch ein versandtes Angebot. Ist ein eigenes Feld für eine Rolle verborgen, durchsucht die Suche es für niemanden mehr; bei großen Beständen dauert das einige Minuten.",
  always: "Immer sichtbar",
  always_text:
    "Namen, E-Mail-Adressen, Telefonnummern, Anschriften, Herkunft, Rechtsgrundlage, Zweck, Widersprüche und Einschränkungen: Ohne sie lassen sich Pflichten aus dem Datenschutz nicht erfüllen. Auskünfte, Löschungen und Datenübertragungen umfassen immer alle Felder.",
  imports_text:
    "Felder, die jemand nicht bearbeiten darf, lässt ein Import aus. Rückgängig machen kann ihn nur, wer alle Felder von Kontakten und Firmen bearbeiten darf. Wer nicht alle Felder sehen und bearbeiten darf, sieht nur die eigenen Importe.",
  admins_text:
    "Die Leitung sieht und bearbeitet immer alles und legt die Rechte der Verwaltung fest. Wer Personen einladen darf, kann sich einen Zugang mit einer anderen Rolle geben.",
  kinds: "Art von Eintrag",
  field: "Feld",
  level_write: "bearbeiten",
  level_read_only: "nur lesen",
  level_hidden: "verborgen",
  level_seen: "sichtbar",
  saved: "Die Feldrechte sind gespeichert.",
  reason_searched: "Immer sichtbar: Die Suche findet Einträge danach.",
  reason_steering: "Immer sichtbar: Listen und Zuständigkeiten hängen davon ab.",
  reason_required: "Pflichtfeld: Wer Einträge anlegt, muss es ausfüllen können.",
  always_seen: "Dieses Feld lässt sich nicht verbergen.",
  required: "Wer Einträge anlegt, muss Pflichtfelder bearbeiten können.",
  read_only: "Dieses Feld dürfen Sie nicht ändern.",
  hidden: "Nach diesem Feld können Sie weder filtern noch sortieren.",
  fixed: "Nur lesen dürfen Sie: {fields}.",
  narrowed: "Ein Teil dieser Ansicht entfällt, weil das Feld für Sie verborgen ist.",
  left_empty: "Felder, die für Sie verborgen sind, bleiben in Vorlagen leer.",
  left_standing: "Platzhalter für Felder, die für Sie verborgen sind, werden nicht ausgefüllt.",
  not_imported: "Diese Felder dürfen Sie nicht ändern, der Import lässt sie aus: {fields}.",
};
