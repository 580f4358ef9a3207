/** The plan of an erasure. */
export const erasures = {
  count: "Number",
  goes: "What is erased",
  goes_hint:
    "Records that also concern others remain, but the person can no longer be recognised in them. E-mail addresses, numbers and the name with postal address stay blocked, as hashes only. Backups expire after 14 days.",
  mail_kept: "Until {until}, {count} stay restricted ({basis}).",
  mail_plan: {
    one: "Erasure plan: {count} record about the person.",
    other: "Erasure plan: {count} records about the person.",
  },
  mail_unclear:
    "It is not yet clear who is meant: say so with PERSON or through the link; nothing will be erased before then.",
  mail_unconfirmed:
    "The person has not confirmed their address yet. By approving you vouch that the request comes from them; the data will then be erased at once and for good.",
  mentions: {
    one:
      "The person is also mentioned in {count} place that belongs to somebody else. Addresses and numbers are made unreadable there; a mere name stays until somebody confirms, on the page of the request, that it is this person.",
    other:
      "The person is also mentioned in {count} places that belong to somebody else. Addresses and numbers are made unreadable there; a mere name stays until somebody confirms, on the page of the request, that it is this person.",
  },
  plan: "Erasure plan",
  unclear:
    "Provisional: it has not yet been confirmed who is meant. Nothing will be erased before then.",
  unconfirmed:
    "Provisional: the person has not confirmed their address yet. If the officer approves, the data will be erased all the same.",
};
