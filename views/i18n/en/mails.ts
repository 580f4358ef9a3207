/** Letters that the program sends. */
export const mails = {
  account_erased_subject: "{number}: Your account has been erased",
  account_erased_text:
    "Your account and everything that belonged to it have been erased. This address remains only in the evidence of the erasure, and will be removed from there tomorrow.",
  case_code: "Or enter the code {code} here: {url} – link and code are valid for 72 hours.",
  case_code_subject: "New code for {number}",
  case_code_text: "You asked for a new code for your request. Earlier codes no longer work.",
  case_confirm_action: "Confirm the address",
  case_confirm_text:
    "Please confirm that this e-mail address is yours. We work on your request in any case; the deadline is already running.",
  case_contact: "Questions are answered by our data protection officer: {contact}",
  case_no_copy:
    "Please do not send us a copy of an identity card. Whether we hold data about you, and which, will only be stated in our answer.",
  case_receipt_authority:
    "Your letter to {controller} was received on {day} and is with the person responsible for data protection. Its number here is {number}.",
  case_receipt_authority_subject: "We have received your letter ({number})",
  case_receipt_due: "You will have our answer by {day} at the latest.",
  case_receipt_rights: "It concerns: {rights}.",
  case_receipt_subject: "We have received your request {number}",
  case_receipt_text: "Your request to {controller} was received on {day}. Its number is {number}.",
  case_status_action: "Status of the request",
  email_change_action: "Confirm e-mail address",
  email_change_closing:
    "The link works once, within 24 hours. If this was not you, you do not need to do anything.",
  email_change_subject: "Confirm your new e-mail address",
  email_change_text:
    "This address was entered for your kompaktCRM account. It takes effect once you confirm it.",
  email_changed_closing:
    "Setting a new password cancels the change as long as it is not confirmed.",
  email_changed_subject: "Your e-mail address is about to change",
  email_changed_text:
    "A different e-mail address was entered for your kompaktCRM account. It takes effect once it is confirmed from there. If this was not you, set a new password at once.",
  footer: "Sent by kompaktCRM at {host}.",
  footer_for: "Sent by kompaktCRM at {host} for {controller}, the controller of your data.",
  footer_rights: "Your rights towards {controller}",
  greeting: "Hello {name},",
  greeting_nobody: "Hello,",
  invitation_action: "Accept invitation",
  invitation_closing: {
    one: "The link works once, within {count} day.",
    other: "The link works once, within {count} days.",
  },
  invitation_subject: "Invitation to {tenant}",
  invitation_text: "{host} invites you to work for {tenant} in kompaktCRM.",
  factors_action: "View the second factor",
  factors_changed_closing:
    "If this was not you: sign out all other devices, change your password and tell your admins.",
  factors_changed_subject: "Your second factor was changed",
  factors_changed_text: "Your account’s second factor or its recovery codes were changed.",
  factors_ended_closing: "Set a password on the sign-in page, then set up a new second factor.",
  factors_ended_subject: "Your second factor no longer works",
  factors_ended_text:
    "You now also work for {tenant}. You set up your second factor while you were signed in through another company’s identity provider. So that this provider cannot let anybody in at {tenant}, the factor no longer works.",
  factors_reset_closing: "If you did not ask for it, tell your admins at once.",
  factors_reset_subject: "Your second factor was reset",
  factors_reset_text:
    "The admins of {tenant} have reset your second factor. You now sign in with your password alone again and then set up a new second factor.",
  new_device_action: "View your sessions",
  new_device_closing: "If this was not you: end that session and change your password.",
  new_device_subject: "Signed in on a new device",
  new_device_text: "On {when} somebody signed in with your account. Device: {device}.",
  sign_in_domain_action: "Confirm the domain",
  sign_in_domain_closing:
    "The link is valid for seven days. If you know nothing about this, you do not need to do anything.",
  sign_in_domain_subject: "Confirm sign-in for {domain}",
  sign_in_domain_text:
    "{tenant} would like people with an address at {domain} to sign in through its own identity provider. This takes effect only once you, as the postmaster, agree.",
  password_changed_subject: "Your password was changed",
  password_changed_text:
    "The password of your kompaktCRM account has just been changed. If this was not you, set a new one at once. API tokens and the address of your calendar stay valid; review and end them under “My account”.",
  other_way_in_text:
    "You asked for a new password. Your company only allows sign-in through its own provider, so you do not need a password.",
  password_reset_action: "Set a new password",
  password_reset_closing:
    "The link works once, within one hour. If this was not you, you do not need to do anything: your password stays as it is.",
  password_reset_subject: "New password for kompaktCRM",
  password_reset_text: "A new password was requested for your account.",
};
