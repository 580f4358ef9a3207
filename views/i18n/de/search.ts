/** The search over records, activities, mails and files. */
export const search = {
  about: "Betrifft",
  activity: "Aktivitäten",
  file: "Dateien",
  from: "Von",
  message: "E-Mails",
  name: "Name",
  stored_at: "Gehört zu",
  subject: "Betreff",
  when: "Datum",
  all_deals: "Alle passenden Deals",
  all_companies: "Alle passenden Firmen",
  all_contacts: "Alle passenden Kontakte",
  hint:
    "Suchen Sie nach Name, Firma, E-Mail, Telefonnummer, Ort, PLZ, Schlagwort oder Kundennummer, nach Wörtern aus Deals, Aktivitäten und E-Mails oder nach Dateinamen. Groß- und Kleinschreibung, Umlaute und Reihenfolge spielen keine Rolle; ein Teil eines Wortes genügt. Namen, die damit beginnen, stehen zuerst.",
  nothing: "Nichts gefunden für „{q}“",
  nothing_text: "Versuchen Sie es mit weniger Wörtern oder einem Teil des Namens.",
  results: "Treffer für „{q}“",
  title: "Suche",
  last_seen: "Zuletzt angesehen",
  hits: { one: "Ein Treffer", other: "{count} Treffer" },
  places: "Seiten und Aktionen",
};
