/** Letters that the program sends. */
export const mails = {
  email_change_action: "Confirm e-mail address",
  email_change_closing:
    "The link works once, within 24 hours. If this was not you, there is nothing you need to do.",
  email_change_subject: "Confirm your new e-mail address",
  email_change_text:
    "This address was entered for your kompaktCRM account. It takes effect once you confirm it.",
  email_changed_closing: "A new password cancels the change as long as it is not confirmed.",
  email_changed_subject: "Your e-mail address is about to change",
  email_changed_text:
    "A different e-mail address was entered for your kompaktCRM account. It takes effect once confirmed from there. If this was not you, set a new password at once.",
  footer: "Sent by kompaktCRM at {host}.",
  greeting: "Hello {name},",
  greeting_nobody: "Hello,",
  invitation_action: "Accept invitation",
  invitation_closing: {
    one: "The link works once, within {count} day.",
    other: "The link works once, within {count} days.",
  },
  invitation_subject: "Invitation to {tenant}",
  invitation_text: "{host} invites you to work for {tenant} in kompaktCRM.",
  password_changed_subject: "Your password was changed",
  password_changed_text:
    "The password of your kompaktCRM account has just been changed. If this was not you, set a new one at once.",
  password_reset_action: "Set a new password",
  password_reset_closing:
    "The link works once, within one hour. If this was not you, there is nothing you need to do: your password stays as it is.",
  password_reset_subject: "New password for kompaktCRM",
  password_reset_text: "A new password was requested for your account.",
};
