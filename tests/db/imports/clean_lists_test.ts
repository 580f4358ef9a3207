/**
 * Ordinary, clean lists keep every person and company: none is taken for a sum, a note, a title or
 * the prefix of a name.
 */

import { deepEqual } from "node:assert/strict";
import { importAll, sourceOf, table } from "./sources.ts";

const split = (text: string) => text.split("|");

const german = {
  firstNames: split(
    "Anna|Max|Hans-Peter|Karl Heinz|Mai|Ute|Ernst|Rosa|Heiner|Christian|Kim|Jo|Ida|Paul|Justus|Gesa|" +
      "Heide|Wolf|Mark|Gerda|Ines|Pascal|Andrea",
  ),
  lastNames: split(
    "Müller|Lang|Graf|König|Herzog|Vogt|Prinz|Post|Ende|Mann|Frei|Neu|Alt|Kopf|Anders|Stein|Bank|Weg|" +
      "Platz|Haus|Noth|Weiß|Abt|Papst|Amt|Kunde|Gast|Sonntag|Freitag|März|von der Heide|van Dyck|" +
      "Meyer-Lang|Nguyen|Li|O'Neill|Graf von Stein|Baron|Privat|Schein|Ganz|Muster|Tot|Leer|Summ|Stand|" +
      "Dienst|Punkt|Komma|Preis|Titel|Name|Gesamt",
  ),
  companies: split(
    "Kern GmbH|Summe & Co. KG|Post AG|Bäckerei Ende|Gasthof Alte Post|Lang & Söhne OHG|Gesamtschule Nord|" +
      "Total Energies Deutschland GmbH|Hinweis Verlag GmbH|Legende Events GmbH|Stand & Messe GmbH|" +
      "Übertrag Spedition GmbH|Zwischenraum GmbH|Summa Bau GmbH|Stadt Ulm|TSV 1860 Neustadt e. V.|" +
      "Praxis Dr. Weiß|Apotheke am Markt|Malerbetrieb Uwe Klein|4 Wände Immobilien GmbH|BASF|" +
      "Freie Universität Berlin|Stück für Stück GmbH|dm-drogerie markt|Weingut Graf von Stein|" +
      "Volkshochschule Ulm|Siemens|Handwerkskammer Ulm",
  ),
  places: split("10115 Berlin|01067 Dresden|67433 Neustadt an der Weinstraße|06108 Halle (Saale)"),
  streets: split("Hauptstr. 5|Straße des 17. Juni 135|Postfach 1234|Platz der Republik 1|Im Hof 2"),
  salutations: ["Herr", "Frau"],
  positions: split("Geschäftsführer|Einkauf|Vertriebsleiterin|Assistenz|Inhaber|Leiter Technik"),
  phone: "030 55512",
};
const english: typeof german = {
  firstNames: split(
    "Anna|John|Mary|Ed|Al|June|April|May|Will|Mark|Bill|Grace|Jean|Jay|Lee|Dean|Earl|Duke|Sue|Art|Chase|" +
      "Page|Nick",
  ),
  lastNames: split(
    "Smith|Young|Long|Price|Best|Church|Street|Hall|Lane|March|Monday|True|O'Neill|Ng|Null|Page|Miss|" +
      "Note|Sumner|Total|Bishop|King|Prince|Major|Judge|Senior|Little|House|Post|Cash|Early|Noon|Test|" +
      "White|van Dyke|Van Damme|St John|De Luca|De Niro|Lord|Guest|End|Rate|Sale|Clerk",
  ),
  companies: split(
    "Kern Ltd|Summit Ltd|Note Solutions Ltd|Sub Zero Ltd|Page & Price LLP|Prefix Ltd|Total Care Inc.|" +
      "Grand Total Media LLC|The Post Office|House of Stone|Acme|Best Western|University of Leeds|" +
      "St Mary's School|Young's Brewery|No. 5 Hotel|3D Print Works Ltd|Care of Creatures Ltd|List & Co|" +
      "Contact Centre Solutions|Mail Boxes Etc.|Company of Wolves Theatre|Private Label Inc.|" +
      "Unknown Pleasures Records|Test Valley Ltd|N/A Studios|End Game Ltd|Royal Mail",
  ),
  places: split("LS1_4AP Leeds|SW1A_1AA London|M1_1AE Manchester"),
  streets: split("5 Oak Lane|12 High Street|Unit 3, Mill Road|1 The Square"),
  salutations: ["Mr", "Ms", "Mrs"],
  positions: split("CEO|Sales Manager|Buyer|Owner|Head of IT|Office Manager"),
  phone: "020 7946 0",
};

