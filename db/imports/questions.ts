/** Interprets headings from forms: what remains of a question without its question words. */

const asking = new Set(
  ("wie wer wo wann was welche welcher welches welchem welchen unter in an fuer bei lautet " +
    "lauten heisst heissen ist sind haben hast wohnen wohnst arbeiten arbeitest koennen duerfen " +
    "wir dich dir erreichen kontaktieren bitte geben gib nennen nenne sie du ein eingeben angeben " +
    "eintragen hinterlassen ihr ihre ihrem ihren ihrer ihres dein deine deinem deinen deiner " +
    "deines mein meine meinem meinen eine einen " +
    "what whats which where when who is are can we you reach do have please enter provide give " +
    "your my us at on and hi hello hey s for hallo moin aus uns kommst kommen")
    .split(" "),
);

/** Questions answered by yes or no: "Dürfen wir Sie per Telefon kontaktieren?" */
const yesOrNo = /^(?:koennen|kannst|duerfen|darf|sind|bist|ist|haben|hast|can|may|are|is|do|have) /;
/** What the answer is for, and where somebody works. */
const purposes =
  /\bfuer (?:rueckfragen|(?:das |ein |ihr )?angebot)\b|\b(?:do )?you work (?:for|at)\b/;

/** The words of a question that name what was asked for; null if it is no question. */
export function asked(all: readonly string[]): string | null {
  const whole = all.join(" ");
  // A question about our own staff is not about that person.
  if (yesOrNo.test(whole) || /\bat us\b/.test(whole)) return null;
  const left = whole.replace(/^(?:und|and) /, "").replace(purposes, "").split(" ")
    .filter((word) => word !== "" && !asking.has(word));
  return left.length > 0 && left.length < all.length ? left.join(" ") : null;
}

/**
 * How a form says whether and how to answer; "(Kind)" and "(alt)" mean somebody or something else.
 */
const manner =
  /^(?:[\p{L}\d]{1,12} ?= ?[\p{L}\d]|\d ?[:-]? ?\p{L}{1,12}[,;/ ]|\d{1,2}-?stellig|optional|freiwillig|falls|wenn|sofern|soweit|bitte|pflicht|erforderlich|notwendig|required|mandatory|please|z\. ?b|tagsüber|für rückfragen|vor- und nachname|vorname nachname|vollständig|(?:if|e\. ?g|mit|inkl|ohne|wie|nur|as|enter|[tmjdy]{2,4})\b|\*)/iu;

/** The heading without its asides: "Firma (falls vorhanden)", "E-Mail [required]". */
export const withoutAsides = (heading: string): string =>
  heading.replace(/\{\{[^{}]{0,80}\}\}/g, " ").replace(
    /\(([^()]{0,80})\)|\[([^[\]]{0,80})\]/g,
    (aside, round, square) => manner.test((round ?? square).trim()) ? " " : aside,
  ).trim();

/** "Name (First)": one of two boxes under a question; null for any other heading. */
export function boxOf(heading: string): "firstName" | "lastName" | null {
  const [, first, last] = /^name \((?:(first|vorname)|(last|nachname))\)$/i.exec(heading.trim()) ??
    [];
  return first ? "firstName" : last ? "lastName" : null;
}
