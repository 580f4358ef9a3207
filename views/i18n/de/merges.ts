/** Several records made one. */
export const merges = {
  all_notes: "alle Notizen, untereinander",
  at: "Zusammengeführt",
  caption: "Die Einträge nebeneinander",
  changed:
    "Einer der Einträge wurde inzwischen geändert. Unten steht der neue Stand. Bitte prüfen Sie Ihre Auswahl.",
  choose: "Bitte wählen Sie, was gelten soll.",
  closed:
    "Beim Zusammenführen wurde auch in Feldern gewählt, die Ihre Rolle nicht ändern darf. Wer sie ändern darf, kann das rückgängig machen.",
  confirm: { one: "{count} Eintrag zusammenführen", other: "{count} Einträge zusammenführen" },
  consequence:
    "Aktivitäten, E-Mails, Dateien, Deals, Schlagwörter, Einwilligungen und alles Übrige kommen zusammen. Der strengste Widerspruch, die strengste Einschränkung und die längste Aufbewahrung gelten weiter. Alte Adressen führen zum Eintrag „{name}“. 30 Tage lang lässt sich alles rückgängig machen.",
  consequence_deals:
    "Personen, Aktivitäten, E-Mails, Dateien, Angebote, Schlagwörter und der Weg durch die Stufen kommen zusammen. Die Positionen sind danach die des Deals, dessen Betrag Sie wählen. Alte Adressen führen zu dem Deal, der bleibt. 30 Tage lang lässt sich alles rückgängig machen.",
  consequence_deals_oldest:
    "Personen, Aktivitäten, E-Mails, Dateien, Angebote, Schlagwörter und der Weg durch die Stufen kommen zusammen. Die Positionen sind danach die des ältesten Deals, der einen Betrag hat. Alte Adressen führen zu dem Deal, der bleibt. 30 Tage lang lässt sich alles rückgängig machen.",
  created: "angelegt am {date}",
  done: "Die Einträge sind jetzt einer.",
  empty_title: "Nichts zusammengeführt",
  intro: "Wo sich die Einträge unterscheiden, wählen Sie, was gilt. Nichts hat von selbst Vorrang.",
  later: "Bitte machen Sie zuerst die spätere Zusammenführung desselben Eintrags rückgängig.",
  later_first: "erst nach der späteren Zusammenführung",
  left: "Geblieben ist",
  lines: { one: "{count} Position", other: "{count} Positionen" },
  list_addresses: "Anschriften (alle bleiben, zuerst …)",
  list_caption: "Zusammenführungen der letzten 30 Tage",
  list_companies: "Firmen (alle bleiben, die wichtigste …)",
  list_emails: "E-Mail-Adressen (alle bleiben, zuerst …)",
  list_intro: "Jede Zusammenführung lässt sich 30 Tage lang rückgängig machen.",
  list_phones: "Telefonnummern (alle bleiben, zuerst …)",
  meanwhile: "Jemand hat diese Einträge inzwischen zusammengeführt.",
  new: "Einträge zusammenführen",
  over: "Das lässt sich nicht mehr rückgängig machen.",
  take_all: "Alles von hier",
  title: "Zusammengeführt",
  too_many: "Zusammenführen lassen sich höchstens {most} Einträge auf einmal.",
  two: "Bitte wählen Sie mindestens zwei Einträge.",
  undone: "Die Einträge sind wieder getrennt.",
  undone_at: "rückgängig gemacht am {at}",
  unseen: "Einen der Einträge sehen Sie nicht mehr. Wer alle sieht, kann das rückgängig machen.",
  until: "bis {date}",
  went: "Darin aufgegangen",
};
