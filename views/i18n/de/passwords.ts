/** Setting a password, and forgetting it. */
export const passwords = {
  common: "Dieses Passwort gehört zu den häufigsten. Wählen Sie ein anderes.",
  gone_text:
    "Der Link wurde schon benutzt oder ist älter als eine Stunde. Fordern Sie einen neuen an.",
  gone_title: "Dieser Link gilt nicht mehr",
  hint: "Mindestens 10 Zeichen. Am besten mehrere Wörter, die nicht zusammengehören.",
  new: "Neues Passwort",
  personal: "Das Passwort enthält Ihren Namen, Ihre E-Mail-Adresse oder den Namen des Programms.",
  request_again: "Neuen Link anfordern",
  request_sent_text:
    "Wenn es zu dieser Adresse einen Zugang gibt, ist gleich eine E-Mail mit einem Link da. Er gilt eine Stunde. Sehen Sie auch im Spam-Ordner nach.",
  request_sent_title: "Sehen Sie in Ihr Postfach",
  request_submit: "Link anfordern",
  request_text: "Sie bekommen einen Link, mit dem Sie ein neues Passwort setzen.",
  request_title: "Passwort vergessen",
  set_submit: "Passwort setzen",
  set_text: "Damit enden alle laufenden Anmeldungen.",
  set_title: "Neues Passwort setzen",
  wrong: "Das Passwort stimmt nicht.",
};
