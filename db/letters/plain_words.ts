/**
 * Further wording by which people ask in German and English without naming a right or the law; each
 * pattern claims the right wherever it stands in a folded sentence.
 */
import type { Right } from "./rules.ts";

const { raw } = String;

/** What is stored of a person, with what may stand before it. */
const item = raw`(?:\w*daten|angaben|\w*nummer|\w*adresse|anschrift|namen?)`;
const own = raw`(?:\w+ ){0,2}${item}`;
const things = "(?:daten|informationen|angaben|etwas|was)";
const ofMe = "(?:von mir|uber mich|zu mir|zu meiner person)";
const files =
  raw`(?:\w*datenbank\w*|\w*kartei|\w*systeme?n?|crm|\w*datei|kundenstamm|\w*bestand|unterlagen|akten|adressbuch|computern?)`;
const fully =
  "(?:bitte|komplett|ganz|vollstandig|sofort|umgehend|endlich|auch|unverzuglich|dauerhaft|jetzt)";
const told = "(?:data|information|info|records?|details|anything)";
const ways =
  raw`(?:e-?mails?|mails?|calls?|letters?|newsletters?|messages?|marketing|advert\w*|texts?|spam|post)`;
const wege =
  "(?:e-?mails?|mails?|anrufe?|nachrichten|post|werbung|kontaktaufnahmen?|kontakt|zusendungen?|newsletter|kataloge?|briefe?|sms)";

