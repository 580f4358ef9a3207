/**
 * What sounds like data about a person but belongs to ordinary business: machine data, invoices,
 * bookings, guest lists, products.
 */
import type { Right } from "./rules.ts";

const { raw } = String;

/** Papers and things that carry a name or an address of their own. */
const papers = [
  raw`(?:\w*rechnung|\w*angebot|\w*auftrag|auftragsbestatigung|\w*bestellung|bestellbestatigung|lieferschein|gutschrift|mahnung|datenblatt|druckfehler|\w*anzeige|\w*zeichnung|namensschild|visitenkarte|\w*buchung|zertifikat|stuckliste|preisliste)(?:e?[ns]|er|es)?`,
  raw`(?:invoice|quote|quotation|offer|order|order confirmation|delivery note|credit note|reminder|data ?sheet|advert\w*|drawing|badge|business card|booking|certificate|parts list|price list|contract)s?`,
].join("|");
const devices =
  raw`(?:festplatten?|laptops?|rechner|notebooks?|(?:leih)?gerate?s?|server|maschinen?|steuerung|hard (?:disks?|drives?)|disks?|devices?|stick|controller|machine)`;
const products =
  raw`(?:maschinen?|pumpen?|anlagen?|motors?|produkts?|artikels?|ware|versand|lieferung|bestellung|auftrags?|projekts?|steuerung|messung|sendung|fahrzeugs?|bauteils?|objekts?|ausschreibung|besprechung|veranstaltung|verzollung)`;
const product =
  raw`(?:machine|pump|engine|product|item|goods|shipment|order|project|system|vehicle|part|measurement)`;
const events =
  raw`(?:guest|speakers?|attendees?|attendance|participants?|attendee|waiting|call|seating)`;

