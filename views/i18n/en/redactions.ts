/** What of others an answer leaves out. */
export const redactions = {
  chosen: "Last chosen on {at}. Anything added since then will be blacked out in any case.",
  files: "Files to leave out",
  files_hint: "All other files go into the answer unchanged; nothing inside files is blacked out.",
  hint:
    "This is how the answer goes out unless somebody changes it: ticked names, addresses and numbers of other people are blacked out.",
  more: "More words to black out, one per line",
  more_hint: "For example another person’s nickname or contract number.",
  nobody:
    "There is nothing to choose here: nobody has been found yet, or the answer has already been created.",
  none: "Nobody else was found in the person’s data.",
  open: "View what is blacked out",
  save: "Save selection",
  saved: "The selection has been saved and applies to the approval.",
  title: "Black out before answering",
  words: "Will be blacked out",
  words_hint: "Without a tick the word stays readable. Where it appears is shown below.",
};
