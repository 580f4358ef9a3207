/** The start page. */
export const start = {
  all: "View all",
  changed: "Changed since {at}",
  days: { one: "{count} day", other: "{count} days" },
  first_steps: "First steps",
  first_steps_text: "Nothing is stored here yet. What would you like to begin with?",
  later: "Next days",
  leads: "New leads",
  moved: "Stage: {stage}",
  news: "New for you",
  nothing_due: "Nothing is due today.",
  overdue: "Overdue",
  rotting: "Deals without movement",
  step_contact_text: "Enter a person, with source and legal basis.",
  step_import: "Import a list",
  step_import_text:
    "A file from Excel or another program. A trial run comes first, and everything can be taken back afterwards.",
  step_notifications_text: "Decide what you are told of in the app and by e-mail.",
  step_team: "Invite your team",
  step_team_text: "Invitations by e-mail, with roles from reading to managing.",
  title: "Start",
  today: "Today",
};
