/** The public side: people claim their rights. */
export const requests = {
  address: "Postal address",
  address_hint: "Optional. Only needed if you want the answer by post.",
  answered: "answered",
  choose: "Tick at least one.",
  claimed: "What it is about",
  code: "Code from our e-mail",
  code_again: "Request a new code",
  code_lost:
    "No code received, or it no longer works? After three wrong entries you need a new one.",
  code_sent: "If this request exists, a new code is on its way to the address given in it.",
  code_submit: "Show status",
  code_text: "With the code you can see the status of your request; it also confirms your address.",
  code_title: "Request {number}",
  code_wrong: "This code is wrong or has expired.",
  confirm_gone:
    "This link has already been used or has expired. Your request is being handled all the same; the deadline runs from the day it was received.",
  confirm_submit: "Confirm the address",
  confirm_text: "Confirm that request {number} is from you.",
  confirm_title: "Confirm the address",
  confirmed: "Your address is confirmed.",
  contact: "Contact",
  due_on: "Answer by",
  email: "E-mail address",
  email_hint: "We send the confirmation of receipt here.",
  extended: "Extended because",
  item_answered: "answered",
  item_identity: "We have a question for you",
  item_open: "in progress",
  name: "Name",
  new_sub: "to {controller}",
  new_text:
    "Tick what you want, as many as you like. It is free of charge and needs no account. You will receive a confirmation within minutes, and our answer within a month at the latest.",
  new_title: "Your data protection rights",
  notice:
    "We use what you enter here only to answer your request, as we are obliged to (Art. 6(1)(c) GDPR). Afterwards it is kept as evidence until the end of the third year after the request is closed, and then erased. Your rights, including that to complain to a supervisory authority, apply to these data too.",
  number: "Number",
  paused: "The deadline is paused until you answer our question.",
  received_next:
    "We have sent you an e-mail with a link and a code. Please use it to confirm your address. We will handle your request even if you do not.",
  received_on: "Received on",
  received_text: "We have received your request.",
  received_title: "Request received",
  right_access: "Access: Which data do you hold about me?",
  right_access_hint:
    "You learn what we have stored, where it came from, what for, how long and who received it, and you get a copy (Art. 15 GDPR).",
  right_complaint: "Complaint",
  right_complaint_hint: "A complaint that came through the supervisory authority (Art. 77 GDPR).",
  right_decision: "Human decision: I do not want a program alone to decide about me",
  right_decision_hint: "You can also ask for a person to review a decision (Art. 22 GDPR).",
  right_erasure: "Erasure: Delete my data",
  right_erasure_hint:
    "We erase everything that we are not required to keep by law, and tell you what remains and until when (Art. 17 GDPR).",
  right_objection: "Objection: Stop using my data for this",
  right_objection_hint:
    "To marketing at any time and without a reason; otherwise on grounds relating to your particular situation, which you state below (Art. 21 GDPR).",
  right_portability: "Portability: Give me my data to take with me",
  right_portability_hint:
    "What you provided yourself, in a format that other programs can read (Art. 20 GDPR).",
  right_rectification: "Rectification: Something is wrong or missing",
  right_rectification_hint: "Write below what is wrong and how it should read (Art. 16 GDPR).",
  right_restriction: "Restriction: Do not use my data for now",
  right_restriction_hint:
    "We only store the data, for example until it is clear whether they are correct (Art. 18 GDPR).",
  right_withdrawal: "Withdrawal: I withdraw my consent",
  right_withdrawal_hint: "Takes effect at once, without a reason (Art. 7(3) GDPR).",
  rights: "What do you want?",
  status_link: "Status of the request",
  submit: "Send request",
  text: "What we should know",
  text_hint:
    "Optional, for example how you know us. If you act for somebody else, for example as a parent or solicitor, please say for whom. Please do not send a copy of an identity card.",
};
