/** Invented persons, with names as found in a German trading company's address book. */
import type { Dice } from "./dice.ts";
import {
  nobility,
  type Origin,
  origins,
  rareBeginnings,
  rareEnds,
  titles,
} from "./person_words.ts";

export interface Person {
  salutation: "ms" | "mr" | "divers" | "";
  title: string;
  firstName: string;
  namePrefix: string;
  lastName: string;
  woman: boolean;
}

/** Generates a person. */
export function person(dice: Dice): Person {
  const origin = dice.weighted(origins);
  const german = origin === origins[0]![0];
  const woman = dice.percent(46);
  return {
    salutation: dice.percent(4) ? dice.pick(["divers", "", ""]) : woman ? "ms" : "mr",
    title: dice.weighted(titles),
    firstName: firstName(dice, woman ? origin.women : origin.men),
    namePrefix: german && dice.percent(1.4) ? dice.pick(nobility) : "",
    lastName: german && dice.percent(34) ? rare(dice) : surname(dice, origin, woman),
    woman,
  };
}

/** A rare kind of last name such as Osterkamp; also used for companies named after a family. */
export function rare(dice: Dice): string {
  const name = dice.pick(rareBeginnings) + dice.pick(rareEnds);
  return dice.percent(8) ? `${name}-${dice.pickCommon(origins[0]![0].surnames)}` : name;
}

function surname(dice: Dice, origin: Origin, woman: boolean): string {
  const one = () => {
    const [man, hers] = dice.pickCommon(origin.surnames).split("/");
    return woman ? hers ?? man! : man!;
  };
  const name = one();
  return dice.percent(3) ? `${name}-${one()}` : name;
}

function firstName(dice: Dice, names: readonly string[]): string {
  const name = dice.pickCommon(names);
  const second = dice.pickCommon(names);
  if (second === name || !dice.percent(4)) return name;
  return dice.percent(40) && !name.includes("-") ? `${name}-${second}` : `${name} ${second}`;
}

const spelled: Record<string, string> = {
  ä: "ae",
  ö: "oe",
  ü: "ue",
  ß: "ss",
  ł: "l",
  ı: "i",
  đ: "dj",
  ø: "o",
  æ: "ae",
  "’": "",
};

/** A name as written in a mail or web address: `Öztürk Söhne` → `oeztuerk-soehne`. */
export function asciiName(name: string): string {
  return name.toLowerCase()
    .replace(/[äöüßłıđøæ’]/g, (letter) => spelled[letter] ?? letter)
    .normalize("NFKD").replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}
