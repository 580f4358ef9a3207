/** Lists as public registers, offices and well-known sample databases write them. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, only, sourceOf } from "./sources.ts";

Deno.test("managing directors as the register of companies writes them are persons", async () => {
  const { records } = await importAll(sourceOf(
    "Firma;Geschäftsführer;Ort\n" +
      "Groß GmbH;Groß, Eva, *01.02.1970, Ulm;Ulm\n" +
      "Klein UG;Klein, Max, Berlin, *03.04.1980;Berlin\n" +
      'Bär KG;"Kurz, Ida, *01.02.1970, Ulm; Lang, Jan, *02.03.1975, Ulm";Ulm\n' +
      "Amsel KG;Jan Voss;Ulm\n",
  ));
  deepEqual(
    records.map(({ contact, others = [] }) =>
      [contact!, ...others].map(({ firstName, lastName, birthday }) => [
        firstName,
        lastName,
        birthday,
      ])
    ),
    [
      [["Eva", "Groß", "1970-02-01"]],
      [["Max", "Klein", "1980-04-03"]],
      [["Ida", "Kurz", ""], ["Jan", "Lang", ""]],
      [["Jan", "Voss", ""]],
    ],
  );
});

Deno.test("a company deleted from the register is no recipient who left a list", async () => {
  const { contact } = await only({
    Firma: "Groß GmbH",
    Registergericht: "Ulm",
    Registernummer: "HRB 5",
    Geschäftsführer: "Eva Groß",
    Status: "gelöscht",
  }, ";");
  deepEqual(contact.objections, []);
});

Deno.test("registers of Austria, France and the world keep place, number and first name", async () => {
  const { company: austrian } = await only({
    "FN-Nummer": "FN 123456a",
    Firmenname: "Groß GmbH",
    Sitz: "politischer Gemeinde Wien",
    Geschäftsanschrift: "Ring 1/4, 1010 Wien",
  }, ";");
  equal(austrian!.addresses[0]!.city, "Wien");
  const { contact: french } = await only({
    siren: "732829320",
    siret: "73282932000014",
    denominationUniteLegale: "",
    sexeUniteLegale: "F",
    nomUniteLegale: "DUPONT",
    prenom1UniteLegale: "CLAIRE",
    libelleVoieEtablissement: "DU MOULIN",
    codePostalEtablissement: "97110",
    libelleCommuneEtablissement: "POINTE A PITRE",
  });
  deepEqual([french.firstName, french.lastName], ["CLAIRE", "DUPONT"]);
  const { company: open } = await only({
    company_number: "HRB1234",
    name: "Gross GmbH",
    branch: "F",
    "registered_address.street_address": "Ring 1",
    "registered_address.locality": "Ulm",
    "registered_address.postal_code": "89073",
    "registered_address.country": "Germany",
  });
  const [address] = open!.addresses;
  deepEqual([open!.registerNumber, open!.industry, address!.street, address!.city], [
    "HRB1234",
    "",
    "Ring 1",
    "Ulm",
  ]);
});

Deno.test("sample databases' words for customers and staff are read", async () => {
  const { contact, company } = await only({
    CUSTOMERNAME: "Land of Toys Inc.",
    PHONE: "2125557818",
    CITY: "NYC",
    CONTACTLASTNAME: "Yu",
    CONTACTFIRSTNAME: "Kwai",
  });
  deepEqual([company?.name, contact.firstName, contact.lastName], [
    "Land of Toys Inc.",
    "Kwai",
    "Yu",
  ]);
  const { contact: staff } = await only({
    lastName: "Davolio",
    firstName: "Nancy",
    title: "Sales Representative",
    titleOfCourtesy: "Ms.",
    HomeOwner: "Y",
  });
  deepEqual([staff.salutation, staff.position, staff.owner], ["ms", "Sales Representative", ""]);
  const { contact: austrian, company: firm } = await only({
    kun_id: "4",
    kun_firmename: "Decathlon",
    kun_anspr_person: "Franz Mayer",
    kun_adresse: "Gasse",
    kun_street_num: "12",
    kun_plz: "4020",
    kun_town: "Linz",
  }, ";");
  deepEqual([firm?.name, austrian.lastName, firm?.addresses[0]?.street], [
    "Decathlon",
    "Mayer",
    "Gasse 12",
  ]);
});

Deno.test("Odoo's own ids of countries, and a currency's sign in a heading, are read", async () => {
  const { company } = await only({
    name: "Sol S.L.",
    vat: "",
    city: "Gijón",
    "country_id/id": "base.es",
  });
  equal(company!.addresses[0]!.country, "ES");
  const { records } = await importAll(sourceOf(
    "Deal Name,Stage,Amount (₹),Customer,Assigned Rep\nRollout,Commit,100000,Acme Ltd,Ann Lee\n",
  ));
  deepEqual([records[0]?.deal?.currency, records[0]?.deal?.owner], ["INR", "Ann Lee"]);
});

Deno.test("a prefix that a program wrote among the further first names is one", async () => {
  const { records } = await importAll(sourceOf(
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Gump;Forrest;Mr.\r\nFN:Forrest Gump\r\nEND:VCARD\r\n" +
      "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Gump;Forrest;M.;;\r\nFN:Forrest M. Gump\r\nEND:VCARD\r\n",
  ));
  deepEqual(records.map(({ contact }) => [contact?.salutation, contact?.firstName]), [
    ["mr", "Forrest"],
    ["", "Forrest M."],
  ]);
});
