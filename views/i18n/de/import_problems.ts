/** What is wrong with a file of an import, a row of it or a cell. */

export const importProblems = {
  own_field_invalid: "„{value}“ passt nicht zu diesem eigenen Feld und bleibt weg.",
  own_field_person:
    "Für ein eigenes Feld ist „{value}“ genannt; genau ein Kontakt dieses Namens war nicht zu finden.",
  record_updated: "„{value}“ gibt es schon. Ergänzt oder geändert: {fields}.",
  too_many_cells:
    "Die Zeile hat {cells} Zellen, vorgesehen sind {columns}. Vermutlich steht ein Trennzeichen in einem Wert ohne Anführungszeichen.",
  cell_overflows:
    "Ein Text reicht in die nächste Spalte hinein: Wo er endet, ist nicht zu erkennen.",
  cell_too_long: "{column}: Der Text ist länger als 64 KB.",
  no_name: "Weder Name noch Firma noch E-Mail-Adresse: Daraus lässt sich kein Kontakt anlegen.",
  deal_without_name: "Weder Titel noch Firma: Daraus lässt sich kein Deal anlegen.",
  amount_invalid: "{column}: „{value}“ ist kein Betrag und steht deshalb in den Notizen.",
  currency_unknown:
    "{column}: Die Währung von „{value}“ ist hier nicht möglich. Der Betrag steht in den Notizen.",
  deal_stage_assumed: "{column}: Eine Stufe „{value}“ gibt es nicht. Der Deal kommt in „{stage}“.",
  deal_person_unknown:
    "{column}: „{value}“ ist kein Kontakt oder mehrere. Der Deal kommt ohne diese Person.",
  deal_address_unknown:
    "{column}: Zu der E-Mail-Adresse gibt es keinen Kontakt. Der Deal kommt ohne diese Person.",
  deal_owner_unknown: "{column}: „{value}“ hat hier keinen Zugang. Der Name steht in den Notizen.",
  deal_reason_unknown:
    "{column}: Den Verlustgrund „{value}“ gibt es nicht. Er steht in den Notizen.",
  not_a_contact: "Die Datei enthält keine Kontakte, Firmen oder Deals.",
  newsletter_without_name:
    "Newsletter-Adresse ohne Namen. Sie wird nicht übernommen und gilt nicht als Einwilligung.",
  group_card: "Das ist eine Gruppe, kein Kontakt.",
  thing_card: "Das ist kein Kontakt, sondern ein Ort, ein Gerät oder ein anderer Eintrag.",
  total_row: "Diese Zeile enthält eine Summe oder einen Vermerk des alten Programms.",
  row_joined: "Diese Zeile gehört zu einer Person weiter oben und ergänzt sie.",
  group_row: "Diese Zeile ist eine Zwischenüberschrift.",
  header_repeated: "Diese Zeile wiederholt die Spaltenüberschriften.",
  other_table: "Diese Zeile gehört zu einer weiteren Tabelle unterhalb der ersten.",
  blank: "In den zugeordneten Spalten steht nichts.",
  too_few_cells:
    "Die Zeile hat nur {cells} von {columns} Zellen. Die fehlenden gelten als leer; prüfen Sie, ob die Werte in der richtigen Spalte stehen.",
  unclosed_quote:
    "Ein Anführungszeichen wurde nicht geschlossen. Die Zeile wurde trotzdem gelesen.",
  control_characters: "{column}: Unlesbare Zeichen wurden entfernt.",
  cell_error: "{column}: In der Tabelle steht hier ein Fehler ({error}). Die Zelle gilt als leer.",
  formula_without_value:
    "{column}: Die Formel hat in der Datei keinen Wert. Öffnen und speichern Sie die Datei in Excel oder LibreOffice.",
  email_invalid: "{column}: „{value}“ ist keine gültige E-Mail-Adresse und wird weggelassen.",
  email_beside_number:
    "{column}: Neben der E-Mail-Adresse steht eine Nummer, die nicht übernommen wird: „{value}“.",
  phone_invalid:
    "{column}: „{value}“ ist keine gültige Telefonnummer. Der Text bleibt, wie er ist.",
  phone_rounded:
    "{column}: Die Tabellenkalkulation hat „{value}“ gerundet, Ziffern fehlen. Formatieren Sie die Spalte als Text und exportieren Sie neu.",
  phone_zero_assumed: "{column}: Bei „{value}“ fehlt die Null am Anfang; sie wurde ergänzt.",
  date_invalid: "{column}: „{value}“ ist kein lesbares Datum und wird weggelassen.",
  salutation_unknown: "{column}: Für welche Anrede „{value}“ steht, ist nicht bekannt.",
  country_unknown: "{column}: Das Land „{value}“ ist nicht bekannt.",
  vat_id_invalid: "{column}: „{value}“ ist keine gültige USt-IdNr. Der Text bleibt, wie er ist.",
  postal_code_zero_restored: "{column}: Bei „{value}“ fehlt die Null am Anfang; sie wurde ergänzt.",
  name_from_email: "Ohne Namen: Stattdessen steht „{value}“.",
  name_from_number: "Ohne Namen: Stattdessen steht „{value}“.",
  marked_deleted: "Der Eintrag ist im alten System als gelöscht markiert ({column}).",
  photo_skipped: "Bilder, Töne und Schlüssel werden nicht übernommen ({column}).",
  properties_left_out: "Kein Feld gibt es für: {names}. Diese Angaben werden nicht übernommen.",
  card_unfinished: "Die Karte bricht ab; übernommen wird, was lesbar ist.",
  value_shortened: "Der Wert ist länger als {limit} Zeichen und wurde gekürzt: „{value}“",
  second_value: "{column}: „{value}“ wird nicht übernommen; an dieser Stelle steht schon „{kept}“.",
  company_missing: "{column}: Zu „{value}“ fehlt die Firma, der Wert wird nicht übernommen.",
  duplicate_in_file: "„{value}“ steht schon in Zeile {row} dieser Datei.",
  duplicate_in_stock: "„{value}“ ist schon als Kontakt vorhanden.",
  objection_noted: "Der Werbewiderspruch der Zeile wird eingetragen.",
  objection_unplaced:
    "Den Werbewiderspruch der Zeile tragen Sie bitte von Hand beim richtigen Kontakt ein.",
  duplicate_deal_in_stock: "„{value}“ ist schon als Deal vorhanden.",
  duplicate_company_in_stock: "„{value}“ ist schon als Firma vorhanden.",
  suppressed: "Diese Person hat widersprochen oder wurde gelöscht. Sie wird nicht wieder angelegt.",

  empty: "Die Datei ist leer.",
  too_large: "Die Datei ist größer als 50 MB. Teilen Sie sie in kleinere Dateien.",
  too_many_rows: "Die Datei hat mehr als {limit} Zeilen. Teilen Sie sie in kleinere Dateien.",
  too_many_columns: "Die Datei hat mehr als {limit} Spalten.",
  record_too_long: "Ein Eintrag der Datei ist zu groß.",
  xlsx_broken: "Die Tabelle ist beschädigt oder unvollständig.",
  xlsx_too_large: "Die Tabelle ist entpackt zu groß. Teilen Sie sie in kleinere Dateien.",
  xlsx_encrypted: "Die Tabelle ist mit einem Kennwort geschützt. Speichern Sie sie ohne Kennwort.",
  sheet_missing: "Dieses Tabellenblatt gibt es in der Datei nicht.",
  xlsb_not_yet: "Das ist eine binäre Excel-Datei (.xlsb). Speichern Sie sie als .xlsx.",
  xls_not_yet: "Das ist eine alte Excel-Datei (.xls). Speichern Sie sie als .xlsx.",
  zip: "Das ist ein Archiv. Entpacken Sie es und wählen Sie die Datei darin.",
  pdf: "Das ist ein PDF. Gebraucht wird der Export als CSV, Excel, vCard oder JSON.",
  image: "Das ist ein Bild. Gebraucht wird der Export als CSV, Excel, vCard oder JSON.",
  html: "Das ist eine Webseite. Gebraucht wird der Export als CSV, Excel, vCard oder JSON.",
  xml: "Das ist eine XML-Datei. Gebraucht wird der Export als CSV, Excel, vCard oder JSON.",
  calendar: "Das ist ein Kalender. Gebraucht wird der Export als CSV, Excel, vCard oder JSON.",
  mail: "Das ist eine E-Mail. Gebraucht wird der Export als CSV, Excel, vCard oder JSON.",
  rich_text:
    "Das ist ein Text der Textverarbeitung. Gebraucht wird der Export als CSV, Excel, vCard oder JSON.",
  binary:
    "Die Datei enthält keinen Text. Gebraucht wird der Export als CSV, Excel, vCard oder JSON.",
  xml_broken: "Die XML-Datei ist unvollständig oder fehlerhaft.",
  json_broken: "Die JSON-Datei ist unvollständig oder fehlerhaft.",
  json_shape: "Die JSON-Datei enthält keine Liste von Einträgen.",
  unknown_format:
    "Dieses Dateiformat ist nicht bekannt. Möglich sind CSV, Excel, LibreOffice, vCard, LDIF und JSON.",
};
