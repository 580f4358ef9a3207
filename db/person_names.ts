/** Names of people taken apart: salutation, title, first name, prefix (von, van der), last name. */

export interface PersonName {
  salutation: "mr" | "ms" | "divers" | "";
  title: string;
  firstName: string;
  namePrefix: string;
  lastName: string;
  suffix: string;
}

/** A map, because a word may be "constructor". */
const salutations = new Map<string, PersonName["salutation"]>();
for (
  const [salutation, words] of [
    [
      "mr",
      "herr herrn hr hrn mr mister sir m male maennlich mann man masculine monsieur signor sig senor señor sr dhr heer he " +
      "homme masculin masculino maschio maschile hombre " +
      "господин г-н мужской муж пан κύριος κύριο κος κ",
    ],
    [
      "ms",
      "frau fr frl fraeulein mrs ms miss madam f female woman feminine weiblich w madame mme signora sig.ra senora señora sra srta mlle mevr mevrouw mw she " +
      "femme féminin feminin femenino feminino femmina femminile mujer vrouw " +
      "госпожа г-жа женский жен пані κυρία κα",
    ],
    ["divers", "divers d x mx diverse nonbinary non-binary enby neutral"],
  ] as const
) {
  for (const word of words.split(" ")) salutations.set(word, salutation);
}

const title = new RegExp(
  "^(?:" + [
    "(?:(?:ao|apl|em|o|hon|jun)\\.?-?\\s*)?(?:univ\\.?-?\\s*)?prof(?:essor(?:in)?|[':*]?in)?\\.?",
    "(?:priv(?:at)?\\.?-?\\s*)?doz(?:ent)?\\.?",
    "pd",
    "ddr\\.?",
    "dr(?:es)?\\.?(?:\\s*-?\\s*(?:ing|med|dent|vet|jur|iur|phil|rer|nat|oec|pol|sc|theol|h|c|e|mult|habil|techn|agr|pharm|paed|publ|univ|mont|biol|hum|forest|troph|math)\\b\\.?)*",
    "dipl\\.?(?:-?\\s*(?:ing|kfm|kffr|kauffr|kaufm|phys|chem|math|biol|psych|oec|volksw|betriebsw|inf|wirt|des|paed|päd|geogr|geol|soz|jur|hdl|ök|inform|verww?|finw|rpfl)\\w*\\.?)+(?:\\s*\\((?:fh|ba|tu|univ)\\.?\\))?",
    "mag\\.?(?:a|\\s*\\(?fh\\)?)?",
    "(?:b|m)\\.?\\s?(?:sc|a|eng|ed)\\.(?!\\w)",
    "mba",
    "ll\\.?\\s?m\\.?",
    "ph\\.?\\s?d\\.?",
    "lic\\.?\\s?(?:iur|jur|oec|phil|theol)\\.?",
    "(?:di|ing|lic|rev|hon|ra|stb|wp|avv|arch|geom|rag|drs|ir|bc|(?:mu|ju|ph|rn|mv)dr)\\.",
    "(?:dott|prof)(?:\\.?ssa\\.?|\\.)",
    "mgr\\.?(?:\\s*in[zż]\\.?)?",
    "in[zż]\\.",
    "ra(?:in)?",
    "rechtsanw(?:alt|[äa]e?ltin)",
    "doctor",
    "doktor",
  ].join("|") + ")(?=\\s|,|$)",
  "iu",
);

const suffix =
  /(?<![\s,])[\s,]+((?:(?:jun|sen|jr|sr)\.?|ii|iii|iv|m\.?\s?sc\.?|b\.?\s?sc\.?|m\.\s?a\.?|b\.\s?a\.?|m\.?\s?eng\.?|b\.?\s?eng\.?|mba|ph\.?\s?d\.?|ll\.?\s?m\.?|ll\.?\s?b\.?|esq\.?|md|d\.d\.s\.|cpa|\(fh\))(?:[,\s]+(?:m\.?\s?sc\.?|mba|ll\.?\s?m\.?))*)$/iu;

