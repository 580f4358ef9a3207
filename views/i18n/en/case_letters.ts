/** Letters to a person who claimed rights: doubt, extension, refusal, who was told, end of restriction. */
export const caseLetters = {
  answer_subject: "{number}: Our answer ({right})",
  answer_text: "This is our answer to your request of {received}:",
  authority: "Supervisory authority: {name}, {address}",
  authority_any:
    "You may lodge a complaint with a data protection supervisory authority (Art. 77 GDPR), such as the one where you live or work, or where we are established.",
  authority_form: "Complaint online: {url}",
  authority_intro:
    "You may lodge a complaint with a data protection supervisory authority (Art. 77 GDPR). The one competent for us is:",
  closing: "Questions about this are answered by {controller}: {contact}",
  closing_without_contact: "Questions about this are answered by {controller}.",
  court:
    "You may also take us to court (Art. 79 GDPR, Section 44 BDSG): where we are established or where you habitually live.",
  court_abroad:
    "You may also take us to court (Art. 79 GDPR): where we are established or where you habitually live.",
  extension_rests:
    "Our deadline is currently paused until you answer our question. The date above moves by the number of days until then.",
  extension_subject: "{number}: We need more time",
  extension_text:
    "We cannot give you a final answer to your request of {received} within one month. You will have our answer by {date} at the latest (Art. 12(3) second sentence GDPR).",
  identity_options:
    "Either of these is enough: answer from the e-mail address that we have on record for you; or confirm by post what we ask you.",
  identity_options_login:
    "Any one of these is enough: answer from the e-mail address that we have on record for you; sign in to your account; or confirm by post what we ask you.",
  identity_address: "Our address: {controller}, {address}",
  identity_no_copy: "Please do not send a copy of an identity card by e-mail.",
  identity_subject: "{number}: Please confirm that it is you",
  identity_text:
    "We have reasonable doubts that your request of {received} comes from the person whose data it concerns (Art. 12(6) GDPR). Our deadline is paused until you answer.",
  paragraph: "Provision: {paragraph}",
  partial_erased: "We have erased your data, except for the following.",
  partial_item: "{right}: carried out in part",
  partial_subject: "{number}: {right} partly done",
  partial_text: "We have complied in part with your request of {received}:",
  reason: "Our reasons: {reason}",
  recipients_none: "We have not passed your data on to anybody who would have to be informed.",
  recipients_subject: "{number}: Whom we have informed",
  recipients_text:
    "As you asked, these are the recipients whom we have informed under Art. 19 GDPR:",
  forwarded_item: "{right}: passed on",
  forwarded_subject: "{number}: Your request has been passed on ({right})",
  forwarded_text:
    "we are not responsible for part of your request of {received}. We have passed it on to whoever is:",
  refusal_item: "{right}: refused",
  refusal_subject: "{number}: Our decision ({right})",
  refusal_text: "We cannot comply with this part of your request of {received}:",
  restriction_late:
    "Should this message be sent late, the restriction will only end {days} days after that.",
  restriction_renewed: "If we named another day before, this one replaces it.",
  restriction_subject: "{number}: The restriction ends",
  restriction_text:
    "The processing of your data has been restricted at your request of {received}. We will lift the restriction on {date} (Art. 18(3) GDPR).",
  result_erased: "We have erased your data.",
  result_erased_mentions:
    "In texts that concern others, your addresses and numbers have been made unreadable. Your name remains there only where it could not be told that you are meant. If you point out such a place, we will make it unreadable there as well.",
  result_erased_evidence:
    "Only your request itself is kept as evidence, until the end of the third year after it is closed (Art. 5(2) GDPR).",
  result_erased_backups:
    "Backups that still contain the data will be destroyed by {date} at the latest. Addresses that are yours alone stay blocked, as hashes only, so that they are not entered again.",
  result_erased_attached:
    "The certificate for this is attached. It does not name you; you can check at {url} that it is genuine.",
  result_erased_certificate:
    "The certificate for this does not name you. You can check at {url} that it is genuine.",
  result_erased_kept:
    "Until {until} we have to keep {count} ({basis}): {name}. This is closed to our day-to-day work and will be erased automatically afterwards.",
  result_erased_login:
    "Backups that still contain the data will be destroyed by {date} at the latest.",
  result_barred:
    "The address that you gave us is blocked permanently for marketing, even if somebody gives it to us later. Only a hash is kept for this.",
  result_no_consent:
    "{right}: none of our processing is based on your consent; there was nothing to end.",
  result_no_data: "{right}: we found no data about you.",
  result_objection_login:
    "We no longer write to you unless we are obliged to. Logs that keep the access secure remain for their short period: here, everybody’s security takes precedence (Art. 21(1) GDPR).",
  result_restriction_login:
    "We no longer use your details ourselves; we only store them. If you sign in yourself, they are used with your consent (Art. 18(2) GDPR). We will write to you before the restriction ends.",
  result_erased_nobody: "We found no data about you; there was nothing to erase.",
  result_decision:
    "We make no decision based solely on automated processing, nor profiling with such effects (Art. 22(1) GDPR). People decide about you; the software stores and sorts data, it does not rate you.",
  result_decision_review:
    "If you do not agree with a decision, reply to this letter: a person will then review it and hear your point of view.",
  result_gone: "{right}: Your data have been erased at your request; nothing more is left to do.",
  result_item: "{right}: carried out",
  result_objection:
    "Marketing to the addresses that we have for you is blocked permanently, even if somebody gives them to us again.",
  result_objection_interest:
    "Apart from marketing, too, we no longer use your data where we relied on a legitimate interest; we only store them (Art. 21(1) GDPR).",
  result_objection_nothing:
    "As far as your objection concerns more than marketing, we cannot comply with it: for what else we process about you we rely not on a legitimate interest but on a contract, your consent or the law. Art. 21(1) GDPR gives no right to object to that.",
  result_rectification:
    "Everyone who received your data from us is told of the change (Art. 19 GDPR).",
  result_restriction:
    "From now on your data are only stored. We will write to you before that ends (Art. 18(3) GDPR).",
  result_subject: "{number}: {right} done",
  result_text: "We have complied with your request of {received}:",
  result_withdrawal:
    "What was based on your consent has ended. What was done until then remains lawful (Art. 7(3) GDPR).",
  transfer_subject: "{number}: Your data have been transferred",
  transfer_text:
    "As you asked in your request of {received}, we have transferred your data directly to another controller (Art. 20(2) GDPR). Who received them, and when:",
  recipient_subject: "{number}: Change to data that you received from us",
  recipient_text:
    "You have received data from us. One of the people concerned exercised a right on {received}; we have carried it out and are obliged to inform you (Art. 19 GDPR):",
  recipient_right: "{right}",
  recipient_ask:
    "For good reason we do not name the person in an e-mail. Please ask us, quoting number {number}: {contact}",
  complaint_subject: "{number}: Your complaint",
  complaint_text:
    "We have received your complaint of {received} and will answer it separately. You may also turn to the supervisory authority without waiting for our answer.",
  complaint_page: "All authorities, with help for writing to them: {url}",
};
