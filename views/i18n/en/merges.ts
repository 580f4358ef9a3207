/** Several records made one. */
import type { merges as de } from "../de/merges.ts";

export const merges: typeof de = {
  all_notes: "all notes, one below the other",
  at: "Merged",
  caption: "The records side by side",
  changed:
    "One of the records has been changed in the meantime. The new version is shown below. Please check your choices.",
  choose: "Please choose what to keep.",
  closed:
    "The merge also decided fields that your role may not change. Somebody who is allowed to can undo it.",
  confirm: { one: "Merge {count} record", other: "Merge {count} records" },
  consequence:
    "Activities, e-mails, files, deals, tags, consents and everything else are combined. The strictest objection, the strictest restriction and the longest retention apply. Old links lead to the record “{name}”. All of it can be undone for 30 days.",
  consequence_deals:
    "Contacts, activities, e-mails, files, offers, tags and the stage history are combined. The lines are then those of the deal whose amount you choose. Old links lead to the deal that remains. All of it can be undone for 30 days.",
  consequence_deals_oldest:
    "Contacts, activities, e-mails, files, offers, tags and the stage history are combined. The lines are then those of the oldest deal that has an amount. Old links lead to the deal that remains. All of it can be undone for 30 days.",
  created: "created {date}",
  done: "The records have been merged.",
  empty_title: "Nothing merged",
  intro: "Where the records differ, you choose what to keep. Nothing takes priority by itself.",
  later: "Please undo the later merge of the same record first.",
  later_first: "only after the later merge",
  left: "Remaining record",
  lines: { one: "{count} line", other: "{count} lines" },
  list_addresses: "Addresses (all are kept, first…)",
  list_caption: "Merges of the last 30 days",
  list_companies: "Companies (all are kept, main one…)",
  list_emails: "E-mail addresses (all are kept, first…)",
  list_intro: "Every merge can be undone for 30 days.",
  list_phones: "Phone numbers (all are kept, first…)",
  meanwhile: "Somebody has already merged these records.",
  new: "Merge records",
  over: "This can no longer be undone.",
  take_all: "Take all",
  title: "Merged",
  too_many: "At most {most} records can be merged at once.",
  two: "Please choose at least two records.",
  undone: "The records are separate again.",
  undone_at: "undone {at}",
  unseen: "You can no longer see one of the records. Somebody who sees all of them can undo it.",
  until: "until {date}",
  went: "Merged into it",
};
