/** The accessibility statement. */
export const accessibility = {
  as_of: "Stand: {date}",
  enforcement: "Durchsetzung",
  enforcement_austria:
    "Antworten wir nicht oder ungenügend, können Sie sich in Österreich an das Sozialministeriumservice wenden. Es überwacht das Barrierefreiheitsgesetz (BaFG).",
  enforcement_elsewhere:
    "Antworten wir nicht oder ungenügend, können Sie sich an die Stelle Ihres Landes wenden, die die Richtlinie (EU) 2019/882 überwacht.",
  enforcement_germany:
    "Antworten wir nicht oder ungenügend, können Sie sich an die gemeinsame Stelle der Länder wenden. Sie überwacht das Barrierefreiheitsstärkungsgesetz (BFSG).",
  enforcement_land:
    "Antworten wir nicht oder ungenügend, können Sie sich an die gemeinsame Stelle der Länder wenden, die auch für {land} zuständig ist. Sie überwacht das Barrierefreiheitsstärkungsgesetz (BFSG).",
  feedback: "Eine Barriere melden",
  feedback_text:
    "Stoßen Sie auf etwas, das Sie nicht benutzen oder lesen können, schreiben Sie uns oder rufen Sie an. Nennen Sie die Seite und womit Sie arbeiten. Wir melden uns.",
  gap_documents: "Dokumente.",
  gap_documents_text:
    "Briefe, Angebote und Auskünfte als PDF haben keine Auszeichnung für Vorleseprogramme. Was darin steht, zeigen die Seiten auch als Text; eine Auskunft enthält alles noch einmal als Datei in JSON.",
  gap_foreign: "Inhalte anderer.",
  gap_foreign_text:
    "E-Mails, hochgeladene Dateien und eigene Texte zeigt das Programm, wie sie kamen. Bilder darin haben oft keine Beschreibung.",
  gap_people: "Prüfung mit Menschen.",
  gap_people_text:
    "Menschen mit Behinderungen haben das Programm noch nicht planmäßig geprüft, auch nicht mit mehreren Vorleseprogrammen.",
  gap_plain_language: "Leichte Sprache und Gebärdensprache.",
  gap_plain_language_text:
    "Beides gibt es nicht. Die Texte sind kurz, aber nicht in Leichter Sprache.",
  gaps: "Was noch nicht barrierefrei ist",
  how: "Wie das geprüft wurde",
  how_text:
    "Durch Selbstbewertung. Bei jeder Änderung prüft ein Programm (axe-core) jede Seite am Rechner und am Telefon, hell und dunkel, dazu Kontrast, Breite bis 360 Pixel, gültiges HTML und Reihenfolge mit der Tastatur. Alles geht ohne JavaScript und ohne Bilderrätsel.",
  keyboard: "Alles lässt sich mit der Tastatur bedienen:",
  lead:
    "{provider} möchte, dass alle mit kompaktCRM arbeiten können. Diese Erklärung gilt für alle Seiten dieser Installation, die öffentlichen und die nach der Anmeldung.",
  lead_unknown:
    "Diese Erklärung gilt für alle Seiten dieser Installation, die öffentlichen und die nach der Anmeldung.",
  public_bodies:
    "Ist Ihr Haus eine öffentliche Stelle, gilt die BITV 2.0 oder das Recht Ihres Landes. Dann ist die Durchsetzungsstelle dieses Landes zuständig.",
  public_list: "Liste der Durchsetzungsstellen",
  state: "Stand der Vereinbarkeit",
  state_text:
    "Die Seiten sind teilweise vereinbar mit EN 301 549 und den WCAG 2.2, Stufe AA: Bis auf die folgenden Punkte ist kein Verstoß bekannt.",
  title: "Barrierefreiheit",
};
