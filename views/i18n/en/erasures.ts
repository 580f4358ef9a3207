/** The plan of an erasure. */
export const erasures = {
  count: "Number",
  goes: "What is erased",
  goes_hint:
    "Records that also concern others remain, and the person can no longer be recognised in them. E-mail addresses, numbers and the name with postal address stay barred as hashes only. Backups expire after 14 days.",
  mail_kept: "Until {until} {count} stay restricted ({basis}).",
  mail_plan: {
    one: "Erasure plan: {count} entry of the person.",
    other: "Erasure plan: {count} entries of the person.",
  },
  mail_unclear:
    "It is not clear yet who is meant: say so by PERSON or by the link; nothing is erased before.",
  mail_unconfirmed:
    "The person has not confirmed their address yet. By approving you vouch that the request comes from them; the data are then erased at once and for good.",
  plan: "Erasure plan",
  unclear: "Provisional: it is not yet confirmed who is concerned. Nothing is erased before that.",
  unconfirmed:
    "Provisional: the person has not confirmed their address yet. If the officer approves, the data are erased all the same.",
};
