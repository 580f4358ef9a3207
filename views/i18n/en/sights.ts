/** What of the records each role sees. */
export const sights = {
  entries: "What hangs on them",
  given_away: "Saved. The record now belongs to somebody else, and you no longer see it.",
  level_all: "all",
  level_own: "own",
  level_team: "team",
  rule_all: "Every record.",
  rule_duplicates:
    "Whoever creates or imports a record that exists out of their sight learns only that, and who is responsible. A company that is merely named, with a person or as a parent, is made anew and belongs to whoever names it: a link alone would tell that it exists. Who sees everything finds both under “Duplicates”.",
  rule_entries:
    "Activities, mails, files and offers are seen by whoever sees the record they hang on; one of several is enough. What counts is what was chosen: a person's activities and mails are not seen through their company. Activities are also seen by who is responsible or takes part, mails by who wrote them or has them in the inbox. What hangs on no record goes by the widest level of the role.",
  rule_own:
    "Records one is responsible for oneself. New ones without anybody responsible belong to whoever creates them.",
  rule_privacy:
    "Always see everything: they answer the requests of data subjects, and nothing may be missing there. Access, erasure, deadlines and backups are never limited.",
  rule_team:
    "Own records, those of members of one's teams, and those nobody is responsible for. What belongs to nobody should not be left lying.",
  rules: "What this means",
  saved: "Visibility has been saved and applies at once.",
  text: "Decide which records a role sees: in lists, search, reports, exports and through the API.",
  title: "Visibility",
};