const patterns: readonly [Right, readonly string[]][] = [
  ["access", [
    raw`\b(?:stell\w*|beantrag\w*|bitte|ersuche\w*) (?:\w+ ){0,4}selbstauskunft\b(?! (?:ihre\w*|eure\w*|de[rs]|fur|von)\b)`,
    raw`^\W*antrag auf (?:eine )?selbstauskunft\W*$`,
    raw`\b(?:nennen|sagen|mitteilen) (?:sie )?mir .{0,20}\bherkunft meiner (?:\w+ )?\w*daten\b`,
    raw`\bwelche (?:firma|firmen|stelle|unternehmen) (?:hat|haben) (?:ihnen|euch) meine? ${item}\b`,
    raw`\b(?:liste|ubersicht|aufstellung|auflistung) (?:mit|aller|von) (?:allen )?(?:\w+ )?daten\b.{0,20}\b(?:zu mir|uber mich|von mir)\b`,
    raw`^\W*(?:bitte )?(?:schicken|senden|ubersenden|mailen) sie mir (?:bitte )?(?:alle )?meine (?:personenbezogenen |gespeicherten )?daten(?: zu)?\W*$`,
    raw`\bwas (?:ist|wird|war) (?!auf (?:der|dem) |in (?:der|dem) |im )(?:\w+ ){0,3}(?:noch )?gespeichert\W*$`,
    raw`\b(?:whether|if) any(?:thing)? (?:\w+ ){0,2}(?:about|on|of|concerning) me\b`,
    raw`\b(?:schick|send)\w* (?:sie )?mir (?:\w+ ){0,2}(?:eine )?(?:ubersicht|liste|aufstellung|kopie) (?:der|aller) (?:bei ihnen )?gespeicherten daten\W*$`,
    raw`\baus welcher quelle (?:sie )?meine? (?:\w+ )?${item}\b`,
    raw`^\W*(?:please |kindly |(?:can|could|would) you )*(?:send|give|e-?mail) me (?:all )?(?:of )?my (?:personal )?(?:data|information)(?:,? please)?\W*$`,
    raw`\b(?:request|want|like|send me|need) (?:\w+ ){0,2}(?:notes?|recordings?|e-?mails|documents?|records?|correspondence)\b.{0,60}\b(?:relating to|about|concerning|mentioning) me\b`,
    raw`\bconfirm or deny\b.{0,40}\b(?:process|hold|store|have|keep)\b`,
    raw`\binvolvierte\w* logik\b|\blogic involved\b`,
    raw`\bwelche (?:meiner|von meinen) (?:\w+ )?daten .{0,30}\b(?:verwendet|genutzt|verarbeitet)\b`,
    raw`\bwhich of my (?:\w+ )?(?:details|data) (?:do )?you (?:\w+ )?(?:keep|have|hold|store)\b`,
    raw`\b(?:have|get|receive) a copy of my (?:\w+ )?(?:records?|file|data|information)\b`,
    raw`\bob ich (?:noch )?in (?:ihr\w*|eur\w*) ${files}\b`,
    raw`\b(?:ausdruck|abschrift|auszug|kopie) (?:aus )?meiner (?:\w+ )?\w*(?:daten|akte|kartei)\b`,
    raw`^\W*(?:data access|right of access|right to access) request\b`,
    raw`\bwelche (?:infos?|daten|informationen) (?:habt|haben) (?:sie|ihr) (?:\w+ )?gespeichert\b(?!,? (?:als|wenn|bevor|nachdem)\b)`,
    raw`\bsind (?:bei (?:ihnen|euch) )?(?:\w+ ){0,2}daten ${ofMe} (?:\w+ ){0,2}(?:gespeichert|vorhanden|hinterlegt)\b`,
    raw`\bwem (?:haben |habt )?(?:sie|ihr) (?:\w+ )?meine? ${item} (?:\w+ ){0,2}(?:gegeben|weitergegeben|verkauft|mitgeteilt)\b`,
    raw`\b(?:data|details|info|information) of mine\b.{0,30}\b(?:systems?|have|hold|stored?|keep)\b`,
    raw`\bwho told you my (?:\w+ )?(?:name|e-?mail|address|phone|number)\b`,
    raw`^(?!.*\b(?:delet|eras|remov|destroy|wip|purg|correct|inaccurate|incorrect|wrong|incomplete|stop|object|forget|rid)).*\b(?:everything|data|information|details) (?:that |which )?you(?:'ve| have)? (?:got|collected|gathered|stored|obtained|recorded) (?:on|about|from|of) me\b`,
    raw`\bis my (?:\w+ )?data (?:stored|held|kept|processed)\b`,
    raw`(?<!^\W*|\b(?:please|a|have|and) )\b(?:see|inspect|view|look at) my (?:\w+ )?(?:file|data|records?)\b`,
    raw`\bwelche meiner (?:\w+ )?\w*daten\b.{0,40}\b(?:liegen|vorliegen|haben|habt|gespeichert|besitz\w*)\b`,
    raw`\bwas (?:speichern|speichert|verarbeiten|verarbeitet) (?:sie|ihr) .{0,60}\b${ofMe}\b`,
    raw`\bob (?:sie|ihr) (?:\w+ )?meine? (?:\w+ )?\w*daten .{0,15}\b(?:hab|speicher|besitz)`,
    raw`\bmeine (?:\w+ ){0,2}\w*daten (?:\w+ )?(?:einsehen|einzusehen|ansehen|anschauen)\b`,
    raw`\bwer (?:\w+ ){0,2}(?:hat|hatte|bekommt|erhalt|bekam|erhielt) (?:\w+ ){0,2}(?:zugriff auf )?meine (?:\w+ )?\w*daten\b`,
    raw`\b(?:want|need|send|request|like|provide) .{0,20}\bcop(?:y|ies) of (?:all )?my (?:\w+ )?(?:file|data|records?|information)\b`,
    raw`^(?!.*\b(?:delet|eras|remov|destroy|wip|purg|correct|inaccurate|incorrect|wrong|incomplete|stop|object|forget|rid)).*\b(?:all|any|the|what) (?:\w+ ){0,2}(?:data|information|info|records|details) (?:that |which )?you (?:\w+ )?(?:hold|have|store|keep|process) (?:concerning|about|on|regarding|relating to|of) me\b`,
    raw`\b(?:check|see|tell me|know|confirm) (?:whether|if) i(?:'m| am) (?:still )?(?:in|on) your (?:\w+ )?(?:database|records|systems?|lists?|files|crm|books)\b`,
    raw`\bwhere (?:did )?you (?:got|get|obtained?|found|sourced) my (?:\w+ )?(?:details|data|name|number|address|e-?mail)\b`,
    raw`\b(?:list|name|tell me|disclose|which|what) .{0,20}\b(?:third part\w+|recipients?|companies|organi[sz]ations) .{0,40}\bmy (?:\w+ )?(?:data|details|information)\b`,
    raw`\bhow long (?:do|will|are) you (?:\w+ )?(?:keep|stor|hold|retain)\w* my (?:\w+ )?(?:data|details|information)\b`,
    raw`\bob (?:sie|ihr|bei ihnen|bei euch) .{0,30}\b${things}\b.{0,30}\b${ofMe}\b`,
    raw`\b(?:haben|habt|speichern|speichert|verarbeiten|verarbeitet) (?:sie|ihr) (?:\w+ ){0,3}${things} (?!von mir (?:\w+ ){0,2}(?:erhalten|bekommen|ausgerichtet|gehort|gelesen)\b)${ofMe}\b`,
    raw`\b(?:einsicht|einblick) in (?:\w+ )?mein\w* .{0,40}(?:akte|daten|unterlagen|datensatz)\b`,
    raw`\b(?:kopien?|abschrift|herausgabe|ubersicht|aufstellung|auflistung)\b.{0,80}\b(?:mich|meine person) betreffen`,
    raw`\b(?:ubersicht|aufstellung|liste|auflistung|zusammenstellung|auszug)\b.{0,40}\b(?:uber mich|zu meiner person|von mir)\b.{0,20}\b(?:gespeichert\w*|hinterlegt\w*|daten|informationen|angaben)\b`,
    raw`\b(?:wie lange|wofur|wozu|zu welche\w+ zwecke?n?) (?:(?:speicher|nutz|verwend|verarbeite|behalte)\w* )?(?:sie|ihr) mein\w* ${own}\b`,
    raw`\ban (?:wen|welche \w+) (?:sie|ihr) (?:diese|sie|meine? (?:\w+ )?${item}) .{0,20}(?:weitergegeben|weitergeleitet|ubermittelt|verkauft)`,
    raw`\b(?:how come|why do) you have my (?:\w+ )?(?:name|data|details|\S*mail|address|phone|number)\b(?! on (?:the|your|an?)\b)`,
    raw`\b(?:dsar|sar request)\b|^\W*sar\W*(?:[-–:]|$)`,
    raw`\bdo you (?:\w+ )?(?:hold|have|keep|store|process) (?:any |some )?(?:\w+ )?${told} (?:on|about|of|concerning|relating to) me\b`,
    raw`\bwhether (?:or not )?you (?:are |currently )*(?:process|hold|stor|hav|keep)\w* .{0,30}\b(?:data|information)\b`,
    raw`\b(?:disclosure|cop(?:y|ies)) of (?:all |any |the )*(?:\w+ )?(?:data|records|information|documents) (?:relating to|about|concerning|held on) (?:me|her|him|(?:my|our) client)\b`,
  ]],
  ["erasure", [
    raw`\b(?:sorg\w*|stell\w* (?:\w+ ){0,2}sicher|bestatig\w*|mocht\w*|will|wunsch\w*|verlang\w*|erwart\w*)\b.{0,40}\b(?:dass|damit) (?:\w+ )?${ofMe} nichts (?:mehr )?(?:\w+ ){0,3}(?:gespeichert|hinterlegt|vorhanden) (?:ist|bleibt)\b`,
    raw`\bmes (?:\w+ ){0,2}(?:coordonnees|donnees|infos|informations)\b.{0,60}\b(?:supprimez|effacez)-les\b`,
    raw`\bi (?:want|wish|would like|demand|ask) to be forgotten\b`,
    raw`^\W*(?:please )?(?:remove|delete|erase) (?:all|any|every) traces? of me\b`,
    raw`^\W*(?:bitte )?weg mit meinen (?:\w+ )?\w*daten\b`,
    raw`\b(?:mochten|wollen|wunschen),? dass sie unsere (?:\w+ )?\w*daten loschen\b`,
    raw`^\W*(?:bitte )?(?:losch|entfern)\w* (?:sie |bitte )*(?:die|den|das) ${item} (?:meine[rs]|unsere[rs]) (?:\w+ )?(?:mann(?:es)?|frau|mutter|vaters?|sohn(?:e?s)?|tochter|kind(?:es|er)|eltern|partner\w*)\b`,
    raw`\b(?:get|take) me off your (?:\w+ )?(?:database|records|systems?|files|crm|books)\b`,
    raw`\b(?:remove|delete|erase) my (?:wife|husband|mother|father|son|daughter|partner|child|children)'?s? (?:\w+ )?(?:details|data|records?|information|account|number|address|name)\b`,
    raw`^\W*(?:bitte )?(?:um )?(?:sofortige |umgehende )?datenloschung\W*$`,
    raw`\b(?:losch|entfern|vernicht)\w* (?:sie )?(?:\w+ ){0,2}(?:eintrage|daten|angaben|informationen),? die mich betreffen\b`,
    raw`\bnicht,? dass? meine (?:\w+ )?\w*daten .{0,20}\b(?:bei (?:euch|ihnen)|gespeichert|aufbewahrt)\b`,
    raw`\bno right to (?:keep|hold|store|have) my (?:\w+ )?${told}\b`,
    raw`\b(?:take|get) (?:me|my (?:\w+ )?(?:data|info|information|details|name|address|number|e-?mail)) out of your (?:\w+ )?(?:database|records|systems?|files|crm|books)\b`,
    raw`^\W*(?:data )?(?:erasure|deletion) request\b`,
    raw`\bmich (?:\w+ )?aus (?:\w+ ){0,2}${files} (?:nehmen|streichen|loschen|entfernen|(?:he)?rausnehmen|werfen)\b`,
    raw`\baus (?:ihr\w*|eur\w*) ${files} (?:he)?raus\b|\baus (?:ihr\w*|eur\w*) ${files} (?:verschwinden|geloscht werden|entfernt werden)\b`,
    raw`\b(?:losch|entfern|vernicht)\w* (?:\w+ ){0,2}alles,? was (?:\w+ )?(?:mit mir|uber mich|von mir|mich)\b`,
    raw`\b(?:eintrage?|daten|angaben) (?:uber mich|zu meiner person)\b.{0,60}\bweg\b`,
    raw`\b(?:scrub|purge|wipe|expunge|strike) me (?:from|off|out)\b`,
    raw`\b(?:don't|do not) want to (?:be|stay|remain|appear) (?:in|on) your (?:\w+ )?(?:database|records|systems?|files|crm|books)\b`,
    raw`\bsind (?:alle |samtliche )?meine (?:\w+ )?\w*daten (?:\w+ ){0,3}zu (?:loschen|vernichten|entfernen)\b`,
    raw`\b(?:verlange|fordere|beantrage|begehre|bitte um|ersuche um) (?:ich )?(?:(?!(?:an)?statt |nicht |kein)\w+ ){0,3}loschung\b(?! (?:der|des|von|vom|einer|eines|dieser|ihrer|im|in)\b)`,
    raw`^\W*(?:please |just |kindly )*get rid of (?:all )?(?:of )?my (?:\w+ )?${told}\b`,
    raw`\bconfirm (?:to me )?(?:that )?(?:all (?:of )?)?my (?:\w+ )?(?:data|details|information|account) (?:has|have) been (?:\w+ )?(?:deleted|erased|removed|destroyed)\b`,
    raw`^\W*(?:please |kindly )*(?:delete|erase|remove) (?:all )?(?:of )?(?:his|her|their) (?:\w+ )?(?:data|records?|details|account|information)\b`,
    raw`\bnicht (?:mehr|langer|weiter) (?:\w+ ){0,2}in (?:\w+ ){1,2}${files} (?:stehen|sein|auftauchen|gefuhrt|erscheinen|gespeichert|vorkommen)\b`,
    raw`\b(?:nehm\w*|nimm|streich\w*|werf\w*|wirf|schmeiss\w*|entfern\w*|losch\w*) (?:(?:bitte|ihr|sie) )*(?:mich|uns|ihn|(?<=\bsie )sie) (?:${fully} )*(?:aus|von) (?:\w+ ){0,2}${files}\b(?!.{0,20}\bnicht\b)`,
    raw`\bmein\w* ${own} (?:(?!nicht)\w+ ){0,2}aus .{0,30}\b${files} (?:streichen|entfernen|loschen|(?:he)?rausnehmen)\b`,
    raw`^\W*(?:ich )?(?:bitte|ersuche) (?:\w+ )?um (?:\w+ ){0,2}loschung\W*$`,
    raw`\bno longer want you to (?:have|hold|keep|store|process) (?:any of )?my ${told}\b`,
  ]],
  ["objection", [
    raw`\b(?:wunsche|mochte|will|verbitte mir) (?:ich )?(?:ab sofort )?(?:kein\w* (?:weitere\w* )?|jede\w* )kontakt(?:e|aufnahmen?|versuche?)?(?: mehr)?(?:\W*$|[.,;!]| (?:mit|zu) (?:ihnen|euch)\b| (?:durch|von|seitens) (?:sie|ihnen|ihre\w*|euch|eure\w*)\b)`,
    raw`\baus (?:\w+ ){0,2}[\w-]*(?:verteiler|newsletter|mailingliste|adressliste) (?:ausgetragen|gestrichen|entfernt|geloscht|(?:heraus)?genommen) (?:zu )?werden\b(?!.{0,20}\bnicht)`,
    raw`\bverschon\w* (?:sie )?(?:mich|uns) .{0,20}\b(?:werb\w*|anruf\w*|newsletter\w*|e-?mails?)\b`,
    raw`\b(?:nutzung|verwendung) meiner? (?:\w+ )?(?:\w*daten|\S*adresse|\w*nummer) (?:fur|zu) werb\w*.{0,40}\b(?:untersagt|verboten|nicht (?:erlaubt|gestattet))\b`,
    raw`^\W*ich widerspreche(?: hiermit)?\W*$|^\W*hiermit widerspreche ich\W*$`,
    raw`^\W*bitte keine \w*(?:karten|post|kataloge|broschuren|prospekte|gru(?:ss|sz)e|geschenke) mehr\b(?! (?:drucken|einpacken|bestellen|verteilen|auslegen|kaufen|annehmen))`,
    raw`\bnicht (?:mehr|langer) (?:per|uber|am|via) (?:telefon|e-?mail|mail|post|brief|sms|whatsapp) (?:kontaktier|anschreib|anruf|melden)\w*\b`,
    raw`^\W*(?:please )?quit (?:calling|e-?mailing|texting|contacting|writing) me\b`,
    raw`^\W*(?:nein\W+)?(?:bitte )?keine (?:\w+ )?(?:werbung|newsletter|${wege} mehr)(?: mehr)?(?:,? (?:bitte|danke))*\W*$`,
    raw`^\W*(?:bitte )?nichts mehr (?:zu)?(?:schicken|senden)\W*$`,
    raw`\bnichts? mehr von (?:ihnen|euch) horen\b`,
    raw`\bwiderspruch (?:\w+ )?(?:gilt|richtet|bezieht)\b.{0,40}\bwerb`,
    raw`\b(?:don't|do not) (?:want|wish) to be (?:contacted|called|e-?mailed|phoned|texted|written to)\b`,
    raw`\b(?:don't|do not|never) mail me\b.{0,20}\b(?:again|any ?more)\b`,
    raw`\b(?:verbiete|untersage) (?:ich )?(?:ihnen|euch)\b.{0,20}\bmeine? (?:\w+ )?\w*(?:daten|adresse|nummer)\b`,
    raw`\bmit (?:\w+ )?werbung\b.{0,30}\bnicht einverstanden\b`,
    raw`\b(?:setz|nehm|trag)\w* (?:sie )?(?:mich|uns) .{0,20}\b(?:sperr|robinson|black)liste\b`,
    raw`^\W*(?:bitte )?hor(?:en sie|t) (?:\w+ )?(?:damit auf|auf damit)\W*$`,
    raw`\b(?:do not|don't|never) (?:consent(?:ed)?|agreed?|opt(?:ed)? in) (?:in )?to .{0,20}\b(?:cold calls?|(?:contact|call|e-?mail|text|phon)ing me|${ways})\b`,
    raw`\bnicht,? dass? .{0,40}\bprofil\w*\b.{0,40}\b(?:erstellt|gebildet|angelegt)`,
    raw`\b(?:prefer|rather|like|want) not to (?:receive|get|be sent) .{0,15}\b${ways}\b`,
    raw`\b(?:verzichten|unterlassen) sie\b.{0,40}\bwerb|\b(?:verzichten|unterlassen) sie\b.{0,20}\b(?:kunftig|zukunftig|in zukunft|weitere|jegliche|jede|alle)\b.{0,30}\b(?:anrufe?|e-?mails?|newsletter|zusendung\w*)\b`,
    raw`\b(?:sehen|nehmen) sie (?:\w+ ){0,3}von (?:\w+ )?(?:anrufen|werb\w*|e-?mails?|zusendungen|kontaktaufnahmen?) (?:\w+ )?ab(?:stand)?\b`,
    raw`\b(?:mochte|will|wunsche) (?:ich )?(?:von ihnen )?nicht (?:mehr|weiter|langer) (?:\w+ ){0,3}(?:kontaktiert|angerufen|angeschrieben|belastigt|angemailt|beworben)(?: zu)? werden\b`,
    raw`\bnewsletters? (?:\w+ )?(?:abbestellen|kundigen|abmelden|stornieren)\b(?!.{0,30}\b(?:hier|klick|link))`,
    raw`\b(?:cease|discontinue|halt) (?:all |any |sending )*(?:\w+ )?(?:marketing|mailings?|communications?|contact|calls|advert\w*)\b`,
    raw`\bi no longer (?:wish|want) to (?:receive|get) (?:your |any |the )?(?:\w+ )?${ways}\b`,
    raw`\b(?:don't|do not|dont) (?:wish|want) to (?:receive|get) (?:your |any |the )?(?:\w+ )?${ways}\b.{0,30}\b(?:any longer|any ?more|again)\b`,
    raw`^\W*(?:please )?leave me alone\W*$`,
    raw`\b(?:not allowed|not permitted|no permission|forbid you|prohibit you|may not|must not) .{0,10}\b(?:use|process|share|sell|using|processing|sharing|selling) my (?:\w+ )?(?:data|details|address|number|name)\b`,
    raw`\b(?:bitte|wunsche|mochte|will|erbitte)\b.{0,30}\bkeine?n? (?:weitere\w*|kunftige\w*|zukunftige\w*) (?:\w+ )?${wege}\b`,
    raw`\b(?:streich\w*|nehm\w*|nimm|losch\w*|entfern\w*) (?:(?:sie|ihr|bitte) )*mich (?:(?!nicht)\w+ ){0,2}(?:von|aus) (?:\w+ ){0,2}(?:liste|mailingliste|adressliste|mailverteiler|verteiler|newsletter|rundmail)\b(?!.{0,20}\bnicht\b)`,
    raw`\b(?:verarbeit|nutz|verwend)\w* (?:sie |ihr )?(?:\w+ )?meine (?:\w+ )?(?:daten|adresse|nummer) (?:\w+ ){0,2}nicht (?:mehr|langer|weiter)\b(?!.{0,10}\bbis\b)`,
    raw`\b(?:do not|don't|never) (?:ever )?(?:contact|call|e-?mail|text|phone|write to|ring) me\b.{0,20}\b(?:again|any ?more|any longer|in (?:the )?future)\b`,
    raw`\b(?:opt me|(?:want|wish|like) to (?:be )?opt(?:ed)?) out (?:of|from) .{0,40}\b(?:mailings?|communications?|profiling|${ways})`,
    raw`^\W*(?:please )?no (?:more|further) (?:\w+ )?${ways}(?:(?:,| or| and) (?:\w+ )?${ways}){0,3}(?: from (?:you|your \w+(?: \w+)?))?(?:,? please)?(?:,? thanks?(?: you)?)?\W*$`,
    raw`\bruf\w* (?:sie |ihr )?(?:(?:mich|uns|hier|bei (?:mir|uns)) )?nie (?:wieder|mehr) an\b`,
    raw`\b(?:don't|do not|dont) (?:want|wish) (?:to (?:get|receive) )?(?:any )?(?:more|further) (?:\w+ )?${ways}\b`,
  ]],
  ["rectification", [
    raw`\bich bin (?:eine frau|ein mann|keine frau|kein mann)\b(?! (?:de[rs]|vo[mn])\b).{0,40}\b(?:richtig|andern|andert|korrigier\w*|berichtig\w*)\b`,
    raw`\bich heisse nicht \w+,? sondern\b`,
    raw`^\W*(?:meine |unsere )?neue (?:adresse|anschrift|postanschrift|telefonnummer|handynummer|e-?mail-?adresse|rufnummer)(?: (?:lautet|ist|ab \S+))?:`,
    raw`\bunsere (?:adresse|anschrift|\w*nummer|e-?mail-?adresse) hat sich (?:\w+ )?geandert\b`,
    raw`\bmein (?:geburtsjahr|geburtsdatum|geburtstag|geburtsname|titel|beruf) ist .{1,30}\bnicht\b`,
    raw`\byou(?:'ve| have)? (?:spelled|spelt|written) my (?:\w+ )?name (?:incorrectly|wrong(?:ly)?)\b`,
    raw`^(?!.*(?:bestell|liefer|rechnung|angebot))\W*bitte (?:meine |mein )?(?:\w*telefonnummer|handynummer|rufnummer|adresse|anschrift|e-?mail-?adresse|(?:nach|vor)?namen?|anrede|geburtsdatum) (?:\w+ )?(?:andern|korrigieren|berichtigen|aktualisieren|anpassen)\b`,
    raw`\bmein (?:vor|nach|familien)?name ist \w+ mit \w{1,2}\b`,
    raw`\bmeine (?:\w+ )?(?:\w*nummer|\w*adresse|anschrift) (?:lautet|ist|heisst) [^,;]{1,40}(?:,| und|\d) nicht\b(?! (?:bekannt|erreichbar|offentlich|relevant|notig|mehr|gultig))`,
    raw`\b(?:habt|haben) (?:(?:ihr|sie) )?mein\w* (?:\w+ )?(?:vor|nach|familien)?namen? (?:\w+ )?falsch\b`,
    raw`\bich bin (?:frau|herr|dr)\b.{0,30}\bnicht (?:frau|herr)\b`,
    raw`\btrag\w* (?:sie )?(?:bitte )?als (?:\w+ )?(?:\w*nummer|\w*adresse|anschrift|namen?)\b.{0,60}\bein\b`,
    raw`\byou(?:'ve| have)? (?:always )?mis-?spel\w+ my (?:\w+ )?(?:name|surname)\b`,
    raw`\bmy (?:title|surname|name|first name|last name|date of birth|birthday) is [^,.;]{1,30}, not\b`,
    raw`\bit's (?:mr|mrs|ms|miss|dr|prof)\b.{0,30}\bnot (?:mr|mrs|ms|miss|dr|prof)\b`,
    raw`\b(?:amend|correct) my (?:\w+ )?(?:postcode|zip|surname|name|address|title|e-?mail|number|birthday|details)\b`,
    raw`\bmy (?:\w+ )?(?:name|surname|address|e-?mail|number|date of birth|details) (?:is|are) (?:not|no longer) (?:correct|right|up to date)\b`,
    raw`\bi have a new (?:\w+ )?(?:phone number|number|address|e-?mail(?: address)?|surname|name)\b(?! (?:from|for (?:deliver|ship|invoic|bill)))`,
    raw`\bmeine (?:\w+ )?(?:\w*nummer|\w*adresse|anschrift|e-?mail\w*) (?:lautet|ist) (?:jetzt|nun|ab sofort|neuerdings|seit|ab)\b(?!.{0,30}\b(?:erreichbar|ungultig|gesperrt|besetzt)\b)`,
    raw`\bwohne (?:ich )?(?:jetzt|nun|nicht mehr|inzwischen|mittlerweile|seit|ab)\b(?!.{0,20}\b(?:jahren|langem|hotel|pension)\b)`,
    raw`^\W*(?:betr\w*:? )?(?:adress|anschriften|namens)anderung\b(?! (?:der|des|fur|bei|zu|in|im)\b)`,
    raw`\b(?:erganz|vervollstandig|trag)\w* (?:sie )?(?:bitte )?(?:in )?mein\w* (?:datensatz|\w*daten|profil)\b`,
    raw`\bich (?:\w+ ){0,3}(?:verheiratet|geschieden|geheiratet)\b.{0,40}\b(?:namen?|heisse)\b`,
    raw`\byou(?:'ve| have)? (?:got|have) my (?:\w+ )?(?:name|surname|address|number|date of birth|e-?mail|title) (?:\w+ )?(?:wrong|misspel\w+)\b`,
    raw`\bmy (?:\w+ ){0,2}(?:number|address|e-?mail|name) (?:has|have) changed\b|\bi(?:'ve| have) changed my (?:name|address|number|e-?mail|surname)\b`,
    raw`\bwir sind (?:\w+ ){0,2}umgezogen\b|\bunsere neue (?:adresse|anschrift|\w*nummer|bankverbindung)(?::| lautet\b| ist\b)`,
    raw`\bmein\w* (?:\w+ ){0,2}(?:${item}|\w*name|bankverbindung|iban|familienstand) (?:hat|haben) sich (?:\w+ )?geandert\b`,
    raw`\bmein (?:\w+ )?(?:vor|nach|familien)?name (?:wird|schreibt sich) .{0,40}\b(?:geschrieben|mit|ohne)\b`,
    raw`\bheisse (?:ich )?(?:wieder|jetzt|nun|nunmehr|fortan)\b`,
    raw`(?<!\b(?:rechnung|angebot|lieferschein|bestellung)\b.{0,60})\b(?:\w*name|\w*adresse|anschrift|hausnummer|postleitzahl|geburtsdatum|telefonnummer)\b.{0,30}\b(?:tipp)?fehler (?:eingeschlichen|enthalten|drin)`,
    raw`\b(?:name|surname|address|e-?mail|number|date of birth|birthday|title|details|data|information|records?) (?:that |which )?you (?:have|hold|keep|stored?|use)(?: (?:for|of|on|about) (?:me|us))? (?:is|are) (?:\w+ )?(?:wrong|incorrect|inaccurate|incomplete|out ?dated|out of date|old|misspel\w+)\b`,
    raw`\bpass(?:en sie|t) (?:bitte )?meine (?:\w+ )?(?:\w*daten|adresse|anschrift|namen?) (?:\w+ ){0,3}an\b`,
    raw`\bmy (?:sur|last |first |married )?name (?:is now|has changed)\b(?! (?:on|in|at)\b)`,
  ]],
  ["restriction", [
    raw`\bfrier\w* (?:sie |ihr )?(?:bitte )?meine (?:\w+ )?daten (?:\w+ )?ein\b`,
    raw`\bbis zur (?:klarung|prufung|entscheidung)\b.{0,20}\bdurfen (?:sie|ihr) meine (?:\w+ )?daten nicht\b`,
    raw`\bverarbeitung meiner (?:\w+ )?daten (?:\w+ ){0,2}aus(?:zu)?setzen\b`,
    raw`\b(?:until|while) .{0,40}\b(?:don't|do not) (?:touch|use|process) my (?:\w+ )?(?:data|details|information)\b`,
    raw`\b(?:nutz|verwend|verarbeit|benutz)\w* (?:sie|ihr) (?:sie|diese|meine daten) (?:\w+ ){0,2}(?:vorerst|vorlaufig|einstweilen|zunachst) nicht\b`,
    raw`^\W*bis zur (?:klarung|prufung) (?:bitte )?(?:alles )?sperren\W*$`,
    raw`\bdaten durfen\b.{0,60}\bnicht geloscht\b.{0,40}\bnicht (?:benutzt|genutzt|verwendet|verarbeitet)\b`,
    raw`\b(?:limit|suspend|pause) (?:the |all )?(?:processing|use) of my\b`,
    raw`\b(?:limit|restrict) (?:how|the way) you (?:use|process) my\b`,
    raw`\bmeine (?:\w+ )?daten .{0,80}\bgesperrt (?:vorhalten|aufbewahren|speichern|halten|werden|bleiben)\b`,
    raw`\bput (?:an? )?(?:hold|freeze|block) on my (?:\w+ )?(?:data|details|information|records?)\b`,
    raw`\b(?:verwenden|nutzen|verarbeiten) durfen (?:sie|ihr) (?:sie|(?:die|diese|meine) (?:\w+ )?daten) bis (?:dahin|zur klarung) .{0,20}\bnicht\b`,
    raw`\b(?:verarbeit|nutz|verwend)\w* (?:sie |ihr )?(?:\w+ )?meine (?:\w+ )?daten (?:\w+ ){0,2}nicht\b.{0,20}\bbis\b`,
    raw`\bput .{0,20}\bmy (?:\w+ )?(?:data|records?|file|details) on hold\b`,
    raw`\b(?:don't|do not) (?:use|process) my (?:\w+ )?(?:data|details|information)\b.{0,20}\b(?:until|while|pending)\b`,
  ]],
  ["portability", [
    raw`\b(?:geben|ubermitteln|senden|ubertragen) sie meine (?:\w+ )?daten (?:\w+ )?an (?:mein\w*|den|die|einen?) (?:neue\w* )?(?:\w*versicherer|\w*versicherung|\w*anbieter|\w*bank|\w*arzt|dienstleister|\w*versorger)\b`,
    raw`\b(?:ubermitteln|ubertragen) sie meine (?:\w+ ){0,3}daten (?:bitte )?(?:direkt )?an (?:die|den|das) (?:firma|unternehmen|anbieter)\b`,
    raw`\b(?:datenmitnahme|datenportabilitat)\b`,
    raw`\bstell\w* (?:sie )?(?:mir )?(?:bitte )?meine (?:\w+ )?daten .{0,60}\b(?:einlesen|einspielen|importieren)\b`,
    raw`\b(?:need|want|like|send me) (?:\w+ )?my (?:\w+ )?data (?:\w+ )?(?:as|in) (?:an? )?(?:csv|json|xml|excel|machine)`,
    raw`\b(?:kann|konnte|darf|mochte|will) ich meine daten\b.{0,40}\b(?:exportieren|mitnehmen|herunterladen|umziehen)\b`,
    raw`\b(?:can|could|may|want to|like to) (?:i )?(?:export|download|take) (?:all )?(?:of )?my data\b`,
  ]],
  ["withdrawal", [
    raw`^\W*(?:einwilligung|zustimmung|widerruf der einwilligung) (?:widerrufen|zuruckziehen)\W*$`,
    raw`\b(?:einwilligung|zustimmung|einverstandnis\w*)\b.{0,40}\b(?:zuruckziehen|zurucknehmen)\b`,
    raw`\b(?:ziehe|nehme) (?:ich )?mein\w* (?:einwilligung|zustimmung|einverstandnis\w*|erlaubnis) (?:\w+ ){0,3}zuruck\b`,
    raw`^\W*withdrawal of (?:my )?consent\b`,
    raw`\bconsent (?:is )?(?:hereby )?withdrawn\b`,
    raw`\btake back my (?:permission|agreement|authori[sz]ation)\b`,
    raw`\b(?:erteile|gebe) (?:ich )?(?:(?:ihnen|euch) )?keine (?:einwilligung|zustimmung|erlaubnis) mehr\b`,
    raw`\bi (?:\w+ )?withdraw (?:my|the|any) (?:permission|agreement|authori[sz]ation)\b`,
    raw`\bnicht (?:mehr|langer) (?:damit )?einverstanden\b.{0,80}(?:daten|newsletter|werb|foto|bild|adresse|nummer|veroffentlich)`,
    raw`\b(?:einwilligung|zustimmung|einverstandnis\w*)\b.{0,120}\b(?:ziehe|nehme) ich .{0,20}zuruck\b`,
    raw`\bno longer (?:agree|consent)\b.{0,60}\b(?:data|details|information|address|marketing|newsletters?|photos?|pictures?)\b`,
  ]],
];

