/** The timeline of a record. */
export const timeline = {
  activities: "Activities",
  all: "All",
  change: "Change",
  changes: "Changes",
  file: "File",
  files: "Files",
  kinds: "What the timeline shows",
  mails: "E-mails",
  none: "There is nothing of this kind yet.",
  of_merged: "{what} (merged record)",
  stages: "Stages",
  title: "Timeline",
};
