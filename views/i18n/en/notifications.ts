/** What users are told of, in the app and by mail. */
export const notifications = {
  count_activity: { one: "{count} activity", other: "{count} activities" },
  count_bulk_change: { one: "{count} change", other: "{count} changes" },
  count_company: { one: "{count} company", other: "{count} companies" },
  count_contact: { one: "{count} contact", other: "{count} contacts" },
  count_import: { one: "{count} import", other: "{count} imports" },
  mail_action: "View notifications",
  mail_assigned: "Assigned to you: {what}.",
  mail_assigned_by: "{name} assigned to you: {what}.",
  mail_bulk_change_done: {
    one: "A change of many records is done.",
    other: "{count} changes of many records are done.",
  },
  mail_closing: "Choose here what you are told by e-mail: {link}",
  mail_import_done: { one: "An import has ended.", other: "{count} imports have ended." },
  mail_mail_received: {
    one: "A new e-mail has arrived.",
    other: "{count} new e-mails have arrived.",
  },
  mail_privacy: "To protect your contacts, this e-mail does not name them.",
  mail_reminder: { one: "A reminder is due.", other: "{count} reminders are due." },
  mail_subject: { one: "A new notification", other: "{count} new notifications" },
};
