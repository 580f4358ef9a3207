/** The privacy policy, clause by clause; paragraphs are parted by a blank line. */
export const policyClauses = {
  s1: "Allgemeines",
  s2: "Wer verantwortlich ist",
  s3: "Welche Daten, wozu, auf welcher Grundlage",
  s4: "Wo die Daten liegen und wer sie erhält",
  s5: "Wie lange wir Daten behalten",
  s6: "Ihre Rechte",
  s7: "Wie wir Daten schützen",
  s8: "Änderungen dieser Erklärung",

  c1_1_title: "Nur mit Rechtsgrundlage",
  c1_1:
    "Wir verarbeiten personenbezogene Daten nur, wenn eine Rechtsgrundlage es erlaubt. Für jedes Feld jeder Tabelle ist festgelegt, wen es betrifft, wozu es dient, auf welcher Grundlage wir es verarbeiten und wann es gelöscht wird. Fehlt eine dieser Angaben, startet das Programm nicht.",
  c1_2_title: "Worüber diese Erklärung informiert",
  c1_2:
    "Sie sagt, welche personenbezogenen Daten wir in welchem Umfang und zu welchem Zweck verarbeiten. Sie ist ohne Anmeldung lesbar, lässt sich drucken und setzt kein Cookie. Angaben zu Feldern, Zwecken, Empfängern und Fristen kommen aus dem laufenden System.",
  c2_1_title: "Verantwortlicher",
  c2_1:
    "Verantwortlich für die Daten der Nutzenden, für Protokolle und für die Abrechnung ist:\n\n{provider}\n{address}\nE-Mail: {email}",
  c2_2_title: "Datenschutzbeauftragte Person",
  c2_2:
    "Sie erreichen unsere datenschutzbeauftragte Person jederzeit und vertraulich:\n\n{dpo}\nE-Mail: {dpo_email}\n\nSie können auch das Formular auf dieser Website benutzen oder an die oben genannte Anschrift schreiben. Die datenschutzbeauftragte Person ist zur Verschwiegenheit verpflichtet (§ 38 Abs. 2, § 6 Abs. 5 BDSG).",
  c2_3_title: "Daten unserer Kunden: wir sind Auftragsverarbeiter",
  c2_3:
    "Unternehmen führen mit kompaktCRM Daten über ihre eigenen Kontakte. Dafür ist das jeweilige Unternehmen verantwortlich; wir verarbeiten diese Daten nur nach seiner Weisung und auf Grundlage eines Vertrags zur Auftragsverarbeitung (Art. 28 DSGVO). Anfragen dazu beantwortet das Unternehmen; nennen Sie es uns, leiten wir Ihre Anfrage dorthin weiter.\n\nSoll ein neuer Dienstleister solche Daten erhalten oder sollen sie an einen anderen Ort, erfährt das Unternehmen es mindestens 30 Tage vorher und kann widersprechen. Solange ein Widerspruch unbeantwortet ist, gilt die Änderung nicht.",
  c3_1_title: "Daten der Nutzenden",
  c3_1:
    "Von Personen, die sich anmelden oder uns schreiben, verarbeiten wir nur die Arten von Daten, die in der Tabelle stehen. Das Passwort Ihrer Anmeldung speichern wir nur als Argon2id-Hash; was das Programm selbst braucht, etwa den Zugang zu einem angebundenen Postfach, nur verschlüsselt. IP-Adressen stehen nur in Protokollen und Anmeldungen; wer nur öffentliche Seiten liest, hinterlässt nichts anderes.\n\nWurden Sie eingeladen, haben wir Ihre E-Mail-Adresse von Ihrem Unternehmen (Art. 14 DSGVO). Andere Nutzende Ihres Unternehmens sehen Ihren Namen und, soweit ihre Rechte reichen, was Sie eintragen.",
  c3_2_title: "Zwecke",
  c3_2:
    "Wir verarbeiten diese Daten zu vier Zwecken und zu keinem anderen: um den Dienst bereitzustellen, um mit Ihnen zu kommunizieren, um die Sicherheit zu gewährleisten und um rechtliche Verpflichtungen zu erfüllen. Jeder Arbeitsgang, jede E-Mail und jeder Export des Programms ist einem dieser Zwecke zugeordnet.",
  c3_3_title: "Rechtsgrundlagen",
  c3_3:
    "Bereitstellung und Kommunikation stützen wir auf den Vertrag (Art. 6 Abs. 1 lit. b DSGVO), die Sicherheit auf unser berechtigtes Interesse an einem störungsfreien und geschützten Dienst (Art. 6 Abs. 1 lit. f DSGVO). Zu jedem berechtigten Interesse gibt es eine schriftliche Abwägung, die wir jährlich prüfen.",
  c3_4_title: "Rechtliche Verpflichtungen",
  c3_4:
    "Was wir aufgrund eines Gesetzes verarbeiten, etwa um Anfragen betroffener Personen zu beantworten oder Rechnungen aufzubewahren, stützen wir auf Art. 6 Abs. 1 lit. c DSGVO.",
  c3_5_title: "Ob Sie Daten angeben müssen",
  c3_5:
    "Für ein Benutzerkonto brauchen wir Namen und E-Mail-Adresse; ohne sie können wir den Vertrag nicht erfüllen. Alle anderen Angaben sind freiwillig (Art. 13 Abs. 2 lit. e DSGVO).",
  c3_6_title: "Keine automatisierten Entscheidungen",
  c3_6:
    "Wir treffen keine Entscheidungen, die allein auf automatisierter Verarbeitung beruhen, und erstellen keine Profile (Art. 13 Abs. 2 lit. f, Art. 22 DSGVO).",
  c3_7_title: "Cookies und Speicher Ihres Geräts",
  c3_7:
    "Wir setzen ein einziges Cookie: das Ihrer Anmeldung. Es ist unbedingt erforderlich (§ 25 Abs. 2 Nr. 2 TDDDG) und endet mit ihr. Öffentliche Seiten setzen keines. Schalten Sie die Tastenkürzel ab, merkt sich Ihr Browser das auf Ihrem Gerät, bis Sie sie wieder einschalten. Keine Seite lädt etwas von fremden Servern.",
  c4_1_title: "Speicherung in Europa",
  c4_1:
    "Alle Daten liegen ausschließlich auf Servern in der Europäischen Union oder im Europäischen Wirtschaftsraum. Einen anderen Ort lehnt das Programm ab.",
  c4_2_title: "Dienstleister",
  c4_2:
    "Daten erhalten nur die Dienstleister, die in der Tabelle stehen und dort in Gebrauch sind. Mit jedem, der in unserem Auftrag arbeitet, besteht dann ein Vertrag nach Art. 28 DSGVO. Ein Dienstleister, dessen Vertrag oder Standort nicht aktuell nachgewiesen ist, bleibt ausgeschaltet und erhält keine Daten.",
  c4_3_title: "Keine Übermittlung in Drittländer",
  c4_3:
    "Wir übermitteln keine personenbezogenen Daten in Länder außerhalb der Europäischen Union und des Europäischen Wirtschaftsraums. Die Serverprozesse können außer unseren eigenen Servern nur die erreichen, die im Verzeichnis der Dienstleister stehen, und die Mailserver und Webhooks, die ein Kunde selbst einträgt. Für Webhooks lässt das Programm nur diese Länder zu; übergeben werden Kennungen, keine Inhalte.\n\nEine E-Mail geht dorthin, wo Sie Ihr Postfach haben: Diesen Ort wählen Sie.",
  c5_1_title: "Nicht länger als nötig",
  c5_1:
    "Wir behalten personenbezogene Daten nur so lange, wie ihr Zweck es erfordert. Die Fristen stehen in der Tabelle; das Programm löscht danach von selbst.",
  c5_2_title: "Nach dem Ende des Vertrags",
  c5_2:
    "Innerhalb von 30 Tagen nach dem Ende eines Vertrags löschen wir alle Daten des Kunden unwiederbringlich, auch aus den Sicherungen, soweit kein Gesetz ihre Aufbewahrung verlangt. Ein Vertrag endet mit dem letzten Tag, an dem der Kunde seine Daten noch abholen kann; dafür hat er 30 Tage.",
  c5_3_title: "Gesetzliche Aufbewahrung",
  c5_3:
    "Wo ein Gesetz die Aufbewahrung verlangt, sperren wir die Daten bis zum Ende der Frist und löschen sie dann. Die Fristen beginnen mit dem Ende des Kalenderjahres, in dem die Unterlage entstanden ist.",
  c6_1_title: "Auskunft",
  c6_1:
    "Sie können Auskunft darüber verlangen, ob und welche Daten wir über Sie verarbeiten, und eine Kopie erhalten (Art. 15 DSGVO).",
  c6_2_title: "Berichtigung",
  c6_2:
    "Sie können verlangen, dass wir unrichtige Daten berichtigen und unvollständige ergänzen (Art. 16 DSGVO).",
  c6_3_title: "Löschung",
  c6_3:
    "Sie können verlangen, dass wir Ihre Daten löschen, soweit kein Gesetz entgegensteht (Art. 17 DSGVO).",
  c6_4_title: "Einschränkung",
  c6_4:
    "Sie können verlangen, dass wir Ihre Daten nur noch speichern und nicht mehr verwenden (Art. 18 DSGVO).",
  c6_5_title: "Datenübertragbarkeit",
  c6_5:
    "Daten, die Sie uns gegeben haben und die wir aufgrund eines Vertrags oder Ihrer Einwilligung verarbeiten, erhalten Sie in einem strukturierten, gängigen und maschinenlesbaren Format. Auf Wunsch übermitteln wir sie einem anderen Verantwortlichen, soweit das technisch machbar ist (Art. 20 DSGVO).",
  c6_6_title: "Widerspruch",
  c6_6:
    "Gegen Verarbeitungen, die wir auf ein berechtigtes Interesse stützen, können Sie aus Gründen Ihrer besonderen Situation jederzeit Widerspruch einlegen. Wir verarbeiten die Daten dann nicht mehr, außer wir weisen zwingende schutzwürdige Gründe nach oder brauchen sie für Rechtsansprüche (Art. 21 Abs. 1 DSGVO).",
  c6_7_title: "Beschwerde",
  c6_7:
    "Sie können sich bei einer Datenschutz-Aufsichtsbehörde beschweren, insbesondere an Ihrem Wohnort, Ihrem Arbeitsplatz oder dem Ort des mutmaßlichen Verstoßes (Art. 77 DSGVO). Die Behörde, die für uns zuständig ist, und alle anderen in Europa nennt unsere Seite zur Beschwerde.",
  c6_8_title: "Widerruf einer Einwilligung",
  c6_8:
    "Eine Einwilligung können Sie jederzeit widerrufen, so einfach, wie Sie sie gegeben haben. Was bis dahin geschehen ist, bleibt rechtmäßig (Art. 7 Abs. 3 DSGVO).",
  c6_9_title: "Widerspruch gegen Direktwerbung",
  c6_9:
    "Der Nutzung Ihrer Daten für Direktwerbung können Sie jederzeit und ohne Begründung widersprechen. Danach verwenden wir sie dafür nicht mehr (Art. 21 Abs. 2 und 3 DSGVO).",
  c6_10_title: "Wie wir Anfragen behandeln",
  c6_10:
    "Eine formlose Nachricht genügt. Wir antworten unentgeltlich und unverzüglich, spätestens innerhalb eines Monats. Dauert es ausnahmsweise länger, sagen wir Ihnen innerhalb dieses Monats, warum und wie lange (Art. 12 Abs. 3 DSGVO). Wo ein Gesetz Ihr Recht begrenzt (etwa §§ 34 und 35 BDSG), nennen wir Ihnen Vorschrift, Grund und Aufsichtsbehörde. Den Nachweis, dass wir Ihre Anfrage bearbeitet haben, bewahren wir drei Jahre auf, gerechnet bis zum Ende des Kalenderjahres.",
  c7_1_title: "Technische und organisatorische Maßnahmen",
  c7_1:
    "Wir schützen Daten durch technische und organisatorische Maßnahmen nach Art. 32 DSGVO, darunter verschlüsselte Übertragung, getrennte Daten je Kunde, gehashte Passwörter, verschlüsselte Dateien und geprüfte Sicherungen. Jede Maßnahme wird geprüft: im laufenden Betrieb oder durch Tests bei jeder Änderung des Programms.",
  c7_2_title: "Laufende Verbesserung",
  c7_2:
    "Wir entwickeln die Maßnahmen fortlaufend weiter. Jede Änderung steht mit Datum in einem Verzeichnis.",
  c8_1_title: "Wann sich diese Erklärung ändert",
  c8_1:
    "Wir ändern diese Erklärung, wenn sich das Recht, der Dienst oder die Verarbeitung ändert. Jede Fassung trägt eine Nummer, ein Datum und einen Grund; ältere Fassungen bleiben abrufbar.",
  c8_2_title: "Wie Sie davon erfahren",
  c8_2:
    "Über wesentliche Änderungen informieren wir alle Nutzenden rechtzeitig per E-Mail und in der Anwendung, in der Regel 30 Tage, mindestens aber 14 Tage, bevor sie gelten. Eine neue Fassung gilt erst, wenn alle unterrichtet sind; eine E-Mail, die zurückkommt, zählt nicht.",
};