const compiled = patterns.map(([right, each]) => [right, new RegExp(each.join("|"))] as const);

/** What a folded sentence claims in such words. */
export const plainWords = (sentence: string): Right[] =>
  compiled.flatMap(([right, pattern]) => pattern.test(sentence) ? right : []);

/** What is restricted until an objection is decided on does not object again. */
export const awaitsAnswer = (sentence: string): boolean =>
  /\bbis .{0,20}\bwiderspruch\b|\b(?:until|pending) .{0,30}\bobjection\b/.test(sentence);

/** "Remove me from this mailing list" asks for no more than that, whoever is on it. */
export const leavesList = (sentence: string): boolean =>
  english.test(sentence) || german.test(sentence);

const english =
  /\b(?:remove|delete|take) (?:me|us|my (?:name|e-?mail(?: address)?|address)|(?:mr|mrs|ms|miss|dr)\.? [\p{L}-]+) (?:from|off) (?:(?:(?:this|the|your|that|any|all|of|these|those|e-?mail|mail|call|calling|phone) )*lists?|(?:\w+ ){0,4}(?:mailing lists?|newsletters?|mailings?|distribution lists?|marketing(?: lists?| e-?mails?)?))(?:,? (?:please|now|immediately|thanks?(?: you)?))*\W*$/u;
const german =
  /\b(?:losch|streich|entfern|nehm|nimm)\w* (?:(?:sie|ihr|bitte) )*(?:mich|uns|meine? (?:\w+ )?(?:namen?|[\w-]*adresse|\w*nummer)|(?:herrn?|frau) [\p{L}-]+(?: [\p{L}-]+)?) (?:bitte )?(?:aus|von|vom) (?:\w+ ){0,2}(?:[\w-]*verteiler|newsletter|\w*liste)(?:,? (?:bitte|danke|sofort|umgehend|heraus|raus))*\W*$/u;
