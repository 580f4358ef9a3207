/** The public side: people claim their rights. */
export const requests = {
  address: "Anschrift",
  address_hint: "Freiwillig. Nur nötig, wenn Sie die Antwort per Post wünschen.",
  answered: "beantwortet",
  choose: "Kreuzen Sie mindestens eines an.",
  claimed: "Worum es geht",
  code: "Code aus unserer E-Mail",
  code_again: "Neuen Code anfordern",
  code_lost:
    "Keinen Code erhalten, oder er gilt nicht mehr? Nach drei falschen Eingaben brauchen Sie einen neuen.",
  code_sent:
    "Wenn es diesen Antrag gibt, ist ein neuer Code unterwegs an die Adresse, die darin steht.",
  code_submit: "Stand anzeigen",
  code_text: "Mit dem Code sehen Sie den Stand Ihres Antrags und bestätigen zugleich Ihre Adresse.",
  code_title: "Antrag {number}",
  code_wrong: "Dieser Code stimmt nicht oder gilt nicht mehr.",
  confirm_gone:
    "Dieser Link wurde schon benutzt oder ist abgelaufen. Ihr Antrag wird trotzdem bearbeitet; die Frist läuft seit dem Eingang.",
  confirm_submit: "Adresse bestätigen",
  confirm_text: "Bestätigen Sie, dass der Antrag {number} von Ihnen kommt.",
  confirm_title: "Adresse bestätigen",
  confirmed: "Ihre Adresse ist bestätigt.",
  contact: "Ansprechstelle",
  due_on: "Antwort spätestens",
  email: "E-Mail-Adresse",
  email_hint: "Hierhin geht die Eingangsbestätigung.",
  extended: "Verlängert, weil",
  item_answered: "beantwortet",
  item_dropped: "so verstehen wir Ihr Schreiben nicht",
  item_forwarded: "an die zuständige Stelle weitergeleitet",
  item_identity: "Wir haben eine Rückfrage an Sie",
  item_open: "in Bearbeitung",
  item_withdrawn: "zurückgezogen",
  name: "Name",
  new_sub: "an {controller}",
  new_text:
    "Kreuzen Sie an, was Sie möchten, auch mehreres. Das ist kostenlos und geht ohne Konto. Sie erhalten binnen Minuten eine Eingangsbestätigung und spätestens in einem Monat unsere Antwort.",
  new_title: "Ihre Datenschutzrechte",
  notice:
    "Was Sie hier angeben, verwenden wir nur, um Ihren Antrag zu beantworten; dazu sind wir verpflichtet (Art. 6 Abs. 1 lit. c DSGVO). Danach bleibt es als Nachweis bis zum Ende des dritten Jahres nach dem Abschluss und wird dann gelöscht. Ihre Rechte und die Beschwerde bei einer Aufsichtsbehörde stehen Ihnen auch dafür zu.",
  number: "Nummer",
  paused: "Die Frist ruht, bis Sie unsere Rückfrage beantworten.",
  received_next:
    "Wir haben Ihnen eine E-Mail mit einem Link und einem Code geschickt. Bestätigen Sie damit bitte Ihre Adresse. Auch ohne das wird Ihr Antrag bearbeitet.",
  received_on: "Eingegangen am",
  received_text: "Ihr Antrag ist eingegangen.",
  received_text_authority: "Ihr Schreiben ist eingegangen.",
  received_title_authority: "Schreiben eingegangen",
  received_title: "Antrag eingegangen",
  right_access: "Auskunft: Welche Daten haben Sie über mich?",
  right_access_hint:
    "Sie erfahren, was wir gespeichert haben, woher, wozu, wie lange und wer es erhielt, und bekommen eine Kopie (Art. 15 DSGVO).",
  right_complaint: "Beschwerde",
  right_complaint_hint: "Eine Beschwerde, die über die Aufsichtsbehörde kam (Art. 77 DSGVO).",
  right_decision: "Entscheidung durch Menschen: Über mich soll kein Programm allein entscheiden",
  right_decision_hint:
    "Sie können auch verlangen, dass ein Mensch eine Entscheidung überprüft (Art. 22 DSGVO).",
  right_erasure: "Löschung: Löschen Sie meine Daten",
  right_erasure_hint:
    "Wir löschen, was wir nicht aus einem Gesetz aufbewahren müssen, und sagen Ihnen, was bis wann bleibt (Art. 17 DSGVO).",
  right_objection: "Widerspruch: Verwenden Sie meine Daten dafür nicht mehr",
  right_objection_hint:
    "Gegen Werbung jederzeit und ohne Grund; sonst aus Gründen Ihrer besonderen Situation, die Sie unten nennen (Art. 21 DSGVO).",
  right_portability: "Übertragung: Geben Sie mir meine Daten zum Mitnehmen",
  right_portability_hint:
    "Was Sie selbst angegeben haben, in einem Format, das andere Programme lesen (Art. 20 DSGVO).",
  right_rectification: "Berichtigung: Etwas ist falsch oder fehlt",
  right_rectification_hint:
    "Schreiben Sie unten, was falsch ist und wie es richtig heißt (Art. 16 DSGVO).",
  right_restriction: "Einschränkung: Verwenden Sie meine Daten vorerst nicht",
  right_restriction_hint:
    "Wir bewahren die Daten nur noch auf, zum Beispiel bis geklärt ist, ob sie stimmen (Art. 18 DSGVO).",
  right_withdrawal: "Widerruf: Ich nehme meine Einwilligung zurück",
  right_withdrawal_hint: "Wirkt ab sofort, ohne Begründung (Art. 7 Abs. 3 DSGVO).",
  rights: "Was möchten Sie?",
  status_link_authority: "Stand des Schreibens",
  status_title_authority: "Schreiben {number}",
  status_link: "Stand des Antrags",
  submit: "Antrag absenden",
  text: "Was wir wissen sollten",
  text_hint:
    "Freiwillig, etwa woher Sie uns kennen. Handeln Sie für jemand anderen, zum Beispiel als Eltern oder Kanzlei, schreiben Sie bitte, für wen. Bitte keine Ausweiskopie.",
};
