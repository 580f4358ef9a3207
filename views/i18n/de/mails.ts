/** Letters that the program sends. */
export const mails = {
  email_change_action: "E-Mail-Adresse bestätigen",
  email_change_closing:
    "Der Link gilt 24 Stunden und nur einmal. Haben Sie das nicht veranlasst, brauchen Sie nichts zu tun.",
  email_change_subject: "Bestätigen Sie Ihre neue E-Mail-Adresse",
  email_change_text:
    "Diese Adresse wurde für Ihren Zugang zu kompaktCRM angegeben. Sie gilt, sobald Sie sie bestätigen.",
  email_changed_closing:
    "Ein neues Passwort macht die Änderung ungültig, solange sie nicht bestätigt ist.",
  email_changed_subject: "Ihre E-Mail-Adresse soll geändert werden",
  email_changed_text:
    "Für Ihren Zugang zu kompaktCRM wurde eine andere E-Mail-Adresse angegeben. Sie gilt, sobald sie von dort bestätigt ist. Waren Sie das nicht, setzen Sie sofort ein neues Passwort.",
  footer: "Diese Nachricht hat kompaktCRM auf {host} verschickt.",
  greeting: "Guten Tag, {name},",
  greeting_nobody: "Guten Tag,",
  invitation_action: "Einladung annehmen",
  invitation_closing: {
    one: "Der Link gilt {count} Tag und nur einmal.",
    other: "Der Link gilt {count} Tage und nur einmal.",
  },
  invitation_subject: "Einladung zu {tenant}",
  invitation_text: "{host} lädt Sie ein, in kompaktCRM für {tenant} zu arbeiten.",
  password_changed_subject: "Ihr Passwort wurde geändert",
  password_changed_text:
    "Das Passwort Ihres Zugangs zu kompaktCRM wurde gerade geändert. Waren Sie das nicht, setzen Sie sofort ein neues.",
  password_reset_action: "Neues Passwort setzen",
  password_reset_closing:
    "Der Link gilt eine Stunde und nur einmal. Haben Sie das nicht veranlasst, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.",
  password_reset_subject: "Neues Passwort für kompaktCRM",
  password_reset_text: "Für Ihren Zugang wurde ein neues Passwort angefordert.",
};
