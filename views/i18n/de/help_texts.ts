/** The help in German: short, in the words of the pages. */
import type { HelpText, Topic } from "../../help/topics.ts";

export const helpTexts: Record<Topic, HelpText> = {
  contacts: {
    lead:
      "Kontakte sind Personen, Firmen die Unternehmen, bei denen sie arbeiten. Eine Person kann bei mehreren Firmen sein, jeweils mit Funktion und Zeitraum.",
    picture: "Die Seite eines Kontakts mit Erreichbarkeit, Aktivitäten und Angaben zum Datenschutz",
    parts: [
      {
        title: "Eine Person eintragen",
        steps: [
          "Öffnen Sie [contacts.new](/contacts/new), oder drücken Sie in der Liste die Taste n.",
          "Geben Sie einen Namen ein. Bei [contacts.origin] wählen Sie, woher die Daten stammen: Daraus ergeben sich Rechtsgrundlage und Zweck.",
          "Tragen Sie die Firma mit Funktion ein. Gibt es sie noch nicht, wird sie angelegt.",
          "Sieht ein Eintrag aus wie einer, den es schon gibt, zeigt die Seite ihn vor dem Speichern.",
          "Für einen Stapel, etwa Visitenkarten von einer Messe, nehmen Sie [contacts.create_next]: Herkunft, Status und Schlagwörter stehen dann schon da.",
        ],
      },
      {
        title: "Finden und filtern",
        text:
          "Die Suche oben findet Namen, Firmen, Telefonnummern und E-Mail-Adressen, egal wie sie geschrieben sind: „Roeder“ findet auch Röder. Unter [records.owner] stehen auch Ihre Teams zur Wahl. Filter und Spalten einer Liste lassen sich mit [lists.view_keep] merken, für Sie oder für alle.",
      },
      {
        title: "Viele auf einmal ändern",
        steps: [
          "Wählen Sie Zeilen aus, oder filtern Sie und nehmen Sie [lists.bulk_all].",
          "Wählen Sie, was geschehen soll, und prüfen Sie die Zahl auf der nächsten Seite.",
          "30 Tage lang lässt sich die Änderung mit [common.undo] zurücknehmen, auch später unter [lists.bulk_past](/bulk-changes).",
        ],
      },
      {
        title: "Wechselt jemand die Firma",
        text:
          "Auf der Seite des Kontakts trägt [contacts.move] den Wechsel mit Datum ein. Was war, bleibt bei der alten Firma sichtbar.",
      },
      {
        title: "Eigene Felder",
        text:
          "Die Verwaltung legt unter [custom_fields.title](/settings/fields) weitere Felder an, jedes mit Zweck und Rechtsgrundlage. Sie stehen danach in Formularen, auf Wunsch auch in Webformularen, in Listen, Filtern, Import, Export und Auskunft.",
      },
    ],
  },
  imports: {
    lead:
      "Listen aus Excel, LibreOffice, CSV, vCard und anderen CRM-Programmen kommen über den Import herein. Vorher zeigt ein Probelauf, was geschieht; 30 Tage lang lässt sich alles zurücknehmen.",
    picture: "Der erste Schritt eines Imports: eine Datei wählen",
    parts: [
      {
        title: "Eine Liste importieren",
        text:
          "Größere Dateien als diese Seite liest die Befehlszeile des Servers mit `deno task crm import`: bis 1 GB und 2 Millionen Zeilen.",
        steps: [
          "Laden Sie die Datei unter [imports.new](/imports/new) hoch. Zeichensatz, Trennzeichen und Datumsform werden erkannt.",
          "Ordnen Sie Spalten zu. Was sich nicht zuordnen lässt, bleibt draußen.",
          "Sagen Sie, woher die Daten stammen: Das gilt für jede Person der Liste. Nennt die Datei, wer zuständig ist, erkennt der Import die Personen an E-Mail-Adresse oder Namen; wer die Zeilen der anderen übernimmt, wählen Sie.",
          "Lesen Sie nach [imports.check] den Bericht: abgelehnte Zeilen, Hinweise, Dubletten.",
          "Starten Sie mit [imports.run].",
        ],
      },
      {
        title: "Firmenlisten mit Kontaktpersonen",
        text:
          "Steht die Firma vor der Person, gehören Adresse und Telefon der Firma, außer eine Überschrift sagt es anders. Bis zu drei Personen einer Zeile („Ansprechpartner 2“) werden Kontakte der Firma. Jede Spalte lässt sich anders zuordnen.",
      },
      {
        title: "Deals importieren",
        text:
          "Eine Liste von Deals wird an Titel, Betrag, Stufe oder Abschlussdatum erkannt. Importieren Sie die Kontakte zuerst: Personen werden nur zugeordnet, fehlende Firmen angelegt. Vor dem Probelauf wählen Sie, welche Stufe der Datei zu welcher hier wird. Beträge, Zuständige und Gründe, die sich nicht zuordnen lassen, stehen in den Notizen des Deals; unbekannte Personen nennt nur der Bericht.",
      },
      {
        title: "Was nicht importiert wird",
        text:
          "Wer gelöscht wurde oder der Werbung widersprochen hat, bleibt draußen, auch wenn nur Name und Anschrift wiederkehren; der Bericht nennt die Zahl. Abgelehnte Zeilen gibt es als Datei zum Berichtigen.",
      },
      {
        title: "Firmen außerhalb Ihrer Sicht",
        text:
          "Sehen Sie nicht alle Firmen und nennt die Liste eine, die Sie nicht sehen, entsteht eine neue dieses Namens, die Ihnen gehört. Wer alle sieht, findet beide unter [duplicates.title](/duplicates) und führt sie zusammen.",
      },
      {
        title: "Einen Import zurücknehmen",
        text:
          "Die Seite des Imports bietet 30 Tage lang [imports.undo]: Neues verschwindet, Geändertes wird wieder, wie es war. Was Sie inzwischen selbst geändert haben, bleibt.",
      },
      {
        title: "Exportieren",
        text:
          "[exports.title](/exports) schreibt Excel, CSV, JSON und vCard. Sie nennen den Zweck. Alles auf einmal gibt es nur, wenn Sie noch einmal bestätigen, dass Sie es sind. Nach 14 Tagen ist die Datei zu löschen; daran erinnert eine E-Mail. Wer widersprochen hat oder gesperrt ist, fehlt in Listen für Mailings.",
      },
    ],
  },
  deals: {
    lead:
      "Ein Deal ist ein Geschäft, das kommen soll: mit Betrag, erwartetem Abschluss und Stufe. Das Board zeigt alle offenen.",
    picture: "Das Board mit den Stufen einer Pipeline und den Karten der Deals",
    parts: [
      {
        title: "Einen Deal führen",
        steps: [
          "Legen Sie ihn mit [deals.new](/deals/new) an, oder von der Seite des Kontakts oder der Firma aus: Dann steht der Bezug schon da. Gleicht er einem offenen Deal derselben Firma oder Person, fragt die Seite nach.",
          "Ziehen Sie die Karte auf dem Board in die nächste Stufe. Mit der Tastatur nimmt die Leertaste auf, Pfeile verschieben.",
          "In einer Verloren-Stufe fragt die Seite nach dem Grund.",
          "Kommt ein ähnliches Geschäft, nehmen Sie auf der Seite des Deals [deals.copy]: Firma, Personen mit ihren Rollen, Betrag und Positionen kommen mit.",
        ],
      },
      {
        title: "Liegengebliebene finden",
        text:
          "Jede Stufe hat eine übliche Dauer. Deals, die länger stehen, sind markiert; der Filter [deals.rotting_only] zeigt nur sie. Ist für einen offenen Deal nichts geplant, steht auf seiner Karte ein Kalender: Ein Klick darauf plant den nächsten Schritt.",
      },
      {
        title: "Pipelines und Stufen",
        text:
          "Die Verwaltung ändert sie unter [pipelines.title](/settings/pipelines): Reihenfolge, Farbe, Chance und Dauer. Gründe für verlorene Deals stehen unter [pipelines.reasons](/settings/lost-reasons).",
      },
      {
        title: "Berichte",
        text:
          "[reports.title](/reports) zeigt Pipeline, Prognose, gewonnene und verlorene Deals und Aktivitäten, je Zeitraum und Person, auch als CSV. Gruppen von weniger als fünf werden nicht gezeigt. Die Zahlen bleiben, wenn ein Deal gelöscht wird.",
      },
    ],
  },
  offers: {
    lead:
      "Ein Angebot entsteht aus den Positionen eines Deals. Ist es ausgestellt, ändert es sich nie mehr; was sich ändert, ist eine neue Fassung.",
    picture: "Die Einstellungen für Angebote: Nummern, Gültigkeit und Texte",
    parts: [
      {
        title: "Ein Angebot schreiben",
        steps: [
          "Tragen Sie auf der Seite des Deals mit [items.add] die Positionen ein. Produkte kommen aus [products.title](/products).",
          "Beginnen Sie dort mit [offers.new] einen Entwurf: Anschrift, Texte und Gültigkeit stehen schon da.",
          "[offers.issue] gibt ihm eine Nummer und schreibt das PDF.",
          "[offers.mail] beginnt eine E-Mail mit dem PDF als Anhang.",
          "Vermerken Sie, was daraus wurde. Ein angenommenes Angebot bleibt sechs Jahre aufbewahrt.",
        ],
      },
      {
        title: "Nummern, Texte, Briefpapier",
        text:
          "Die Verwaltung legt unter [offers.settings](/settings/offers) Nummernkreis, Gültigkeit und Texte fest und unter [offers.letterhead](/settings/letterhead) Logo, Anschrift und Fußzeile. Viele Produkte auf einmal kommen aus einer Tabelle: [product_imports.title](/products/imports/new).",
      },
      {
        title: "Briefe",
        text:
          "Von jedem Eintrag aus schreibt [letters.new] einen Brief. Vorlagen dafür, auch als Word-Dokument mit Feldern, stehen unter [letters.templates](/settings/letter-templates).",
      },
      {
        title: "Wenn der Deal gelöscht ist",
        text:
          "Angenommene Angebote bleiben dann nur noch, weil das Gesetz es verlangt. Sie stehen in keiner Liste; die Verwaltung findet sie mit dem Filter [offers.state_kept](/offers?state=kept).",
      },
    ],
  },
  activities: {
    lead:
      "Anrufe, Termine, Aufgaben und Notizen stehen bei dem Kontakt, der Firma oder dem Deal, um den es geht. Was fällig ist, zeigt die Startseite.",
    picture: "Die Liste der Aktivitäten: was offen ist, bei wem und bis wann",
    parts: [
      {
        title: "Etwas vormerken",
        steps: [
          "Auf der Seite eines Eintrags öffnet die Taste a die schnelle Eingabe.",
          "Für mehr Angaben nehmen Sie [activities.new](/activities/new): Teilnehmende, Serie, Erinnerung.",
          "Erledigt ist es mit einem Klick auf den Kreis davor, oder mit der Taste d.",
        ],
      },
      {
        title: "Serien",
        text:
          "Auf der Seite einer Serie lassen Sie unter [series.title] einen Termin aus oder verschieben ihn; die anderen bleiben, auch in Ihrem Kalenderprogramm. Im Kalender führt ein Klick auf den angekündigten Termin dorthin.",
      },
      {
        title: "Mehrere auf einmal",
        text:
          "Kreuzen Sie in der Liste an, was Sie zusammen erledigen, auf einen anderen Tag verschieben, jemandem übergeben oder in den Papierkorb legen wollen. Die Uhrzeit bleibt, und [common.undo] nimmt es zurück.",
      },
      {
        title: "Kalender",
        text:
          "[calendars.title](/activities/calendar) zeigt Woche und Monat. Unter [layout.account](/account) erzeugen Sie eine Adresse, mit der ein anderes Kalenderprogramm mitliest.",
      },
      {
        title: "Mitteilungen",
        text:
          "Was Ihnen zugewiesen wird und woran Sie erinnert werden, steht unter der Glocke. Was auch per E-Mail kommt, stellen Sie unter [notifications.choose](/account#notifications) ein.",
      },
    ],
  },
  mail: {
    lead:
      "E-Mails stehen im Verlauf der Person, die sie schrieb oder bekam. Sie kommen aus verbundenen Postfächern oder über eine Adresse für Kopien.",
    picture: "Der Posteingang mit Nachrichten, die noch keinem Kontakt zugeordnet sind",
    parts: [
      {
        title: "Ein Postfach verbinden",
        steps: [
          "Öffnen Sie [mailboxes.new](/settings/mailboxes) und tragen Sie den IMAP-Server und das Passwort ein.",
          "Wählen Sie, ab wann gelesen wird. Ältere Nachrichten bleiben, wo sie sind.",
          "Die Seite des Postfachs zeigt den letzten Durchlauf; [mailboxes.check] liest sofort.",
        ],
      },
      {
        title: "Nachrichten zuordnen",
        text:
          "Nachrichten bekannter Absender werden von selbst zugeordnet. Die anderen warten im [inbox.title](/inbox): zuordnen, als Kontakt anlegen oder verwerfen. Verworfenes wird nach 30 Tagen gelöscht.",
      },
      {
        title: "Schreiben",
        text:
          "[outgoing.new](/messages/new) sagt vor dem Senden, wofür die E-Mail dient. Werbung geht nur an bekannte Personen und nie an solche, die widersprochen oder ihre Einwilligung widerrufen haben. Fehlt eine Einwilligung, sagt das die Vorschau. Den eigenen Mailserver tragen Sie unter [mail_accounts.title](/account/mail) ein.",
      },
      {
        title: "Vorlagen",
        text:
          "Häufige Texte stehen unter [mail_templates.title](/settings/mail-templates), deutsch und englisch.",
      },
    ],
  },
  duplicates: {
    lead:
      "Die Suche nach Dubletten läuft wöchentlich und wenn Sie wollen. Sie vergleicht Namen, auch nach Klang, E-Mail-Adressen, Telefonnummern und Orte.",
    picture: "Zwei Einträge nebeneinander: Je Feld wird gewählt, was gelten soll",
    parts: [
      {
        title: "Zwei Einträge zusammenführen",
        steps: [
          "Öffnen Sie [duplicates.title](/duplicates) und nehmen Sie [duplicates.compare].",
          "Wählen Sie je Feld, was gelten soll. Adressen, Aktivitäten, E-Mails, Dateien und Deals bleiben alle.",
          "Ein Widerspruch oder eine Einschränkung des einen gilt danach für beide: Das strengere Recht gewinnt.",
        ],
      },
      {
        title: "Doppelte Deals",
        text:
          "Haken Sie in [deals.title](/deals) die an, die einer sind, und nehmen Sie [lists.bulk_merge]. Betrag und Positionen kommen zusammen von einem; Angebote und der Weg durch die Stufen bleiben alle.",
      },
      {
        title: "Es sind doch zwei",
        text:
          "[duplicates.dismiss] merkt sich das, auch für den Eintrag, in dem einer von beiden später aufgeht.",
      },
      {
        title: "Rückgängig machen",
        text:
          "30 Tage lang trennt [common.undo] unter [merges.title](/merges) die Einträge wieder. Was Sie seitdem geändert haben, bleibt beim verbliebenen.",
      },
      {
        title: "Papierkorb",
        text:
          "Gelöschtes liegt im [trash.title](/trash), bis seine Tage um sind. Bis dahin lässt es sich wiederherstellen: Suchen Sie nach dem Namen, und kreuzen Sie an, was zusammen zurückkommen soll.",
      },
    ],
  },
  requests: {
    lead:
      "Wer wissen will, was bei Ihnen gespeichert ist, oder Löschung verlangt, stellt einen Antrag. Daraus wird ein Fall mit Frist; die datenschutzbeauftragte Person entscheidet.",
    picture: "Das Formular, mit dem aus einem Brief ein Fall wird",
    parts: [
      {
        title: "Ein Antrag kommt",
        text:
          "Über das Formular Ihres Unternehmens, per E-Mail an die Datenschutz-Adresse oder als Brief, den Sie mit [cases.new](/settings/requests/new) erfassen. Die Frist von einem Monat läuft ab Eingang und steht am Fall.",
      },
      {
        title: "Bearbeiten",
        steps: [
          "Bestätigen Sie unter [cases.title](/settings/requests), wer gemeint ist. Die Suche schlägt Einträge vor.",
          "Lesen Sie die Vorschau: was herausgegeben oder gelöscht wird, was bleiben muss und warum, und welche Namen Dritter geschwärzt werden.",
          "Mit der Freigabe führt das Programm aus und schreibt der Person. Alles steht im Fall.",
        ],
      },
      {
        title: "Auskunft vom Kontakt aus",
        text:
          "Auf der Seite eines Kontakts packt [access.button] Brief, Daten und Dateien in eine Datei, ohne Antrag.",
      },
      {
        title: "Ablehnen",
        text:
          "Jede Ablehnung braucht einen Grund und sagt der Person, wo sie sich beschweren kann. Alle Behörden stehen unter [complaints.title](/privacy/complaint).",
      },
    ],
  },
  privacy: {
    lead:
      "Was die Verwaltung für den Datenschutz einstellt. Einstellungen, die einem Satz der Datenschutzerklärung widersprächen, nimmt das Programm nicht an und nennt den Satz.",
    picture: "Fällige Löschungen und die Fristen der Aufbewahrung",
    parts: [
      {
        title: "Zu Beginn",
        steps: [
          "Schließen Sie den [agreements.title](/settings/agreement).",
          "Nennen Sie unter [cases.title](/settings/requests) die Anschrift Ihres Unternehmens und unter [officers.tab](/settings/officer), wer für den Datenschutz beauftragt ist. Beide stehen auf dem Formular für Anträge und in jeder Antwort.",
          "Prüfen Sie unter [retentions.tab](/settings/retention) die Fristen.",
        ],
      },
      {
        title: "Herkunft, Grundlage, Information",
        text:
          "Kein Kontakt ohne Herkunft und Rechtsgrundlage. Stammen die Daten nicht von der Person, erinnert das Programm daran, sie zu informieren; vermerken Sie es mit [contacts.notice_mark]. Wer noch fehlt, steht in der Liste der Kontakte unter [lists.empty_notice](/contacts?empty=notice); dort lassen sich auch viele auf einmal vermerken.",
      },
      {
        title: "Löschen nach Frist",
        text:
          "Was nicht mehr gebraucht wird, steht mit Grund zur Löschung an. Gesetzliche Fristen halten Einträge fest; an jedem steht, bis wann und warum.",
      },
      {
        title: "Einschränkung und Widerspruch",
        text:
          "Eine eingeschränkte Person ist unsichtbar, außer für die Verwaltung. Ein Widerspruch gegen Werbung gilt sofort, auch für Importe und Exporte.",
      },
      {
        title: "Webformulare",
        text:
          "[web_forms.title](/settings/forms) legen Kontakte an, wenn die Adresse bestätigt ist. Was ein Formular fragt, wählen Sie, auch eigene Felder von Kontakten in Ihrer Reihenfolge; wozu es fragt, steht auf seiner Seite. Bei schon bekannten Kontakten ändert sich nichts: Die Angaben stehen in einer Notiz, vertrauliche im Feld, wenn es leer ist. Der Text der Einwilligung wird mit jeder Fassung aufbewahrt. Wer Werbung widersprochen hat, kann hier neu einwilligen: Das gilt ab der Bestätigung und nur für E-Mails.",
      },
      {
        title: "Vertragsende",
        text:
          "Nach einer Kündigung bleiben 30 Tage zum Lesen und Mitnehmen. Danach wird alles gelöscht, auch in Sicherungen, und eine Bescheinigung sagt es. Siehe [contracts.title](/settings/contract).",
      },
    ],
  },
  settings: {
    lead:
      "Was für das ganze Unternehmen gilt, stellt die Verwaltung ein; was nur Sie betrifft, Sie selbst.",
    picture: "Die Personen mit ihren Rollen und die offenen Einladungen",
    parts: [
      {
        title: "Personen und Teams",
        steps: [
          "Laden Sie unter [team.title](/settings/team) mit [team.invite] jemanden ein. Der Link gilt zwei Wochen.",
          "Wählen Sie die Rolle: Leitung, Verwaltung, Mitarbeit oder nur Lesen.",
          "Soll eine Rolle nicht alles sehen, bilden Sie [teams.title](/settings/teams) und stellen [sights.title](/settings/sight) und [field_rights.title](/settings/field-rights) ein.",
          "Verlässt jemand das Unternehmen, sperren Sie den Zugang. Zuständigkeiten lassen sich in Listen übertragen.",
        ],
      },
      {
        title: "Sicher anmelden",
        text:
          "Unter [factors.title](/account/factors) richten Sie Passkey oder App ein. Die Verwaltung kann unter [factors.settings](/settings/sign-in) beides verlangen. Die Leitung richtet dort die Anmeldung über Ihren eigenen Dienst ein und macht sie mit [single_sign_on.demand] zum einzigen Weg; sie selbst kommt weiter mit Passwort oder Passkey hinein, falls der Dienst ausfällt.",
      },
      {
        title: "Mein Zugang",
        text:
          "Name, Passwort, Sprache, Mitteilungen und angemeldete Geräte stehen unter [layout.account](/account). Was über Sie selbst gespeichert ist, zeigt [own_privacy.title](/me/privacy).",
      },
      {
        title: "Schneller arbeiten",
        text:
          "[keys.ctrl_k] öffnet Suchen und Springen auf jeder Seite. Alle Tasten stehen unter [keys.title](/keys).",
      },
    ],
  },
  api: {
    lead:
      "Andere Programme lesen und schreiben über die API, mit den Rechten der Person, der der Schlüssel gehört. Webhooks sagen ihnen, dass sich etwas geändert hat.",
    parts: [
      {
        title: "Einen Schlüssel erzeugen",
        steps: [
          "Öffnen Sie [api.own_tokens](/account/tokens) und nehmen Sie [api.new_token].",
          "Erlauben Sie nur, was das Programm braucht, und wählen Sie, wie lange.",
          "Der Schlüssel steht nur einmal da. Die Verwaltung sieht und beendet alle unter [api.tab](/settings/api).",
        ],
      },
      {
        title: "Anleitung",
        text:
          "[api.manual](/api) beschreibt jede Adresse; dieselbe Beschreibung gibt es als OpenAPI. Wiederholungen mit dem Kopf `Idempotency-Key` legen nichts doppelt an, auch keine Dateien.",
      },
      {
        title: "Webhooks",
        text:
          "[webhooks.title](/settings/webhooks) melden nur, welcher Eintrag sich geändert hat, nie seinen Inhalt. Jeder Aufruf ist unterschrieben; was nicht ankommt, wird wiederholt und steht im Protokoll.",
      },
    ],
  },
  backups: {
    lead:
      "Für den Betrieb der Installation: sichern, zurückholen, prüfen. Alles hier geschieht auf der Befehlszeile des Servers.",
    parts: [
      {
        title: "Sichern",
        text:
          "Jede Nacht um halb zwei entsteht eine Sicherung von Datenbank und Dateien, mit eigenem Schlüssel, für 14 Tage. `deno task crm backup` macht eine sofort, `deno task crm backup --list` zeigt alle. Bewahren Sie `keys` und `ledger` aus dem Datenordner an einem anderen Ort auf: Ohne die Schlüssel ist eine Sicherung wertlos. Erneuern Sie diese Kopie täglich und behalten Sie keine länger als 14 Tage: Ein vernichteter Schlüssel, der dort noch liegt, öffnet, was gelöscht ist.",
      },
      {
        title: "Zurückholen",
        steps: [
          "Halten Sie den Dienst an und nehmen Sie einen leeren Datenordner.",
          "Legen Sie `keys` und `ledger` hinein.",
          "`deno task crm restore NAME` holt die Sicherung. Was seitdem gelöscht, eingeschränkt oder widersprochen wurde, wird dabei wieder vollzogen.",
        ],
      },
      {
        title: "Vom Anbieter zurückgesetzt",
        text:
          "Setzt Ihr Anbieter die Datenbank selbst auf einen früheren Stand, halten Sie den Dienst vorher an. Der nächste Start erkennt das an `ledger` und vollzieht wieder, was seitdem gelöscht, eingeschränkt oder widersprochen wurde, bevor sich jemand anmelden kann.",
      },
      {
        title: "Prüfen",
        text:
          "`deno task crm doctor` sagt, was fehlt, und wie es zu beheben ist. Unter [operator.title](/operator) stehen gescheiterte Aufträge und E-Mails, Protokolle, Nachweise und Maßnahmen. Das Zurückholen wird jeden Monat von selbst geprobt.",
      },
      {
        title: "Neue Version",
        text:
          "Vor einer Änderung der Datenbank entsteht von selbst eine Sicherung. Mit ihr und dem alten Programm geht es notfalls zurück.",
      },
    ],
  },
};
