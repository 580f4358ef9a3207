/** Letters to a person who claimed rights: doubt, extension, refusal, who was told, end of restriction. */
export const caseLetters = {
  answer_subject: "{number}: Unsere Antwort ({right})",
  answer_text: "auf Ihren Antrag vom {received} teilen wir Ihnen mit:",
  authority: "Aufsichtsbehörde: {name}, {address}",
  authority_any:
    "Sie können sich bei einer Datenschutzaufsichtsbehörde beschweren (Art. 77 DSGVO), etwa bei der Ihres Wohnorts, Ihres Arbeitsplatzes oder unseres Sitzes.",
  authority_form: "Beschwerde online: {url}",
  authority_intro:
    "Sie können sich bei einer Datenschutzaufsichtsbehörde beschweren (Art. 77 DSGVO). Zuständig ist für uns:",
  closing: "Fragen dazu beantwortet {controller}: {contact}",
  closing_without_contact: "Fragen dazu beantwortet {controller}.",
  court:
    "Unabhängig davon können Sie vor Gericht gegen uns vorgehen (Art. 79 DSGVO, § 44 BDSG): am Sitz unserer Niederlassung oder an Ihrem gewöhnlichen Aufenthaltsort.",
  court_abroad:
    "Unabhängig davon können Sie vor Gericht gegen uns vorgehen (Art. 79 DSGVO): am Sitz unserer Niederlassung oder an Ihrem gewöhnlichen Aufenthaltsort.",
  extension_rests:
    "Zurzeit ruht die Frist, bis Sie unsere Rückfrage beantworten. Um die Tage bis dahin verschiebt sich dieser Termin.",
  extension_subject: "{number}: Wir brauchen länger",
  extension_text:
    "zu Ihrem Antrag vom {received} können wir nicht innerhalb eines Monats abschließend antworten. Sie erhalten unsere Antwort spätestens am {date} (Art. 12 Abs. 3 Satz 2 DSGVO).",
  identity_options:
    "Es genügt eines davon: Antworten Sie von der E-Mail-Adresse, die wir von Ihnen haben; oder bestätigen Sie uns per Post, was wir Sie fragen.",
  identity_options_login:
    "Es genügt eines davon: Antworten Sie von der E-Mail-Adresse, die wir von Ihnen haben; melden Sie sich in Ihrem Zugang an; oder bestätigen Sie uns per Post, was wir Sie fragen.",
  identity_address: "Unsere Anschrift: {controller}, {address}",
  identity_no_copy: "Bitte schicken Sie keine Ausweiskopie per E-Mail.",
  identity_subject: "{number}: Bitte bestätigen Sie, dass Sie es sind",
  identity_text:
    "zu Ihrem Antrag vom {received} haben wir einen begründeten Zweifel, ob er von der Person stammt, um deren Daten es geht (Art. 12 Abs. 6 DSGVO). Bis zu Ihrer Antwort ruht unsere Frist.",
  paragraph: "Vorschrift: {paragraph}",
  partial_erased: "Wir haben Ihre Daten gelöscht, bis auf das Folgende.",
  partial_item: "{right}: teilweise ausgeführt",
  partial_subject: "{number}: {right} teilweise erledigt",
  partial_text: "Ihrem Antrag vom {received} sind wir nur zum Teil nachgekommen:",
  reason: "Unsere Begründung: {reason}",
  recipients_none: "Wir haben Ihre Daten an niemanden weitergegeben, der zu unterrichten wäre.",
  recipients_subject: "{number}: Wen wir unterrichtet haben",
  recipients_text:
    "auf Ihren Wunsch nennen wir Ihnen die Empfänger, die wir nach Art. 19 DSGVO unterrichtet haben:",
  forwarded_item: "{right}: weitergegeben",
  forwarded_subject: "{number}: Ihr Antrag ist weitergegeben ({right})",
  forwarded_text:
    "für einen Teil Ihres Antrags vom {received} sind nicht wir zuständig. Wir haben ihn an die zuständige Stelle weitergegeben:",
  refusal_item: "{right}: abgelehnt",
  refusal_subject: "{number}: Unsere Entscheidung ({right})",
  refusal_text: "Ihrem Antrag vom {received} können wir insoweit nicht folgen:",
  restriction_late:
    "Geht diese Nachricht später ab, endet die Einschränkung erst {days} Tage danach.",
  restriction_renewed:
    "Haben wir Ihnen zuvor einen anderen Tag genannt, gilt dieser an seiner Stelle.",
  restriction_subject: "{number}: Die Einschränkung endet",
  restriction_text:
    "die Verarbeitung Ihrer Daten ist auf Ihren Antrag vom {received} eingeschränkt. Wir heben die Einschränkung am {date} auf (Art. 18 Abs. 3 DSGVO).",
  result_erased: "Wir haben Ihre Daten gelöscht.",
  result_erased_mentions:
    "In Texten, die andere betreffen, sind Ihre Adressen und Nummern unkenntlich. Ihr Name bleibt dort nur, wo nicht zu erkennen war, dass Sie gemeint sind. Nennen Sie uns eine solche Stelle, machen wir ihn auch dort unkenntlich.",
  result_erased_evidence:
    "Nur Ihr Antrag selbst bleibt als Nachweis, bis zum Ende des dritten Jahres nach seinem Abschluss (Art. 5 Abs. 2 DSGVO).",
  result_erased_backups:
    "Sicherungskopien, die Ihre Daten noch enthalten, sind spätestens am {date} vernichtet. Adressen, die nur Ihnen gehören, bleiben als Hash gesperrt, damit sie nicht wieder erfasst werden.",
  result_erased_attached:
    "Die Bescheinigung darüber liegt bei. Sie nennt Sie nicht; ob sie echt ist, zeigt {url}.",
  result_erased_certificate:
    "Die Bescheinigung darüber nennt Sie nicht. Ob sie echt ist, zeigt {url}.",
  result_erased_kept:
    "Bis {until} müssen wir {count} aufbewahren ({basis}): {name}. Das ist für unsere Arbeit gesperrt und wird danach von selbst gelöscht.",
  result_erased_login:
    "Sicherungskopien, die Ihre Daten noch enthalten, sind spätestens am {date} vernichtet.",
  result_barred:
    "Die Adresse, die Sie uns genannt haben, ist für Werbung auf Dauer gesperrt, auch falls sie uns später jemand nennt. Gespeichert bleibt dafür nur ein Hash.",
  result_no_consent:
    "{right}: Keine unserer Verarbeitungen beruht auf einer Einwilligung von Ihnen; zu beenden war nichts.",
  result_no_data: "{right}: Wir haben keine Daten zu Ihnen gefunden.",
  result_objection_login:
    "Wir schreiben Ihnen nichts mehr, was wir Ihnen nicht schulden. Protokolle, die den Zugang sichern, bleiben für ihre kurze Frist: Die Sicherheit aller geht hier vor (Art. 21 Abs. 1 DSGVO).",
  result_restriction_login:
    "Von uns aus verwenden wir Ihre Angaben nicht mehr, wir speichern sie nur. Wenn Sie sich selbst anmelden, geschieht das mit Ihrem Einverständnis (Art. 18 Abs. 2 DSGVO). Bevor die Einschränkung endet, schreiben wir Ihnen.",
  result_erased_nobody: "Wir haben keine Daten zu Ihnen gefunden; zu löschen war nichts.",
  result_decision:
    "Eine Entscheidung, die allein auf automatisierter Verarbeitung beruht, findet bei uns nicht statt, auch kein Profiling mit solchen Folgen (Art. 22 Abs. 1 DSGVO). Über Sie entscheiden Menschen; die Software speichert und ordnet Daten, sie bewertet Sie nicht.",
  result_decision_review:
    "Sind Sie mit einer Entscheidung nicht einverstanden, antworten Sie auf dieses Schreiben: Dann prüft ein Mensch sie noch einmal und hört Ihren Standpunkt an.",
  result_gone: "{right}: Ihre Daten sind auf Ihren Antrag gelöscht; mehr ist nicht zu tun.",
  result_item: "{right}: ausgeführt",
  result_objection:
    "Werbung an die Adressen, die wir von Ihnen kennen, ist auf Dauer gesperrt, auch falls sie uns später noch einmal jemand nennt.",
  result_objection_interest:
    "Auch sonst verwenden wir Ihre Daten nicht mehr, soweit wir uns dafür auf ein berechtigtes Interesse gestützt haben; wir speichern sie nur noch (Art. 21 Abs. 1 DSGVO).",
  result_objection_nothing:
    "Soweit sich Ihr Widerspruch gegen mehr als Werbung richtet, können wir ihm nicht folgen: Was wir sonst von Ihnen verarbeiten, stützen wir nicht auf ein berechtigtes Interesse, sondern auf einen Vertrag, Ihre Einwilligung oder ein Gesetz. Dagegen sieht Art. 21 Abs. 1 DSGVO keinen Widerspruch vor.",
  result_rectification:
    "Wer Ihre Daten von uns erhalten hat, erfährt von der Änderung (Art. 19 DSGVO).",
  result_restriction:
    "Ihre Daten werden nur noch gespeichert. Bevor das endet, schreiben wir Ihnen (Art. 18 Abs. 3 DSGVO).",
  result_subject: "{number}: {right} erledigt",
  result_text: "Ihrem Antrag vom {received} sind wir nachgekommen:",
  result_withdrawal:
    "Was auf Ihrer Einwilligung beruhte, ist beendet. Was bis dahin geschah, bleibt rechtmäßig (Art. 7 Abs. 3 DSGVO).",
  transfer_subject: "{number}: Ihre Daten sind übertragen",
  transfer_text:
    "wie in Ihrem Antrag vom {received} gewünscht, haben wir Ihre Daten unmittelbar an eine andere Stelle übertragen (Art. 20 Abs. 2 DSGVO). Wer sie wann erhalten hat:",
  recipient_subject: "{number}: Änderung an Daten, die Sie von uns haben",
  recipient_text:
    "Sie haben von uns Daten erhalten. Eine der Personen darunter hat am {received} ein Recht geltend gemacht; wir haben es ausgeführt und sind verpflichtet, Sie davon zu unterrichten (Art. 19 DSGVO):",
  recipient_right: "{right}",
  recipient_ask:
    "Um wen es geht, nennen wir aus gutem Grund nicht in einer E-Mail. Bitte fragen Sie unter der Nummer {number} nach: {contact}",
  complaint_subject: "{number}: Ihre Beschwerde",
  complaint_text:
    "Ihre Beschwerde vom {received} ist bei uns eingegangen. Was Sie beanstanden, beantworten wir gesondert. Unabhängig davon steht Ihnen der Weg zur Aufsichtsbehörde offen, auch ohne unsere Antwort abzuwarten.",
  complaint_page: "Alle Behörden und eine Hilfe zum Schreiben: {url}",
};
