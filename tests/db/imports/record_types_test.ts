/** Lists of persons and companies in which one column says which is which. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

const lists: [heading: string, name: string, person: string, company: string][] = [
  ["Adressart", "Bezeichnung", "natürliche Person", "juristische Person"],
  ["Kind", "Name", "Natural person", "Legal entity"],
  ["Type de tiers", "Nom", "Particulier", "Entreprise"],
  ["Type relatie", "Naam", "Particulier", "Bedrijf"],
  ["Typ", "Nazwa", "Osoba fizyczna", "Firma"],
  ["Tipo", "Nome", "Persona fisica", "Azienda"],
  ["Tipologia", "Denominazione", "Privato", "Società"],
  ["Tipo", "Nombre", "Persona", "Empresa"],
  ["Tipo de persona", "Nombre", "Particular", "Persona jurídica"],
  ["Tipo", "Nome", "PF", "PJ"],
  ["Typ", "Název", "Fyzická osoba", "Právnická osoba"],
  ["Typ", "Namn", "Privatperson", "Företag"],
  ["Third-party type", "Name", "Private individual", "Small company"],
];

Deno.test("the words for person and company are read in the languages of our neighbours", async () => {
  for (const [heading, name, person, company] of lists) {
    const text = [
      `${heading};${name};E-Mail`,
      `${person};Ida Nordlicht;ida@x.example`,
      `${company};Nordlicht;post@nordlicht.example`,
      `${person};Alpina;alpina@x.example`,
      `${company};Maria Keller;post@keller.example`,
      "",
    ].join("\r\n");
    const { records } = await importAll(sourceOf(text));
    deepEqual(
      records.map(({ contact, companies }) => contact ? "person" : companies[0]?.name),
      ["person", "Nordlicht", "person", "Maria Keller"],
      `${heading}: ${person}`,
    );
  }
});

Deno.test("a column of other types says nothing about persons and companies", async () => {
  for (const types of [["Rechnung", "Angebot"], ["A", "F"], ["ja", "nein"]]) {
    const text = `Typ;Vorname;Nachname\n${types[0]};Ida;Groß\n${types[1]};Max;Klein\n`;
    const { inspection } = await importAll(sourceOf(text));
    equal(inspection.plan.columns[0]?.target, "ignore", types.join());
  }
});
