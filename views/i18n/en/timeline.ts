/** The timeline of a record. */
export const timeline = {
  activities: "Activities",
  all: "All",
  change: "Change",
  changes: "Changes",
  file: "File",
  files: "Files",
  imports: "Imports",
  kinds: "What the timeline shows",
  mails: "E-mails",
  none: "There is nothing of this kind yet.",
  notes: "Notes",
  of_merged: "{what} (merged record)",
  privacy: "Data protection",
  stages: "Stages",
  title: "Timeline",
};
