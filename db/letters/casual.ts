/**
 * Casual German and English wording of requests, composed of what people call their data and the
 * verbs they use for it; each pattern claims the right wherever it stands in a folded sentence.
 */
import type { Right } from "./rules.ts";

const { raw } = String;

/** What a person calls the data stored about them. */
const item =
  raw`(?:(?:kontakt|kunden|personen|adress)?daten|daten(?:satz|satze)|infos?|informationen|angaben|(?:(?:handy|telefon|mobil|privat)-?)?(?:nummer|telefonnummer|handynummer)|(?:(?:e-?)?mail|post|privat)?-?(?:adresse|anschrift)|e-?mail|namen?)`;
/** What may be thrown away as a whole. */
const all =
  raw`(?:${item}|bewerbungsunterlagen|eintrage?|(?:kunden|benutzer)?konto|account|profil|kram|zeug)`;
const mine = raw`mein\w{0,2} (?:\w+ )?`;
const fills =
  "bitte|mal|einfach|endlich|komplett|vollstandig|ganz|doch|jetzt|sofort|umgehend|alle|auch|uberall|schnell|gefalligst|sie|ihr|hier|noch|eigentlich|denn|genau|danke";
const fill = `(?:(?:${fills}) )*`;
const end =
  raw`(?:,? (?:bitte|mal|einfach|endlich|komplett|ganz|sofort|umgehend|danke|mehr|eigentlich|genau|denn|da|dort|hier|alles|bei (?:euch|ihnen)|please|now|thanks?|then|exactly))*\W*$`;
const gone =
  raw`(?:(?:he)?raus|weg|fort|in die tonne|in den (?:mull|papierkorb)|(?:raus|weg)(?:werfen|schmeissen|hauen|machen|nehmen|loschen))`;
const ads =
  raw`(?:werb\w*|newsletter\w*|spam\w*|reklame\w*|rundmails?|(?:e-?)?mails?|anrufe?n?|briefe?n?|post)`;
const list = raw`\w*(?:verteiler|newsletter|liste)\w*`;
const details =
  raw`(?:name|data|details|info|information|e-?mail(?: address)?|address|(?:phone |mobile )?number|phone)`;
const you = raw`(?:you|they|he|she|your (?:colleague|company|team|rep\w*|people))`;

