/**
 * Recognises replies to advertising of a line or two that only say "stop": an objection in any
 * language.
 */

/** What may surround it. */
const around =
  "(?:(?:hi|hello|hallo|guten tag|bonjour|dobry den|please|bitte|merci de|svp|s'il vous plait|por favor|per favore|prosim|prosze|graag|snalla|danke|thanks?|thank you|merci|grazie|gracias|tack|jetzt|sofort|now|immediately|endlich|und|and)[\\s,!.]*)*";
/** What it is about, if mentioned. */
const mail =
  "\\b(?:\\w*mail\\w*|news ?letter\\w*|infobrief\\w*|infolettre|werb\\w*|spam\\w*|reklam\\w*|publicit\\w*|pubblicit\\w*|publicidad\\w*|advert\\w*|marketing|post|briefe?|verteiler|mailingliste|lists?|liste|lista|anruf\\w*|anzurufen|calls?|calling|messages?|texts?|sms|obchodni sdeleni)\\b";

const ways = [
  `stopp?(?!.{0,60}(?:kampagne|campaign))(?: (?:it|this|that|das|damit))?(?:.{0,30}${mail}.{0,20})?`,
  `stop (?:e?-?mailing|spamming|contacting|calling|texting|bothering) (?:me|us).{0,20}`,
  `(?:(?:mich|uns) )?nicht (?:mehr|langer|wieder) (?:anrufen|anschreiben|anmailen|kontaktieren|schreiben|belastigen|mailen)`,
  `kein\\w* (?:werb\\w*|newsletter\\w*|weiter\\w* ${mail}|${mail} mehr|${mail}(?= (?:zu)?s(?:end|chick)en))(?: (?:zu)?s(?:end|chick)en)?`,
  `unsubscribe(?: (?:me|us))?(?: (?:from|off) .{0,40})?`,
  `opt[- ]?out`,
  `(?:remove|take) (?:me|us)(?: (?:from|off) (?!.{0,40}\\b(?:cc|thread|invit\\w+|guest|speakers?|attendees?|participants?|waiting|rota|shift|project|channel|chat|board|call(?! list)|meeting)\\b).{0,40})?`,
  `(?:.{0,12}${mail} )?(?:abmelden|abmeldung|austragen|abbestellen|abbestellung)(?: .{0,30}${mail})?`,
  `hor(?:t|en sie) .{0,20}auf.{0,40}${mail}.{0,30}`,
  `(?:me )?des(?:inscri|abonn)\\w*(?:[- ]moi)?(?: (?:de|a) .{0,40})?`,
  `smett\\w+ di (?:mandar|inviar|scriver|chiamar|contattar)mi.{0,40}`,
  `disiscriv\\w+(?: (?:dalla|da) .{0,40})?`,
  `(?:dadme|denme|darme|deme|quiero darme) de baja(?: .{0,40})?`,
  `(?:schrijf me uit|uitschrijven|afmelden)(?: .{0,30}${mail})?`,
  `wypis\\w* mnie(?: .{0,40})?`,
  `(?:neposilejte mi .{0,20}${mail}|odhla(?:sit|ste me)).{0,30}`,
  `odjav\\w+ me(?: .{0,40})?`,
  `avregistrera(?: mig)?(?: .{0,40})?`,
];
const leaves = new RegExp(`^\\W*${around}(?:${ways.join("|")})[\\s,!.]*${around}\\W*$`, "u");

/** Longer letters use whole sentences. */
const longest = 120;

/** Whether a folded sentence says nothing except that mail shall stop. */
export const onlyLeaves = (sentence: string): boolean =>
  sentence.length <= longest && leaves.test(sentence);
