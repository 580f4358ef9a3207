/** Restrictions that stand, and what is counted of requests that are over. */
export const case_lists = {
  counters: "Zahlen früherer Anträge",
  counters_count: "Anzahl",
  counters_hint:
    "Belege bleiben bis zum Ende des dritten Jahres. Danach bleiben nur diese Zahlen, nach dem Jahr des Eingangs.",
  counters_in_time: "davon fristgerecht",
  counters_none: "Noch sind keine Belege gelöscht",
  counters_outcome: "Ausgang",
  counters_year: "Jahr",
  restrictions: "Eingeschränkte Verarbeitung",
  restrictions_brought_back: "ohne Antrag",
  restrictions_hint:
    "Diese Personen sieht sonst niemand: keine Liste, keine Suche, kein Export, keine E-Mail.",
  restrictions_none: "Zurzeit ist niemand eingeschränkt",
  restrictions_since: "Seit",
};