const patterns: readonly [Right, readonly string[]][] = [
  ["erasure", [
    raw`^\W*${fill}(?:werf|wirf|schmeiss|hau|mach|nehm|nimm|pack)\w* ${fill}${mine}${all} ${fill}${gone}\b`,
    raw`^\W*${fill}(?:losch|entfern|vergess|vergiss|tilg)(?:t|e|en)? ${fill}mich${end}`,
    raw`\b(?:soll|muss|musst|will|mochte|mochten|wunsche|konnt|konnten)\w*,? .{0,30}\b${mine}${all} (?:\w+ )?${gone}\b`,
    raw`\b${mine}${all} (?:soll|muss|kann|konn)\w* ${fill}${gone}\b`,
    raw`\b(?:kann|konn\w*|soll|sollen|bitte um) ${fill}${mine}${all} ${fill}(?:geloscht|entfernt) werden\b`,
    raw`\bwann (?:losch|entfern)\w* (?:ihr|sie) ${fill}${mine}${all}\b|\bwann (?:wird|werden) ${fill}${mine}${all} ${fill}(?:geloscht|entfernt)\b`,
    raw`\bnicht (?:mehr|langer|weiter) (?:\w+ )?bei (?:euch|ihnen) (?:\w+ )?(?:gespeichert|erfasst|gefuhrt)\b`,
    raw`\bnichts (?:mehr )?(?:von mir|uber mich|zu mir) (?:mehr )?(?:bei (?:euch|ihnen) )?(?:gespeichert|aufbewahrt)\b`,
    raw`\b(?:eintrage?|daten|infos?|angaben|alles) (?:zu|von|uber) (?:mir|mich) ${fill}(?:zu )?(?:losch|entfern|vernicht|tilg)en\b`,
    raw`\bmich ${fill}(?:\w+ )?aus (?:eur|ihr)\w{2} \w+ (?:(?:raus)?(?:schmeissen|kicken|werfen)|austragen)\b`,
    raw`\b(?:nehm|nimm|schmeiss|kick|werf|wirf|losch)\w* ${fill}mich ${fill}(?:he)?raus aus (?:eur|ihr)\w{2} (?!verteiler|newsletter|\w*liste)\w+`,
    raw`\b(?:delete|erase|wipe|bin|trash) (?:all )?(?:of )?my (?:\w+ )?stuff\b`,
    raw`\b(?:can|could|would|will) you (?:please |just |kindly )*get rid of (?:all )?(?:of )?my (?:\w+ )?(?:${details}|records?|account|profile)\b`,
    raw`\b(?:throw|chuck|bin) (?:out |away )?(?:all )?my (?:\w+ )?${details}\b`,
    raw`\bmy (?:\w+ )?(?:data|details|info|account|profile) (?:needs to|has to|have to|should|must) (?:go|be (?:deleted|erased|removed))\b`,
  ]],
  ["access", [
    raw`\bwas (?:\w+ ){0,4}(?:uber mich|zu mir) (?:\w+ ){0,2}(?:liegt|existiert|gesammelt|erfasst|abgelegt|drin ?steht)\b`,
    raw`\bwas fur (?:\w+ )?(?:daten|infos?|informationen|angaben) .{0,30}\b(?:von mir|uber mich|zu mir)\b(?<!\b(?:brauch|benotig|woll|fehl)\w* .{0,30})(?! (?:braucht|brauchen|benotig\w*|wollt|wollen))`,
    raw`\bsind (?:\w+ )?meine (?:\w+ )?daten (?:\w+ )?bei (?:euch|ihnen) (?:\w+ ){0,2}(?:gespeichert|hinterlegt)\b`,
    raw`\bbin ich (?:\w+ )?bei (?:euch|ihnen) (?:\w+ ){0,2}(?:gespeichert|erfasst|in (?:der|einer) (?:kunden)?(?:datenbank|kartei|datei))`,
    raw`\bwo (?:habt|haben|hat|hattet|hatten) (?:ihr|sie|er|\w+ \w+) ${fill}${mine}${item} .{0,20}\bher\b`,
    raw`\bwo(?:her)? (?:stamm|komm)\w* ${fill}mein kontakt\b`,
    raw`\bwo(?:her)? (?:stamm|komm)\w* ${fill}${mine}${item}(?: (?:eigentlich|denn|\w+))?(?: her)?\W*$`,
    raw`\bwoher (?:ha|hatte|bekam|nehm|nimm)\w* (?:er|sie|ihr|(?:ihr|eur|der|die|diese)\w* \w+) ${fill}${mine}${item}${end}`,
    raw`\bwoher (?:er|sie|ihr|(?:ihr|eur)\w* \w+) ${fill}${mine}${item} (?:habt|haben|hat|hattet|hatten|kennt|kennen)${end}`,
    raw`\bwie (?:sie|ihr) ${fill}an ${mine}${item} (?:ge)?komm\w*\b`,
    raw`\b(?:gibt es|liegen|existieren|sind) (?:bei (?:euch|ihnen) )?${fill}(?:daten|unterlagen|infos?|informationen|angaben|aufzeichnungen|notizen) (?:von mir|uber mich|zu mir|zu meiner person)\b`,
    raw`\b(?:welche|was fur) (?:daten|infos?|informationen|angaben|notizen) (?:von mir|uber mich|zu mir|zu meiner person)\b`,
    raw`\bwer (?:\w+ )?(?:kann|darf|hat|konnte) (?:\w+ ){0,3}${mine}(?:\w*daten|angaben|infos?)(?: alles)? (?:sehen|einsehen|lesen|gesehen|eingesehen)\b`,
    raw`\bwas (?:haben|habt) .{0,40}\bnoch gespeichert\W*$`,
    raw`\bwhat (?:have you|do you|you have|you've) got on me\b|\bwho (?:has|have|can|could) (?:see|seen|access|accessed|view|viewed|read) my (?:\w+ )?(?:data|details|information|records?)\b`,
    raw`^\W*do you (?:still )?(?:have|hold|keep|store) my (?:\w+ )?(?:data|details|personal information)(?: (?:on file|stored|somewhere))?\W*$`,
    raw`\bwie (?:komm|kam|sind|seid|ist|gelang)\w* (?:ihr|sie|er|(?:ihr|eur)\w* \w+) ${fill}an ${mine}${item}\b`,
    raw`\bwie (?:sind|seid) (?:sie|ihr) (?:\w+ )?auf mich (?:gekommen|gestossen|aufmerksam geworden)\b`,
    raw`\b(?:habt|haben) (?:ihr|sie) ${mine}${item} (?:(?:etwa|auch|jemals|irgendwem|jemandem|an dritte|an andere) )*(?:weitergegeben|verkauft)\W*$`,
    raw`\bwas .{0,30}\b(?:uber|zu) meine?r? person\b.{0,30}(?:speicher|wissen|wisst|habt|haben|vermerkt|notiert|vorlieg)`,
    raw`\bwas (?:passiert|geschieht|macht ihr|machen sie) (?:\w+ )?mit meinen (?:\w+ )?daten${end}`,
    raw`\b(?:wozu|wofur|warum) (?:braucht|brauchen|habt|haben|nutzt|nutzen|sammelt|sammeln) (?:ihr|sie) ${fill}meine (?:\w+ )?daten\b(?! (?:auf|fur|im|in)\b|.{0,20}\bnicht\b)`,
    raw`\b(?:zeig|sag|verrat|schick|mail)\w* (?:sie |ihr )?mir ${fill}was (?:\w+ ){0,4}(?:uber mich|von mir)\b.{0,20}\b(?:habt|haben|wisst|wissen|steht|speicher\w*)\b`,
    raw`\bwhere(?:'d| did| have) ${you} (?:get|got|find|found) my (?:\w+ )?${details}\b(?! (?:wrong|mixed))`,
    raw`\bhow (?:do|did|come|does|have|has) ${you} (?:know|get hold of|got hold of|come across|end up with|have) my (?:\w+ )?${details}\b`,
    raw`\bwhat (?:do|are|will|did) you (?:do|doing) with my (?:\w+ )?(?:data|details|information)${end}`,
    raw`\bwhat(?:ever)? (?:you(?:'ve| have)|is|have you|do you have|is there) (?:got |been )?(?:\w+ )?(?:stored|saved|recorded|collected|on file|held|written down|kept) (?:about|on|of) me\b`,
    raw`\b(?:am i|if i am|if i'm|whether i am|whether i'm) (?:still )?(?:in|on) your (?:\w+ )?(?:database|files?|records|crm|system)\b`,
  ]],
  ["objection", [
    raw`\blass(?:en sie|t)? mich ${fill}in ruhe mit (?:eur|ihr|dies)\w{0,2} (?:\w+ )?${ads}`,
    raw`\b(?:kein\w* bock|keine lust|die nase voll|genug) (?:mehr )?(?:auf|von) (?:eur|ihr|dies)\w{0,2} (?:\w+ )?${ads}`,
    raw`^\W*${fill}(?:mich |uns )?(?:von|aus) (?:der|eurer|ihrer|dieser|dem|eurem|ihrem) ${list} ${fill}(?:streichen|loschen|entfernen|nehmen|austragen|runternehmen)${end}`,
    raw`\b(?:nehm|nimm|streich|losch|entfern|trag)\w* ${fill}${mine}${item} ${fill}(?:aus|von|vom) (?:\w+ ){0,2}${list}`,
    raw`^\W*${fill}ruf\w* ${fill}(?:(?:mich|uns|bei (?:mir|uns)) ${fill})?nicht (?:mehr|wieder|noch ?mal) an\b`,
    raw`\bspar(?:t|en sie)? (?:euch|sich|dir) ${fill}(?:(?:die|eure|ihre|diese) )?(?:werb\w*|newsletter\w*|spam\w*|reklame\w*|werbe\w+|anrufe)`,
    raw`\bnerv\w* (?!nicht)(?:mich |uns |\w+ )?mit (?:eur|ihr|dies)\w{1,2} (?:\w+ )?${ads}|\b(?:eure?|ihre?) (?:\w+ )?(?:werb\w*|newsletter|spam\w*|anrufe) nerv(?:t|en)\b`,
    raw`^\W*bitte keine weiteren (?:angebote|\w*mails?|werb\w*|anrufe|newsletter) ${fill}(?:mehr )?(?:(?:per|via|uber|am) \S+)?${end}`,
    raw`\b(?:will|mochte|brauche|wunsche) (?:ich )?(?:eure?|ihren?) (?:\w+ )?${ads} (?:\w+ )?nicht (?:mehr|langer)\b`,
    raw`^\W*(?:bitte )?unterlass\w* (?:sie )?(?:diese|die|ihre|alle|weitere|kunftige) (?:\w+ )?${ads}${end}`,
    raw`\b(?:aufhoren|hor(?:t|en sie) ${fill}auf),? (?:mich|mir) (?:\w+ )?(?:zu schreiben|anzurufen|anzuschreiben|zu kontaktieren|zu nerven|zu belastigen|zuzuspammen|zuzumullen)`,
    raw`\b(?:kein(?:erlei)?|keine) (?:interesse|bedarf)\b.{0,60}\bbitte (?:\w+ )?nicht (?:mehr|wieder|weiter) (?:bei mir )?(?:melden|kontaktieren|anrufen|schreiben|anschreiben)\b`,
    raw`\bstop (?:sending|e-?mailing) (?:me|us) (?:this|that|your|these|those|any|more) (?:\w+ )?(?:stuff|junk|rubbish|crap|things?|e-?mails?|mails?|messages?)\b`,
    raw`\b(?:don't|do not|never) (?:ever )?(?:send|e-?mail) (?:me|us) (?:any )?(?:more |further )?(?:\w+ )?(?:e-?mails?|mails?|messages?|texts?|newsletters?|marketing|adverts?|spam)(?: (?:again|any ?more|any longer|ever))?\W*$`,
    raw`\bnewsletter\b.{0,30}\b(?:nie|nicht|niemals) (?:bestellt|abonniert|angefordert|gewollt)\b`,
    raw`\btrotz (?:\w+ )?(?:abmeldung|widerspruchs?|abbestellung)\b.{0,60}\b${ads}\b|\b${ads} trotz (?:\w+ )?(?:abmeldung|widerspruchs?|abbestellung)\b`,
    raw`^\W*${fill}trag(?:t|en)? ${fill}(?:mich|uns) ${fill}(?:wieder )?aus${end}`,
    raw`\b(?:warum|wieso|weshalb) (?:bekomm|erhalt|krieg)\w* ich (?:immer noch|noch immer|weiterhin|schon wieder|trotzdem) (?:\w+ )?${ads}\b(?!.{0,20}\bnicht)`,
    raw`\b${mine}${item} (?:darf|durfen) (?:\w+ )?(?:nicht|niemals|keinesfalls) .{0,30}\bwerb`,
    raw`\bnicht,? dass? (?:ihr|sie) ${mine}${item} (?:\w+ ){0,3}(?:weiterg[ei]b\w*|verkauf\w*|weiterleite\w*)\b`,
    raw`\b(?:schick|send|schreib|mail)\w* (?:sie |ihr )?(?:mir|uns) (?:bitte )?nichts mehr\b(?! (?:vor|bis|ohne|an|aus|auf|in|zu)\b)`,
    raw`\b(?:remove|delete|take) (?:me|us|my (?:\w+ )?${details}) (?:from|off) (?:(?:this|the|your|that|any|all|of|these|those|e-?mail|mail|call|calling|phone|mailing|distribution|marketing) )*lists?\b`,
    raw`\b(?:fed up|sick(?: and tired)?|tired) of your (?:\w+ )?(?:e-?mails?|calls?|spam\w*|newsletters?|marketing|advert\w*)\b`,
  ]],
  ["rectification", [
    raw`\b(?:ich heisse|heisse ich) (?:\w+ )?nicht (?:mehr |langer )?[\p{L}-]{2,},? sondern\b`,
    raw`\bbei (?:euch|ihnen) (?:\w+ ){0,2}(?:stimmt|stimmen) (?:\w+ )?nicht\b.{0,30}\b${mine}${item}|\b(?:das|mein) geburtsdatum (?:bei (?:euch|ihnen) )?(?:stimmt nicht|ist (?:falsch|verkehrt))\b`,
    raw`\bneue (?:handy|telefon|mobil|ruf|fax)?nummer\b.{0,40}\balte .{0,20}\b(?:raus|weg|loschen|entfernen|streichen|gilt nicht)\b`,
    raw`\bbei (?:euch|ihnen) (?:steh|ist|sind|habt|haben)\w* (?:\w+ ){0,3}mein\w* (?:alte|falsche|fruhere)\w* (?:${item}|\w*name)\b`,
    raw`\b(?:die|meine) anrede (?:\w+ )?(?:stimmt (?:\w+ )?nicht|ist (?:\w+ )?falsch|passt (?:\w+ )?nicht)\b`,
  ]],
  ["withdrawal", [
    raw`\bmein\w* (?:einwilligung|zustimmung) vo[nm] (?:\w+ )?[\w.]+ gilt nicht (?:mehr|langer|weiter)\b`,
    raw`\b(?:nutzung|verwendung|veroffentlichung) mein\w{1,2} (?:\w+ )?(?:fotos?|bild\w*|\w*daten|videos?|namens) (?:\w+ )?nicht (?:mehr|langer) einverstanden\b`,
    raw`\bmein\w* (?:einwilligung|zustimmung|erlaubnis)(?: (?:zu[mr]?|fur) .{0,30}(?:newsletter|werb|daten|mail|foto|bild|video|anruf|verarbeit|veroffentlich|speicher)\w*)? (?:gilt|besteht) (?:\w+ ){0,2}nicht (?:mehr|langer|weiter)\b`,
  ]],
  ["portability", [
    raw`\b(?:kann|konnte|darf) ich ${fill}meine (?:\w+ )?daten (?:\w+ )?(?:als|in|im) (?:\w+ )?(?:excel|csv|json|xml|datei|maschinen\w*)(?!.{0,40}\b(?:hochladen|einspielen|einlesen|einreichen|importieren|liefern|schicken|senden)\b)`,
    raw`\b(?:can|could|may) i (?:please )?(?:have|get) my (?:\w+ )?data (?:as|in) (?:an? )?(?:excel|csv|json|xml|machine)`,
  ]],
  ["restriction", [
    raw`\bmeine (?:\w+ )?daten (?:bitte )?(?:vorerst|erst ?mal|vorlaufig|einstweilen) nicht (?:verwende|nutze|verarbeite|benutze|anfasse)n\b`,
  ]],
];

