/** The first line of a letter, by rule. */
import { assertEquals } from "deno-std/assert/mod.js";
import { type Addressee, compose } from "../../db/letter_salutations.ts";

const kim: Addressee = {
  salutation: "",
  title: "",
  firstName: "Kim",
  namePrefix: "",
  lastName: "Müller",
  addressForm: "formal",
  language: "de",
};

const cases: [string, Partial<Addressee>, string][] = [
  ["Frau", { salutation: "ms" }, "Sehr geehrte Frau Müller,"],
  ["Herr", { salutation: "mr" }, "Sehr geehrter Herr Müller,"],
  ["unknown salutation", {}, "Guten Tag Kim Müller,"],
  ["divers", { salutation: "divers" }, "Guten Tag Kim Müller,"],
  ["doctor", { salutation: "ms", title: "Dr." }, "Sehr geehrte Frau Dr. Müller,"],
  ["no faculty", { salutation: "mr", title: "Dr. med. dent." }, "Sehr geehrter Herr Dr. Müller,"],
  ["two doctorates", { salutation: "mr", title: "DDr." }, "Sehr geehrter Herr Dr. Müller,"],
  [
    "highest title only",
    { salutation: "ms", title: "Prof. Dr. rer. nat." },
    "Sehr geehrte Frau Professorin Müller,",
  ],
  ["professor", { salutation: "mr", title: "Prof." }, "Sehr geehrter Herr Professor Müller,"],
  ["neutral with title", { title: "Dr." }, "Guten Tag Dr. Kim Müller,"],
  ["degrees are left out", { salutation: "ms", title: "Dipl.-Ing." }, "Sehr geehrte Frau Müller,"],
  ["Austrian title", { salutation: "ms", title: "Mag.a" }, "Sehr geehrte Frau Mag. Müller,"],
  ["prefix", { salutation: "mr", namePrefix: "von der" }, "Sehr geehrter Herr von der Müller,"],
  [
    "nobility",
    { salutation: "mr", namePrefix: "Graf von", lastName: "Dohna" },
    "Sehr geehrter Graf von Dohna,",
  ],
  ["Du to a woman", { salutation: "ms", addressForm: "informal" }, "Liebe Kim,"],
  ["Du to a man", { salutation: "mr", addressForm: "informal" }, "Lieber Kim,"],
  ["Du, unknown", { addressForm: "informal" }, "Hallo Kim,"],
  [
    "Du without a first name",
    { salutation: "ms", addressForm: "informal", firstName: "" },
    "Hallo Frau Müller,",
  ],
  ["no last name", { salutation: "ms", lastName: "" }, "Guten Tag Kim,"],
  ["no first name", { firstName: "" }, "Guten Tag Müller,"],
  ["English woman", { salutation: "ms", language: "en" }, "Dear Ms Müller,"],
  ["English doctor", { salutation: "mr", title: "Dr.", language: "en" }, "Dear Dr Müller,"],
  ["English professor", { title: "Prof. Dr.", language: "en" }, "Dear Professor Müller,"],
  ["English neutral", { language: "en" }, "Dear Kim Müller,"],
  ["English informal", { addressForm: "informal", language: "en" }, "Dear Kim,"],
  ["French woman", { salutation: "ms", language: "fr" }, "Madame,"],
  ["French man", { salutation: "mr", language: "fr" }, "Monsieur,"],
  ["French neutral", { language: "fr" }, "Bonjour Kim Müller,"],
  ["French informal", { addressForm: "informal", language: "fr" }, "Bonjour Kim,"],
  [
    "French professor",
    { salutation: "ms", title: "Prof.", language: "fr" },
    "Madame la Professeure,",
  ],
  [
    "another language is greeted in English",
    { salutation: "mr", language: "pl" },
    "Dear Mr Müller,",
  ],
];

for (const [what, part, line] of cases) {
  Deno.test(`compose() ${what}: ${line}`, () => {
    assertEquals(compose({ ...kim, ...part }), line);
  });
}
