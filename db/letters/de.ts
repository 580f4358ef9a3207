/** How requests are worded in German. */
import type { Rules } from "./rules.ts";

export const de: Rules = {
  common:
    "der die das und ich sie mir mich meine meiner bitte zu von nicht ist auf mit fur ihr habe uber alle daten guten tag hallo dass eine aus hiermit den vom",
  ask:
    /\bbitten?\b|\bhiermit\b|\b(?:beantrage|fordere|verlange|ersuche|begehre|wunsche|mochte|will|erbitte|hatte gern\w*|wurde gern\w*)\b|\b(?:wir|und|sowie) (?:beantragen|fordern|verlangen|ersuchen|begehren|erbitten)\b|\b(?:beantragen|fordern|verlangen|ersuchen|begehren|erbitten) wir\b|\bantrag\b|\b(?:konn?t\w*|konnen|konnten|kannst|wurden|wurdet) (?:ihr|sie|du)\b|\bmach\w* .{0,60}gebrauch\b|\bgeltend\b|\b(?:ihr musst|sie mussen|du musst)\b|\b(?:ubersend\w*|send\w*|schick\w*|gebt|geben|teil\w*|erteil\w*|nenn\w*|stell\w*) (?:sie )?(?:mir|uns)\b|\b(?:ware|froh|dankbar|freu\w*) .{0,30}\bwenn\b|\bnicht einverstanden\b|\b(?:erwarte|berufe mich|beziehe mich)\b|\banfrage (?:nach|gemass) art\b/,
  not: /\bnicht(?! nur| mehr| langer)\b|\bkein\w*\b|\bweder\b|\bnoch(?= (?:um|eine) )/,
  instead: /\b(?:an)?statt(?: (?:der|einer|die|eine|zu))? \w+/g,
  when: /^\W*(?:falls|wenn|sofern|soweit|sollten?|ob)\b/,
  polite: /\b(?:dankbar|froh|freuen|freue|nett|toll|super|schon|verbunden),? .{0,10}wenn\b/,
  aside:
    /\b(?:ich|wir) (?:bekomm|erhalt)\w* (?:\w+ ){0,3}kein\w* .{0,40}\bmehr\b|\bbehalte?\b.{0,30}\bvor\b|\bsie (?:konnen|haben das recht|durfen)\b|\bkonnen sie .{0,80}(?:abbestellen|abmelden|widersprechen|widerrufen)|\b(?:bestehen|vorliegen) .{0,20}\brechts?\b|\bbestehen (?:\w+ )?(?:\w*rechten?|\w*rechts)\b|\bbeschwerderecht\b(?!.{0,60}\bgebrauch\b)|\bihre?[mnrs]? (?:recht\w*|betroffenenrechte\w*) (?:auf|zur|nach|gemass)\b(?!.{0,200}\b(?:geltend|gebrauch|aus(?:uben|geubt)?\W*$))|\b(?:habe|hatte(?! gern)) .{0,100}(?:geloscht|widersprochen)\b|\bsind sie .{0,60}verpflichtet|\bverpflichtung\b|\bzur folge\b/,
  data:
    /\bdaten\b|\bmein\w* (?:\w+ ){0,2}\w{3,}daten\b|datensatz|personenbezogen|personliche angaben|datenschutz|ds-?gvo|gdpr|\buber mich\b|zu meiner person|\bvon mir\b|mich betreffend|losch(?:t|en sie|e) mich|\b\w*kontos?\b|account|profil|verteiler|newsletter|werb|(?<!liefer|versand|rechnungs)(?:adresse|anschrift)|\bmein\w* (?:\w+ ){0,2}(?:liefer|versand|rechnungs)(?:adresse|anschrift)|kartei|datenbank|einwilligung|verarbeitung|mein\w* (?:neue\w* )?(?:namen?|geburtsdatum|\w*nummer|nachnamen?)|\bheisse (?:jetzt|nun|seit)\b|\brecht auf (?:auskunft|vergessen|loschung|berichtigung|einschrankung)|\bruf\w* (?:sie )?mich\b|\bmich .{0,30}(?:anruf|anschreib|kontaktier)|datenauskunft|auskunfts(?:ersuchen|antrag|anspruch|recht)|\bkeine\w* .{0,20}anruf|\bobwohl ich .{0,60}\b(?:abgemeldet|abbestellt)|katalog\w* .{0,20}\bnicht mehr|\bals \W?(?:herrn?|frau)\b|\bheisse aber\b|\bkeine\w* .{0,20}zusendungen|\bmir (?:\w+ ){0,2}(?:e-?mails?|werb\w*|sms)\b|\bkein\w* (?:\w+ ){0,2}(?:post|kataloge?|prospekte?|briefe?|angebote|zuschriften|nachrichten) mehr\b|(?:adress|mailing)liste\b|\bschreib\w* .{0,40} nicht (?:mehr|langer|weiter) an\b|\buber (?:ihn|sie) (?:\w+ ){0,2}gespeichert\b/,
  joints: "und|sowie|oder|aber|sondern|jedoch|doch",
  said: {
    access:
      /\bwelche (?:personenbezogenen |personlichen )?(?:daten|informationen|infos?|angaben)\b.{0,80}\b(?:uber|von|zu) (?:mich|mir|meiner)|\bwas (?:wisst|wissen|habt|haben|speicher\w+) .{0,40}(?:uber|von) m(?:ich|ir)\b(?! (?:\w+ )?(?:erzahlt|gesagt|gehort|gelesen)\b)|\bwas (?:\w+ ){0,4}(?:uber|von|zu) m(?:ich|ir)\b(?! (?:\w+ )?(?:erzahlt|gesagt|gehort|gelesen)\b).{0,40}\b(?:gespeichert|speicher\w+|hinterlegt|wisst|wissen|habt|haben|steht|stehen|vermerkt|vorliegt|bekannt|notiert)\b|\bwelche \w+ .{0,30}\b(?:uber mich|von mir|zu mir|zu meiner person)\b|\bwas (?!wir |ich )(?:\w+ ){0,4}uber (?:ihn|sie|mein\w* (?:\w+ )?\w+|unser\w* \w+) (?:\w+ ){0,2}gespeichert\b|\bwoher (?:habt|haben) .{0,20}(?:meine|\bdie\b) .{0,20}(?:daten|adresse|nummer)(?! (?:des|der|vom|unser\w*)\b)|\bwoher (?:sie|ihr|du) (?:\w+ ){0,3}(?:meine|die|diese)\w* (?:\w+ ){0,2}(?:daten|\w*adresse|anschrift|\w*nummer)\b(?! (?:des|der|fur|zum|zur|aus|im|in|unser\w*|von (?!mir\b|uns\b)))|\bwie (?:sind|seid|kommen|kommt) (?:sie|ihr) .{0,20}\bmeine .{0,20}(?:daten|adresse|nummer)|\bdatenauskunft\b|\bauskunfts(?:ersuchen|antrag|verlangen)\b|\bauskunfts(?:recht|anspruch)\w{0,2}\b.{0,30}\b(?:gebrauch|geltend)/,
    erasure:
      /^\W*(?:(?:bitte|also|dann|und|aber|sondern|jedoch|stattdessen) )*(?:losch(?:t|en sie|e)|loesch(?:t|en sie|e)|entfern(?:t|en sie|e)|vernichten sie)\b.{0,100}\b(?:mich|mein\w*|mir|personenbezogen\w*|daten)\b|\b(?:nehm\w*|streich\w*|werf\w*) (?:sie |bitte )*mich\b.{0,30}\baus .{0,30}(?:datenbank|kartei|system|kundenstamm|datenbestand|unterlagen)/,
    objection:
      /\bwiderspreche\b|\bwidersprechen wir\b|\bwir widersprechen\b|\bleg(?:e|en) .{0,80}widerspruch|\bwiderspruch\b.{0,200}\bein(?:zu)?legen\b|\bwiderspruch gegen die\b.{0,200}\bein\b|\bruf\w* (?:sie )?mich .{0,20}\b(?:nicht|nie|keinesfalls)\b|\bnie (?:wieder|mehr) .{0,40}(?:anruf|anschreib|kontaktier|werb)|^\W*(?:betr\w*:? )?widerspruch gegen .{0,60}(?:werb|verarbeitung|nutzung|verwendung|weitergabe|profiling)|^\W*(?:bitte )?unterlass\w* (?:.{0,80}(?:werb|zusend|anruf)|(?:sie )?es\b)|\b(?:untersagen?|verbieten?)\b.{0,120}(?:werb|nutzung|verwendung|verarbeitung|anruf|zusend|weitergabe)|^\W*(?:(?:bitte|jede|jegliche|weitere|kunftige) ){0,3}werb\w*(?: (?!ha(?:ben|t|tte|tten)\b|w[iu]rden?\b)\w+){0,6} unterlassen\W*$|\b(?:sperr|robinson)liste\b|\bobwohl ich .{0,60}\b(?:abgemeldet|abbestellt)\b|\bhabe mich (?:\w+ ){0,4}(?:abgemeldet|ausgetragen)\b.{0,60}\b(?:immer noch|weiterhin|trotzdem|dennoch)\b|\b(?:nehm\w*|nimm|streich\w*|losch\w*|entfern\w*) (?:sie |ihr |bitte )*(?:mich|uns)\b.{0,20}\b(?:aus|von|vom) .{0,20}(?:verteiler|newsletter|mailingliste|adressliste|werbeliste)|\bschreib\w* (?:sie )?(?:mich|uns|mein\w* (?:\w+ ){0,2}(?:(?:ehe)?(?:mann|frau)|mutter|vater|eltern|sohn\w*|tochter|kind\w*|bruder|schwester|(?:gross|schwieger)(?:mutter|vater)|oma|opa|tante|onkel|partner\w*|mandant\w*)) nicht (?:mehr|langer|weiter) an\b/,
    restriction:
      /^\W*(?:(?:bitte|sondern|aber|nur) )*(?:sperren sie|sperrt|schranken sie) .{0,100}\b(?:daten|verarbeitung)\b/,
    portability: /\bbrauche .{0,20}\bmeine daten\b.{0,40}\b(?:csv|json|xml|excel|datei)\b/,
    withdrawal:
      /\bwiderrufe\b|\b(?:ziehe|nehme) (?:ich .{0,40}|.{0,80}(?:einwilligung|zustimmung|einverstandnis).{0,60})zuruck/,
    rectification:
      /\bmein\w* (?:\w+ ){0,3}(?:ist|sind|wurde|war) .{0,60}\b(?:falsch|veraltet|unrichtig|unvollstandig|nicht (?:mehr )?(?:korrekt|richtig|aktuell))|\bmein\w* (?:\w+ ){0,3}stimm(?:t|en) .{0,20}nicht\b|\bfalsch geschrieben\b|\b(?:steht|stand|fuhren|fuhrt|haben|habt) .{0,60}\b(?:mein\w*|mich) .{0,40}\b(?:falsch|unrichtig)\b|\bich bin (?:\w+ )?umgezogen\b|\bheisse (?:aber|jetzt|nun|seit)\b|\bals (?:herrn?|frau) (?:gefuhrt|angeschrieben|angeredet|angesprochen|gespeichert|hinterlegt)\b|\b(?:schreib|fuhr|red|sprech)\w* (?:sie )?mich .{0,30}\bals \W?(?:herrn?|frau)\b|\bmeine neue (?:adresse|anschrift|\w*nummer|\w*mail\w*)\b/,
  },
  named: {
    access:
      /auskunft|auskunfte|\b(?:aufstellung|ubersicht|zusammenstellung|auszug)\b.{0,20}\b(?:aller|samtlicher|meiner) (?:\w+ )?daten\b|\bkopie\b.{0,80}daten|\b(?:ubersend|zusend|heraus(?:gab|(?:zu)?geb)|mit(?:zu)?teil|einsicht|einblick)\w* .{0,80}(?:daten|informationen|unterlagen)/,
    rectification:
      /berichtig|korrigier|korrektur|vervollstandig|richtig ?(?:zu)?stell|\b(?:ander|aktualisier)\w*\b.{0,60}(?:(?<!liefer|versand)adresse|namen?|telefon\w*|nummer|geburtsdatum|anschrift|mein\w* \w+daten)|(?:(?<!liefer|versand)adresse|namen?|telefon\w*|nummer|geburtsdatum|anschrift)\b.{0,60}(?:ander|aktualisier)/,
    erasure: /losch|loesch|\bentfern|vernicht|vergessen ?werden|\btilg/,
    restriction: /ein(?:zu)?schrank|\bsperr(?:en|ung|t)\b/,
    portability:
      /ubertragbar|maschinenlesbar|\bbereitgestellten? daten\b|\bin einem strukturierten\b|\bgangigen? (?:\w+ )?format|datenexport|\bdaten\b.{0,80}\b(?:ubertrag|ubermittel)\w* .{0,30}\ban\b|\bexport\w*\b|\b\w*daten\b.{0,80}\b(?:anbieter|csv|json)\b/,
    objection:
      /widerspruch|widersprech|\b(?:aus|von|vom) .{0,30}(?:verteiler|newsletter|mailingliste|adressliste|werbeliste)/,
    withdrawal: /widerruf/,
    complaint: /\bbeschwer/,
  },
  held:
    /\balle (?:\w+ )?(?:infos?|informationen|angaben) (?:uber|zu) m(?:ich|einer person)\b(?! fur (?:das|den|die) (?:visum|visa|einreise|\w*reise|flug|hotel|\w*buchung|anmeldung|formular|vertrag|angebot|\w*ausweis|\w*karte)\b)|\b(?:gespeichert|speicher\w*|verarbeite\w*) .{0,30}daten\b|\bdaten\b.{0,60}\b(?:gespeichert|speichert|(?<!\bzu )speichern|verarbeiten|habt|zukommen)\b/,
  stop:
    /\bkeine\w* (?:\w+ ){0,3}(?:werb\w*|newsletter|e-?mails?|mails?|anrufe|post|kataloge?|prospekte?|briefe?|angebote|zusendungen|zuschriften|nachrichten|sms)\b|\bkeine\w* .{0,30}direktwerbung|\bkein(?:erlei)? profiling\b|\bkein interesse\b.{0,40}(?:newsletter|werb|angebot)|\b(?:katalog|prospekt|werbung|werbepost|newsletter)\w*\b.{0,20}\bnicht (?:mehr|langer)\b|\bweitergabe\b.{0,80}\bnicht einverstanden\b|\bnicht einverstanden\b.{0,80}(?:weitergabe|werb|nutzung)|\bnicht (?:mehr|langer|weiter) .{0,60}(?:werbung|werbezwecke\w*|angeschrieben|kontaktier\w*|angerufen|nutzen|verwenden|verarbeite\w*)/,
  keep:
    /\b(?:mochten?|will|wollen|wunsche) (?:ich |wir )?nicht\b.{0,60}\b(?:\w*daten|mich|mir)\b.{0,40}\b(?:speicher\w*|aufbewahr\w*|behalte[nt])\b/,
  until: /\bbis\b.{0,80}(?:klar|pruf|entschied|entscheid|beweis|feststeh)|\bnur noch speicher/,
};
