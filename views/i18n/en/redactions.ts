/** What of others an answer leaves out. */
export const redactions = {
  chosen: "Last chosen on {at}. What has come in since is blacked out in any case.",
  files: "Files that are left out",
  files_hint: "All other files go out unchanged; nothing within files is blacked out.",
  hint:
    "This is how the answer goes out unless somebody changes it: ticked names, addresses and numbers of others are blacked out.",
  more: "Further words to black out, one a line",
  more_hint: "For example somebody’s nickname, or another person’s contract number.",
  nobody: "There is nothing to choose: nobody was found yet, or the answer has been made.",
  none: "Nobody else was found in the person’s data.",
  open: "See what is blacked out",
  save: "Save the choice",
  saved: "The choice is saved and counts for the approval.",
  title: "Blacked out before the answer",
  words: "Blacked out",
  words_hint: "Without a tick the word stays readable. Where it appears is shown below.",
};
