/** A tenant's directory, which blocks users and admits them again (SCIM). */
export const directory = {
  address: "Tragen Sie dort als Mandanten-URL oder Basis-URL ein:",
  copy: "Kopieren Sie das Token jetzt. Es wird nur dieses eine Mal gezeigt.",
  create: "Token erzeugen",
  days: "Gültig",
  days_hint: "Erzeugen Sie rechtzeitig das nächste und tragen Sie es ein, bevor dieses endet.",
  ended: "Token beendet",
  invite: "Diese Person müssen Sie einladen.",
  made: "Erzeugt",
  made_by: "{date}, {name}",
  owners: "Tokens erzeugt nur die Leitung, denn damit lassen sich auch deren Zugänge sperren.",
  text:
    "Ihr Verzeichnis, zum Beispiel Entra ID oder Okta, sperrt hier Zugänge, sobald jemand geht: Anmeldungen und API-Schlüssel enden sofort. Seine Gruppen werden Teams. Namen, Adressen und Rollen ändert es nicht.",
  title: "Zugänge aus Ihrem Verzeichnis (SCIM)",
  token: "Token des Verzeichnisses",
  tokens: "Tokens des Verzeichnisses",
  too_many: "Mehr als {max} Tokens gleichzeitig gehen nicht. Beenden Sie zuerst ein altes.",
};