/** That something is wanted, which German may say anywhere in the sentence. */
const wanted =
  /\b(?:bitte|will|mochten?|wunsche|soll\w{0,2}|muss\w{0,2}|kann\w{0,2}|konn\w*|hatten? gern\w*|ware \w+|wurden?|wurdet|verlange|fordere|ey|mal)\b|^\W*(?:losch|entfern|schmeiss|werf|wirf|nehm|nimm|hau)\w*/;
/** Where somebody is stored. */
const store =
  raw`(?:bei (?:euch|ihnen)|im (?:crm|system)|(?:aus|in) (?:allem|(?:eur|ihr|d)\w{1,3} \w*(?:crm|system|datenbank|kartei|datei|daten|unterlagen|akten|adressbuch|stamm)\w*))`;
const between =
  raw`(?:(?:ich|will|mochte|wollte|hatte|gern\w*|soll\w*|muss\w*|${store}|${fills}) )*`;
const erased =
  raw`(?:(?:ge)?(?:losch|entfern)\w*|raus(?:loschen|nehmen|werfen|schmeissen)?|weg(?:haben|machen| haben| sein|\W*$))`;
/** In German the verb and its object may come in either order, with nothing of their own between. */
const object = new RegExp(
  [
    raw`\b(?:mich|${mine}${all}) ${between}${erased}\b`,
    raw`\b(?:losch|entfern|tilg)\w* ${fill}(?:mich|${mine}${all})(?: ${store})?${end}`,
    raw`\b(?:schmeiss|werf|wirf|nehm|nimm|hau)\w* ${fill}(?:mich|${mine}${all}) ${between}(?:raus|weg)\b`,
    raw`\bich ${between}(?:geloscht|entfernt) werden\b`,
  ].join("|"),
);
/** What a person can be taken out of, or what went before, that is not what is stored of them. */
const elsewhere =
  /\b(?:nicht|kein\w*|nie|bevor|geb\w*|gib|schick\w*|habe|hatte|wurden?|wann|warum|als|fur|kalender|termin\w*|besprechung|teilnehm\w*|gast\w*|\w*listen?|einladung\w*|\w*verteiler\w*|newsletter\w*|cc|kurs\w*|workshop|projekt\w*|gruppe|kanal|chat|\w*plan|anruf\w*|einloggen|anmeld\w*|\w*bestellung\w*|\w*rechnung\w*|\w*angebot\w*|\w*auftrag\w*|liefer\w*|stick|gerat\w*|server|laptop|festplatte)\b/;

