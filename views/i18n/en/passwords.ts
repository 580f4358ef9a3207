/** Setting and forgetting passwords. */
export const passwords = {
  common: "This password is one of the most common ones. Choose another.",
  gone_text: "The link has already been used or is more than an hour old. Request a new one.",
  gone_title: "This link no longer works",
  hint: "At least 10 characters. Several unrelated words work best.",
  new: "New password",
  personal: "The password contains your name, your e-mail address or the name of the program.",
  request_again: "Request a new link",
  request_sent_text:
    "If there is an account for this address, an e-mail with a link will arrive shortly. It is valid for one hour. Please also check your spam folder.",
  request_sent_title: "Check your inbox",
  request_submit: "Request link",
  request_text: "You will receive a link to set a new password.",
  request_title: "Forgotten password",
  set_submit: "Set password",
  set_text: "This ends all running sessions.",
  set_title: "Set a new password",
  wrong: "The password is wrong.",
};
