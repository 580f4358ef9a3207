/** Signing in and out. */
export const sessions = {
  email: "E-Mail-Adresse",
  email_changed: "Die neue E-Mail-Adresse gilt. Melden Sie sich damit an.",
  failed: "E-Mail-Adresse oder Passwort stimmt nicht.",
  forgotten: "Passwort vergessen?",
  passkey_failed: "Der Passkey wurde nicht erkannt.",
  password: "Passwort",
  password_changed: "Das neue Passwort gilt. Melden Sie sich damit an.",
  signed_out: "Sie sind abgemeldet.",
  submit: "Anmelden",
  title: "Anmelden",
};
