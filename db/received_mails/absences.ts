/** Recognises absence notices by their subject, if no header field of the mail says what it is. */

import { isGivenName } from "../given_names.ts";

/** Words only programs use; the subject being answered, or who answers, may follow. */
const told = [
  "automatische (?:antwort|r[üu]ckmeldung)|abwesenheits(?:notiz|nachricht|benachrichtigung|meldung|assistent)",
  "urlaubs(?:abwesenheit|notiz|benachrichtigung)|auto(?:matic)?[- ]?(?:reply|response|antwort)",
  "vacation (?:reply|response|notice)|out of (?:the )?office (?:auto[- ]?(?:reply|response)|reply|response|message|notification)",
  "r[ée]ponse automatique|message d'absence|risposta automatica|respuesta autom[áa]tica|resposta autom[áa]tica",
  "automatisch antwoord|automaticky|automatick[áa] odpov\\p{L}{0,4}|odpowied[źz] automatyczna|autosvar|automatiskt? svar|fr[åa]nvaromeddelande",
].join("|");

/** Words that people use as well: the subject must end there, or a date must follow. */
const said = [
  "abwesend|au(?:ß|ss)er haus|urlaubsmeldung|ooo",
  "(?:i(?:['’]m| am) )?(?:currently )?(?:out of (?:the )?office|on (?:vacation|holiday|leave))",
  "(?:ich bin )?(?:derzeit |zurzeit |aktuell |momentan )?(?:nicht im (?:b[üu]ro|haus|dienst)|im urlaub)",
  "(?:absence|absent(?:e)?) du bureau|fuori (?:sede|ufficio)|fuera de la oficina|ausente do escrit[óo]rio",
  "afwezigheid|(?:ik ben )?afwezig|niet op kantoor|poza biurem|nieobecno[śs][ćc]|mimo kancel[áa][řr]|fr[åa]nvaro",
  "otomatik yan[ıi]t|ofis d[ıi][şs][ıi]nda|automatikus v[áa]lasz|h[áa]zon k[íi]v[üu]l|automaattinen vastaus",
  "poissa toimistosta|r[ăa]spuns automat|automatski odgovor|samodejni odgovor|automaatvastus",
  "automatinis atsakymas|autom[āa]tisk[āa] atbilde|автоматический ответ|автоматична відповідь",
  "автоматичен отговор|αυτόματη απάντηση|εκτός γραφείου|自動応答|自動回覆|自动答复|자동 회신",
].join("|");

/** Somebody who sets up or asks for such a notice is writing in person. */
const about =
  "(?!\\p{L}|[- ]?(?:f[üu]r (?:alle|das|unser)|(?:richtig )?(?:ein(?:richt|stell)|(?:de)?aktivier|(?:aus|ab|ein)schalt|erstell|[äa]nder|konfigur|funktion|vorlage|text|system|set[- ]?up|template|feature|configur)))";
/** Only dates: a number that begins something else ("2026 offer") does not end the subject. */
const days =
  "\\d(?:[\\d\\s.:/–—-]|(?:st|nd|rd|th|bis|to|till|until|and|und|au?|al|tot|do|de|du|uhr)\\b|" +
  "(?:jan|f[ée][bv]|m[aä]r|mrz|ma[iyg]|a[pbv]r|ju[nli]|giu|lug|aug|ao[uû]|ago|se[pt]|o[kctu]t|nov|d[eéi][cz])\\p{L}{0,7})*(?:[,;(][^?]*)?";
const stop =
  `(?=\\s*(?:$|[:：!.(\\[|/]|[,–—-]\\s|(?:re|aw)\\s*:)|\\s(?:(?:bis|until|till|from|vom|von|ab|jusqu|fino|hasta|tot|do)\\b[^?]*|${days})$)`;
const absence = new RegExp(
  `^\\s*(?:(?:${told})${about}|(?:${said})${stop}|urlaub\\s*:\\s*(?:re|aw)\\s*:|\\[(?:abwesenheit|out of office)[^\\]]{0,20}\\])`,
  "iu",
);
/** Old programs answer with "Re:" like people, and then with nothing else. */
const answered = new RegExp(
  `^\\s*(?:re|aw|antw(?:ort)?)\\s*:\\s*(?:${told}|${said})\\s*[!.]?\\s*$`,
  "iu",
);

/**
 * Subjects that begin with who is absent, or with what they answer. People replying to such a mail
 * are no programs, nor are those who write about somebody else: "Mein Chef ist nicht im Haus".
 */
const absent =
  /^(?!\s*(?:re|aw|antw(?:ort)?|wg|fwd?)\s*:)\s*(?:auto\s*:\s*)?([^?]{2,100}?)\s(?:ist (?:derzeit |zurzeit |aktuell |bis [^?]{1,30} )?(?:au(?:ß|ss)er haus|nicht im (?:b[üu]ro|haus)|im urlaub)|is (?:currently )?out of (?:the )?office)(?:\s*[.(!]|\s+(?:bis|until)\b|\s*$)/iu;
/** "Urlaubsmeldung Eva Groß", "Abwesenheit: Eva Groß": the person named is the sender. */
const headed =
  /^\s*(?:urlaubsmeldung|abwesenheit(?:smeldung)?|out of (?:the )?office)\s*[:–-]?\s([^?:]{2,60})$/iu;
/** "Abwesenheit vom 1.12. bis 5.12." */
const dated = /^\s*abwesenheit (?:vom|ab|bis(?: zum)?) \d{1,2}\.[^?]*$/iu;
const behind = /[-–:]\s*(?:abwesenheitsnotiz|out of office)\s*$/iu;

/** Whether a mail with this subject and From field announces an absence. */
export function isAbsence(subject: string, from: string): boolean {
  if ([absence, answered, behind, dated].some((pattern) => pattern.test(subject))) return true;
  const [, own] = headed.exec(subject) ?? [];
  if (own !== undefined && isWriter(own, from)) return true;
  const [, who] = absent.exec(subject) ?? [];
  return who !== undefined && isPerson(who, from);
}

/** Whether the words are a first name and further names, one of which From contains. */
function isWriter(who: string, from: string): boolean {
  const words = who.match(/[\p{L}'-]{2,}/gu) ?? [];
  return words.length > 1 && words.length < 5 && isGivenName(words[0]!) && isNamed(words, from);
}

/** Whether the words name a person: the sender, or one with a first name or a salutation. */
function isPerson(who: string, from: string): boolean {
  const words = who.match(/[\p{L}'-]{2,}/gu) ?? [];
  const [first = "", ...others] = words;
  if (/^(?:herr|frau|mr|mrs|ms)$/i.test(first)) return others.length > 0;
  return isGivenName(first) || isNamed(words, from);
}

/** Whether From contains one of the words. */
function isNamed(words: readonly string[], from: string): boolean {
  const writer = from.toLowerCase();
  return words.some((word) =>
    word.length > 2 && /^\p{Lu}/u.test(word) && writer.includes(word.toLowerCase())
  );
}
