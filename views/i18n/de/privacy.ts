/** The public page about personal data. */
export const privacy = {
  controller: "Wer verantwortlich ist",
  cookie_text:
    "Gesetzt wird ein einziges Cookie: das der Anmeldung. Nichts auf diesen Seiten wird von fremden Servern geladen, nichts wird ausgewertet.",
  data: "Was wir von Nutzerinnen und Nutzern speichern",
  data_account: "Name, E-Mail-Adresse, Sprache, Rolle, Passwort (nur als Argon2id-Hash)",
  data_ip_address: "Vollständige IP-Adresse in Anmeldungen und Zugriffsprotokoll",
  data_link: "Links für Einladung, Passwort und neue E-Mail-Adresse",
  data_log: "Protokolle mit gekürzter IP-Adresse",
  data_mail: "Von uns versandte E-Mails",
  data_session: "Anmeldungen: Gerät und Zeitpunkt",
  dpo: "Datenschutzbeauftragte Person",
  kept_account: "Für die Anmeldung, und damit nachvollziehbar bleibt, wer was geändert hat",
  kept_ip_address: "Höchstens {period}, dann gekürzt",
  kept_link: "Bis sie benutzt sind, höchstens {period}",
  kept_log: "Höchstens {period}",
  kept_mail: "Höchstens {period} nach dem Versand",
  kept_session: "Bis zur Abmeldung, höchstens {period}",
  processor_text:
    "Für Kontakte und Firmen, die ein Kunde in seinem Mandanten führt, ist dieser Kunde verantwortlich; wir verarbeiten sie in seinem Auftrag. Fragen dazu beantwortet das Unternehmen, mit dem Sie zu tun hatten.",
  rights_text:
    "Auskunft, Berichtigung, Löschung, Einschränkung, Datenübertragung, Widerspruch: Schreiben Sie formlos an die E-Mail-Adresse oben. Sie können sich außerdem bei jeder Datenschutz-Aufsichtsbehörde beschweren.",
  title: "Datenschutz",
};
