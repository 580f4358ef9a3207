/** The salutation of a letter to a person, by form of address, title, name and language. */

export interface Addressee {
  salutation: "" | "ms" | "mr" | "divers";
  title: string;
  firstName: string;
  namePrefix: string;
  lastName: string;
  addressForm: "formal" | "informal";
  /** ISO 639-1; languages other than German and French get an English salutation. */
  language: string;
}

/** Titles of nobility replace Frau and Herr: "Sehr geehrter Graf Dohna". */
const nobility = /^(?:Freiherr|Freifrau|Freiin|Graf|Gräfin|Baron|Baronin|Fürst|Fürstin)\b/;

/**
 * The first line of a letter with its comma. A formal letter to somebody whose salutation is
 * unknown or neither Frau nor Herr uses the full name and stays neutral.
 */
export function compose(person: Addressee): string {
  if (person.language === "de") return `${german(person)},`;
  if (person.language === "fr") return `${french(person)},`;
  return `${english(person)},`;
}

/**
 * Languages that texts are written in; others, like French, keep their own salutation in an English
 * text.
 */
const written = ["de", "en"];

/**
 * How a text in this language addresses somebody: a manually set salutation takes precedence, and
 * people usually written to in neither language keep their own salutation in an English text.
 */
export function greetingIn(
  language: "de" | "en",
  person: Addressee & { letterSalutation: string; greeting: string },
): string {
  const own = person.language === language ||
    language === "en" && !written.includes(person.language);
  return person.letterSalutation !== "" || own ? person.greeting : compose({ ...person, language });
}

function german(person: Addressee): string {
  const { salutation, addressForm, firstName } = person;
  const gendered = salutation === "ms" || salutation === "mr";
  if (addressForm === "informal" && firstName) {
    const kind = { ms: "Liebe", mr: "Lieber", divers: "Hallo", "": "Hallo" }[salutation];
    return `${kind} ${firstName}`;
  }
  if (!gendered || !person.lastName) return join("Guten Tag", title(person), fullName(person));
  const dear = salutation === "ms" ? "Sehr geehrte" : "Sehr geehrter";
  const word = nobility.test(person.namePrefix) ? "" : salutation === "ms" ? "Frau" : "Herr";
  const greeting = addressForm === "informal" ? "Hallo" : dear;
  return join(greeting, word, title(person), person.namePrefix, person.lastName);
}

/** DIN 5008: only the highest title, doctorates without their faculty, no degrees. */
function title({ title, salutation }: Addressee): string {
  if (/\bprof/i.test(title)) {
    return { ms: "Professorin", mr: "Professor", divers: "Prof.", "": "Prof." }[salutation];
  }
  if (/\bd?dr\b/i.test(title)) return "Dr.";
  return /\bmag\b/i.test(title) ? "Mag." : "";
}

function english(person: Addressee): string {
  if (person.addressForm === "informal" && person.firstName) return `Dear ${person.firstName}`;
  const learned = /\bprof/i.test(person.title)
    ? "Professor"
    : /\bd?dr\b/i.test(person.title)
    ? "Dr"
    : "";
  const word = learned || { ms: "Ms", mr: "Mr", divers: "", "": "" }[person.salutation];
  if (!word || !person.lastName) return join("Dear", learned, fullName(person));
  return join("Dear", word, person.namePrefix, person.lastName);
}

/** French letters address the function, not the person's name. */
function french(person: Addressee): string {
  const { salutation, addressForm, firstName } = person;
  if (addressForm === "informal" && firstName) return `Bonjour ${firstName}`;
  if (salutation !== "ms" && salutation !== "mr") return join("Bonjour", fullName(person));
  const professor = /\bprof/i.test(person.title);
  if (salutation === "ms") return professor ? "Madame la Professeure" : "Madame";
  return professor ? "Monsieur le Professeur" : "Monsieur";
}

const fullName = (person: Addressee) => join(person.firstName, person.namePrefix, person.lastName);

const join = (...words: string[]) => words.filter(Boolean).join(" ");
