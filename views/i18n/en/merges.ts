/** Several records made one. */
import type { merges as de } from "../de/merges.ts";

export const merges: typeof de = {
  all_notes: "all notes, one below the other",
  at: "Merged",
  caption: "The records side by side",
  changed:
    "One of the records was changed meanwhile. Below is its new state. Please check your choices.",
  choose: "Please choose what is to hold.",
  closed:
    "The merge also chose in fields that your role may not change. Somebody who may can undo it.",
  confirm: { one: "Merge {count} record", other: "Merge {count} records" },
  consequence:
    "Activities, mails, files, deals, tags, consents and all else come together. The strictest objection, the strictest restriction and the longest retention hold on. Old addresses lead to the record “{name}”. For 30 days all of it can be undone.",
  created: "created {date}",
  done: "The records are one now.",
  empty_title: "Nothing merged",
  intro: "Where the records differ, you choose what holds. Nothing has priority by itself.",
  later: "Please undo the later merge of the same record first.",
  later_first: "only after the later merge",
  left: "What is left",
  list_addresses: "Addresses (all are kept, first …)",
  list_caption: "Merges of the last 30 days",
  list_companies: "Companies (all are kept, the main one …)",
  list_emails: "E-mail addresses (all are kept, first …)",
  list_intro: "Every merge can be undone for 30 days.",
  list_phones: "Phone numbers (all are kept, first …)",
  meanwhile: "Somebody has merged these records meanwhile.",
  new: "Merge records",
  over: "This cannot be undone any more.",
  take_all: "All from here",
  title: "Merged",
  too_many: "At most {most} records can be merged at once.",
  two: "Please choose at least two records.",
  undone: "The records are apart again.",
  undone_at: "undone {at}",
  unseen:
    "One of the records is out of your sight by now. Somebody who sees all of them can undo it.",
  until: "until {date}",
  went: "Went into it",
};
