/** What users are told of, in the app and by mail. */
export const notifications = {
  count_activity: { one: "{count} Aktivität", other: "{count} Aktivitäten" },
  count_bulk_change: { one: "{count} Änderung", other: "{count} Änderungen" },
  count_company: { one: "{count} Firma", other: "{count} Firmen" },
  count_contact: { one: "{count} Kontakt", other: "{count} Kontakte" },
  count_import: { one: "{count} Import", other: "{count} Importe" },
  mail_action: "Mitteilungen ansehen",
  mail_assigned: "Ihnen zugewiesen: {what}.",
  mail_assigned_by: "{name} hat Ihnen zugewiesen: {what}.",
  mail_bulk_change_done: {
    one: "Eine Änderung vieler Einträge ist fertig.",
    other: "{count} Änderungen vieler Einträge sind fertig.",
  },
  mail_closing: "Wovon Sie per E-Mail erfahren, bestimmen Sie hier: {link}",
  mail_import_done: { one: "Ein Import ist beendet.", other: "{count} Importe sind beendet." },
  mail_mail_received: {
    one: "Eine neue E-Mail ist eingegangen.",
    other: "{count} neue E-Mails sind eingegangen.",
  },
  mail_privacy: "Zum Schutz Ihrer Kontakte nennt diese E-Mail keine Namen von ihnen.",
  mail_reminder: { one: "Eine Erinnerung ist fällig.", other: "{count} Erinnerungen sind fällig." },
  mail_subject: { one: "Eine neue Mitteilung", other: "{count} neue Mitteilungen" },
};
