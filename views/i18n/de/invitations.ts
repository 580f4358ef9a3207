/** Accepting an invitation. */
export const invitations = {
  accept: "Einladung annehmen",
  gone_text:
    "Die Einladung wurde schon angenommen, zurückgezogen oder ist abgelaufen. Wer Sie eingeladen hat, kann Ihnen eine neue schicken.",
  gone_title: "Diese Einladung gilt nicht mehr",
  known_text:
    "Für {email} gibt es schon einen Zugang. Melden Sie sich damit an, um die Einladung anzunehmen.",
  name: "Ihr Vor- und Nachname",
  password: "Passwort",
  provider_text:
    "Sie melden sich als {email} über den Anmeldedienst Ihres Unternehmens an; ein Passwort brauchen Sie hier nicht.",
  ready_text: "Sie sind als {email} angemeldet.",
  role_text: "Ihre Rolle: {role}",
  sign_in: "Anmelden und annehmen",
  title: "Einladung zu {tenant}",
  unknown_text: "Ihr Zugang gilt für {email}.",
};
