/** The page on which a person fetches an answer, and the mails with link and code. */
export const deliveries = {
  code: "Code",
  code_apart: "Der Code kommt getrennt von diesem Link zu Ihnen.",
  code_ask: "Code per E-Mail anfordern",
  code_hint: "Acht Zeichen, Groß- und Kleinschreibung egal",
  code_sent: "Wir haben Ihnen einen Code geschickt. Er gilt eine Stunde.",
  code_subject: "{number}: Ihr Code",
  code_text: "mit diesem Code öffnen Sie unsere Antwort. Er gilt {minutes} Minuten.",
  code_unasked:
    "Haben Sie keinen Code angefordert, brauchen Sie nichts zu tun: Ohne den Link aus der anderen E-Mail nützt er niemandem.",
  code_wrong:
    "Der Code stimmt nicht oder ist abgelaufen. Nach drei falschen brauchen Sie einen neuen.",
  fetch: "Antwort herunterladen",
  gone:
    "Hier liegt keine Antwort mehr: Sie wurde oft genug abgeholt, ihre Frist ist vorbei, oder der Link stimmt nicht. Wenn Sie sie noch brauchen, schreiben Sie uns.",
  left: { one: "Noch {count} Abruf ist möglich.", other: "Noch {count} Abrufe sind möglich." },
  mail_action: "Antwort öffnen",
  mail_code: "Auf der Seite fordern Sie einen Code an, der mit einer zweiten E-Mail kommt.",
  mail_subject: "{number}: Unsere Antwort liegt bereit ({right})",
  mail_text:
    "unsere Antwort auf Ihren Antrag liegt bis zum {date} verschlüsselt für Sie bereit und lässt sich {downloads}-mal abrufen. Danach wird sie vernichtet.",
  title: "Ihre Antwort",
  title_number: "Antwort auf {number}",
  waits: "Die Antwort liegt bis {until} für Sie bereit.",
};
