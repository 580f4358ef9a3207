/** The page on which a person fetches an answer, and the mails with link and code. */
export const deliveries = {
  code: "Code",
  code_apart: "The code is sent to you separately from this link.",
  code_ask: "E-mail me a code",
  code_hint: "Eight characters, upper or lower case",
  code_sent: "We have e-mailed you a code. It is valid for one hour.",
  code_subject: "{number}: Your code",
  code_text: "This code opens our answer. It is valid for {minutes} minutes.",
  code_unasked:
    "If you did not request a code, you do not need to do anything: without the link in the other e-mail it is of no use to anybody.",
  code_wrong: "The code is wrong or has expired. After three wrong ones you need a new one.",
  fetch: "Download answer",
  gone:
    "There is no longer an answer here: it has been downloaded as often as possible, its time has passed, or the link is wrong. If you still need it, write to us.",
  left: {
    one: "It can be downloaded {count} more time.",
    other: "It can be downloaded {count} more times.",
  },
  mail_action: "Open answer",
  mail_code: "On the page you can request a code, which arrives in a second e-mail.",
  mail_subject: "{number}: Our answer is ready ({right})",
  mail_text:
    "Our answer to your request is ready. It is kept encrypted until {date} and can be downloaded {downloads} times. After that it is destroyed.",
  title: "Your answer",
  title_number: "Answer to {number}",
  waits: "The answer is available until {until}.",
};
