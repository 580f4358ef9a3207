/** The country whose language a list's headings are written in, for lists with no better sign. */

/** Headings that only one of these languages has, without accents. */
const languages: readonly [country: string, elsewhere: string, headings: string][] = [
  [
    "FR",
    "CH BE LU",
    "prenom nom telephone nomdefamille societe entreprise ville codepostal adressemail courriel civilite raisonsociale nometprenom nomprenom commune datedenaissance pays",
  ],
  [
    "ES",
    "",
    "apellido apellidos nombre telefono correoelectronico movil empresa ciudad codigopostal provincia razonsocial poblacion localidad fechadenacimiento nombreyapellidos apellidosynombre",
  ],
  [
    "IT",
    "CH",
    "cognome nome telefono ragionesociale cellulare citta cap indirizzo azienda comune partitaiva piva codicefiscale datadinascita cognomeenome nomeecognome",
  ],
  [
    "PL",
    "",
    "imie nazwisko telefon firma kodpocztowy miejscowosc miasto ulica komorka telefonkomorkowy nazwafirmy nip wojewodztwo nazwiskoiimie imieinazwisko adreszamieszkania numertelefonu",
  ],
  ["PT", "", "apelido sobrenome nome telefone telemovel morada codigopostal localidade empresa"],
  [
    "NL",
    "BE",
    "voornaam achternaam telefoon tussenvoegsel bedrijf straat postcode plaats woonplaats mobiel bedrijfsnaam huisnummer btwnummer kvknummer relatienummer",
  ],
  ["CH", "", "natel telp telg vorname nachname plz ort wohnort strasse plzort"],
  ["NO", "", "fornavn etternavn telefon postnr poststed mobiltelefon gateadresse"],
  ["DK", "", "fornavn efternavn telefon virksomhed postnr by mobiltelefon"],
  ["SE", "FI", "fornamn efternamn telefon foretag postnummer postort gatuadress mobiltelefon"],
  ["FI", "", "etunimi sukunimi yritys postinumero postitoimipaikka puhelin"],
  ["CZ", "", "jmeno prijmeni firma psc mesto ulice mobil telefon"],
  ["HU", "", "vezeteknev keresztnev telefon ceg cegnev iranyitoszam varos utca"],
  ["RO", "", "nume prenume telefon companie localitate codpostal oras judet"],
  ["TR", "", "ad soyad telefon sirket sehir il ilce postakodu ceptelefonu"],
];
/** Words that prove the language; the others above only support it. */
const proofs = new Set(
  ("natel civilite raisonsociale codepostal nometprenom nomprenom razonsocial nombreyapellidos " +
    "apellidosynombre ragionesociale partitaiva codicefiscale cognomeenome nomeecognome " +
    "nazwafirmy kodpocztowy nazwiskoiimie imieinazwisko bedrijfsnaam woonplaats btwnummer kvknummer " +
    "prenom apellido apellidos cognome nazwisko apelido sobrenome achternaam voornaam etternavn efternavn efternamn sukunimi prijmeni vezeteknev prenume soyad")
    .split(" "),
);

const plain = (heading: string): string =>
  heading.normalize("NFKD").replaceAll("ł", "l").replaceAll("ı", "i").replaceAll("ø", "o")
    .replace(/[^a-z]/gi, "").toLowerCase();

/**
 * The country; undefined without a word that only its language has, if two languages fit as well, or
 * if the language is spoken in the tenant's own country too.
 */
export function spokenIn(headings: readonly string[], home: string): string | undefined {
  const own = new Set(headings.map(plain));
  const found = languages.flatMap(([country, elsewhere, list]) => {
    const hits = list.split(" ").filter((word) => own.has(word));
    const proven = hits.length > 1 && hits.some((word) => proofs.has(word));
    return proven ? [{ country, elsewhere, hits: hits.length }] : [];
  }).sort((one, two) => two.hits - one.hits);
  const [best, next] = found;
  if (!best || best.hits === next?.hits || best.elsewhere.split(" ").includes(home)) return;
  return best.country;
}
