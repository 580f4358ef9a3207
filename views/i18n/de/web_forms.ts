/** Forms that strangers fill in: their settings, the form itself, its mail. */
export const webForms = {
  title: "Webformulare",
  lead:
    "Ein Webformular hat eine eigene Adresse, auf die Ihre Website verlinkt. Wer es ausfüllt, bestätigt zuerst die E-Mail-Adresse; danach entsteht ein Kontakt mit Herkunft und Rechtsgrundlage.",
  none: "Noch kein Webformular.",
  new: "Neues Webformular",
  edit: "Webformular bearbeiten",
  address: "Adresse",
  text_version: "Fassung der Texte",
  state: "Stand",
  open: "offen",
  closed: "geschlossen",
  name_hint: "Steht als Herkunft beim Kontakt.",
  slug: "Letzter Teil der Adresse",
  slug_hint:
    "Kleinbuchstaben, Ziffern und Bindestriche. Die Adresse beginnt mit {address} und zeigt mit ?lang=de oder ?lang=en am Ende immer diese Sprache.",
  slug_wrong: "2 bis 60 Kleinbuchstaben, Ziffern und einzelne Bindestriche.",
  active: "Das Formular nimmt Einträge an",
  fields: "Außerdem gefragt",
  fields_hint: "Nachname und E-Mail-Adresse sind immer dabei. Fragen Sie nur, was Sie brauchen.",
  field_firstName: "Vorname",
  field_lastName: "Nachname",
  field_email: "E-Mail-Adresse",
  field_phone: "Telefon",
  field_company: "Firma",
  field_message: "Nachricht",
  own: "Eigene Felder",
  own_hint:
    "Felder von Kontakten, in dieser Reihenfolge. Das Formular schreibt für Ihr Unternehmen: Es füllt auch Felder, die einzelne Rollen nicht sehen. Zweck und Rechtsgrundlage stehen auf der Seite des Formulars; was es fragt, gilt als von der Person selbst angegeben.",
  own_field: "Feld",
  own_add: "Feld hinzufügen",
  own_remove: "Feld entfernen",
  own_consent_short: "mit Einwilligung",
  own_left:
    "Danach fragt das Formular zurzeit nicht: {fields}. Was auf einer Einwilligung beruht, wird nur zusammen mit ihr erfragt. Schreiben Sie unten, worin eingewilligt wird, oder nehmen Sie das Feld heraus.",
  own_no_consent:
    "Das Feld beruht auf einer Einwilligung. Schreiben Sie unten, wozu die Person einwilligt.",
  own_not_required: "Was auf einer Einwilligung beruht, bleibt freiwillig (Art. 7 Abs. 4 DSGVO).",
  own_with_consent: "Freiwillig, nur zusammen mit der Einwilligung unten.",
  own_needs_tick:
    "Dafür brauchen wir die Einwilligung unten. Setzen Sie das Häkchen, oder lassen Sie das Feld leer.",
  provides: "Ein Webformular fragt danach: Die Person gibt diese Angabe selbst.",
  owner: "Zuständig",
  owner_hint: "Betreut neue Kontakte und erhält eine Mitteilung.",
  nobody: "niemand",
  tag: "Schlagwort",
  tag_hint: "Bekommt jeder neue Kontakt.",
  work: "Browser vor dem Absenden rechnen lassen",
  work_hint:
    "Bremst Programme, die Formulare massenhaft ausfüllen: Der Browser rechnet etwa eine Sekunde, ohne fremden Dienst. Ohne JavaScript geht das Formular trotzdem; von solchen Einträgen nimmt es höchstens {most} in der Stunde an.",
  working: "Einen Moment, das Formular wird vorbereitet …",
  texts_de: "Deutsche Texte",
  texts_en: "Englische Texte",
  texts_hint: "Geänderte Texte sind eine neue Fassung; frühere bleiben als Nachweis erhalten.",
  text_title: "Überschrift",
  text_intro: "Einleitung",
  text_consent: "Einwilligung",
  text_privacyUrl: "Adresse Ihrer Datenschutzerklärung",
  consent: "Einwilligung",
  consent_hint:
    "Wozu die Person zustimmt, zum Beispiel Werbung per E-Mail, mit Hinweis auf den Widerruf. Leer: Es wird nicht gefragt.",
  consent_twice: "Die Einwilligung braucht beide Sprachen.",
  privacy_url_wrong: "Nötig ist eine Adresse mit https://.",
  too_many: "Höchstens {max} Formulare.",
  saved: "Webformular gespeichert",
  removed: "Webformular entfernt",
  end: "Webformular entfernen",
  end_text:
    "Die Adresse ist dann nicht mehr erreichbar; unbestätigte Einträge entfallen. Kontakte und ihre Einwilligungen bleiben.",
  remove: "Entfernen",
  submit: "Absenden",
  trap: "Bitte leer lassen",
  email_hint: "Dorthin geht eine Nachricht, mit der Sie Ihre Angaben bestätigen.",
  consent_free: "Freiwillig. Sie können jederzeit widerrufen.",
  later:
    "Es kamen zu viele Einträge in kurzer Zeit. Ihre Angaben sind noch da: Senden Sie sie später noch einmal, in einer Stunde geht es sicher.",
  too_old:
    "Das Formular war zu lange offen oder wurde inzwischen geändert. Prüfen Sie Ihre Angaben und senden Sie es noch einmal.",
  notice: "Was mit Ihren Angaben geschieht",
  notice_who: "Verantwortlich ist {controller}.",
  notice_why: "Ihre Angaben dienen dazu, Ihre Anfrage zu beantworten (Art. 6 Abs. 1 lit. b DSGVO).",
  notice_needed: "Nötig sind {fields}, alles andere ist freiwillig.",
  notice_own: "Wozu wir diese Angaben verwenden:",
  notice_own_line: "{fields}: {purpose}. {basis}",
  notice_consent:
    "Das Häkchen ist eine Einwilligung (Art. 6 Abs. 1 lit. a DSGVO). Ein Widerruf gilt ab dann; was vorher geschah, bleibt rechtmäßig.",
  notice_where:
    "Die Daten liegen auf Servern in der EU. Empfänger sind Dienstleister, die diese Software für {controller} betreiben (Art. 28 DSGVO). Unbestätigte Angaben werden nach 7 Tagen gelöscht, bestätigte, sobald sie nicht mehr gebraucht werden und keine gesetzliche Frist besteht.",
  notice_rights:
    "Sie haben das Recht auf Auskunft, Berichtigung, Löschung, Einschränkung, Übertragbarkeit und Widerspruch, und Sie können sich bei einer Aufsichtsbehörde beschweren.",
  notice_claim: "Rechte geltend machen",
  notice_policy: "Datenschutzerklärung",
  sent_title: "Bitte bestätigen Sie Ihre E-Mail-Adresse",
  sent_text:
    "Wir haben Ihnen eine Nachricht geschickt. Öffnen Sie den Link darin und bestätigen Sie Ihre Angaben. Erst dann kommen sie an.",
  sent_hint: "Nichts gekommen? Sehen Sie im Spamordner nach. Der Link gilt 7 Tage.",
  confirm_title: "Angaben bestätigen",
  confirm_text: "Bestätigen Sie, dass {controller} Ihre Angaben erhalten soll.",
  confirm: "Bestätigen",
  confirmed_title: "Angaben bestätigt",
  confirmed: "Danke. Ihre Angaben sind angekommen.",
  confirm_consent: "Damit willigen Sie auch ein: „{consent}“ Das können Sie jederzeit widerrufen.",
  confirm_gone:
    "Dieser Link gilt nicht oder nicht mehr. Füllen Sie das Formular noch einmal aus, wenn Sie möchten.",
  mail_subject: "Bitte bestätigen: Ihre Nachricht an {controller}",
  mail_text:
    "jemand hat mit dieser Adresse das Formular „{title}“ von {controller} ausgefüllt. Wenn Sie das waren, bestätigen Sie es bitte.",
  mail_action: "Bestätigen",
  mail_closing:
    "Waren Sie es nicht, brauchen Sie nichts zu tun: Ohne Bestätigung werden die Angaben nach 7 Tagen gelöscht, und niemand schreibt Ihnen.",
  source: "Webformular: {name}",
  proposal: "Über das Formular kamen diese Angaben. Der Kontakt wurde nicht geändert.",
  proposal_entered:
    "Über das Formular kamen diese Angaben. Geändert wurde am Kontakt nur, was leer war und nicht alle sehen dürfen: {fields}",
  proposal_named:
    "Auch dazu kam eine Angabe, die nicht alle sehen dürfen. Sie wurde nicht übernommen und steht hier nicht; fragen Sie bei Bedarf nach: {fields}",
  proof:
    "Double-Opt-in: ausgefüllt am {sent}, über den Link in der E-Mail bestätigt am {confirmed}.",
  version: "{name}, Fassung {number}: {consent}",
};
