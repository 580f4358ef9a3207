/** Headings of forms: what is left of a question, once the words of asking are taken away. */

const asking = new Set(
  ("wie wer wo wann was welche welcher welches welchem welchen unter in an fuer bei per lautet " +
    "lauten heisst heissen ist sind haben hast wohnen wohnst arbeiten arbeitest koennen duerfen " +
    "wir dich dir erreichen kontaktieren bitte geben gib nennen nenne sie du ein eingeben angeben " +
    "eintragen hinterlassen ihr ihre ihrem ihren ihrer ihres dein deine deinem deinen deiner " +
    "deines mein meine meinem meinen eine einen " +
    "what whats which where when who is are can we you reach do have please enter provide give " +
    "your my us at on and hi hello hey s for und rueckfragen notfall angebot")
    .split(" "),
);

/** The words of a question that name what was asked for; null where it is no question. */
export function asked(all: readonly string[]): string | null {
  const plain = all.join(" ").replace(/\b(?:do )?you work (?:for|at)\b/, "").split(" ");
  const left = plain.filter((word) => word !== "" && !asking.has(word));
  return left.length > 0 && left.length < all.length ? left.join(" ") : null;
}

/** The heading without its asides: "Firma (falls vorhanden)", "E-Mail [required]". */
export const withoutAsides = (heading: string): string =>
  heading.replace(/\([^()]{0,80}\)|\[[^[\]]{0,80}\]/g, " ").trim();
