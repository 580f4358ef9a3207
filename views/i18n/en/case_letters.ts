/** Letters to a person who claimed rights: doubt, extension, refusal, who was told, end of restriction. */
export const caseLetters = {
  authority: "Supervisory authority: {name}, {address}",
  authority_form: "Complaint online: {url}",
  authority_intro:
    "You may lodge a complaint with a data protection supervisory authority (Art. 77 GDPR). The one competent for us is:",
  closing: "Questions about this are answered by {controller}: {contact}",
  closing_house: "Questions about this are answered by {controller}.",
  court:
    "Apart from that you may bring proceedings against us before a court (Art. 79 GDPR, Section 44 BDSG): where we are established or where you habitually live.",
  extension_rests:
    "At present the time limit is suspended until you answer our question. The date above moves by the days until then.",
  extension_subject: "{number}: We need more time",
  extension_text:
    "we cannot answer your request of {received} within one month. You will have our answer by {date} at the latest (Art. 12(3) second sentence GDPR).",
  identity_options:
    "One of these is enough: answer from the e-mail address that we have of you; sign in to your account; or confirm by post what we ask you.",
  identity_no_copy: "Please do not send a copy of an identity card by e-mail.",
  identity_subject: "{number}: Please confirm that it is you",
  identity_text:
    "there is a reasonable doubt whether your request of {received} comes from the person whose data it is about (Art. 12(6) GDPR). Our period is suspended until you answer.",
  paragraph: "Provision: {paragraph}",
  reason: "Our reasons: {reason}",
  recipients_none: "We have passed your data on to nobody who would have to be told.",
  recipients_subject: "{number}: Whom we have told",
  recipients_text: "as you asked, these are the recipients whom we have told under Art. 19 GDPR:",
  refusal_item: "{right}: refused",
  refusal_subject: "{number}: Our decision",
  refusal_text: "We cannot follow your request of {received} in this respect:",
  restriction_subject: "{number}: The restriction ends",
  restriction_text:
    "the processing of your data is restricted at your request of {received}. We lift the restriction on {date} (Art. 18(3) GDPR).",
  result_erased: "We have erased your data.",
  result_erased_evidence:
    "Your request itself alone stays as evidence, until the end of the third year after it is closed (Art. 5(2) GDPR).",
  result_erased_backups:
    "Backups in which it still stands are destroyed by {date} at the latest. Your address stays barred as a hash only, so that it is not taken in again.",
  result_erased_certificate:
    "The certificate of it does not name you. Whether it is genuine shows {url}.",
  result_erased_kept:
    "Until {until} we have to keep {count} ({basis}): {name}. That is closed to our work and is erased by itself afterwards.",
  result_erased_login: "Backups that still hold it are destroyed on {date} at the latest.",
  result_no_consent:
    "{right}: none of our processing rests on a consent of yours; there was nothing to end.",
  result_no_data: "{right}: we found no data about you.",
  result_objection_login:
    "We write nothing to you any more that we do not owe you. Logs that keep the access safe stay for their short period: there the safety of all prevails (Art. 21(1) GDPR).",
  result_restriction_login:
    "We ourselves no longer use your details, we only store them. Where you log in, that is done with your consent (Art. 18(2) GDPR). Before the restriction ends, we write to you.",
  result_erased_nobody: "We have found no data about you; there was nothing to erase.",
  result_item: "{right}: carried out",
  result_objection:
    "Advertising to the addresses that we know of you is barred for good, even if somebody names them to us again.",
  result_rectification: "Whoever had your data from us is told of the change (Art. 19 GDPR).",
  result_restriction:
    "Your data are stored and nothing else. We write to you before that ends (Art. 18(3) GDPR).",
  result_subject: "{number}: Done",
  result_text: "We have followed your request of {received}:",
  result_withdrawal:
    "What rested on your consent has ended. What was done until then remains lawful (Art. 7(3) GDPR).",
  recipient_subject: "{number}: Change to data that you have from us",
  recipient_text:
    "you have received data from us. One of the persons among them claimed a right on {received}; we have carried it out and have to tell you of it (Art. 19 GDPR):",
  recipient_right: "{right}",
  recipient_ask:
    "For good reason we do not name the person in a mail. Please ask us by the number {number}: {contact}",
  complaint_subject: "{number}: Your complaint",
  complaint_text:
    "your complaint of {received} has reached us. What you object to we answer apart. Independently of that the way to the supervisory authority is open to you; you need not wait for our answer.",
  complaint_page: "All authorities, with help for the letter: {url}",
};
