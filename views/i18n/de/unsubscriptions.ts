/** The link under marketing mails. */
export const unsubscriptions = {
  act: "E-Mail-Werbung abbestellen",
  act_everywhere: "Jede Werbung abbestellen",
  done: "Ihr Widerspruch ist vermerkt: {tenant} schickt Ihnen keine Werbung mehr an diese Adresse.",
  done_everywhere:
    "Ihr Widerspruch ist vermerkt: {tenant} verwendet Ihre Daten nicht mehr für Werbung, weder per E-Mail noch per Telefon, Post oder SMS.",
  mail_footer:
    "Sie können der Verwendung Ihrer Daten für Werbung jederzeit widersprechen (Art. 21 DSGVO), kostenlos und ohne Anmeldung:",
  more: "Auch keine Anrufe, Briefe oder SMS zu Werbezwecken?",
  question: "Möchten Sie von {tenant} keine Werbung mehr erhalten?",
  rights: "Auskunft, Löschung und weitere Rechte bei {tenant}",
  still: "Antworten auf Ihre Anfragen und Nachrichten zu Ihren Verträgen erhalten Sie weiterhin.",
  title: "Werbung abbestellen",
  unknown:
    "Dieser Link ist nicht bekannt. Antworten Sie auf die E-Mail und schreiben Sie, dass Sie keine Werbung mehr möchten.",
};