const particles =
  /^((?:(?:von|van|vom|zu|zum|zur|zur|der|den|dem|de|del|della|di|da|dos|das|do|du|des|la|le|ten|ter|te|op|'t|in|af|av|d'|freiherr|freifrau|graf|gräfin|baron|baronin|ritter|edler|und)\s+)+)(?=\S)/u;
const opener =
  /^(?:von|van|vom|zu|zum|zur|de|del|della|di|da|dos|do|du|des|den|der|ten|ter|te|la|le|af|av|op|'t|freiherr|freifrau|graf|gräfin|baron|baronin|ritter|edler)\s/iu;

/** Titles of nobility, which in Germany are a part of the last name. */
const noble =
  /^(?:reichs)?(?:freiherr|freifrau|freiin|frhr\.|frfr\.|graf|gräfin|baron|baronin|baroness|prinz|prinzessin|fürst|fürstin|herzog|herzogin|ritter|edler|edle)$/iu;
/** Those that are no last names themselves. */
const surelyNoble =
  /^(?:(?:reichs)?(?:freiherr|freifrau|freiin|gräfin)|frhr\.|frfr\.|baronin|prinzessin|fürstin|herzogin)$/iu;

/** No name is longer; a longer text is no name and must not keep the patterns busy. */
const longest = 300;
const nobody: PersonName = {
  salutation: "",
  title: "",
  firstName: "",
  namePrefix: "",
  lastName: "",
  suffix: "",
};

/** "Herr und Frau" greets two. */
const couple =
  /^(?:herrn?|frau|hr\.|fr\.|mrs?\.?|m\.|mme) ?(?:und|u\.|&|\+|and|et) ?(?:herrn?|frau|hr\.|fr\.|mrs?\.?|m\.|mme)(?:$| )/;

/** Whether the text greets several persons of one name: "Familie", "Herrn und Frau". */
export function greetsHousehold(text: string): boolean {
  const key = text.trim().toLowerCase();
  return key.length <= 60 &&
    (couple.test(key) || /^(?:an )?(?:die )?(?:familie|fam\.?|eheleute|ehepaar)$/.test(key));
}

/** `mr`, `ms` or `divers` for Herr, Frau, Mr., male, weiblich …; empty for anything else. */
export function salutation(text: string): PersonName["salutation"] {
  if (text.length > 60) return "";
  const key = text.trim().toLowerCase().replaceAll("ä", "ae").replace(/(?<![.,:])[.,:]+$/, "");
  if (couple.test(key)) return "";
  const first = key.replace(/^(?:sehr geehrter?|lieber?|dear)\s+/, "").split(/[\s.]+/)[0] ?? "";
  // "M. Dupont" is a man, "M.Sc." a degree.
  const alone = first.length > 1 || /^\p{L}\.?(?:\s|$)/u.test(key);
  return salutations.get(key) ?? (alone ? salutations.get(first) : undefined) ?? "";
}

/** Whether the text is nothing but academic titles: "Dr.", "Prof. Dr. med.", "Dipl.-Ing. (FH)". */
export function isTitle(text: string): boolean {
  return text.trim() !== "" && text.length <= 100 && takeTitles(text.trim()).rest === "";
}

/** Whether the word is the prefix of a last name that follows: "von", "der". */
export const isParticle = (word: string): boolean =>
  word === word.toLowerCase() && opener.test(`${word} `);

/** Whether the word is a title of nobility: "Freiherr", "Gräfin". */
export const isNoble = (word: string): boolean => noble.test(word);

/** Splits off the prefix of a last name: "van der Berg" gives "van der" and "Berg". */
export function splitPrefix(lastName: string): { namePrefix: string; lastName: string } {
  const trimmed = lastName.trim().replace(/\s+/g, " ");
  const [first = "", next = "", ...more] = trimmed.split(" ");
  const titled = noble.test(first) && (more.length > 0 && isParticle(next) ||
    next !== "" && surelyNoble.test(first));
  const ahead = titled ? first : "";
  const rest = titled ? trimmed.slice(first.length + 1) : trimmed;
  const match = particles.exec(rest);
  return {
    namePrefix: [ahead, match?.[1]?.trim()].filter(Boolean).join(" "),
    lastName: match ? rest.slice(match[0].length) : rest,
  };
}

/** "Herr Dr. Max von der Heide", "Heide, Max von der" or "Max Muster jun." split into parts. */
export function split(text: string): PersonName {
  if (text === "") return { ...nobody };
  if (text.length > longest) return { ...nobody, lastName: text };
  let rest = text.trim().replace(/\s+/g, " ").replace(/^["']+|["']+$/g, "");
  // If both partners are named, the word for "couple" adds nothing.
  rest = rest.replace(/^(?:eheleute|ehepaar)\s+(?=\S.*\s(?:und|u\.|&|\+)\s)/i, "");
  let greeting: PersonName["salutation"] = "";
  const word =
    /^(herrn?|hr\.|frau|fr\.|frl\.|mr\.?|mrs\.?|ms\.?|miss|mx\.?|mme\.?|mlle\.?|monsieur|madame|sig\.(?:ra)?|signora?|sra?\.|srta\.|señora?|dhr\.?|de heer|mevr\.?|mevrouw|mw\.)\s+(?!(?:und|u\.|&|and|et|ou|e|y|en)\s)/i
      .exec(rest);
  if (word?.[1]) {
    greeting = salutation(word[1].replace(/^de /i, ""));
    rest = rest.slice(word[0].length);
  }
  const ahead = takeTitles(rest);
  rest = ahead.rest;
  // "Ole Petersen und Inga Petersen" are Ole and Inga Petersen.
  rest = rest.replace(/^(\S+) (\S+) (und|u\.|&|\+) (\S+) \2$/i, "$1 $3 $4 $2");
  const behind = lateTitles.test(rest) ? withoutTitles({ titles: "", rest }) : null;
  if (behind) rest = behind.words.join(" ");
  let end = "";
  const aside = /^([^()]*\p{L})\s?(\([^()]{1,40}\))$/u.exec(rest);
  if (aside) {
    rest = aside[1]!;
    end = aside[2]!;
  }
  const maiden = takeMaiden(rest);
  rest = maiden.rest;
  end = [maiden.name, end].filter(Boolean).join(" ");
  const tail = suffix.exec(rest);
  if (tail?.[1] && tail.index > 0) {
    end = [tail[1], end].filter(Boolean).join(" ");
    rest = rest.slice(0, tail.index);
  }
  const comma = rest.indexOf(",");
  const parts = comma > 0
    ? reversed(rest.slice(0, comma).trim(), rest.slice(comma + 1).trim())
    : straight(rest);
  return {
    salutation: greeting,
    title: [ahead.titles, behind?.titles, parts.title].filter(Boolean).join(" "),
    firstName: parts.firstName,
    namePrefix: parts.namePrefix,
    lastName: parts.lastName,
    suffix: [parts.suffix, end].filter(Boolean).join(" "),
  };
}

/** Titles that some write behind the name; degrees belong there anyway. */
const lateTitles = /^[^,]+ (?:dr|prof|dipl|mag|univ|ing|pd)[.-][^,]*$/i;

/** "Zäh, geb. Adler" as last name and name at birth. */
export function takeMaiden(text: string): { rest: string; name: string } {
  const at = text.search(/ (?:geb\.|geborener? |née ) ?\p{L}/iu);
  if (at < 1) return { rest: text, name: "" };
  const comma = text.indexOf(",", at);
  const end = comma < 0 ? text.length : comma;
  const before = text.slice(0, at).replace(/,$/, "");
  return { rest: before + text.slice(end), name: text.slice(at + 1, end) };
}

function takeTitles(text: string): { titles: string; rest: string } {
  const titles: string[] = [];
  let rest = text;
  for (let match = title.exec(rest); match; match = title.exec(rest)) {
    titles.push(match[0].trim());
    rest = rest.slice(match[0].length).replace(/^[\s,]+/, "");
    if (rest === "") break;
  }
  return { titles: titles.join(" "), rest };
}

function reversed(last: string, first: string) {
  const ahead = takeTitles(first);
  if (ahead.rest === "" && ahead.titles !== "") return { ...straight(last), title: ahead.titles };
  const tail = suffix.exec(last);
  const bare = tail?.[1] && tail.index > 0 ? last.slice(0, tail.index) : last;
  const { titles, words } = withoutTitles(ahead);
  const titled = words.length > 1 && noble.test(words[0]!) ? words.shift() : "";
  const trailing: string[] = [];
  while (words.length > 1 && opener.test(`${words.at(-1)} `)) trailing.unshift(words.pop() ?? "");
  const own = splitPrefix(bare);
  return {
    suffix: bare === last ? "" : tail![1]!,
    title: titles,
    firstName: words.join(" "),
    namePrefix: [titled, own.namePrefix, trailing.join(" ")].filter(Boolean).join(" "),
    lastName: own.lastName,
  };
}

/** "Eva, Dr." and "Jan Dipl.-Ing." after a last name and a comma: titles may come at the end. */
function withoutTitles({ titles, rest }: { titles: string; rest: string }) {
  const words = rest.split(/,? /);
  const from = words.findIndex((word, at) =>
    at > 0 && /\.|^(?:Dr|Prof|PD|MBA)$/.test(word) && isTitle(words.slice(at).join(" "))
  );
  if (from < 0) return { titles, words: rest.split(" ") };
  const behind = words.slice(from).join(" ");
  return { titles: [titles, behind].filter(Boolean).join(" "), words: words.slice(0, from) };
}

/** How last names begin that keep their capital: "De Niro", "Van Dyke", "St John". */
const capital = /^(?:De|Del|Della|Di|Da|Dos|Du|La|Le|Van|Von|Mac|St\.?)$/;

/** The family's name comes first in East Asian writing, and before a Russian father's name. */
const familyFirst =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]+ [\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]+$|^\S+ (?!\S*(?:вич|ьич|вна|ична) )\S+ [\p{sc=Cyrillic}]+(?:[оеё]вич|ьич|[оеё]вна|ична)$/u;

const isShouted = (word: string): boolean => /^[\p{Lu}'’-]{2,}$/u.test(word);

function straight(text: string) {
  const words = text.split(" ").filter(Boolean);
  if (familyFirst.test(text)) words.push(words.shift()!);
  if (words.length < 2) {
    return { suffix: "", title: "", firstName: "", namePrefix: "", lastName: text };
  }
  const given = words.findIndex((word) => /\p{Ll}/u.test(word));
  // Lists sorted by last name write it in capitals, and first.
  if (given > 0 && (words[0]!.length > 2 || given > 1) && words.slice(0, given).every(isShouted)) {
    const [last, first] = [words.slice(0, given), words.slice(given)];
    return {
      suffix: "",
      title: "",
      firstName: first.join(" "),
      namePrefix: "",
      lastName: last.join(" "),
    };
  }
  const from = words.findIndex((word, place) =>
    place > 0 && place < words.length - 1 &&
    (word === word.toLowerCase() && opener.test(`${word} `) || capital.test(word))
  );
  // "Freifrau Adelheid von Droste" in the old order; "Graf von Spee" has no first name.
  const titled = noble.test(words[0]!) && words.length > 2 &&
    (from > 0 || surelyNoble.test(words[0]!));
  const cut = titled && from === 1 ? 0 : from > 0 ? from : words.length - 1;
  const start = titled && cut > 0 ? 1 : 0;
  // "Otto Graf Lambsdorff", "Karl Freiherr von Stein".
  const last = cut - 1 > start && noble.test(words[cut - 1]!) ? cut - 1 : cut;
  const own = splitPrefix(words.slice(cut).join(" "));
  return {
    suffix: "",
    title: "",
    firstName: words.slice(start, last).join(" "),
    namePrefix: [start ? words[0] : "", last < cut ? words[last] : "", own.namePrefix]
      .filter(Boolean).join(" "),
    lastName: own.lastName,
  };
}

/** How texts speak of somebody without the first name: "Frau Amsel". */
export function addressed(name: string): string[] {
  const { namePrefix, lastName } = split(name);
  const said = [namePrefix, lastName].filter(Boolean).join(" ");
  return lastName.length < 2 ? [] : ["Frau", "Herr", "Herrn", "Dr."].map((by) => `${by} ${said}`);
}
