/** The public page about personal data. */
export const privacy = {
  controller: "Who is responsible",
  cookie_text:
    "One cookie is set: that of your sign-in. Nothing on these pages is loaded from other servers, nothing is tracked.",
  data: "What we keep about users",
  data_account: "Name, e-mail address, language, role, password (as an Argon2id hash only)",
  data_ip_address: "Full IP address in sign-ins and the access log",
  data_link: "Links for invitation, password and a new e-mail address",
  data_log: "Logs with a shortened IP address",
  data_mail: "E-mails sent by us",
  data_session: "Sign-ins: device and time",
  dpo: "Data protection officer",
  kept_account: "For signing in, and so that it stays clear who changed what",
  kept_ip_address: "{period} at most, then shortened",
  kept_link: "Until used, {period} at most",
  kept_log: "{period} at most",
  kept_mail: "{period} at most after sending",
  kept_session: "Until you sign out, {period} at most",
  processor_text:
    "For contacts and companies that a customer keeps in its tenant, that customer is responsible; we process them on its behalf. The company you dealt with answers questions about them.",
  rights_text:
    "Access, rectification, erasure, restriction, portability, objection: write to the e-mail address above in any form. You may also complain to any data protection authority.",
  title: "Privacy",
};