/** Left out before a folded sentence is read. */
const business = new RegExp(
  [
    raw`\b(?:data ?sheets?|datenblatt\w*|data ?rooms?|datenraum\w*|data processing agreements?|data carriers?|datentrager\w*)\b`,
    raw`\btest ?(?:data|daten)\w*(?: (?:in|on|auf|aus) (?:our|unser\w*) (?:\w*konto|account|mandant\w*))?\b`,
    raw`\bmy data in the (?:attach\w+|sheet|table|file|folder|spreadsheet)\b|\bdata (?:cables?|plans?|volumes?|loggers?|rates?)\b`,
    raw`\b(?:verarbeitung (?:der|des|von)|processing (?:of )?(?:the|my|our|your)) (?:\w+ )?(?:lack|mobel|tur|platte|material|holz|kunststoff|stoff|metall|blech|bestellung|reklamation|auftrag|retoure|zahlung|order|return|refund|payment|complaint|resin|paint|parcel)\w*`,
    raw`\bprocessing (?:fees?|times?)\b`,
    raw`\bart(?:ikel|icle)?\.? \d+ (?:(?:der|des|of the|of) )?(?:lei geral|lgpd|bgb|hgb|uwg|tkg|zpo|grundgesetz\w*)\b`,
    raw`\b(?:remove|delete|erase|take) (?:the|this|these|those|that|an?|one|two|both) (?!(?:\w+ ){0,3}(?:data|info\w*|details|records?|photos?|pictures?|images?|entr(?:y|ies)|name|number|address|e-?mails?|comments?|reviews?)\b)(?:\w+ ){1,4}(?:from|off) my (?:account|basket|cart|profile)\b`,
    raw`\b(?:altbestand\w*|altdaten|dubletten|duplikate|doppelte eintrage) (?:\w+ )?(?:aus|in|im) (?:der|dem|unsere[mr]) \w*(?:datenbank|system|crm|kartei)\b`,
    raw`\blink (?:zu\w?|to) .{0,20}\b(?:datenschutz|privacy)\w*`,
    raw`\bverteiler (?:des|der|fur das|fur den) (?:projekt|team|arbeits)\w*`,
    raw`\bwerbung auf (?:ihrem|unser\w{0,2}|dem|das|den) (?:wagen|fahrzeug|lkw|t-?shirts?|trikots?|plakat|lieferschein)\b`,
    raw`\bmeine daten (?:fur (?:die|das|den) (?:anmeldung|hotel|flug|reise|visum|buchung|angebot|formular)|(?:im|in der|in dem) (?:projekt\w*|ordner|tabelle|anhang|anlage))\b`,
    raw`\b(?:(?:e-?)?mails?|anrufe?|nachrichten) in dieser (?:sache|angelegenheit)\b`,
    raw`\b(?:e-?mails?|anrufe?|calls?|nachrichten) (?:zu|about|regarding|wegen) (?:diese[mr]|dem|der|the|this) (?:auftrag|bestellung|projekt|angebot|order|pump|project|quote)\b`,
    raw`\bkeine (?:kataloge?|prospekte?|broschuren?) mehr (?:drucken|bestellen|auslegen|nachdrucken)\b`,
    raw`\bpost an die (?:alte|bisherige) (?:adresse|anschrift)\b`,
    raw`\bagain before (?:\d|monday|tuesday|wednesday|thursday|friday|next|noon)`,
    raw`\bart(?:ikel|icle)?\.? \d+(?: (?:abs|para)\w*\.? \d+)? (?:des|der|unseres|unserer|dieses|of the|of our|of this) (?:\w+ )?(?!\w*datenschutz)(?:\w*vertrag(?:e?s)?|satzung|\w*vereinbarung|agb|agreement|contract|terms|statutes)\b`,
    raw`\b(?:guthaben|saldo|kontostand|balance|statement) (?:auf|of|on) (?:mein\w{0,2}|my|our|unser\w{0,2}) (?:konto\w*|account)\b`,
    raw`\bfur ein \w*konto\b`,
    raw`\b(?:bestell|auftrags|rechnungs|artikel|serien|teile|vorgangs|angebots|sendungs|ticket)nummer\b`,
    raw`\b(?:order|part|serial|invoice|ticket|tracking|item|batch|model|article|file|project) (?:number|name)s?\b`,
    raw`\b(?:the|die) (?:data|daten) (?:in|from|im|aus|aus dem|in der) (?:(?:the|der) )?(?:draft|entwurf|list|liste|table|tabelle|sheet|attachment|anhang|anlage|report|bericht)\b`,
    raw`\b(?:the|your) (?:bank|technical|company|supplier|insurance) data\b`,
    raw`\b(?:zustimmung|consent|agreement) (?:zum|zur|zu|to) (?:(?:der|dem|the) )?(?:\w+ )?(?:preis|vergleich|bauplan|termin|auftrag|vertrag|price|settlement|delivery|change)\w*`,
    raw`\btechnische\w* daten\b|\b(?:die |alle )?daten (?:der|des|zur|zum|vom) (?:\w+ )?${products}\b`,
    raw`\b${product} data\b|\bdata (?:of|on|for|about) the (?:\w+ )?${product}\b`,
    raw`\b(?:die|the) (?:\w+ )?(?:daten|data) (?:auf|on|from|von|aus) (?:der|dem|den|my|the|a|our|mein\w{1,2}|unser\w{1,2}) (?:\w+[ -])?${devices}\b`,
    raw`\b(?:feuerlosch|loschwasser|loschfahrzeug|loschanlage|loschdecke|loschpapier|loschkalk|loschteich)\w*`,
    raw`\bverteiler-?(?:ordner|kasten|dosen?|schrank|box|getriebe|leisten?|platten?)\b`,
    raw`\bwerbe?(?:anzeige|flache|banner|mittel|agentur|film|spot|artikel|geschenk|plakat|tafel|text|kampagne)\w*|\b(?:the|our) marketing campaign (?:for|of)\b`,
    raw`\bim newsletter (?:ist|sind|steht|war|fehlt)\b|\b(?:error|mistake|typo)s? in (?:the|your|our) newsletter\b`,
    raw`\bkeine (?:anrufe|e-?mails?|nachrichten) (?:annehmen|entgegennehmen|empfangen|lesen|beantworten)\b`,
    raw`\bprofile?n? (?=\d)`,
    raw`\b(?:mahngebuhr|lastschrift|zahlung|betrag|buchung|gebuhr|abbuchung|uberweisung|mahnsperre|mandat)\w*\b.{0,40}\b\w*kontos?\b`,
    raw`\b(?:fee|charge|payment|debit|booking|amount|transfer) (?:\w+ ){0,3}(?:my|our|your|the) (?:\w+ )?account\b`,
    raw`\bkonto (?:\w+ ){0,3}fur (?:zahlungen|auszahlungen|bestellungen)\b`,
    raw`\baccess to my (?:\w+ )?account\W*(?:$|[,.;])`,
    raw`\b(?:give|grant|get|regain|restore) (?:me )?access to my (?:\w+ )?account\b(?! (?:data|information|records))`,
    raw`\bwelche (?:daten|angaben|informationen|unterlagen) (?:brauchen|benotigen|fehlen) (?:sie|ihr|ihnen)\b`,
    raw`(?<!\b(?:mein\w{0,2}|my) )\b(?:adresse|anschrift|address|namen?) (?:on|in|auf|im|in) (?:(?:the|der|dem|die|das|our|your|ihrer|unser\w{0,2}) )?(?:\w+ )?(?:${papers})\b`,
    raw`(?<!\bmein\w{0,2} )\b(?:adresse|anschrift) (?:\w+ )?auf (?:der|dem|die|ihrer) (?:\w+ )?(?:${papers})\b`,
    raw`\b(?:adresse|anschrift) (?:der|des) (?:baustelle|lagers|lieferanten|spedition|bauvorhabens|hotels?|messe|restaurants?)\b|\baddress of the (?:\w+ )?(?:site|warehouse|supplier|carrier|hotel|venue|restaurant|fair)\b`,
    raw`\b(?:remove|delete|take) (?:me|us|my name) (?:from|off) (?:the |your |this )?(?:\w+ )?(?:${events} list|(?:meeting |calendar )?invit(?:e|ation)|cc\b|thread|(?:\w+ )?(?:project|channel|chat|board|call(?! list)|meeting)\b)`,
    raw`\b(?:losch|entfern|streich|nehm)\w* (?:sie |ihr )?(?:bitte )?mich (?:bitte )?als (?:teilnehm\w*|ansprech\w*|gast|referent\w*|begleit\w*)\b`,
    raw`\b(?:delete|erase|remov(?:e|al|ed)) (?:(?:of )?(?:me|us) )?as (?:(?:an?|the|your) )?(?:\w+ )?(?:participant|attendee|guest|speaker|host|organi[sz]er|owner|assignee|reviewer|approver|editor|admin\w*|moderator|observer|watcher|user (?:from|of|in|on) the (?:\w+ )?(?:project|channel|chat|board|group))\b`,
    raw`\b(?:das )?bestehen (?:\w+ ){0,3}\w*recht\w*\b.*|\bexistence of (?:the |an? |any |my |these )?rights?\b.*`,
    raw`\bexistence (?:d'un |du |des |de mes |de ce )?droits?\b.*|\b(?:existencia del?|informacion sobre (?:los|mis|sus)) derechos?\b.*`,
    raw`\besistenza de\S{1,4} ?(?:\w+ )?diritt.*|\bbestaan van (?:het|een|de) recht.*|\bexistencia do direito.*`,
    raw`\bkeine anrufe (?:vor|nach|zwischen|ab) (?:\d|sieben|acht|neun|zehn|mittag|feierabend)`,
    raw`\bbestatigen wir (?:\w+ ){0,2}loschung (?:ihrer|deiner)\b`,
  ].join("|"),
  "g",
);