const erasesMe = (sentence: string): boolean =>
  sentence.length <= 160 && wanted.test(sentence) && object.test(sentence) &&
  !elsewhere.test(sentence.replace(/\b(?:hatte\w*) gern\w*/, "mochte"));

const compiled = patterns.map(([right, each]) => [right, new RegExp(each.join("|"), "u")] as const);

/** What a folded sentence claims in such words. */
export function casualWords(sentence: string): Right[] {
  const found = compiled.flatMap(([right, pattern]) => pattern.test(sentence) ? right : []);
  return erasesMe(sentence) ? [...found, "erasure"] : found;
}

/** "Löschen!", "Und danach bitte löschen": means what the sentence before it is about. */
export const erasesIt = (sentence: string): boolean => bare.test(sentence);

const bare = new RegExp(
  raw`^\W*(?:(?:bitte|und|dann|danach|anschliessend|also|jetzt|sofort|umgehend|alles|sie|diese) )*losch(?:en|t)(?: (?:sie|die|das|alles))?${end}` +
    raw`|\b(?:will|mochte|wunsche)(?: ich)?,? dass? (?:die|sie|das|alles|diese) (?:\w+ ){0,2}(?:geloscht|entfernt|vernichtet) (?:wird|werden)${end}`,
);

/** "Remove me from it": leaves the list that the sentence before it is about. */
export const leavesIt = (sentence: string, before: string): boolean =>
  leaving.test(sentence) && lists.test(before);

