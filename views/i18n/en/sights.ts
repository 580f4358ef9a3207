/** What of the records each role sees. */
export const sights = {
  entries: "What belongs to them",
  given_away: "Saved. The record now belongs to somebody else, and you can no longer see it.",
  level_all: "all",
  level_own: "own",
  level_team: "team",
  rule_all: "Every record.",
  rule_duplicates:
    "Whoever creates or imports a record that exists out of their sight learns only that it exists and who is responsible. A company that is merely named, with a person or as a parent, is created anew and belongs to whoever names it: a link alone would reveal that it exists. Whoever sees everything finds both under “Duplicates”.",
  rule_entries:
    "Activities, e-mails, files and offers are visible to whoever sees a record they belong to; one of several is enough. Only what was chosen counts: a person’s activities and e-mails are not visible through their company. Activities are also visible to whoever is responsible or takes part, e-mails to whoever wrote them or has them in the inbox. What belongs to no record follows the widest level of the role.",
  rule_own:
    "Records a person is responsible for. New ones without anybody responsible belong to whoever creates them.",
  rule_privacy:
    "Always see everything: they answer the requests of data subjects, where nothing may be missing. Access, erasure, deadlines and backups are never limited.",
  rule_team:
    "Own records, those of members of the same teams, and those nobody is responsible for: what belongs to nobody should not be left lying.",
  rules: "What this means",
  saved: "Visibility has been saved and applies at once.",
  text: "Decide which records a role sees: in lists, search, reports, exports and through the API.",
  title: "Visibility",
};
