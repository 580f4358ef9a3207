/** Determines whether the names of an unspecific column are those of persons or of companies. */

import { isGivenName } from "../given_names.ts";
import * as legalForms from "../legal_forms.ts";
import * as personNames from "../person_names.ts";
import { saysLastFirst } from "./compounds.ts";
import { words } from "./headings.ts";
import * as mailedNames from "./mailed_names.ts";
import type { Column } from "./mappings.ts";
import type { PlanColumn } from "./plans.ts";

export type NameKind = "person" | "company";

const companyWords =
  /^(?:(?:erben|(?:wohnungs)?eigent[üu]mer|haus|b[üu]ro|praxis)gemeinschaft|(?:gemeinschafts|zahnarzt|arzt|tierarzt)?praxis|(?:anwalts|rechtsanwalts)?kanzlei|hotel|restaurant|gasth(?:of|aus)|apotheke|autohaus|b[äa]ckerei|metzgerei|firma|fa\.|stadtverwaltung|gemeinde(?:verwaltung)?|landratsamt|universit[äa]t|hochschule|sparkasse|volksbank|grundschule|gymnasium|kita|taxi|caf[ée]|pizzeria|druckerei|spedition|tischlerei|schreinerei)\s+\S/i;
/** Words used in companies' names, and endings of such words, anywhere in the name. */
const business =
  /(?:^|[\s-])(?:agentur|amt|apotheke|architekten|atelier|auto|autohaus|bar|bau|bistro|blumen|boutique|b[üu]ro|caf[ée]|catering|club|co|company|computer|consulting|corporation|design|elektro|eis|energie|enterprises?|fahrschule|fitness|fleischerei|foto|friseur|friseursalon|garage|garten|gruppe|group|handel|haus|hof|holding|hotel|ihr|immobilien|ing\.-?b[üu]ro|institut|international|kiosk|kindergarten|klinik|klinikum|kosmetik|labor|lackiererei|logistik|maler|malermeister|marketing|maschinenbau|media|metallbau|m[öo]bel|museum|partner|pension|pflegedienst|physiotherapie|praxis|reise|reisen|reiseb[üu]ro|sanit[äa]r|salon|schl[üu]sseldienst|schmuck|schule|service|services|shop|software|solutions|sport|stadt|stiftung|studio|systems?|taxi|team|technik|transporte?|trading|unternehmensberatung|verband|verein|verlag|versicherungen|vertrieb|weingut|werbung|werk|werke|werkstatt|zentrum|zimmerei)(?=$|[\s&-])|\p{L}{3}(?:bau|betrieb|technik|technologie|handel|handlung|werke?|werkstatt|service|verlag|vertrieb|verein|verband|haus|b[üu]ro|praxis|schule|zentrum|gesellschaft|genossenschaft|versicherung|beratung|druckerei|b[äa]ckerei|metzgerei|g[äa]rtnerei|schreinerei|tischlerei|schlosserei|kanzlei|apotheke|industrie|logistik|systeme|media|stiftung|gruppe|bank|kasse|amt|verwaltung|ministerium)(?=$|[\s&-])/iu;
const partners =
  /&\s*(?:s[öo]hne?|sohn|t[öo]chter|co\b|cie|partner|kollegen|team)|^gebr(?:\.|[üu]der)\s|\b(?:inh\.|inhaber)/i;
const people =
  /^(?:familie|fam\.|eheleute|ehepaar|herrn?|hr\.|frau|fr\.|mr\.?|mrs\.?|ms\.?|miss|monsieur|madame|mme|mlle|sig\.(?:ra)?|signora?|sra?\.|dhr\.?|de heer|mevr\.?|mevrouw|mw\.)\s+\p{L}/iu;

/** "Die Landesbeauftragte …": nobody is called so, but "The" is a first name in Vietnam. */
const article = /^(?:der|die|das) \p{L}/iu;
/** Words for public bodies in the languages of the Union. */
const office =
  /(?:^|[\s-])(?:commission|authority|agency|office|ombudsman|inspectorate|autorit(?:y|eit|[àa]|é)|autoridad(?:e)?|agencia|agence|agenzia|comisi[oó]n|comiss[aã]o|garante|urz[aą]d|[uú][rř]ad|inspektionen|datatilsynet|\p{L}*(?:beauftragte[rn]?|aufsicht|beh[oö]rde))(?=$|[\s&,-])/iu;