/** A folded sentence without what only sounds like data about a person. */
export const withoutBusiness = (sentence: string): string => sentence.replace(business, " ");

/** Somebody speaks of their own data. */
const own =
  /\b(?:mein\w{0,2}|mich|mir|my|me|mine|mandant\w*|client\w*|widerrufe|widerspreche|verlange|fordere|beantrage)\b|\bi (?:\w+ )?(?:withdraw|object|request|demand)\b/;
/** Other people's requests, and products, courses and agreements that deal with them. */
const topics =
  /\b(?:webinar\w*|schulung\w*|seminar\w*|workshops?|training|urteil|ruling|judgment|vorlage|template|checkliste|checklist|auftragsverarbeit\w*|unterauftrag\w*|subprocessors?|sub-processors?|talentpool)\b|\bart(?:ikel|icle)?\.? 28\b|\bwir haben ihr\w{0,2} (?:\w+ )?(?:auskunftsersuchen|\w*antrag|anfrage|widerspruch)\b|\berhalten sie (?:\w+ )?auskunft\b|\b(?:reply|response|answer) to your (?:\w+ )?request\b|\bwie gehen wir vor\b|\bhow do we\b|\b(?:in|with|mit) (?:your|ihr\w{0,2}|eur\w{0,2}) (?:product|software|programm|produkt|tool|app)\b|\b(?:crm|software|program|programm|tool|system),? (?:that|which|das|die|welche\w?) |^\W*(?:does|do|can|will|is) (?:your|the|this) (?:\w+ ){0,2}(?:product|software|tool|crm|system|app|platform|solution)\b|^\W*(?:unterstutzt|kann|bietet|erfullt) (?:ihre?|eure?|das|die) (?:\w+ )?(?:produkt|software|system|crm|programm|tool|losung)\b|\b(?:auskunftsersuchens?|loschantrags?|anfrage) (?:eines|einer|von) (?:(?:unserer|eines) )?(?:kunden?|kundin|betroffenen|mitarbeiter\w*|bewerber\w*)\b|^\W*how (?:do|does|can|could|would) .{0,40}\b(?:crm|software|product|tool)\b|^\W*wie (?:kann|konnen|mache\w*|geht) .{0,40}\b(?:crm|software|produkt|programm|tool)\b/;
