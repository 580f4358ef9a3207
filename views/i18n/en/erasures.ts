/** The plan of an erasure. */
export const erasures = {
  count: "Number",
  goes: "What goes",
  goes_hint:
    "What is about others as well stays for them; the person is made unreadable in it. E-mail addresses and numbers stay barred as hashes only. Backups run out after 14 days.",
  mail_kept: "Until {until} {count} stay restricted ({basis}).",
  mail_plan: {
    one: "Plan of the erasure: {count} entry of the person.",
    other: "Plan of the erasure: {count} entries of the person.",
  },
  mail_unsure:
    "Who is meant is not clear yet: somebody has to confirm it on the request's page, nothing is erased before.",
  plan: "Plan of the erasure",
  unsure: "Provisional: who is meant is not confirmed yet. Nothing is erased before.",
};
