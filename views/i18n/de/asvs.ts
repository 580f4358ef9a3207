/** The table of OWASP ASVS. */
export const asvs = {
  browser: "Cookies, Kopfzeilen, fremde Seiten",
  confirmation: "Neuer Nachweis vor schwerwiegenden Schritten",
  expressions: "Reguläre Ausdrücke, Last durch Eingaben",
  factors: "Zweiter Faktor",
  files: "Dateien und Importe",
  gap_expressions:
    "Etwa 30 Ausdrücke brauchen für sehr lange Texte quadratisch viel Zeit; eine Liste hält sie fest, keiner darf dazukommen.",
  gap_factors:
    "Stufe 2 verlangt den zweiten Faktor von allen. Hier entscheidet das jedes Unternehmen je Rolle; für den Betreiber gibt es noch keinen Zwang.",
  gap_logs: "Protokolle werden nicht auf einen zweiten Rechner übertragen (16.4.3).",
  gap_providers:
    "Abmelden beim Anmeldedienst (Back-Channel-Logout) und ein Zwang zur Anmeldung darüber fehlen.",
  gap_supply: "Eine Stückliste (SBOM) entsteht noch nicht bei jedem Bau.",
  group: "Anforderungen",
  guessing: "Raten von Passwörtern, Auskunft über Konten",
  injection: "Eingeschleuster Code, Ausgabe",
  input: "Eingaben und Abläufe",
  logs: "Protokolle und Fehler",
  notices: "Mitteilung über neue Geräte und geänderte Zugänge",
  outgoing: "Proxys und ausgehende Verbindungen",
  passwords: "Passwörter",
  privacy: "Personenbezogene Daten",
  providers: "Anmeldung über eigene Dienste",
  recovery: "Zurücksetzen von Passwort und zweitem Faktor",
  secrets: "Einstellungen und Geheimnisse",
  sessions: "Anmeldungen",
  shown: "Erfüllt durch, gezeigt durch",
  standing: "Stand",
  standing_met: "erfüllt",
  standing_part: "teilweise",
  storage: "Aufbewahrung von Passwörtern und Schlüsseln, Zufall",
  supply: "Bausteine",
  tenants: "Mandanten und Rechte",
  text:
    "Der Application Security Verification Standard 5.0, Stufe 2: jede Gruppe, die hier gilt, mit dem Code, der sie erfüllt, und den Tests, die es bei jeder Änderung zeigen.",
  title: "OWASP ASVS 5.0, Stufe 2",
};
