/** What of the records each role sees. */
export const sights = {
  entries: "What belongs to them",
  given_away: "Saved. The record now belongs to somebody else, and you can no longer see it.",
  level_all: "all",
  level_own: "own",
  level_team: "team",
  rule_all: "Every record.",
  rule_duplicates:
    "If a record already exists that a person cannot see, creating or importing it only tells them so and who the owner is. A company that is merely named, for a person or as a parent company, is created anew and belongs to the person naming it: even a link would reveal that it exists. Anyone who sees everything finds both under “Duplicates”.",
  rule_entries:
    "Activities, e-mails, files and offers can be seen by anyone who can see the record they belong to; with several records, one is enough. Only what was explicitly chosen counts: a person’s activities and e-mails cannot be seen through their company. Activities can also be seen by their owner and participants, e-mails by anyone who wrote them or has them in the inbox. Whatever belongs to no record follows the widest level of the role.",
  rule_own:
    "Records that a person owns. New records without an owner belong to the person who creates them.",
  rule_privacy:
    "They always see everything: they answer data subjects’ requests, where nothing may be missing. Access, erasure, deadlines and backups are never limited.",
  rule_team:
    "Own records, those of members of one’s own teams, and those without an owner: what belongs to nobody should not be forgotten.",
  rules: "What this means",
  saved: "Visibility has been saved and applies at once.",
  text: "Decide which records a role sees: in lists, search, reports, exports and through the API.",
  title: "Visibility",
};
