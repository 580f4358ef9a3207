/**
 * Vocabulary of a wholesaler for tools, fasteners and work wear: its customers, suppliers and
 * notes.
 */

/** A line of business: words in its companies' names, and the products it asks for. */
export interface Trade {
  industry: string;
  names: readonly string[];
  buys: readonly string[];
}

const trade = (industry: string, names: string, buys: string): Trade => ({
  industry,
  names: names.split(", "),
  buys: buys.split(", "),
});

/** The most common customers first. */
export const customerTrades: readonly Trade[] = [
  trade(
    "Metallbau",
    "Metallbau, Stahlbau, Schlosserei, Metalltechnik",
    "Edelstahlschrauben, Schweißzubehör, Trennscheiben",
  ),
  trade(
    "Tischlerei",
    "Tischlerei, Holzbau, Innenausbau, Möbelwerkstatt",
    "Spanplattenschrauben, Beschläge, Fräser",
  ),
  trade(
    "Dachdeckerei",
    "Bedachungen, Dachdeckerei, Dachtechnik",
    "Dachhaken, Absturzsicherungen, Klempnernägel",
  ),
  trade(
    "Sanitär und Heizung",
    "Haustechnik, Heizungsbau, Sanitärtechnik, Gebäudetechnik",
    "Rohrschellen, Dichtmittel, Dübel",
  ),
  trade(
    "Elektrotechnik",
    "Elektrotechnik, Elektrobau, Anlagentechnik",
    "Kabelbinder, Bohrkronen, Messgeräte",
  ),
  trade(
    "Garten- und Landschaftsbau",
    "Gartenbau, Landschaftsbau, Grünanlagen",
    "Handschuhe, Zaunbeschläge, Akkuscheren",
  ),
  trade(
    "Hochbau",
    "Hochbau, Bauunternehmung, Bau, Ingenieurbau",
    "Schwerlastanker, Schutzhelme, Bohrhämmer",
  ),
  trade(
    "Tiefbau",
    "Tiefbau, Straßenbau, Erdbau, Kabelbau",
    "Warnwesten, Schaufeln, Absperrmaterial",
  ),
  trade(
    "Maschinenbau",
    "Maschinenbau, Anlagenbau, Fördertechnik, Antriebstechnik",
    "Passstifte, Zylinderschrauben, Schmierstoffe",
  ),
  trade(
    "Eisenwarenhandel",
    "Eisenwaren, Werkzeughandel, Baubedarf, Fachmarkt",
    "Kleinpackungen, Aktionsware, Regalsysteme",
  ),
  trade(
    "Schiffsausrüstung",
    "Schiffsausrüstung, Werfttechnik, Bootsbau",
    "Schäkel, Drahtseile, Edelstahlketten",
  ),
  trade(
    "Fahrzeugbau",
    "Fahrzeugbau, Karosseriebau, Landtechnik",
    "Radmuttern, Blindnieten, Schraubensicherung",
  ),
  trade(
    "Hausverwaltung",
    "Hausverwaltung, Gebäudedienste, Objektservice",
    "Schließzylinder, Reinigungsmittel, Leuchtmittel",
  ),
  trade(
    "Lebensmittelhandwerk",
    "Bäckerei, Feinkost, Molkerei, Mühle",
    "Arbeitsschuhe, Schnittschutz, Edelstahlregale",
  ),
  trade("Logistik", "Logistik, Lagertechnik, Transporte", "Zurrgurte, Packband, Palettenfüße"),
  trade(
    "Öffentliche Einrichtung",
    "Bauhof, Stadtwerke, Werkstätten",
    "Streugut, Warnschilder, Handwerkzeug",
  ),
];

export const supplierTrades: readonly Trade[] = [
  trade(
    "Schraubenhersteller",
    "Schraubenwerk, Schraubenfabrik, Befestigungstechnik, Umformtechnik",
    "Rahmenpreise, Lieferzeiten, Prüfzeugnisse",
  ),
  trade(
    "Werkzeughersteller",
    "Werkzeugfabrik, Präzisionswerkzeuge, Sägenwerk",
    "Neuheiten, Vorführgeräte, Ersatzteile",
  ),
  trade(
    "Arbeitsschutz",
    "Arbeitsschutz, Berufskleidung, Schutzausrüstung",
    "Musterkollektion, Größentabellen, Nachlieferung",
  ),
  trade("Verpackung", "Verpackungen, Kartonagen, Folien", "Kartons, Füllmaterial, Etiketten"),
  trade(
    "Spedition",
    "Spedition, Frachtkontor, Kurierdienst",
    "Abholzeiten, Frachtraten, Avisierung",
  ),
];

/** Beginnings and ends of invented company names, so that no real company is meant. */
export const companyBeginnings =
  "Haselbrook Erlenwiek Lohnmark Falkentor Steinfurth Birkmoor Elbkontor Nordspeicher Ahornwerk Dünenhof Brückmann Sielwall Kranhaus Hollerbeck Grauwacke Wiesengrund Fährhus Ostlicht Weidenau Kupferhof Morgenstern Silberdiek Hanseform Tidenhub Kieselbach Rotklinker Eschenrode Quellhorst Marschland Windrose Bernstein Kornhaus Löwenspeicher Heidekraut Achtersiel Mühlenkamp Greifenau Südkontor Alsterform Ankerplatz"
    .split(" ");

/** Additions to a company's name besides its trade. */
export const companyAdditions = ["", "", "", "", "Nord", "Süd", "Service", "Technik", "& Partner"];

export const homeForms: readonly (readonly [string, number])[] = [
  ["GmbH", 50],
  ["GmbH & Co. KG", 16],
  ["e.K.", 10],
  ["KG", 5],
  ["OHG", 3],
  ["GbR", 5],
  ["AG", 2],
  ["UG (haftungsbeschränkt)", 5],
  ["eG", 2],
  ["", 2],
];