/** Per list: its language, its separator, its columns, and what each of them holds. */
const lists: [typeof german, string, string][] = [
  [
    german,
    ",",
    "Anrede=sal,Vorname=f,Weitere Vornamen,Nachname=l,Suffix,Firma=c,Abteilung,Position=pos,Straße geschäftlich=s,Ort geschäftlich=o,Postleitzahl geschäftlich=z,Telefon geschäftlich=t,E-Mail-Adresse=m,E-Mail: Angezeigter Name=shown,Notizen=n",
  ],
  [
    english,
    ",",
    "Title=sal,First Name=f,Middle Name,Last Name=l,Suffix,Company=c,Department,Job Title=pos,Business Street=s,Business City=o,Business Postal Code=z,Business Phone=t,E-mail Address=m,E-mail Display Name=shown,Notes=n",
  ],
  [
    german,
    ",",
    "First Name=f,Middle Name,Last Name=l,Organization Name=c,Organization Title=pos,Notes=n,Labels=* myContacts,E-mail 1 - Label=* Work,E-mail 1 - Value=m,Phone 1 - Label=Work,Phone 1 - Value=t",
  ],
  [
    english,
    ",",
    "Record ID=id,First Name=f,Last Name=l,Email=m,Phone Number=t,Contact owner=Sam Owner,Lead Status=New,Create Date (GMT)=2026-01-01 10:00,Associated Company=c,Job Title=pos,City=o,Postal Code=z",
  ],
  [
    german,
    ",",
    "Datensatz-ID=id,Vorname=f,Nachname=l,E-Mail=m,Telefonnummer=t,Zuständiger Mitarbeiter=Sam Owner,Name des Unternehmens=c,Jobtitel=pos,Lead-Status=Neu",
  ],
  [
    english,
    ",",
    "Salutation=sal,First Name=f,Last Name=l,Title=pos,Account Name=c,Mailing Street=s,Mailing City=o,Mailing Zip/Postal Code=z,Phone=t,Email=m,Contact Owner=Sam Owner",
  ],
  [
    german,
    ";",
    "Anrede=sal,Vorname=f,Nachname=l,Titel=pos,Accountname=c,Postanschrift (Straße)=s,Postanschrift (Stadt)=o,Postanschrift (PLZ)=z,Telefon=t,E-Mail=m",
  ],
  [
    english,
    ",",
    "Person - Name=w,Person - Organization=c,Person - Email - Work=m,Person - Phone - Work=t",
  ],
  [
    english,
    ",",
    "Email Address=m,First Name=f,Last Name=l,Company=c,Phone Number=t,MEMBER_RATING=2",
  ],
  [
    english,
    ",",
    "First Name=f,Last Name=l,Email Address=m,Company=c,Position=pos,Connected On=03 May 2025",
  ],
  [
    english,
    ",",
    "Contact Id=id,Contact Owner=Sam Owner,Account Name=c,First Name=f,Last Name=l,Email=m,Title=pos,Phone=t,Description=n",
  ],
  [
    german,
    ";",
    "Firma=c,Anrede=sal,Titel,Vorname=f,Nachname=l,Straße=s,PLZ=z,Ort=o,Telefon=t,E-Mail=m,Bemerkung=n",
  ],
  [german, ";", "Name=l,Vorname=f,Firma=c,E-Mail=m,Telefon=t"],
  [german, ";", "Firma=c,Ansprechpartner=w,Telefon=t,E-Mail=m,Ort=o"],
  [german, "\t", "Vorname=f,Nachname=l,E-Mail=m"],
  [german, ";", "Nr.=id,Kunde=c,Ansprechpartner=g,Straße=s,PLZ=z,Ort=o,Tel.=t,Mail=m,Notiz=n"],
  [german, ";", "Unternehmen=c,Kontakt=w,Funktion=pos,Telefon=t,Email=m"],
  [german, ";", "Vorname=f,Nachname=l,Geburtstag=05.03.1961"],
  [german, ";", "Firma=c,Straße=s,PLZ=z,Ort=o,Telefon=t"],
  [
    english,
    ",",
    "Company=c,First Name=f,Last Name=l,Email=m,Phone=t,Address=s,City=o,Postcode=z,Notes=n",
  ],
  [english, ",", "Name=w,Company=c,Email=m,Phone=t"],
  [english, ";", "Customer=c,Contact=w,Telephone=t,E-mail=m,Town=o"],
  [english, ",", "Full Name=w,Job Title=pos,Organisation=c,Email Address=m,Mobile=t"],
  [english, ",", "Company=c,Address=s,City=o,Postcode=z,Phone=t"],
];

const of = (all: readonly string[], at: number) => all[at % all.length]!;

