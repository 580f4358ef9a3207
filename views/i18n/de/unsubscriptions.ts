/** The link under marketing mails. */
export const unsubscriptions = {
  act: "Werbung abbestellen",
  done: "Ihr Widerspruch ist vermerkt: {tenant} schickt Ihnen keine Werbung mehr an diese Adresse.",
  mail_footer:
    "Sie können der Verwendung Ihrer Daten für Werbung jederzeit widersprechen (Art. 21 DSGVO), kostenlos und mit einem Klick:",
  question: "Möchten Sie von {tenant} keine Werbung mehr per E-Mail erhalten?",
  still: "Antworten auf Ihre Anfragen und Nachrichten zu Ihren Verträgen erhalten Sie weiterhin.",
  title: "Werbung abbestellen",
  unknown:
    "Dieser Link ist nicht bekannt. Antworten Sie auf die E-Mail und schreiben Sie, dass Sie keine Werbung mehr möchten.",
};