/** What was lost is wanted back. */
const lost =
  /\bbestatig\w* wir .{0,40}\bloschung (?:ihrer|deiner)\b|\b(?:restore|recover) .{0,30}\b(?:deleted|erased|lost)\b|\bgeloschte\w* .{0,40}\bwieder her/;
/** A newsletter or mail that does not come is missed. */
const missed =
  /\b(?:ich habe (?:(?:noch|bisher|leider|auch|bislang) )*keine\w*|i never (?:received|got) (?:the|your|any)|i no longer (?:receive|get) (?:the|your|any)|i(?:'m| am) (?:no longer|not) (?:receiving|getting) (?:the|your|any)) (?:\w+ )?(?:newsletters?|e-?mails?|mails?)\b|\b(?:bekomme|erhalte) (?:ich )?(?:\w+ ){0,2}newsletter (?:\w+ )?nicht mehr\b|\bnewsletter (?:\w+ )?(?:kommt|kommen) (?:\w+ ){0,3}nicht (?:mehr )?an\b/;
const further = /losch|delet|eras|remov|entfern|daten|data|auskunft|access/;

/** Whether a folded sentence is about business only: it claims nothing. */
export const isBusiness = (sentence: string): boolean =>
  lost.test(sentence) || missed.test(sentence) && !further.test(sentence) ||
  topics.test(sentence) && !own.test(sentence);

const paper = new RegExp(raw`\b(?:${papers}|liefer(?:datum|termin|adresse|anschrift))\b`);
/** An item of the person's that is wrong or has changed, wherever it was read. */
const ownItem =
  /\b(?:mein\w*|unser\w*|my|our) (?:\w+ ){0,2}(?:\w*adresse|anschrift|\w*nummer|\w*name|e-?mail\S*|surname|address|number|details|date of birth|\w*daten)\b(?!.{0,20}\b(?:fehl|missing))/;
const badge = /\b(?:namensschild|visitenkarte|badge|business card)/;
const stored =
  /gespeichert|hinterlegt|\b(?:kunden|stamm)daten|datenbank|ds-?gvo|gdpr|\bart\b|\bhold\b|\bon file\b|\brecords?\b/;
/** "Auskunft, ob die Adresse im Liefergebiet liegt." */
const whether = /\bauskunft(?: geben| erteilen)?, (?:ob|wann|wo|wie|warum) /;
const isAbout = /daten|speicher|\bmich\b|person|angaben|information/;
const consenting =
  /\bwillige (?:ich )?.{0,40}\bein\b|\bstimme (?:ich )?.{0,80}\bzu\b|\bi (?:\w+ )?(?:consent|agree) (?:to|that)\b/;

/** Something of a deal is objected to, or taken out of a paper. */
const disputed =
  /\b(?:object\w*|widersprech\w*|widerspruch\w*)\b.{0,40}\b(?:renewal|verlangerung|rechnung|mahnung|kundigung|preis\w*|\w*gebuhr|lastschrift|abbuchung|bescheid|invoice|fee|price|termination|charge)\b/;
const personal =
  /daten|\bdata\b|angaben|werb|marketing|processing|verarbeitung|newsletter|advert|profiling|person|art\b/;
const outOfPaper = new RegExp(
  raw`\b(?:losch|entfern|streich|delet|remov)\w* .{0,40}\b(?:vom|(?:aus|von|from|off) (?:der|dem|den|the|mein\w{0,2}|my|our|unser\w{0,2})) (?:${papers})\b|\b(?:losch|entfern|streich)\w* (?:sie )?(?:bitte )?(?:im|in der) (?:${papers})\b`,
);
/** Data that are to move belong to somebody. */
const movers =
  /\b(?:aller? (?:\w+ )?daten|all (?:the )?data|ich (?:ihnen|euch)|i (?:gave|provided|have given))\b|\b(?:mein\w{0,2}|mich|my|me|mine|mandant\w*|client\w*|ihrer|seiner|deren|dessen|his|her|their|personal|personenbezogen\w*|bereitgestellt\w*)\b|ds-?gvo|gdpr|\bart\b|portab|ubertragbar|maschinenlesbar|machine[- ]readable/;

/** "My objection also applies to requests of address dealers", "I object to its erasure". */
const objected =
  /\b(?:widersp\w+|objection)\b.{0,60}\bauskunftsersuchen (?:von|durch|der|dritter)\b/;
const noErasure =
  /\b(?:einer|der|jeder) (?:\w+ )?loschung\b.{0,80}\bwidersp|\bwidersp\w+ .{0,20}\b(?:einer|der|jeder) (?:\w+ )?loschung\b|\bobject to (?:the|any|its|their) (?:\w+ )?(?:erasure|deletion)\b/;
/** The address of a branch belongs to a company. */
const branch =
  /\b(?:adresse|anschrift|\w*nummer|address|number)n? (?:unsere[rs]|der|des|of our|of the) (?:\w+ )?(?:niederlassung|zweigstelle|filiale|firma|zentrale|buros?|lagers?|werks?|gesellschaft|office|branch|company|warehouse|plant)\b/;
const devicesToo = new RegExp(raw`\b${devices}\b`);

/** Rights that a folded sentence seems to claim, but not about a person. */
export function notMeant(sentence: string): Right[] {
  const found: Right[] = [];
  const isPaper = paper.test(sentence) && !stored.test(sentence);
  if (isPaper && (badge.test(sentence) || !ownItem.test(sentence))) found.push("rectification");
  const isPersonal = personal.test(sentence);
  if (disputed.test(sentence) && !isPersonal) found.push("objection");
  if (outOfPaper.test(sentence) && !isPersonal) found.push("erasure");
  const isOwn = own.test(sentence) || /ds-?gvo|gdpr|\bart\b/.test(sentence);
  if (devicesToo.test(sentence) && !isOwn && !/person|kunden/.test(sentence)) found.push("erasure");
  if (/\b(?:sperr(?:ung|e)|einschrankung)\b.{0,60}\b(?:auf(?:zu)?heb|aufgehob)/.test(sentence)) {
    found.push("restriction");
  }
  if (branch.test(sentence)) found.push("rectification");
  if (objected.test(sentence)) found.push("access");
  if (noErasure.test(sentence)) found.push("objection");
  // "Sperren" for advertising is what Article 21 calls an objection.
  if (/\bsperr/.test(sentence) && /\bwerb|\bart\.? ?21\b/.test(sentence)) found.push("restriction");
  if (whether.test(sentence) && !isAbout.test(sentence)) found.push("access");
  if (consenting.test(sentence) && !/auskunft|kopie|copy|access/.test(sentence)) {
    found.push("access");
  }
  return found;
}

/** Whether what a German or English sentence wants moved belongs to somebody. */
export const movesOwn = (sentence: string): boolean => movers.test(sentence);
