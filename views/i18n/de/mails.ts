/** Letters that the program sends. */
export const mails = {
  account_erased_subject: "{number}: Ihr Zugang ist gelöscht",
  account_erased_text:
    "Ihr Zugang und alles, was dazu gehörte, sind gelöscht. Diese Adresse steht nur noch im Nachweis der Löschung und verschwindet dort morgen.",
  case_code: "Oder geben Sie den Code {code} hier ein: {url} – Link und Code gelten 72 Stunden.",
  case_code_subject: "Neuer Code zu {number}",
  case_code_text:
    "Sie haben einen neuen Code zu Ihrem Antrag angefordert. Frühere Codes gelten nicht mehr.",
  case_confirm_action: "Adresse bestätigen",
  case_confirm_text:
    "Bitte bestätigen Sie, dass diese E-Mail-Adresse Ihnen gehört. Wir bearbeiten Ihren Antrag auch vorher; die Frist läuft bereits.",
  case_contact: "Fragen beantwortet unsere datenschutzbeauftragte Person: {contact}",
  case_no_copy:
    "Schicken Sie uns keine Ausweiskopie. Ob und welche Daten zu Ihnen vorliegen, steht erst in unserer Antwort.",
  case_receipt_authority:
    "Ihr Schreiben an {controller} ist am {day} eingegangen und liegt der Person vor, die für den Datenschutz zuständig ist. Es hat hier die Nummer {number}.",
  case_receipt_authority_subject: "Ihr Schreiben ist eingegangen ({number})",
  case_receipt_due: "Sie erhalten unsere Antwort spätestens am {day}.",
  case_receipt_rights: "Es geht um: {rights}.",
  case_receipt_subject: "Ihr Antrag {number} ist eingegangen",
  case_receipt_text:
    "Ihr Antrag an {controller} ist am {day} eingegangen. Er hat die Nummer {number}.",
  case_status_action: "Stand des Antrags",
  email_change_action: "E-Mail-Adresse bestätigen",
  email_change_closing:
    "Der Link gilt 24 Stunden und nur einmal. Haben Sie das nicht veranlasst, brauchen Sie nichts zu tun.",
  email_change_subject: "Bestätigen Sie Ihre neue E-Mail-Adresse",
  email_change_text:
    "diese Adresse wurde für Ihren Zugang zu kompaktCRM angegeben. Sie gilt, sobald Sie sie bestätigen.",
  email_changed_closing:
    "Ein neues Passwort macht die Änderung ungültig, solange sie nicht bestätigt ist.",
  email_changed_subject: "Ihre E-Mail-Adresse soll geändert werden",
  email_changed_text:
    "für Ihren Zugang zu kompaktCRM wurde eine andere E-Mail-Adresse angegeben. Sie gilt, sobald sie von dort bestätigt ist. Waren Sie das nicht, setzen Sie sofort ein neues Passwort.",
  footer: "Diese Nachricht hat kompaktCRM auf {host} verschickt.",
  footer_for:
    "Diese Nachricht hat kompaktCRM auf {host} verschickt. Verantwortlich für Ihre Daten ist {controller}.",
  footer_rights: "Ihre Rechte gegenüber {controller}",
  greeting: "Guten Tag {name},",
  greeting_nobody: "Guten Tag,",
  invitation_action: "Einladung annehmen",
  invitation_closing: {
    one: "Der Link gilt {count} Tag und nur einmal.",
    other: "Der Link gilt {count} Tage und nur einmal.",
  },
  invitation_subject: "Einladung zu {tenant}",
  invitation_text: "{host} lädt Sie ein, in kompaktCRM für {tenant} zu arbeiten.",
  factors_action: "Zweiten Faktor ansehen",
  factors_changed_closing:
    "Waren Sie das nicht? Melden Sie alle anderen Geräte ab, ändern Sie Ihr Passwort und geben Sie Ihrer Verwaltung Bescheid.",
  factors_changed_subject: "Ihr zweiter Faktor wurde geändert",
  factors_changed_text:
    "der zweite Faktor Ihres Zugangs oder seine Wiederherstellungscodes wurden geändert.",
  factors_ended_closing:
    "Setzen Sie auf der Anmeldeseite ein Passwort; danach richten Sie einen neuen zweiten Faktor ein.",
  factors_ended_subject: "Ihr zweiter Faktor gilt nicht mehr",
  factors_ended_text:
    "Sie arbeiten jetzt auch für {tenant}. Ihren zweiten Faktor haben Sie eingerichtet, als Sie über den Anmeldedienst eines anderen Unternehmens angemeldet waren. Damit dieser Dienst niemandem Zugang zu {tenant} geben kann, gilt der Faktor nicht mehr.",
  factors_reset_closing:
    "Haben Sie nicht darum gebeten, geben Sie Ihrer Verwaltung sofort Bescheid.",
  factors_reset_subject: "Ihr zweiter Faktor wurde zurückgesetzt",
  factors_reset_text:
    "die Verwaltung von {tenant} hat Ihren zweiten Faktor zurückgesetzt. Sie melden sich wieder mit dem Passwort allein an und richten danach einen neuen ein.",
  new_device_action: "Anmeldungen ansehen",
  new_device_closing:
    "Waren Sie das nicht? Beenden Sie die Anmeldung dort und ändern Sie Ihr Passwort.",
  new_device_subject: "Anmeldung mit einem neuen Gerät",
  new_device_text: "mit Ihrem Zugang hat sich jemand angemeldet: {when}, {device}.",
  sign_in_domain_action: "Domain bestätigen",
  sign_in_domain_closing:
    "Der Link gilt sieben Tage. Wissen Sie nichts davon, müssen Sie nichts tun.",
  sign_in_domain_subject: "Anmeldung für {domain} bestätigen",
  sign_in_domain_text:
    "{tenant} möchte, dass sich Personen mit einer Adresse von {domain} über den eigenen Anmeldedienst anmelden. Das gilt erst, wenn Sie als Postmaster zustimmen.",
  password_changed_subject: "Ihr Passwort wurde geändert",
  password_changed_text:
    "das Passwort Ihres Zugangs zu kompaktCRM wurde gerade geändert. Waren Sie das nicht, setzen Sie sofort ein neues. API-Schlüssel und die Adresse Ihres Kalenders gelten weiter; prüfen und beenden können Sie sie unter „Mein Zugang“.",
  other_way_in_text:
    "Sie haben ein neues Passwort angefordert. Ihr Unternehmen lässt nur die Anmeldung über seinen eigenen Dienst zu; ein Passwort brauchen Sie dafür nicht.",
  password_reset_action: "Neues Passwort setzen",
  password_reset_closing:
    "Der Link gilt eine Stunde und nur einmal. Haben Sie das nicht veranlasst, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.",
  password_reset_subject: "Neues Passwort für kompaktCRM",
  password_reset_text: "für Ihren Zugang wurde ein neues Passwort angefordert.",
};
