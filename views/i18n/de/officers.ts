/** What the data protection officer reads: letters about requests, the pages behind their links. */
export const officers = {
  address: "E-Mail-Adresse",
  address_confirmed: "bestätigt",
  address_unconfirmed: "nicht bestätigt",
  action_approve: "Freigeben",
  action_done: "Als erledigt vermerken",
  action_extend: "Frist verlängern",
  action_identity: "Identität klären",
  action_identified: "Identität ist geklärt",
  action_note: "Notiz anfügen",
  action_person: "Angeben, wer gemeint ist",
  action_rectify: "Berichtigung vormerken",
  action_refuse: "Ablehnen",
  away_from: "Abwesend von",
  away_until: "bis einschließlich",
  case: "Fall {number}",
  channel_email: "per E-Mail",
  channel_form: "über das Formular",
  channel_post: "per Post",
  code: "Code aus der E-Mail",
  code_hint: "Er steht in der E-Mail neben „{right}“.",
  code_spent:
    "Der Code wurde dreimal falsch eingegeben und gilt nicht mehr. Eine E-Mail mit neuen Codes und Links kommt binnen einer Stunde.",
  corrected: "Das erkannte Recht ist berichtigt.",
  days_left: { one: "noch {count} Tag", other: "noch {count} Tage" },
  days_over: { one: "seit {count} Tag überfällig", other: "seit {count} Tagen überfällig" },
  days_rest: "die Frist ruht",
  days_today: "heute ist der letzte Tag",
  deputy: "Vertretung",
  deputy_email: "E-Mail der Vertretung",
  deputy_hint:
    "An den Tagen der Abwesenheit gehen alle E-Mails an die Vertretung, und sie entscheidet.",
  deputy_name: "Name der Vertretung",
  done_approve: "Freigegeben. Die Ausführung beginnt.",
  done_approve_unnoted:
    "Freigegeben, aber es fehlt noch, was zu berichtigen ist: Im Fall ist nichts vorgemerkt, und so lange wartet die Ausführung.",
  confirmed_rectify: "Vorgemerkt",
  confirmed_unnoted: "Freigegeben, aber es fehlt noch, was zu berichtigen ist",
  done_hint:
    "Nur für das, was Sie selbst erledigt und der Person mitgeteilt haben: Hier wird nichts ausgeführt, und sie erhält keine Nachricht.",
  rectify_how:
    "So geht es: Antworten Sie auf die E-Mail mit den Codes: BERICHTIGEN, Code, Doppelpunkt, dann je Zeile Angabe und richtiger Wert. Oder: Wer Zugang zu den Anträgen hat, öffnet {url} und dort den Fall {number}, wählt unter „Berichtigung“ die Angabe, trägt richtigen Wert und Beleg ein und drückt „Berichtigung vormerken“. Ist das Recht schon freigegeben, wird sie dann gleich geschrieben.",
  rectify_none:
    "Noch ist nichts vorgemerkt. Tragen Sie oder Ihr Unternehmen im Fall ein, was zu berichtigen ist: Nach der Freigabe wird nur geschrieben, was dort steht.",
  done_done: "Als erledigt vermerkt.",
  done_extend: "Verlängert. Die Person wird mit Ihrer Begründung unterrichtet.",
  done_identity: "Die Person wird um einen Nachweis gebeten. Bis dahin ruht die Frist.",
  done_person: "Es ist vermerkt, wer gemeint ist; der Fall geht weiter.",
  done_identified: "Die Identität ist geklärt, die Frist läuft weiter.",
  done_note: "Notiert.",
  done_rectify:
    "Die Berichtigung ist vorgemerkt. Ist das Recht schon freigegeben, wird sie gleich geschrieben, sonst mit der Freigabe.",
  done_refuse: "Abgelehnt. Die Person erhält Begründung, Behörde und Rechtsweg.",
  done_title: "Erledigt",
  effect_complaint:
    "Beschwerde: Eine Freigabe nennt der Person die Aufsichtsbehörde und den Rechtsweg. Was sie beanstandet, beantworten Sie selbst.",
  effect_decision:
    "Entscheidung durch Menschen: Eine Freigabe antwortet, dass hier niemand allein automatisiert entscheidet (Art. 22 DSGVO), und bietet an, dass ein Mensch eine Entscheidung noch einmal prüft.",
  effect_objection:
    "Widerspruch: Werbung an die Person ist seit dem Eingang gesperrt; gegen Werbung gilt er ohne Abwägung (Art. 21 Abs. 3 DSGVO), auch eine Ablehnung hebt die Sperre nicht auf. Eine Freigabe lässt es dabei und teilt es der Person mit.",
  effect_objection_interest:
    "Widerspruch: Werbung an die Person ist seit dem Eingang gesperrt und bleibt es. Was auf berechtigtem Interesse beruht, ist bis zu Ihrer Entscheidung eingeschränkt. Eine Freigabe lässt es dabei und teilt es der Person mit. Eine Ablehnung braucht zwingende schutzwürdige Gründe (Art. 21 Abs. 1 DSGVO) und hebt diese Einschränkung auf, sieben Tage nachdem sie es der Person ankündigt (Art. 18 Abs. 3 DSGVO).",
  effect_objection_login:
    "Widerspruch: Die Person erhält seit dem Eingang nur noch, was wir ihr schulden. Eine Freigabe lässt es dabei und teilt es ihr mit; die Protokolle zur Sicherheit laufen weiter. Auch eine Ablehnung ändert daran nichts.",
  effect_objection_nobody:
    "Widerspruch: Gefunden wurde niemand, die genannte Adresse ist aber seit dem Eingang für Werbung gesperrt und bleibt es. Eine Freigabe teilt beides mit. Ist ein bestimmter Datensatz gemeint, antworten Sie zuerst mit PERSON.",
  effect_objection_nothing:
    "Widerspruch: Werbung an die Person ist seit dem Eingang gesperrt und bleibt es. Gegen mehr als Werbung bewirkt er nichts: Was zu ihr gefunden wurde, beruht nicht auf berechtigtem Interesse (Art. 21 Abs. 1 DSGVO). Eine Freigabe teilt ihr beides mit, samt Aufsichtsbehörde und Rechtsweg.",
  effect_portability:
    "Datenübertragung: Eine Freigabe stellt der Person ihre Daten zum Abruf bereit. Verlangt sie, dass ein anderes Unternehmen sie direkt erhält (Art. 20 Abs. 2 DSGVO), ordnet das danach im Fall an, wer Zugang zu den Anträgen hat.",
  effect_restriction:
    "Einschränkung: Die Daten der Person sind schon eingeschränkt, seit dem Eingang. Eine Freigabe lässt es dabei und teilt es der Person mit; das Ende legt später fest, wer Zugang zu den Anträgen hat. Eine Ablehnung hebt die Einschränkung auf, sieben Tage nachdem sie es der Person ankündigt (Art. 18 Abs. 3 DSGVO).",
  effect_restriction_open:
    "Einschränkung: Noch ist nichts eingeschränkt, denn wer gemeint ist, steht nicht fest. Eine Freigabe schränkt die Daten ein, sobald es feststeht.",
  effect_withdrawal:
    "Widerruf: Die Einwilligungen der Person sind seit dem Eingang beendet, Werbung an sie ist gesperrt. Eine Freigabe lässt es dabei und teilt es der Person mit; eine Ablehnung stellt nichts davon wieder her.",
  effect_withdrawal_login:
    "Widerruf: Beim Anbieter beruht nichts auf einer Einwilligung. Eine Freigabe teilt der Person das mit, samt Aufsichtsbehörde und Rechtsweg.",
  effect_withdrawal_nobody:
    "Widerruf: Gefunden wurde niemand, die genannte Adresse ist aber seit dem Eingang für Werbung gesperrt und bleibt es. Eine Freigabe teilt mit, dass nichts auf einer Einwilligung beruht. Ist ein bestimmter Datensatz gemeint, antworten Sie zuerst mit PERSON.",
  email: "E-Mail der beauftragten Person",
  gone_text:
    "Die E-Mail ist älter als sieben Tage, über diesen Punkt ist schon entschieden, oder der Fall hat sich seitdem verändert. Es ist nichts geschehen. Die nächste E-Mail zum Fall enthält neue Links.",
  gone_title: "Dieser Link gilt nicht mehr",
  help_code:
    "Der Code gehört nicht zu dieser E-Mail oder gilt nicht mehr. Neue Codes kommen, wenn Sie auf sie mit CODES antworten.",
  help_detail:
    "Es ist nicht zu erkennen, welche Angabe wie lauten soll. Schreiben Sie je Zeile die Angabe, einen Doppelpunkt und den richtigen Wert, zum Beispiel „Nachname: Krüger“.",
  help_unsettled:
    "Es ist noch nicht gesagt, welcher Datensatz gemeint ist. Antworten Sie zuerst mit PERSON.",
  help_value:
    "Ein Wert passt nicht zu seiner Angabe, oder sie steht nicht oder mehrmals da. Bei mehreren Werten schreiben Sie den bisherigen dazu, zum Beispiel „E-Mail: alt@example.org -> neu@example.org“; was noch ganz fehlt, als „Ergänzung: …“. Es ist nichts vorgemerkt.",
  help_empty: "Ihre Antwort enthielt keinen eigenen Text.",
  help_late:
    "Die E-Mail ist älter als sieben Tage, über diesen Punkt ist schon entschieden, oder der Fall hat sich seitdem verändert. Neue Codes kommen, wenn Sie auf diese E-Mail mit CODES antworten.",
  help_more: "Unter der Anweisung stand weiterer Text; es bleibt unklar, was gelten soll.",
  help_nothing: "es ist nichts geschehen.",
  help_not_possible:
    "Das ist beim jetzigen Stand des Falls nicht möglich. Eine Frist lässt sich einmal verlängern, und nur im ersten Monat.",
  help_reason: "Es fehlt der Grund.",
  help_reply: "Antworten Sie noch einmal auf diese E-Mail. Die erste Zeile zählt:",
  help_sender: "Der Absender Ihrer Antwort ließ sich nicht bestätigen (DKIM oder SPF).",
  help_subject: "{number}: Antwort nicht ausgeführt",
  help_which:
    "Die Nummern passen nicht zur Liste der E-Mail, die Suche wurde wiederholt, oder es ist schon beantwortet.",
  help_several:
    "Diese Adresse steht bei mehreren Datensätzen. Nennen Sie den Link des einen, der gemeint ist.",
  help_unknown: "Zu dieser Adresse oder diesem Link gibt es hier keinen Datensatz.",
  help_word: "Die erste Zeile ist keine der Anweisungen.",
  organisation_action: "Anträge ansehen",
  organisation_alarmed:
    "die gesetzliche Frist eines Antrags zum Datenschutz ist abgelaufen, und er ist noch offen. Dafür steht das Unternehmen ein (Art. 12 Abs. 3 DSGVO).",
  organisation_alarmed_subject: "{number}: Frist abgelaufen, Antrag war fällig am {date}",
  organisation_authority:
    "Maßgeblich ist die Frist, die sie selbst nennt. Wer sie versäumt, dem drohen Anordnungen und Geldbußen (Art. 58, 83 DSGVO).",
  organisation_facts: "{case}, eingegangen am {received}. Letzter Tag: {date} ({left}).",
  organisation_nobody:
    "Für die Entscheidung über Anträge ist niemand benannt; es entscheidet, wer am längsten die Rolle Leitung hat.",
  organisation_officer: "Zu entscheiden hat: {officer}.",
  organisation_then:
    "Bitte fragen Sie dort heute nach. Ist niemand zu erreichen, benennen Sie in den Einstellungen eine Vertretung, oder lassen Sie jemanden mit Zugang zum Fall antworten.",
  organisation_warned:
    "ein Antrag zum Datenschutz ist kurz vor seinem letzten Tag noch offen. Bleibt er es, verletzt das Unternehmen die gesetzliche Frist (Art. 12 Abs. 3 DSGVO).",
  organisation_warned_subject: "{number}: Antrag noch offen, letzter Tag {date}",
  identity_hint:
    "Welcher begründete Zweifel besteht (Art. 12 Abs. 6 DSGVO)? Eine Ausweiskopie wird nicht verlangt.",
  identified_hint: "Wodurch ist der Zweifel ausgeräumt?",
  internal_target: "Eigenes Ziel",
  language: "Sprache der E-Mails",
  last_day: "Letzter Tag",
  letter_approval: "ein Ergebnis wartet auf Ihre Freigabe.",
  letter_approval_subject: "{number}: Freigabe nötig ({rights}), bis {date}",
  letter_authority:
    "Maßgeblich ist die Frist, die sie selbst nennt. Bitte lesen Sie es heute und antworten Sie der Behörde selbst (Art. 31 DSGVO); vermerken Sie es dann als erledigt.",
  letter_authority_facts: "{case}, eingegangen am {received} {channel}.",
  letter_authority_mark: "Anscheinend von einer Aufsichtsbehörde",
  letter_authority_new: "ein Schreiben ist eingegangen, anscheinend von einer Aufsichtsbehörde.",
  letter_authority_open:
    "ein Schreiben, das anscheinend von einer Aufsichtsbehörde kommt, ist noch offen.",
  letter_authority_open_subject: "{number}: Schreiben einer Aufsichtsbehörde? Noch offen",
  letter_authority_page:
    "Kommt es doch von einer Person, hat sie binnen eines Monats Anspruch auf Antwort. Dann entscheidet, wer angemeldet ist, im Fall.",
  letter_authority_person:
    "Kommt es doch von einer Person, hat sie binnen eines Monats Anspruch auf Antwort. Dann gelten hier auch die anderen Anweisungen, zum Beispiel FREIGABE mit dem Code.",
  letter_authority_subject: "{number}: Schreiben einer Aufsichtsbehörde?",
  letter_closing:
    "Jeder Link gilt sieben Tage und einmal. Er zeigt nur an; erst ein Knopf dort entscheidet.",
  letter_decision: "ein Punkt wartet auf Ihre Entscheidung.",
  letter_decision_subject: "{number}: Entscheidung nötig ({rights}), bis {date}",
  letter_facts: "{case}, eingegangen am {received} {channel}. Letzter Tag: {date} ({left}).",
  letter_identity:
    "die Person wurde um einen Nachweis gebeten, solange ruht die Frist. Hat sie sich gemeldet, vermerken Sie hier, dass ihre Identität geklärt ist. Lässt sich der Zweifel nicht ausräumen, lehnen Sie ab.",
  letter_identity_subject: "{number}: Nachweis der Identität steht aus ({rights})",
  letter_new: "ein neuer Antrag ist eingegangen.",
  letter_new_subject: "{number}: neuer Antrag ({rights}), bis {date}",
  letter_overdue: "die gesetzliche Frist ist abgelaufen. Bitte entscheiden Sie heute.",
  letter_overdue_subject: "{number}: überfällig ({rights}), war fällig am {date}",
  letter_queue: "Dieselbe Liste nach Anmeldung: {url}",
  letter_reminder: "dieser Antrag ist noch offen.",
  letter_reminder_subject: "{number}: {left} ({rights}), bis {date}",
  letter_reply: "Oder antworten Sie auf diese E-Mail. Die erste Zeile zählt:",
  letter_person: "freigegeben ist schon, aber noch offen, welcher Datensatz gemeint ist.",
  letter_person_subject: "{number}: Wer ist gemeint? ({rights}), bis {date}",
  letter_whole_case: "Ganzer Fall",
  person: "Von",
  queue_provider: "Anbieter",
  queue_title: "Anträge zum Datenschutz",
  reason: "Begründung",
  reason_hint_extend:
    "Die Person erhält sie wörtlich: warum Umfang oder Zahl der Anträge mehr Zeit verlangen (Art. 12 Abs. 3 DSGVO).",
  reason_hint_refuse: "Die Person erhält sie wörtlich, mit Vorschrift, Behörde und Rechtsweg.",
  reason_language_de: "Die Person liest Deutsch. Bitte schreiben Sie auf Deutsch.",
  reason_language_en: "Die Person liest Englisch. Bitte schreiben Sie auf Englisch.",
  received_on: "Eingegangen",
  name: "Name der beauftragten Person",
  order_approve: "FREIGABE",
  order_done: "ERLEDIGT",
  order_extend: "VERLÄNGERN",
  order_identity: "IDENTITÄT",
  order_identified: "GEKLÄRT",
  order_note: "NOTIZ",
  order_reason: "Grund",
  order_numbers:
    "Nummern der Liste, zum Beispiel 1, 2; oder keine; oder E-Mail-Adresse oder Link eines anderen Datensatzes",
  order_record: "E-Mail-Adresse oder Link des Datensatzes, der gemeint ist",
  order_person: "PERSON",
  order_rectify: "BERICHTIGEN",
  order_detail: "Angabe: richtiger Wert",
  order_refuse: "ABLEHNEN",
  order_code: "Code",
  paragraph: "Vorschrift",
  person_choice: "{number}: gefunden über {reasons}",
  person_list: "Gemeint sein können:",
  person_nobody:
    "Unter diesem Namen und dieser Adresse wurde niemand gefunden: Eine Freigabe antwortet, dass keine Daten vorliegen. Schreibt jemand für eine andere Person, etwa in Vollmacht oder für ein Kind, klären Sie das vorher mit „Identität klären“, und sagen Sie dann als Antwort mit PERSON, welcher Datensatz gemeint ist. Nach anderen Namen sucht, wer angemeldet ist, im Fall.",
  person_no_list: "Kein eigener Datensatz, nur Erwähnungen: Der Link zeigt sie.",
  paragraph_hint: "Zum Beispiel „Art. 17 Abs. 3 lit. b DSGVO“.",
  portability_uncovered:
    "Was wir zu dieser Person haben, beruht weder auf Einwilligung noch auf Vertrag: Art. 20 DSGVO gibt ihr nichts mitzunehmen. Lehnen Sie mit diesem Grund ab, oder antworten Sie von Hand.",
  report_authority: "davon von Behörden",
  report_chain: "Kopf der Beweiskette: {head}",
  report_closed: "in der Vorwoche abgeschlossen",
  report_due: "in sieben Tagen fällig",
  report_head: "Fall",
  report_left: "Rest",
  report_more: {
    one: "Ein weiterer Fall steht unter {url}.",
    other: "{count} weitere Fälle stehen unter {url}.",
  },
  report_none: "Es ist kein Antrag offen.",
  report_open: "offen",
  report_overdue: "überfällig",
  report_resting: "davon ruhend",
  report_own_deadline: "eigene Frist",
  report_rights: "Rechte",
  returned_hint:
    "Die Person weiß nichts davon, und die Frist läuft weiter. Bitte unterrichten Sie sie auf anderem Weg, etwa per Post oder Telefon, und vermerken Sie das im Fall als Notiz.",
  returned_recipient:
    "Ein Empfänger der Daten weiß damit nichts von der Änderung, und er ist zu unterrichten (Art. 19 DSGVO). Wer es ist, steht im Fall. Bitte unterrichten Sie ihn auf anderem Weg und vermerken Sie das dort.",
  returned_restriction:
    "Die Einschränkung bleibt bestehen: Sie endet erst, wenn die Person davon weiß (Art. 18 Abs. 3 DSGVO). Bitte unterrichten Sie sie auf anderem Weg und legen Sie das Ende neu fest: im Fall, oder mit CODES als Antwort auf eine E-Mail zum Fall.",
  returned_subject: "{number}: Eine Nachricht kam nicht an",
  returned_text: "diese Nachricht zum Antrag ist endgültig zurückgekommen: „{subject}“",
  report_subject: "Wochenbericht Betroffenenrechte, KW {week}",
  report_text: "der Stand der Anträge als PDF: {open} offen, {overdue} überfällig.",
  report_title: "Anträge betroffener Personen",
  chain_subject: "Beweiskette vom {date}",
  chain_text:
    "der Kopf der Beweiskette aller Fälle lautet heute: {head} ({count} Einträge). Bewahren Sie diese E-Mail auf: Mit ihr lässt sich zeigen, dass bis heute nichts nachträglich geändert wurde.",
  confirmed_subject: "{number}: {done}",
  confirmed_subject_item: "{number}: {right}: {done}",
  confirmed_text: "Auf Ihre Anweisung vom {at}: {done}",
  confirmed_reply: "Waren Sie das nicht, antworten Sie sofort auf diese E-Mail mit einer NOTIZ.",
  confirmed_look: "Waren Sie das nicht, sehen Sie sofort nach: {url}",
  confirmed_about: "Betrifft: {what}",
  confirmed_answer: "Die Antwort geht weiterhin an die Adresse, von der der Antrag kam.",
  confirmed_login: "Gemeint: der Zugang mit der Adresse, die Sie genannt haben",
  confirmed_record: "Gemeint: {url}",
  confirmed_right: "Erkanntes Recht: bisher {before}, jetzt {after}",
  confirmed_no_right: "nicht beansprucht",
  confirmed_action: "Anweisung: {action}",
  confirmed_provision: "Grundlage: {provision}",
  confirmed_by_link_officer: "Gegeben: über den Link in Ihrer E-Mail",
  confirmed_by_link_deputy: "Gegeben: über den Link in Ihrer E-Mail, als Vertretung",
  confirmed_by_mail_officer: "Gegeben: als Antwort auf die E-Mail",
  confirmed_by_mail_deputy: "Gegeben: als Antwort auf die E-Mail, als Vertretung",
  confirmed_by_page_officer: "Gegeben: nach Anmeldung, auf der Seite des Falls",
  confirmed_by_page_deputy: "Gegeben: nach Anmeldung, auf der Seite des Falls, als Vertretung",
  confirmed_due: "Frist: {date}",
  confirmed_paused: "Frist: ruht",
  confirmed_closed: "Frist: keine mehr, der Fall ist abgeschlossen",
  right_access: "Auskunft",
  right_complaint: "Beschwerde",
  right_decision: "Entscheidung durch Menschen",
  right_erasure: "Löschung",
  right_objection: "Widerspruch",
  right_portability: "Datenübertragung",
  right_rectification: "Berichtigung",
  right_restriction: "Einschränkung",
  right_withdrawal: "Widerruf",
  rights_unknown: "Rechte noch nicht erkannt",
  action_lift: "Ende der Einschränkung festlegen",
  action_transfer: "Daten übertragen",
  done_lift: "Das Ende der Einschränkung ist festgelegt. Die Person erfährt es vorher.",
  done_transfer:
    "Die Übertragung ist angeordnet. Die Person erfährt, wenn die Daten angekommen sind.",
  confirmed_end: "Ende: {date}",
  confirmed_recipient: "Empfänger: {name}",
  effects_ends: "endet am {date}",
  effects_endless: "noch ohne Ende",
  effects_later:
    "Das Ende einer Einschränkung und eine direkte Übertragung ordnen Sie auch per E-Mail an: Antworten Sie nach der Freigabe auf eine E-Mail zu diesem Fall mit CODES; dann kommt eine mit den Codes dafür.",
  effects_lift:
    "Einschränkung: Ihr Ende kündigen wir der Person erst an (Art. 18 Abs. 3 DSGVO), darum liegt der Tag mindestens sieben Tage nach heute. Ein anderes Ende ersetzt das angekündigte und wird ihr neu mitgeteilt.",
  effects_none:
    "zu diesem Fall ist nichts mehr zu entscheiden oder anzuordnen. Was noch ausgeführt wird, meldet sich von selbst.",
  effects_nowhere:
    "Datenübertragung: Eine direkte Übertragung (Art. 20 Abs. 2 DSGVO) ist per E-Mail noch nicht möglich, denn im Verzeichnis des Anbieters steht kein Unternehmen, an das gesendet werden darf. Wer Zugang zu den Anträgen hat, kann im Fall einen Link zum Abruf erstellen.",
  effects_reply: "Antworten Sie auf diese E-Mail. Die erste Zeile zählt:",
  effects_subject: "{number}: Ihre Codes",
  effects_text:
    "hier sind die Codes für das, was zu Fall {number} noch angeordnet werden kann. Sie gelten sieben Tage.",
  effects_transfer:
    "Datenübertragung: Die Daten gehen an die Adresse, die Sie nennen (Art. 20 Abs. 2 DSGVO). Erlaubt sind Adressen bei: {hosts}.",
  help_address:
    "Nennen Sie genau eine Adresse, an die gesendet werden soll; sie beginnt mit „https://“.",
  help_day: "Nennen Sie genau einen Tag, zum Beispiel „31.12.2027“.",
  help_host:
    "An diese Adresse darf nicht gesendet werden: Sie gehört zu keinem Unternehmen, das im Verzeichnis des Anbieters dafür freigegeben ist.",
  help_soon:
    "Bis zu diesem Tag bleibt der Person zu wenig Zeit: Er muss mindestens sieben Tage nach heute liegen.",
  order_lift: "AUFHEBEN",
  order_lift_what: "Tag, zum Beispiel 31.12.2027",
  order_transfer: "ÜBERTRAGEN",
  order_transfer_what: "Adresse des Empfängers, https://…",
  saved: "Gespeichert.",
  sentence: "Verlangt",
  settings_hint:
    "Sie erhält jeden Antrag per E-Mail und entscheidet dort. Ist niemand benannt, entscheidet, wer am längsten die Rolle Leitung hat.",
  settings_provider: "{name}, {email}, wie im Impressum genannt.",
  settings_title: "Datenschutzbeauftragte Person",
  stands: "Stand jetzt: {number}, {right}: {status}.",
  tab: "Beauftragte Person",
  whole_letter_show: "Anzeigen",
  whole_letter: "Ganzes Schreiben",
};
