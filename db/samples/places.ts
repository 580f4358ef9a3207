/** Towns with their actual postal codes, and streets that nearly every town has. */

export interface Place {
  postalCode: string;
  city: string;
  country: string;
  court: string;
}

const german = `
  20457 Hamburg; 22303 Hamburg; 22761 Hamburg; 21073 Hamburg; 23552 Lübeck; 24103 Kiel;
  24937 Flensburg; 25813 Husum; 25335 Elmshorn; 21335 Lüneburg; 28195 Bremen; 27568 Bremerhaven;
  26121 Oldenburg; 26721 Emden; 26603 Aurich; 49074 Osnabrück; 30159 Hannover; 31134 Hildesheim;
  38100 Braunschweig; 37073 Göttingen; 29221 Celle; 18055 Rostock; 19053 Schwerin; 23966 Wismar;
  17033 Neubrandenburg; 10115 Berlin; 12043 Berlin; 13353 Berlin; 14467 Potsdam; 03046 Cottbus;
  39104 Magdeburg; 06108 Halle (Saale); 04109 Leipzig; 01067 Dresden; 09111 Chemnitz; 99084 Erfurt;
  07743 Jena; 34117 Kassel; 36037 Fulda; 60311 Frankfurt am Main; 64283 Darmstadt; 65183 Wiesbaden;
  55116 Mainz; 50667 Köln; 53111 Bonn; 40213 Düsseldorf; 44135 Dortmund; 45127 Essen; 48143 Münster;
  33602 Bielefeld; 33098 Paderborn; 52062 Aachen; 57072 Siegen; 56068 Koblenz; 54290 Trier;
  66111 Saarbrücken; 67059 Ludwigshafen; 68159 Mannheim; 69117 Heidelberg; 76133 Karlsruhe;
  70173 Stuttgart; 72070 Tübingen; 79098 Freiburg im Breisgau; 78462 Konstanz; 89073 Ulm;
  86150 Augsburg; 80331 München; 81667 München; 83022 Rosenheim; 93047 Regensburg; 94032 Passau;
  90402 Nürnberg; 91054 Erlangen; 96047 Bamberg; 97070 Würzburg; 95444 Bayreuth; 85049 Ingolstadt
`;

const abroad: readonly Place[] = [
  { postalCode: "1010", city: "Wien", country: "AT", court: "" },
  { postalCode: "4020", city: "Linz", country: "AT", court: "" },
  { postalCode: "5020", city: "Salzburg", country: "AT", court: "" },
  { postalCode: "8001", city: "Zürich", country: "CH", court: "" },
  { postalCode: "9000", city: "St. Gallen", country: "CH", court: "" },
  { postalCode: "00-001", city: "Warszawa", country: "PL", court: "" },
  { postalCode: "70-001", city: "Szczecin", country: "PL", court: "" },
  { postalCode: "61-001", city: "Poznań", country: "PL", court: "" },
  { postalCode: "67000", city: "Strasbourg", country: "FR", court: "" },
  { postalCode: "59000", city: "Lille", country: "FR", court: "" },
  { postalCode: "1011 AB", city: "Amsterdam", country: "NL", court: "" },
  { postalCode: "9711 LM", city: "Groningen", country: "NL", court: "" },
];

/** Towns in Germany, first those in the north, where the company trades most. */
export const home: readonly Place[] = german.trim().split(/;\s*/).map((pair) => {
  const [postalCode = "", ...city] = pair.split(" ");
  const name = city.join(" ");
  const court = name === "Berlin" ? "Charlottenburg" : name.replace(/ .*/, "");
  return { postalCode, city: name, country: "DE", court };
});

/** Towns in the neighbouring countries. */
export const neighbours = abroad;

export const streets: Record<string, readonly string[]> = {
  DE: [
    ..."Hauptstraße Bahnhofstraße Gartenstraße Industriestraße Dorfstraße Bergstraße Lindenstraße"
      .split(" "),
    ..."Schulstraße Kirchstraße Waldstraße Ringstraße Gewerbestraße Handwerkerstraße Werkstraße"
      .split(" "),
    ..."Hafenstraße Mühlenweg Birkenweg Rosenweg Amselweg Eichenallee Kastanienallee Ziegeleiweg"
      .split(" "),
    "Am Gewerbepark",
    "Am Güterbahnhof",
    "Alte Ziegelei",
    "An der Schleuse",
    "Zum Wasserturm",
    "Im Alten Land",
    "Kleine Gröpelstraße",
    "Am Süßen Winkel",
  ],
  AT: ["Bahnhofstraße", "Industriezeile", "Lindengasse", "Mühlgasse"],
  CH: ["Bahnhofstrasse", "Gewerbestrasse", "Seestrasse"],
  PL: ["ul. Ogrodowa", "ul. Polna", "ul. Leśna", "ul. Słoneczna"],
  FR: ["rue du Moulin", "rue de l’Église", "avenue de la Gare"],
  NL: ["Dorpsstraat", "Molenweg", "Stationsweg"],
};
