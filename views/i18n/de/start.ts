/** The start page. */
export const start = {
  all: "Alle ansehen",
  changed: "Geändert seit {at}",
  days: { one: "{count} Tag", other: "{count} Tage" },
  first_steps: "Erste Schritte",
  first_steps_text: "Hier ist noch nichts gespeichert. Womit möchten Sie anfangen?",
  later: "Nächste Tage",
  leads: "Neue Leads",
  moved: "Phase: {stage}",
  news: "Neu für Sie",
  nothing_due: "Heute ist nichts fällig.",
  overdue: "Überfällig",
  rotting: "Deals ohne Bewegung",
  step_contact_text: "Eine Person eintragen, mit Herkunft und Rechtsgrundlage.",
  step_import: "Liste importieren",
  step_import_text:
    "Eine Datei aus Excel oder einem anderen Programm. Vor dem Import steht ein Probelauf, danach lässt sich alles zurücknehmen.",
  step_notifications_text: "Bestimmen, wovon Sie in der App und per E-Mail erfahren.",
  step_team: "Team einladen",
  step_team_text: "Einladungen per E-Mail, mit Rollen vom Lesen bis zur Verwaltung.",
  title: "Start",
  today: "Heute",
};
