/** The page on which a person fetches an answer, and the mails with link and code. */
export const deliveries = {
  code: "Code",
  code_apart: "The code reaches you apart from this link.",
  code_ask: "Have a code mailed",
  code_hint: "Eight characters, upper or lower case",
  code_sent: "We have mailed you a code. It works for an hour.",
  code_subject: "{number}: Your code",
  code_text: "this code opens our answer. It works for {minutes} minutes.",
  code_unasked:
    "If you have not asked for a code you need not do anything: without the link in the other mail it is of no use to anybody.",
  code_wrong: "The code is wrong or has expired. After three wrong ones you need a new one.",
  fetch: "Download the answer",
  gone:
    "No answer waits here any more: it was fetched often enough, its time is over, or the link is wrong. If you still need it, write to us.",
  left: {
    one: "It can be fetched {count} more time.",
    other: "It can be fetched {count} more times.",
  },
  mail_action: "Open the answer",
  mail_code: "On the page you ask for a code, which comes by a second mail.",
  mail_subject: "{number}: Our answer is ready",
  mail_text:
    "our answer to your request waits for you, encrypted, for {days} days and can be fetched {downloads} times. After that it is destroyed.",
  title: "Your answer",
  title_number: "Answer to {number}",
  waits: "The answer waits for you until {until}.",
};
