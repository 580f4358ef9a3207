/** Lists that registers of companies hand out: GLEIF, Companies House, OffeneRegister, Wikidata. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

const companies = async (...rows: string[]) => {
  const { inspection, records } = await importAll(sourceOf([...rows, ""].join("\r\n")));
  equal(inspection.plan.kind, "companies");
  return records.flatMap(({ companies }) =>
    companies.map(({ name, uid, registerNumber, addresses }) => [
      ...[name, uid, registerNumber],
      ...addresses.map(({ kind, street, postalCode, city, country }) =>
        [kind, street, postalCode, city, country].join("|")
      ),
    ])
  );
};

Deno.test("a list of legal entities gives each one's registered and head office", async () => {
  const found = await companies(
    "LEI,Entity.LegalName,Entity.LegalName.xmllang,Entity.LegalAddress.FirstAddressLine," +
      "Entity.LegalAddress.City,Entity.LegalAddress.Country,Entity.LegalAddress.PostalCode," +
      "Entity.HeadquartersAddress.FirstAddressLine,Entity.HeadquartersAddress.City," +
      "Entity.HeadquartersAddress.Country,Entity.HeadquartersAddress.PostalCode," +
      "Entity.RegistrationAuthority.RegistrationAuthorityEntityID,Entity.EntityStatus",
    "391200AMSEL,Amsel GmbH,de,Weg 1,Ulm,DE,89073,Platz 2,Kiel,DE,24103,HRB 5,ACTIVE",
    "391200HORST,Horst SE,de,Ring 3,Bonn,DE,53111,Ring 3,Bonn,DE,53111,HRB 7,ACTIVE",
  );
  deepEqual(found, [
    [
      "Amsel GmbH",
      "391200AMSEL",
      "HRB 5",
      "work|Weg 1|89073|Ulm|DE",
      "visit|Platz 2|24103|Kiel|DE",
    ],
    ["Horst SE", "391200HORST", "HRB 7", "work|Ring 3|53111|Bonn|DE"],
  ]);
});

Deno.test("the registers of Britain and Germany and a query of Wikidata are read as well", async () => {
  const british = await companies(
    "CompanyName, CompanyNumber,RegAddress.CareOf,RegAddress.AddressLine1, RegAddress.AddressLine2," +
      "RegAddress.PostTown,RegAddress.Country,RegAddress.PostCode,CompanyStatus",
    "AMSEL TRADING LIMITED,01234567,,1 HIGH STREET,,LONDON,ENGLAND,SW1A 1AA,Active",
  );
  deepEqual(british, [
    ["AMSEL TRADING LIMITED", "", "01234567", "work|1 HIGH STREET|SW1A 1AA|LONDON|GB"],
  ]);
  const german = await companies(
    "company_number,name,registered_address,current_status,registered_office,register_art,register_nummer",
    'K1_HRB5,Amsel UG,"Weg 1, 89073 Ulm.",currently registered,Ulm,HRB,5',
  );
  deepEqual(german, [["Amsel UG", "K1_HRB5", "HRB 5", "work|Weg 1|89073|Ulm|DE"]]);
  const queried = await companies(
    "item,itemLabel,websiteLabel,headquartersLabel,countryLabel,inception",
    "http://www.wikidata.org/entity/Q1,Amsel AG,https://amsel.example,Ulm,Deutschland,1937-05-28",
  );
  const uid = "http://www.wikidata.org/entity/Q1";
  deepEqual(queried, [["Amsel AG", uid, "", "work|||Ulm|DE"]]);
});

Deno.test("Sirene's establishments and legal units are companies, sole traders persons", async () => {
  const establishments = await companies(
    "siren,nic,siret,complementAdresseEtablissement,numeroVoieEtablissement," +
      "indiceRepetitionEtablissement,typeVoieEtablissement,libelleVoieEtablissement," +
      "codePostalEtablissement,libelleCommuneEtablissement,enseigne1Etablissement," +
      "denominationUsuelleEtablissement",
    "552032534,00019,55203253400019,BATIMENT B,8,,RUE,DE LA PAIX,75002,PARIS 2,AMSEL,AMSEL PARIS",
    "732829320,00014,73282932000014,,12,B,AV,DES CHAMPS,75008,PARIS 8,LE COMPTOIR,",
    "732829321,00014,73282932100014,,[ND],,[ND],[ND],75008,PARIS 8,LE MERLE,",
  );
  deepEqual(establishments, [
    ["AMSEL PARIS", "55203253400019", "552032534", "work|8 RUE DE LA PAIX|75002|PARIS 2|FR"],
    ["LE COMPTOIR", "73282932000014", "732829320", "work|12 B AV DES CHAMPS|75008|PARIS 8|FR"],
    ["LE MERLE", "73282932100014", "732829321", "work||75008|PARIS 8|FR"],
  ]);
  const units = await importAll(sourceOf(
    "siren,denominationUniteLegale,sexeUniteLegale,nomUniteLegale,prenomUsuelUniteLegale\r\n" +
      "552032534,ATELIERS AMSEL,,,\r\n812345678,,F,MARTIN,CLAIRE\r\n",
  ));
  deepEqual(
    units.records.map(({ companies, contact }) => [
      ...[companies[0]?.name, companies[0]?.registerNumber],
      ...[contact?.salutation, contact?.firstName, contact?.lastName],
    ]),
    [
      ["ATELIERS AMSEL", "552032534", undefined, undefined, undefined],
      [undefined, undefined, "ms", "CLAIRE", "MARTIN"],
    ],
  );
  const annuaire = await companies(
    "SIREN,SIRET siège,Nom complet,Nom raison sociale,Code postal,Commune",
    "552032534,55203253400019,ATELIERS AMSEL (AA),ATELIERS AMSEL,69003,LYON",
    "552032535,55203253500019,MERLE,MERLE,69003,LYON",
  );
  deepEqual(annuaire.map(([name, uid]) => [name, uid]), [
    ["ATELIERS AMSEL", "55203253400019"],
    ["MERLE", "55203253500019"],
  ]);
});

Deno.test("the registers of the Netherlands and Norway are read with their addresses", async () => {
  const dutch = await companies(
    "kvkNummer;naam;straatnaam;huisnummer;postcode;plaats;rechtsvorm",
    "12345678;Bakkerij Amsel B.V.;Dorpsstraat;12;1234 AB;Utrecht;Besloten Vennootschap",
  );
  deepEqual(dutch[0]?.slice(-1), ["work|Dorpsstraat 12|1234 AB|Utrecht|NL"]);
  const norwegian = await companies(
    "organisasjonsnummer;navn;organisasjonsform.kode;forretningsadresse.adresse;" +
      "forretningsadresse.postnummer;forretningsadresse.poststed;forretningsadresse.kommune",
    "974760673;AMSEL AS;AS;Havnegata 48;8900;BRØNNØYSUND;BRØNNØY",
  );
  deepEqual(norwegian[0]?.slice(0, 1), ["AMSEL AS"]);
  equal(norwegian[0]?.[2], "974760673");
  equal(
    String(norwegian[0]?.[3]).split("|").slice(1, 4).join("|"),
    "Havnegata 48|8900|BRØNNØYSUND",
  );
});