export const foreignForms: Record<string, string> = {
  AT: "GmbH",
  CH: "AG",
  PL: "Sp. z o.o.",
  FR: "Sàrl",
  NL: "B.V.",
};

/** The woman's and the man's form if they differ. */
export const positions: readonly (readonly [readonly [string, string], number])[] = [
  [["Geschäftsführerin", "Geschäftsführer"], 16],
  [["Inhaberin", "Inhaber"], 6],
  [["Prokuristin", "Prokurist"], 4],
  [["Einkauf", "Einkauf"], 18],
  [["Leitung Einkauf", "Leitung Einkauf"], 7],
  [["Buchhaltung", "Buchhaltung"], 10],
  [["Bauleitung", "Bauleitung"], 8],
  [["Werkstattleitung", "Werkstattleitung"], 6],
  [["Lager", "Lager"], 7],
  [["Disposition", "Disposition"], 5],
  [["Technik", "Technik"], 5],
  [["Assistenz der Geschäftsführung", "Assistenz der Geschäftsführung"], 4],
  [["Arbeitssicherheit", "Arbeitssicherheit"], 3],
  [["", ""], 9],
];

export const supplierPositions: readonly (readonly [readonly [string, string], number])[] = [
  [["Vertriebsinnendienst", "Vertriebsinnendienst"], 10],
  [["Außendienst", "Außendienst"], 8],
  [["Vertriebsleiterin", "Vertriebsleiter"], 4],
  [["Auftragsabwicklung", "Auftragsabwicklung"], 6],
  [["Qualitätssicherung", "Qualitätssicherung"], 2],
  [["Buchhaltung", "Buchhaltung"], 3],
];

/** Notes about people; `{buys}` is replaced by what the trade asks for. */
export const contactNotes = {
  any: [
    "Am besten vormittags zu erreichen, nachmittags meist auf der Baustelle.",
    "Wünscht Angebote nur per E-Mail, nicht telefonisch.",
    "Fragt regelmäßig nach {buys}.",
    "Vertretung im Urlaub: Zentrale anrufen.",
    "Nicht vor 9 Uhr anrufen.",
    "Spricht lieber Englisch.",
    "Kennt unser Sortiment gut, hat früher selbst im Handel gearbeitet.",
  ],
  customer: [
    "Bestellt meist freitags für die folgende Woche.",
    "Entscheidet gemeinsam mit der Geschäftsführung, ab 5.000 € zwei Unterschriften.",
    "War mit der letzten Lieferung zufrieden, nur die Verpackung war beschädigt.",
    "Möchte die Rechnung als PDF an die Buchhaltung.",
    "Preisgespräch im Herbst vereinbart, Schwerpunkt {buys}.",
    "Reklamation im Frühjahr ist erledigt, Gutschrift wurde akzeptiert.",
  ],
  lead: [
    "Hat auf der Hausmesse Muster mitgenommen: {buys}. In vier Wochen nachfassen.",
    "Interessiert sich für ein Konsignationslager.",
    "Vergleicht uns mit zwei Wettbewerbern, wichtig ist die Lieferzeit.",
  ],
  supplier: [
    "Ansprechperson für {buys}.",
    "Meldet sich zuverlässig am selben Tag.",
    "Kommt zweimal im Jahr ins Haus.",
  ],
} as const;

export const companyNotes = {
  any: [
    "Anlieferung nur bis 14 Uhr, Einfahrt über den Hof.",
    "Neue Anschrift seit dem Sommer, Schilder folgen noch.",
  ],
  customer: [
    "Rahmenvertrag über {buys}, läuft jährlich zum 31.12. aus.",
    "Zahlt mit 2 % Skonto innerhalb von 10 Tagen.",
    "Zweites Lager seit dem Sommer; Lieferanschrift vor jeder Bestellung erfragen.",
    "Bestellungen ausschließlich über das Portal des Kunden.",
    "Jahresgespräch findet im Februar statt.",
    "Sammelrechnung zum Monatsende vereinbart.",
  ],
  lead: [
    "Neubau der Halle für nächstes Jahr geplant, Bedarf an {buys} steigt.",
    "Hat nach {buys} gefragt, Angebot liegt vor.",
    "Kauft bisher beim Wettbewerb, sucht eine zweite Bezugsquelle.",
  ],
  supplier: [
    "Jahresbonus ab 50.000 € Einkaufsvolumen.",
    "Lieferzeit derzeit sechs Wochen, {buys} gesondert anfragen.",
    "Mindestbestellwert 250 €, frei Haus ab 1.000 €.",
  ],
} as const;

/** The kind of notes and tags for each status. */
export const kindOfStatus = {
  lead: "lead",
  prospect: "lead",
  customer: "customer",
  former: "customer",
  partner: "supplier",
  supplier: "supplier",
} as const;

export const sources: readonly (readonly [string, number])[] = [
  ["Anfrage per E-Mail", 20],
  ["Telefonat", 18],
  ["Visitenkarte", 14],
  ["Website-Formular", 14],
  ["Hausmesse", 10],
  ["Außendienst", 10],
  ["Empfehlung", 8],
  ["Altes Kundensystem", 6],
];

export const tagNames = {
  customer: ["A-Kunde", "B-Kunde", "Rahmenvertrag", "Skonto", "Selbstabholung", "Katalog"],
  lead: ["Messe", "Newsletter", "Erstgespräch", "Angebot offen"],
  supplier: ["Lieferant geprüft", "Jahresbonus"],
  any: ["Weihnachtskarte", "Bauvorhaben", "Notdienst", "Export"],
} as const;