const leaving =
  /^\W*(?:please )?(?:remove|take|delete) me(?: (?:from|off)(?: (?:it|this|that|them))?)?(?:,? (?:please|now|immediately|thanks?))*\W*$/;
const lists = /\b(?:newsletters?|mailings?|lists?|spam|marketing)\b/;

/** "Where did you get it?" asks for the source of what was said about the writer before. */
export const asksSource = (sentence: string, before: string): boolean =>
  source.test(sentence) && ofWriter.test(before) && named.test(before);

const source = new RegExp(
  [
    raw`^\W*(?:und )?(?:woher (?:habt|haben|hat|hatten) (?:ihr|sie|er) (?:die|sie|das|diese)`,
    raw`wo(?:her)? (?:kommt|kommen|stammt|stammen) (?:die|sie|das|diese)(?: her)?`,
    raw`von wem (?:habt|haben|hat) (?:ihr|sie|er) (?:die|sie|das|diese)`,
    raw`wer hat (?:ihnen|euch) (?:die|sie|das|diese) gegeben`,
    raw`(?:where|how) did ${you} (?:get|find|obtain) (?:it|that|this|them)(?: from)?`,
    raw`how come you have (?:it|that|them)|why do you have (?:it|that|them)|who gave (?:it|that|this|them) to you|who gave you (?:that|this|it))${end}`,
  ].join("|"),
);
const ofWriter = /\b(?:mich|mir|mein\w{0,2}|me|my)\b/;
const named = new RegExp(raw`\b(?:${item}|handy|name|number|address|phone|data|details)\b`);

/** Whether a folded sentence is about data that others have of its writer. */
export const aboutOwn = (sentence: string): boolean => held.test(sentence);

const held = new RegExp(
  raw`\b(?:habt|haben|speicher\w*|nutz\w*|verwende\w*) (?:ihr |sie )?(?:\w+ )?${mine}(?:${item}) (?:\w+ ){0,12}?(?:ohne (?:\w+ ){0,2}(?:erlaubnis|einwilligung|zustimmung|einverstandnis|wissen|grund|recht|frag|gefragt)|nicht|gespeichert|unerlaubt|illegal|rechtswidrig)`,
);
