/** Lists headed by a kind of institution or by a profession. */

import { deepEqual } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

const read = async (...lines: string[]) => {
  const { records } = await importAll(sourceOf(`${lines.join("\r\n")}\r\n`));
  return records.map(({ contact, companies }) => [
    companies[0]?.name ?? "",
    [contact?.title, contact?.firstName, contact?.lastName].filter(Boolean).join(" "),
  ]);
};

Deno.test("an institution is the company of who speaks for it", async () => {
  deepEqual(
    await read(
      "Amt;Ansprechpartner/in;Telefon;Zimmer",
      "Ordnungsamt;Frau Ute Adler;0731 1611234;101",
      "Bauamt;Herr Tom Bär;0731 1611235;102",
      "Standesamt;;0731 1611236;",
    ),
    [["Ordnungsamt", "Ute Adler"], ["Bauamt", "Tom Bär"], ["Standesamt", ""]],
  );
  deepEqual(
    await read(
      "Schule;Schulleitung;Straße;PLZ;Ort",
      "Grundschule am Markt;Ute Adler;Markt 1;89073;Ulm",
      "Realschule Süd;Herr Tom Bär;Weg 2;89073;Ulm",
    ),
    [["Grundschule am Markt", "Ute Adler"], ["Realschule Süd", "Tom Bär"]],
  );
  deepEqual(
    await read(
      "Gemeinde;Bürgermeister/in;Straße;PLZ;Ort;E-Mail",
      "Stadt Ulm;Ina Groß;Markt 1;89073;Ulm;info@ulm.example",
      "Gemeinde Dornstadt;Jan Voss;Weg 2;89160;Dornstadt;info@dornstadt.example",
    ),
    [["Stadt Ulm", "Ina Groß"], ["Gemeinde Dornstadt", "Jan Voss"]],
  );
  deepEqual(
    await read(
      "Gemeindename;PLZ;Anschrift;Bürgermeister",
      "Aach;78267;Hauptstraße 16;Ina Groß",
      "Aalen;73430;Marktplatz 30;Jan Voss",
    ),
    [["Aach", "Ina Groß"], ["Aalen", "Jan Voss"]],
  );
  deepEqual(
    await read(
      "Klinik;Fachabteilung;Chefarzt",
      "Klinikum Ulm;Chirurgie;Prof. Dr. Ute Adler",
      "Klinikum Ulm;Innere Medizin;Dr. Tom Bär",
    ),
    [["Klinikum Ulm", "Prof. Dr. Ute Adler"], ["Klinikum Ulm", "Dr. Tom Bär"]],
  );
  deepEqual(
    await read(
      "Schule;Straße;PLZ;Ort",
      "Grundschule am Markt;Markt 1;89073;Ulm",
      "Realschule Süd;Weg 2;89073;Ulm",
    ),
    [["Grundschule am Markt", ""], ["Realschule Süd", ""]],
  );
});

Deno.test("a practice or chambers are the company of their professionals", async () => {
  for (
    const [company, person] of [["Praxis", "Arzt"], ["Kanzlei", "Rechtsanwältin/Rechtsanwalt"]]
  ) {
    deepEqual(
      await read(
        `${company};${person};PLZ;Ort`,
        "Am Markt;Dr. med. Ute Adler;89073;Ulm",
        "Bär & Kollegen;Tom Bär;89077;Ulm",
      ),
      [["Am Markt", "Dr. med. Ute Adler"], ["Bär & Kollegen", "Tom Bär"]],
    );
  }
  deepEqual(
    await read("Arzt;PLZ;Ort", "Dr. med. Ute Adler;89073;Ulm", "Dr. Tom Bär;89077;Ulm"),
    [["", "Dr. med. Ute Adler"], ["", "Dr. Tom Bär"]],
  );
});

Deno.test("a pupil's school, a member's office and a company's adviser are none of it", async () => {
  deepEqual(
    await read(
      "Vorname;Nachname;Schule;Telefon",
      "Mia;Adler;Grundschule am Markt;0731 1234",
      "Tom;Bär;Grundschule am Markt;0731 1235",
    ),
    [["", "Mia Adler"], ["", "Tom Bär"]],
  );
  deepEqual(
    await read("Name;Vorname;Amt", "Adler;Ute;Vorsitzende", "Bär;Tom;Kassenwart"),
    [["", "Ute Adler"], ["", "Tom Bär"]],
  );
  deepEqual(
    await read(
      "Firma;PLZ;Ort;Steuerberater",
      "Groß GmbH;89073;Ulm;Tom Bär",
      "Klein KG;89077;Ulm;Ute Adler",
    ),
    [["Groß GmbH", ""], ["Klein KG", ""]],
  );
  deepEqual(
    await read(
      "Gemeinde;Straße;PLZ;Ort;Ansprechpartner",
      "Dornstadt;Weg 2;89160;Dornstadt;Ute Adler",
      "Ulm;Weg 3;89077;Ulm;Tom Bär",
    ),
    [["", "Ute Adler"], ["", "Tom Bär"]],
  );
});
