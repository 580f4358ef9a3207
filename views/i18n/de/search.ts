/** The search over contacts and companies. */
export const search = {
  all_deals: "Alle passenden Deals",
  all_companies: "Alle passenden Firmen",
  all_contacts: "Alle passenden Kontakte",
  hint:
    "Suchen Sie nach Name, Firma, E-Mail, Telefonnummer, Ort, PLZ, Schlagwort oder Kundennummer. Groß- und Kleinschreibung, Umlaute und Reihenfolge spielen keine Rolle; ein Teil des Wortes genügt.",
  nothing: "Nichts gefunden für „{q}“",
  nothing_text: "Versuchen Sie es mit weniger Wörtern oder einem Teil des Namens.",
  results: "Treffer für „{q}“",
  title: "Suche",
  last_seen: "Zuletzt angesehen",
  hits: { one: "Ein Treffer", other: "{count} Treffer" },
  places: "Seiten und Aktionen",
};