/** By its legal form, or by a word for a kind of company: "Praxis Dr. Weber". */
export function namesCompany(text: string): boolean {
  return legalForms.split(text).form !== "" || companyWords.test(text);
}

/** Whether the name begins like that of a practice, a hotel or the like. */
export const beginsAsCompany = (text: string): boolean => companyWords.test(text);

/** What telephones show for unnamed contacts; other digits are a customer's key. */
export const isNumber = (text: string): boolean => /^(?:\+\d|0)[\d\s()/.-]{5,24}$/.test(text);

/** What the name itself indicates; null if it could be either. */
export function kindOf(cell: string): NameKind | null {
  const text = mailedNames.parted(cell)?.name ?? cell;
  if (namesCompany(text) || article.test(text)) return "company";
  if (/[/;]/.test(text) && personsIn(text)) return "person";
  if (people.test(text) || isNumber(text)) return "person";
  if (partners.test(text) || /[\d@/+]/.test(text)) return "company";
  const comma = /^(\p{L}[\p{L}'’ -]+),\s*(\p{L}[^,]*)$/u.exec(text);
  const own = personNames.split(text);
  const first = own.firstName.split(/[\s&+]+|\su(?:nd|\.)\s/)[0] ?? "";
  // "Datenschutzaufsicht Nord für das Erzbistum, die Bistümer …" only lists its responsibilities.
  const listing = comma?.slice(1).some((part) => part.split(" ").length > 4);
  if (listing) return business.test(text) ? "company" : null;
  if (comma) return isGivenName(first) || !business.test(text) ? "person" : "company";
  const words = text.split(/\s+/);
  const isFirm = words.length > 1 && (business.test(text) || office.test(text));
  if (isFirm && !isGivenName(first)) return "company";
  if (own.title !== "" && own.lastName !== "") return "person";
  if (words.length < 2 || words.length > 5) return business.test(text) ? "company" : null;
  return isGivenName(first) || isGivenName(words.at(-1)!) ? "person" : null;
}

/** Whether a text that may be either looks like a person's name rather than a company's. */
export function looksPersonal(text: string): boolean {
  if (legalForms.split(text).form !== "" || /[\d&@/+]/.test(text)) return false;
  if (/^\p{L}[\p{L}'’-]+,\s\p{L}/u.test(text)) return true;
  const words = personNames.split(text);
  return words.firstName !== "" && words.firstName.split(" ").length < 3 &&
    /^\p{Lu}/u.test(words.lastName) && /^\p{Lu}/u.test(words.firstName);
}

/**
 * The two to four persons whom a text lists by first and last name: "Eva Groß / Jörg Klein"; null
 * for any other text. `said` means that it names persons for sure.
 */
export function personsIn(text: string, said = false): string[] | null {
  const apart = /[;/\n]/.test(text) ? /[;/\n]/ : /,|\su(?:nd|\.)\s|\s&\s/;
  const names = text.split(apart, 5).map((name) => name.trim());
  const given = (name: string) => isGivenName(/^(?:[^,]*, )?(\S*)/.exec(name)![1]!);
  // Elsewhere "Groß, Eva Maria" is one person.
  const whole = names.length > 1 && names.length < 5 &&
    names.every((name) =>
      name.includes(" ") && looksPersonal(name) && kindOf(name) !== "company" &&
      (said || given(name))
    );
  return whole ? names : null;
}

/** "info@…" is a company's mailbox; "eva.gross@…" is Eva Groß's own. */
export function kindByMail(name: string, email: string): NameKind | null {
  const box = email.toLowerCase().split("@")[0] ?? "";
  if (
    /^(?:info|kontakt|contact|office|mail|post|service|verkauf|vertrieb|sales|zentrale|buero|hallo|hello|team|bestellung|empfang|verwaltung)\d*$/
      .test(box)
  ) return "company";
  const words = name.toLowerCase().replaceAll("ä", "ae").replaceAll("ö", "oe")
    .replaceAll("ü", "ue").replaceAll("ß", "ss").split(/[^a-z]+/).filter((word) => word.length > 2);
  return words.length > 1 && words.every((word) => box.includes(word)) ? "person" : null;
}

/** "Schulz Bernd" with a comma inserted if the first name comes last. */
export function turned(text: string): string {
  const words = text.split(" ");
  const from = words.findIndex((word) =>
    !/^(?:\p{L}{1,5}\.|(?:von|van|vom|zu|zum|zur|der|den|de)$)/iu.test(word)
  );
  if (text.includes(",") || from < 0 || words.length - from < 2) return text;
  // "Bernard Luc" is Luc Bernard there, but "Jean Dupont" is in the usual order.
  const last = words.at(-1)!;
  const given = isGivenName(last) && !either.has(last.toLowerCase());
  if (isGivenName(words[from]!) && !given) return text;
  return `${words.slice(0, from + 1).join(" ")}, ${words.slice(from + 1).join(" ")}`;
}

/** Whether a column of full names puts the last name first, without a comma. */
export function turnedIn(plan: readonly PlanColumn[], columns: readonly Column[]): boolean {
  const mails = columns[plan.findIndex(({ target }) => target === "email")]?.cells ?? [];
  return plan.some(({ target, name }, at) =>
    (target === "fullName" || target === "name") &&
    areTurned(columns[at]?.cells ?? [], mails, saysLastFirst(words(name)))
  );
}

/** First names that are as often last names, so that alone they do not show which they are. */
const either = new Set(
  ("adam albert alexander anton arnold arthur august benedikt christoph christian daniel david ernst " +
    "felix franz friedrich fritz georg gustav heinrich hermann jakob joseph julius klaus konrad " +
    "lorenz ludwig lukas martin moritz oskar otto paul peter philipp robert rudolf sebastian siegfried " +
    "simon stefan theodor thomas valentin viktor vincent volkmar walter werner wilhelm wolfram")
    .split(" "),
);

/** `said` means that the heading gives this order, which counts unless the names contradict. */
function areTurned(names: readonly string[], mails: readonly string[], said: boolean): boolean {
  let [behind, ahead, sure] = [0, 0, 0];
  names.forEach((name, row) => {
    const words = name.split(/\s+/).filter((word) => !/\.$/.test(word));
    if (name.includes(",") || words.length < 2 || words.length > 4) return;
    const [first, last] = [isGivenName(words[0]!), isGivenName(words.at(-1)!)];
    const order = inMailbox(words, mails[row] ?? "");
    const vote = order || (first === last ? 0 : first ? 1 : -1);
    if (vote > 0) ahead++;
    else if (vote < 0) {
      behind++;
      if (order < 0 || !either.has(words.at(-1)!.toLowerCase())) sure++;
    }
  });
  if (said) return ahead <= behind;
  // So many agree by accident only if none has the first name in front.
  const agreed = sure > 0 || behind > 3 && ahead === 0;
  return agreed && behind > 1 && behind > ahead * 3;
}

const plain = (word: string): string =>
  word.toLowerCase().replaceAll("ß", "ss").replace(
    /ä|ö|ü|ø/g,
    (letter) => ({ ä: "ae", ö: "oe", ü: "ue", ø: "o" })[letter]!,
  ).normalize("NFKD").replace(/[^a-z]/g, "");

/** 1 if a mailbox begins like the name, "eva.gross@…" for Eva Groß; -1 if it is reversed. */
function inMailbox(words: readonly string[], mail: string): number {
  const box = mail.split("@", 1)[0]!.toLowerCase().split(/[._-]/);
  const [first, last] = [plain(words[0]!), plain(words.at(-1)!)];
  if (box.length !== 2 || first === last) return 0;
  const [one, two] = box as [string, string];
  return one === first && two === last ? 1 : one === last && two === first ? -1 : 0;
}
