/** Names of persons split into parts. */

import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import * as personNames from "../../db/person_names.ts";

const blank = {
  salutation: "",
  title: "",
  firstName: "",
  namePrefix: "",
  lastName: "",
  suffix: "",
};

Deno.test("whole names in both orders are split", () => {
  const names: [string, Partial<personNames.PersonName>][] = [
    ["Max Muster", { firstName: "Max", lastName: "Muster" }],
    ["Muster, Max", { firstName: "Max", lastName: "Muster" }],
    ["Herr Dr. Max von der Heide", {
      salutation: "mr",
      title: "Dr.",
      firstName: "Max",
      namePrefix: "von der",
      lastName: "Heide",
    }],
    ["Heide, Dr. Max von der", {
      title: "Dr.",
      firstName: "Max",
      namePrefix: "von der",
      lastName: "Heide",
    }],
    ["van der Berg, Jan", { firstName: "Jan", namePrefix: "van der", lastName: "Berg" }],
    ["Prof. Dr. med. Anna Schmidt-Müller", {
      title: "Prof. Dr. med.",
      firstName: "Anna",
      lastName: "Schmidt-Müller",
    }],
    ["Frau Dipl.-Ing. (FH) Eva Maier", {
      salutation: "ms",
      title: "Dipl.-Ing. (FH)",
      firstName: "Eva",
      lastName: "Maier",
    }],
    ["Max Muster jun.", { firstName: "Max", lastName: "Muster", suffix: "jun." }],
    ["Mag. Eva Huber, MSc", { title: "Mag.", firstName: "Eva", lastName: "Huber", suffix: "MSc" }],
    ["Anna Maria Schulz", { firstName: "Anna Maria", lastName: "Schulz" }],
    ["Anna Müller, Dr.", { title: "Dr.", firstName: "Anna", lastName: "Müller" }],
    ["Anna Müller (Buchhaltung)", {
      firstName: "Anna",
      lastName: "Müller",
      suffix: "(Buchhaltung)",
    }],
    ["MÜLLER Anna Maria", { firstName: "Anna Maria", lastName: "MÜLLER" }],
    ["DE WINTER Jan", { firstName: "Jan", lastName: "DE WINTER" }],
    ["ANNA MÜLLER", { firstName: "ANNA", lastName: "MÜLLER" }],
    ["Prof'in Dr. Lea Au", { title: "Prof'in Dr.", firstName: "Lea", lastName: "Au" }],
    ["Herr und Frau Klein", { firstName: "Herr und Frau", lastName: "Klein" }],
    ["Cher", { lastName: "Cher" }],
    ["Draga Novak", { firstName: "Draga", lastName: "Novak" }],
    ["Eheleute Rita und Paul Klein", { firstName: "Rita und Paul", lastName: "Klein" }],
    ["Ehepaar Klein, Rita & Paul", { firstName: "Rita & Paul", lastName: "Klein" }],
    ["Eheleute Klein", { firstName: "Eheleute", lastName: "Klein" }],
  ];
  for (const [text, parts] of names) {
    deepEqual(personNames.split(text), { ...blank, ...parts }, text);
  }
});

Deno.test("salutations are understood in both languages and many spellings", () => {
  for (
    const text of [
      "Herr",
      "Herrn",
      "Mr.",
      "m",
      "male",
      "männlich",
      "Herr Dr.",
      "Sehr geehrter Herr",
    ]
  ) {
    equal(personNames.salutation(text), "mr", text);
  }
  for (const text of ["Frau", "Ms", "Mrs.", "w", "f", "weiblich", "FEMALE"]) {
    equal(personNames.salutation(text), "ms", text);
  }
  equal(personNames.salutation("divers"), "divers");
  for (const text of ["M.Sc.", "M.A.", "", "Firma", "Keine Angabe", "Familie", "1"]) {
    equal(personNames.salutation(text), "", text);
  }
});

Deno.test("titles are distinguished from positions", () => {
  for (const text of ["Dr.", "Dr", "Doctor", "Prof. Dr.", "Dipl.-Kfm.", "Mag.", "Dr. rer. nat."]) {
    equal(personNames.isTitle(text), true, text);
  }
  for (const text of ["Director", "Manager", "Professional", "Doktorandin", "", "Drucker"]) {
    equal(personNames.isTitle(text), false, text);
  }
});