/** The values of a row: names meet differently in each list. */
function valuesOf(stock: typeof german, list: number, row: number): Record<string, string> {
  const f = of(stock.firstNames, row * 5 + list * 3);
  const l = of(stock.lastNames, row + list * 11);
  const place = of(stock.places, row + list);
  const sal = of(stock.salutations, row);
  const m = `person${row}@kern.example`;
  return {
    f,
    l,
    m,
    sal,
    w: `${f} ${l}`,
    g: `${sal} ${f} ${l}`,
    shown: `${f} ${l} (${m})`,
    c: of(stock.companies, row * 3 + list * 5),
    z: place.slice(0, place.indexOf(" ")).replace("_", " "),
    o: place.slice(place.indexOf(" ") + 1),
    s: of(stock.streets, row),
    pos: of(stock.positions, row),
    t: `${stock.phone}${100 + row}`,
    n: row % 3 === 0 ? "Stammkunde" : "",
    id: `${70_001 + row}`,
  };
}

Deno.test("ordinary lists keep every person, company, address and note", async () => {
  for (const [at, [stock, separator, heading]] of [...lists, ...lists, ...lists].entries()) {
    const columns = heading.split(",").map((each) => each.split("=") as [string, string?]);
    const holds = new Set(columns.map(([, key]) => key));
    const values = Array.from({ length: 10 + at % 21 }, (_, row) => valuesOf(stock, at, row));
    const rows = values.map((value) =>
      Object.fromEntries(columns.map(([name, key = ""]) => [name, value[key] ?? key]))
    );
    const { records } = await importAll(
      sourceOf(table(columns.map(([name]) => name), rows, separator)),
    );
    const found = records.map(({ contact, companies, others, rejected, skipped }) => {
      const addresses = [
        ...contact?.addresses ?? [],
        ...companies.flatMap((each) => each.addresses),
      ];
      const last = [contact?.namePrefix, contact?.lastName].filter(Boolean).join(" ");
      return [
        `${contact?.firstName ?? ""} ${last}`,
        companies.map(({ name }) => name).join("|"),
        contact?.emails[0]?.address ?? "",
        holds.has("z") ? addresses[0]?.postalCode : "",
        holds.has("o") ? addresses[0]?.city : "",
        [contact, ...companies].map((each) => each?.notes).join(""),
        (others ?? []).length,
        rejected ?? skipped,
      ];
    });
    const named = holds.has("w") || holds.has("g") || holds.has("f");
    const expected = values.map(({ w, c, m, z, o, n }) => [
      named ? w : " ",
      holds.has("c") ? c : "",
      named && holds.has("m") ? m : "",
      holds.has("z") ? z : "",
      holds.has("o") ? o : "",
      holds.has("n") ? n : "",
      0,
      null,
    ]);
    deepEqual(found, expected, heading);
  }
});

Deno.test("customers without a legal form are companies beside their contacts, persons are not", async () => {
  const { records } = await importAll(sourceOf(
    "Kunde;Ansprechpartner;E-Mail\nStadt Ulm;Eva Groß;eva@ulm.example\n" +
      "Volkshochschule Ulm;Max Kern;max@vhs.example\nSiemens;Ute Adler;ute@s.example\n",
  ));
  deepEqual(records.map(({ contact, companies }) => [contact?.lastName, companies[0]?.name]), [
    ["Groß", "Stadt Ulm"],
    ["Kern", "Volkshochschule Ulm"],
    ["Adler", "Siemens"],
  ]);
  const own = await importAll(sourceOf(
    "Kunde;Ansprechpartner;E-Mail\nEva Groß;Jan Muster;eva@g.example\n" +
      "Max Kern;Jan Muster;max@k.example\nUte Adler;Jan Muster;ute@s.example\n",
  ));
  deepEqual(own.records.flatMap(({ companies }) => companies), []);
  const standings = await importAll(sourceOf(
    "Ansprechpartner;Kunde;E-Mail\nMax Kern;Bestandskunde;a@b.example\n" +
      "Ute Lang;Neukunde;b@b.example\nIda Mai;ehemalig inaktiv;c@b.example\n",
  ));
  deepEqual(standings.records.flatMap(({ companies }) => companies), []);
});

Deno.test("a private customer is the person of the row, and who speaks for them is noted", async () => {
  const { records } = await importAll(sourceOf(
    "Kunde;Kontaktperson;Tel.\nSchmidt, Peter;Frau Schmidt;0351 123456\n" +
      "Autohaus Berg GmbH;Herr Kai Berg;0341 123456\nFam. Krause;;0361 123456\n" +
      "Inge Lang;Tochter Eva;03641 5556\n",
  ));
  deepEqual(
    records.map(({ contact, companies }) => [
      contact?.lastName,
      contact?.notes,
      companies[0]?.name,
    ]),
    [
      ["Schmidt", "Kontaktperson: Frau Schmidt", undefined],
      ["Berg", "", "Autohaus Berg GmbH"],
      ["Fam. Krause", "", undefined],
      ["Lang", "Kontaktperson: Tochter Eva", undefined],
    ],
  );
});
