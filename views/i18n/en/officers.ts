/** What the data protection officer reads: letters about requests, the pages behind their links. */
export const officers = {
  address: "E-mail address",
  address_confirmed: "confirmed",
  address_unconfirmed: "not confirmed",
  action_approve: "Approve",
  action_done: "Record as done",
  action_extend: "Extend the deadline",
  action_identity: "Clarify identity",
  action_identified: "Identity is clarified",
  action_note: "Add a note",
  action_person: "Say who is meant",
  action_rectify: "Note the correction",
  action_refuse: "Refuse",
  away_from: "Away from",
  away_until: "up to and including",
  case: "Case {number}",
  channel_email: "by e-mail",
  channel_form: "through the form",
  channel_post: "by post",
  code: "Code from the e-mail",
  code_hint: "It is in the e-mail next to “{right}”.",
  code_spent:
    "A wrong code was entered three times; the code is no longer valid. You will receive an e-mail with new codes and links within an hour.",
  corrected: "The recognised right has been corrected.",
  days_left: { one: "{count} day left", other: "{count} days left" },
  days_over: { one: "overdue for {count} day", other: "overdue for {count} days" },
  days_rest: "the deadline is paused",
  days_today: "today is the last day",
  deputy: "Deputy",
  deputy_email: "Deputy’s e-mail",
  deputy_hint: "While the officer is away, all e-mails go to the deputy, who then decides.",
  deputy_name: "Deputy’s name",
  done_approve: "Approved. It is now being carried out.",
  done_approve_unnoted:
    "Approved, but it still has to be stated what is to be corrected: nothing is noted in the case, and it will not be carried out until then.",
  confirmed_rectify: "Noted",
  confirmed_unnoted: "Approved, but it still has to be stated what is to be corrected",
  done_hint:
    "Only for what you have dealt with yourself and told the person about: nothing is carried out here, and the person receives no message.",
  rectify_how:
    "How to do this: answer the e-mail that contains the codes with RECTIFY, the code and a colon, then one line for each detail with its correct value. Or: somebody with access to the requests opens {url} and there the case {number}, chooses the detail under “Rectification”, enters the correct value and the proof, and presses “Note the correction”. If the right has already been approved, the correction is then made at once.",
  rectify_none:
    "Nothing has been noted yet. You or your organisation have to enter in the case what is to be corrected: once approved, only what is noted there will be changed.",
  done_done: "Recorded as done.",
  done_extend: "Extended. The person will be informed, with your reasons.",
  done_identity: "The person is asked for proof. The deadline is paused until then.",
  done_person: "It has been recorded who is meant; the case continues.",
  done_identified: "The identity is clarified; the deadline is running again.",
  done_note: "Noted.",
  done_rectify:
    "The correction has been noted. If the right has already been approved, it is made at once, otherwise upon approval.",
  done_refuse: "Refused. The person is told the reasons, the authority and how to go to court.",
  done_title: "Done",
  effect_complaint:
    "Complaint: An approval names the supervisory authority and the way to court. What the person complains of is for you to answer.",
  effect_decision:
    "Human decision: An approval answers that no decision here is solely automated (Art. 22 GDPR), and offers that a human reviews a decision once more.",
  effect_objection:
    "Objection: Marketing to the person has been blocked since receipt; against marketing no interests are weighed (Art. 21(3) GDPR), so a refusal does not lift the block. An approval leaves it at that and informs the person.",
  effect_objection_interest:
    "Objection: Marketing to the person has been blocked since receipt and remains so. What rests on a legitimate interest is restricted until you decide. An approval leaves it at that and informs the person. A refusal needs compelling legitimate grounds (Art. 21(1) GDPR) and lifts this restriction seven days after telling the person so (Art. 18(3) GDPR).",
  effect_objection_login:
    "Objection: Since receipt the person gets only what we owe them. An approval leaves it at that and informs them; security logs continue. A refusal does not change that either.",
  effect_objection_nobody:
    "Objection: Nobody was found, but the address given has been blocked for marketing since receipt and remains so. An approval says both. If a certain record is meant, answer with PERSON first.",
  effect_objection_nothing:
    "Objection: Marketing to the person has been blocked since receipt and remains so. Against more than marketing it has no effect: what was found about them does not rest on a legitimate interest (Art. 21(1) GDPR). An approval tells them both, with supervisory authority and way to court.",
  effect_portability:
    "Portability: An approval makes the data available to the person. If another company is to receive them directly (Art. 20(2) GDPR), whoever has access to the requests orders that in the case afterwards.",
  effect_restriction:
    "Restriction: The person’s data are already restricted, since receipt. An approval leaves it at that and informs the person; its end is set later by whoever has access to the requests. A refusal lifts the restriction seven days after telling the person so (Art. 18(3) GDPR).",
  effect_restriction_open:
    "Restriction: Nothing is restricted yet, because it is not settled who is meant. An approval restricts the data as soon as it is.",
  effect_withdrawal:
    "Withdrawal: The person’s consents were ended on receipt, and marketing to them is blocked. An approval leaves it at that and informs the person; a refusal restores none of it.",
  effect_withdrawal_login:
    "Withdrawal: Nothing the provider does rests on consent. An approval tells the person so, with supervisory authority and way to court.",
  effect_withdrawal_nobody:
    "Withdrawal: Nobody was found, but the address given has been blocked for marketing since receipt and remains so. An approval says that nothing rests on consent. If a certain record is meant, answer with PERSON first.",
  email: "Officer’s e-mail",
  gone_text:
    "The e-mail is more than seven days old, this has already been decided, or the case has changed since. Nothing has been done. The next e-mail about the case contains new links.",
  gone_title: "This link is no longer valid",
  help_code:
    "The code does not belong to this e-mail or is no longer valid. Answer it with CODES to receive new ones.",
  help_detail:
    "It is not clear which detail should be changed to what. Write one line for each detail: the detail, a colon and the correct value, for example “Last name: Krüger”.",
  help_unsettled: "It has not yet been said which record is meant. Answer with PERSON first.",
  help_value:
    "A value does not fit its detail, or the detail is not there or occurs more than once. If there are several values, add the present one, for example “E-mail: old@example.org -> new@example.org”; for anything missing altogether, write “Supplement: …”. Nothing has been noted.",
  help_empty: "Your answer contained no text of its own.",
  help_late:
    "The e-mail is more than seven days old, this has already been decided, or the case has changed since. Answer this e-mail with CODES to receive new codes.",
  help_more: "There was more text below the instruction, so it is unclear what should apply.",
  help_nothing: "Nothing has been done.",
  help_not_possible:
    "This is not possible in the case’s current state. A deadline can be extended once, and only in the first month.",
  help_reason: "The reason is missing.",
  help_reply: "Please answer this e-mail again. The first line counts:",
  help_sender: "The sender of your answer could not be verified (DKIM or SPF).",
  help_subject: "{number}: Answer not carried out",
  help_which:
    "The numbers do not match the list in the e-mail, the search has been repeated, or this has already been answered.",
  help_several: "Several records have this address. Give the link of the one that is meant.",
  help_unknown: "No record here has this address or link.",
  help_word: "The first line is not one of the instructions.",
  organisation_action: "View requests",
  organisation_alarmed:
    "The statutory deadline for a data protection request has passed, and the request is still open. Your organisation is responsible for this (Art. 12(3) GDPR).",
  organisation_alarmed_subject: "{number}: Deadline passed, request was due on {date}",
  organisation_authority:
    "What counts is the deadline that it states itself. Missing it risks orders and fines (Art. 58, 83 GDPR).",
  organisation_facts: "{case}, received on {received}. Last day: {date} ({left}).",
  organisation_nobody:
    "Nobody is named to decide on requests; the longest-serving owner decides instead.",
  organisation_officer: "To be decided by: {officer}.",
  organisation_then:
    "Please ask them today. If nobody can be reached, name a deputy in the settings, or have somebody with access to the case answer it.",
  organisation_warned:
    "A data protection request is still open shortly before its last day. If it stays open, your organisation breaches the statutory deadline (Art. 12(3) GDPR).",
  organisation_warned_subject: "{number}: Request still open, last day {date}",
  identity_hint:
    "What is the reasonable doubt (Art. 12(6) GDPR)? A copy of an identity card will not be requested.",
  identified_hint: "What has settled the doubt?",
  internal_target: "Internal target",
  language: "Language of the e-mails",
  last_day: "Last day",
  letter_approval: "A result is waiting for your approval.",
  letter_approval_subject: "{number}: approval needed ({rights}), by {date}",
  letter_authority:
    "What counts is the deadline that it states itself. Please read it today and answer the authority yourself (Art. 31 GDPR), then record it as done.",
  letter_authority_facts: "{case}, received on {received} {channel}.",
  letter_authority_mark: "Apparently from a supervisory authority",
  letter_authority_new: "A letter has come in, apparently from a supervisory authority.",
  letter_authority_open: "A letter that seems to come from a supervisory authority is still open.",
  letter_authority_open_subject: "{number}: letter from a supervisory authority? Still open",
  letter_authority_page:
    "If a person wrote it after all, they are owed an answer within a month. Whoever is signed in then decides in the case.",
  letter_authority_person:
    "If a person wrote it after all, they are owed an answer within a month. The other instructions then work here too, for example APPROVE with the code.",
  letter_authority_subject: "{number}: letter from a supervisory authority?",
  letter_closing:
    "Each link works once, for seven days. Opening it changes nothing; only a button on the page decides.",
  letter_decision: "Something is waiting for your decision.",
  letter_decision_subject: "{number}: decision needed ({rights}), by {date}",
  letter_facts: "{case}, received on {received} {channel}. Last day: {date} ({left}).",
  letter_identity:
    "The person has been asked for proof; until then, the deadline is paused. Once they have answered, note here that their identity is clear. If the doubt remains, refuse.",
  letter_identity_subject: "{number}: proof of identity outstanding ({rights})",
  letter_new: "A new request has come in.",
  letter_new_subject: "{number}: new request ({rights}), by {date}",
  letter_overdue: "The statutory deadline has passed. Please decide today.",
  letter_overdue_subject: "{number}: overdue ({rights}), was due on {date}",
  letter_queue: "The same list after signing in: {url}",
  letter_reminder: "This request is still open.",
  letter_reminder_subject: "{number}: {left} ({rights}), by {date}",
  letter_reply: "Or answer this e-mail. The first line counts:",
  letter_person: "This has been approved, but it is still open which record is meant.",
  letter_person_subject: "{number}: who is meant? ({rights}), by {date}",
  letter_whole_case: "Whole case",
  person: "From",
  queue_provider: "Provider",
  queue_title: "Data protection requests",
  reason: "Reasons",
  reason_hint_extend:
    "The person receives them word for word: why the complexity or number of requests calls for more time (Art. 12(3) GDPR).",
  reason_hint_refuse:
    "The person receives them word for word, with the provision, the authority and how to go to court.",
  reason_language_de: "The person reads German: please write in German.",
  reason_language_en: "The person reads English: please write in English.",
  received_on: "Received",
  name: "Officer’s name",
  order_approve: "APPROVE",
  order_done: "DONE",
  order_extend: "EXTEND",
  order_identity: "IDENTITY",
  order_identified: "CLARIFIED",
  order_note: "NOTE",
  order_reason: "reason",
  order_numbers:
    "numbers from the list, for example 1, 2; or none; or the e-mail address or link of another record",
  order_record: "e-mail address or link of the record meant",
  order_person: "PERSON",
  order_rectify: "RECTIFY",
  order_detail: "detail: correct value",
  order_refuse: "REFUSE",
  order_code: "code",
  paragraph: "Provision",
  person_choice: "{number}: found by {reasons}",
  person_list: "These may be meant:",
  person_nobody:
    "Nobody was found under this name and address: if you approve, the answer says that there are no data. If somebody is writing for another person, for example with a power of attorney or for a child, first use “Clarify identity”, then answer with PERSON to say which record is meant. Anybody signed in can search for other names in the case.",
  person_no_list: "No record of their own, only mentions: the link shows them.",
  paragraph_hint: "For example “Art. 17(3)(b) GDPR”.",
  portability_uncovered:
    "What we hold about this person is based on neither consent nor a contract: Art. 20 GDPR gives them nothing to take with them. Refuse for this reason, or answer by hand.",
  report_authority: "of which from authorities",
  report_chain: "Head of the evidence chain: {head}",
  report_closed: "closed last week",
  report_due: "due within seven days",
  report_head: "Case",
  report_left: "Left",
  report_more: {
    one: "One more case is at {url}.",
    other: "{count} more cases are at {url}.",
  },
  report_none: "No request is open.",
  report_open: "open",
  report_overdue: "overdue",
  report_resting: "of which paused",
  report_own_deadline: "deadline of its own",
  report_rights: "Rights",
  returned_hint:
    "The person does not know about this, and the deadline keeps running. Please inform them by other means, such as post or telephone, and add a note to the case.",
  returned_recipient:
    "A recipient of the data therefore does not know of the change and has to be informed (Art. 19 GDPR). The case says who it is. Please inform them by other means and record that there.",
  returned_restriction:
    "The restriction remains: it only ends once the person knows about it (Art. 18(3) GDPR). Please inform them by other means, and set the end again: in the case, or by answering an e-mail about the case with CODES.",
  returned_subject: "{number}: A message did not arrive",
  returned_text:
    "This message about the request was finally returned as undeliverable: “{subject}”",
  report_subject: "Weekly report on data subjects’ rights, week {week}",
  report_text: "The status of the requests as a PDF: {open} open, {overdue} overdue.",
  report_title: "Data subjects’ requests",
  chain_subject: "Evidence chain of {date}",
  chain_text:
    "Today’s head of the evidence chain of all cases is {head} ({count} entries). Keep this e-mail: it lets you show that nothing recorded up to today was changed afterwards.",
  confirmed_subject: "{number}: {done}",
  confirmed_subject_item: "{number}: {right}: {done}",
  confirmed_text: "On your instruction of {at}: {done}",
  confirmed_reply: "If this was not you, answer this e-mail with a NOTE at once.",
  confirmed_look: "If this was not you, check at once: {url}",
  confirmed_about: "About: {what}",
  confirmed_answer: "The answer will still go to the address that the request came from.",
  confirmed_login: "Meant: the account with the address you gave",
  confirmed_record: "Meant: {url}",
  confirmed_right: "Right recognised: previously {before}, now {after}",
  confirmed_no_right: "not claimed",
  confirmed_action: "Instruction: {action}",
  confirmed_provision: "Basis: {provision}",
  confirmed_by_link_officer: "Given: through the link in your e-mail",
  confirmed_by_link_deputy: "Given: through the link in your e-mail, as deputy",
  confirmed_by_mail_officer: "Given: in reply to the e-mail",
  confirmed_by_mail_deputy: "Given: in reply to the e-mail, as deputy",
  confirmed_by_page_officer: "Given: on the case page, signed in",
  confirmed_by_page_deputy: "Given: on the case page, signed in, as deputy",
  confirmed_due: "Deadline: {date}",
  confirmed_paused: "Deadline: paused",
  confirmed_closed: "Deadline: none any more, the case is closed",
  right_access: "Access",
  right_complaint: "Complaint",
  right_decision: "Human decision",
  right_erasure: "Erasure",
  right_objection: "Objection",
  right_portability: "Portability",
  right_rectification: "Rectification",
  right_restriction: "Restriction",
  right_withdrawal: "Withdrawal",
  rights_unknown: "rights not recognised yet",
  action_lift: "Set the end of the restriction",
  action_transfer: "Transfer the data",
  done_lift: "The end of the restriction has been set. The person is told beforehand.",
  done_transfer: "The transfer has been ordered. The person is told once the data have arrived.",
  confirmed_end: "End: {date}",
  confirmed_recipient: "Recipient: {name}",
  effects_ends: "ends on {date}",
  effects_endless: "no end yet",
  effects_later:
    "You can also order the end of a restriction, and a direct transfer, by e-mail: once approved, answer any e-mail about this case with CODES, and you will receive the codes for it.",
  effects_lift:
    "Restriction: its end is first announced to the person (Art. 18(3) GDPR), so the day must be at least seven days from today. Another end replaces the one announced, and the person is told anew.",
  effects_none:
    "Nothing is left to decide or order in this case. Whatever is still being carried out will be reported.",
  effects_nowhere:
    "Portability: a direct transfer (Art. 20(2) GDPR) cannot be ordered by e-mail yet, because the provider’s register lists no company that data may be sent to. Whoever has access to the requests can create a link for collection in the case.",
  effects_reply: "Answer this e-mail. The first line counts:",
  effects_subject: "{number}: your codes",
  effects_text:
    "Here are the codes for what can still be ordered in case {number}. They are valid for seven days.",
  effects_transfer:
    "Portability: the data go to the address that you give (Art. 20(2) GDPR). Allowed are addresses at: {hosts}.",
  help_address: "Give exactly one address to send to; it begins with “https://”.",
  help_day: "Give exactly one day, for example “2027-12-31”.",
  help_host:
    "Nothing may be sent to this address: it belongs to no company that the provider’s register allows for this.",
  help_soon:
    "That day leaves the person too little time: it must be at least seven days from today.",
  order_lift: "LIFT",
  order_lift_what: "day, for example 2027-12-31",
  order_transfer: "TRANSFER",
  order_transfer_what: "address of the recipient, https://…",
  saved: "Saved.",
  sentence: "Asks for",
  settings_hint:
    "The officer receives every request by e-mail and decides there. If nobody is named, the longest-serving owner decides.",
  settings_provider: "{name}, {email}, as stated in the legal notice.",
  settings_title: "Data protection officer",
  stands: "Status now: {number}, {right}: {status}.",
  tab: "Officer",
  whole_letter_show: "Show",
  whole_letter: "Whole letter",
};