Deno.test("a last name may begin with a word with a capital letter", () => {
  for (const last of ["De Niro", "De La Cruz", "Van Dyke", "St John", "Le Pen", "Von Berg"]) {
    const { firstName, namePrefix, lastName } = personNames.split(`Robin ${last}`);
    deepEqual([firstName, namePrefix, lastName], ["Robin", "", last]);
  }
  equal(personNames.split("Mary Ann De").lastName, "De");
});

Deno.test("titles of nobility are a part of the last name, wherever they are", () => {
  const names: [string, string, string, string][] = [
    ["Karl Graf von Spee", "Karl", "Graf von", "Spee"],
    ["Freifrau Adelheid von der Marwitz", "Adelheid", "Freifrau von der", "Marwitz"],
    ["Otto Graf Lambsdorff", "Otto", "Graf", "Lambsdorff"],
    ["Spee, Karl Graf von", "Karl", "Graf von", "Spee"],
    ["Spee, Graf Karl von", "Karl", "Graf von", "Spee"],
    ["Gräfin Ulrike Plessen", "Ulrike", "Gräfin", "Plessen"],
    ["Ida Edle von Braun", "Ida", "Edle von", "Braun"],
    ["Graf von Spee", "", "Graf von", "Spee"],
    ["Steffi Graf", "Steffi", "", "Graf"],
    ["Graf, Steffi", "Steffi", "", "Graf"],
  ];
  for (const [text, firstName, namePrefix, lastName] of names) {
    deepEqual(personNames.split(text), { ...blank, firstName, namePrefix, lastName }, text);
  }
  for (
    const [text, namePrefix, lastName] of [
      ["Freifrau von Knigge", "Freifrau von", "Knigge"],
      ["Freiherr Riedesel", "Freiherr", "Riedesel"],
      ["Graf Müller", "", "Graf Müller"],
      ["Graf", "", "Graf"],
    ]
  ) deepEqual(personNames.splitPrefix(text!), { namePrefix, lastName }, text);
});

Deno.test("no word of a name is lost or doubled", () => {
  const word = fc.constantFrom(
    "Max",
    "Eva",
    "von",
    "Müller",
    "Dr.",
    "Frau",
    "de",
    "la",
    "jun.",
    "Heide",
    "Graf",
    "Freifrau",
  );
  fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
    const parts = personNames.split(words.join(" "));
    const kept = [parts.title, parts.firstName, parts.namePrefix, parts.lastName, parts.suffix]
      .join(" ").split(" ").filter(Boolean).sort();
    const greeted = parts.salutation === "" ? [] : ["Frau"];
    deepEqual([...kept, ...greeted].sort(), [...words].sort());
  }));
});

Deno.test("salutations of our neighbours are no first names", () => {
  const people: [string, string, string, string][] = [
    ["Mme Claire Petit", "ms", "Claire", "Petit"],
    ["Sig.ra Anna Rossi", "ms", "Anna", "Rossi"],
    ["Sr. José García", "mr", "José", "García"],
    ["de heer P. Jansen", "mr", "P.", "Jansen"],
    ["mevr. A. Bakker", "ms", "A.", "Bakker"],
    ["M. Müller", "", "M.", "Müller"],
    ["Mme et M. Petit", "", "Mme et M.", "Petit"],
  ];
  for (const [text, salutation, firstName, lastName] of people) {
    const found = personNames.split(text);
    deepEqual([found.salutation, found.firstName, found.lastName], [
      salutation,
      firstName,
      lastName,
    ], text);
  }
});

Deno.test("titles behind the name, names of one couple, and names whose family comes first", () => {
  const parts = (text: string) => {
    const { title, firstName, lastName } = personNames.split(text);
    return [title, firstName, lastName].filter(Boolean).join("|");
  };
  equal(parts("Hans Müller Dipl.-Ing. (FH)"), "Dipl.-Ing. (FH)|Hans|Müller");
  equal(parts("Hans Müller Dr."), "Dr.|Hans|Müller");
  equal(parts("Ole Petersen und Inga Petersen"), "Ole und Inga|Petersen");
  equal(parts("Ole Petersen und Inga Groß"), "Ole Petersen und Inga|Groß");
  equal(parts("山田 太郎"), "太郎|山田");
  equal(parts("김 철수"), "철수|김");
  equal(parts("Иванов Иван Иванович"), "Иван Иванович|Иванов");
  equal(parts("Иван Иванович Иванов"), "Иван Иванович|Иванов");
  equal(parts("Анна Сергеевна Петрович"), "Анна Сергеевна|Петрович");
});
