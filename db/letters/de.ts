/** How requests are worded in German. */
import type { Rules } from "./rules.ts";

export const de: Rules = {
  common:
    "der die das und ich sie mir mich meine meiner bitte zu von nicht ist auf mit fur ihr habe uber alle daten guten tag hallo dass eine aus",
  ask:
    /\bbitten?\b|\bhiermit\b|\b(?:beantrage|fordere|verlange|ersuche|begehre|wunsche|mochte|will|erbitte|hatte gern\w*|wurde gern\w*)\b|\bantrag\b|\b(?:konn?t\w*|konnen|konnten|kannst|wurden|wurdet) (?:ihr|sie|du)\b|\bmach\w* .{0,60}gebrauch\b|\bgeltend\b|\b(?:ihr musst|sie mussen|du musst)\b|\b(?:ubersend\w*|send\w*|schick\w*|gebt|geben|teil\w*|erteil\w*|nenn\w*|stell\w*) (?:sie )?(?:mir|uns)\b|\b(?:ware|froh|dankbar|freu\w*) .{0,20}\bwenn\b/,
  not: /\bnicht(?! nur| mehr| langer)\b|\bkein\w*\b|\bweder\b|\bnoch(?= (?:um|eine) )/,
  instead: /\b(?:an)?statt(?: (?:der|einer|die|eine|zu))? \w+/g,
  when: /^\W*(?:falls|wenn|sofern|soweit|sollten?|ob)\b/,
  polite: /\b(?:dankbar|froh|freuen|freue|nett|toll|super|schon),? .{0,10}wenn\b/,
  aside:
    /\bbehalte?\b.{0,30}\bvor\b|\bsie (?:konnen|haben das recht|durfen)\b|\bkonnen sie .{0,80}(?:abbestellen|abmelden|widersprechen|widerrufen)|\b(?:bestehen|vorliegen) .{0,20}\brechts?\b|\b(?:habe|hatte) .{0,100}(?:geloscht|widersprochen)\b|\bsind sie .{0,60}verpflichtet|\bverpflichtung\b|\bzur folge\b/,
  data:
    /\bdaten\b|datensatz|personenbezogen|personliche angaben|datenschutz|ds-?gvo|gdpr|\buber mich\b|zu meiner person|\bvon mir\b|mich betreffend|losch(?:t|en sie|e) mich|\b\w*konto\b|account|profil|verteiler|newsletter|werb|adresse|anschrift|kartei|datenbank|einwilligung|verarbeitung|mein\w* (?:neue\w* )?(?:namen?|geburtsdatum|\w*nummer|nachnamen?)|\bheisse (?:jetzt|nun|seit)\b|\brecht auf (?:auskunft|vergessen|loschung|berichtigung|einschrankung)|\bruf\w* (?:sie )?mich\b|\bmich .{0,30}(?:anruf|anschreib|kontaktier)/,
  joints: "und|sowie|oder|aber|sondern|jedoch|doch",
  said: {
    access:
      /\bwelche (?:personenbezogenen |personlichen )?(?:daten|informationen|infos?|angaben)\b.{0,80}\b(?:uber|von|zu) (?:mich|mir|meiner)|\bwas (?:wisst|wissen|habt|haben|speicher\w+) .{0,40}(?:uber|von) m(?:ich|ir)\b|\bwas (?:\w+ ){0,4}(?:uber|von|zu) m(?:ich|ir)\b.{0,40}\b(?:gespeichert|speicher\w+|hinterlegt|wisst|wissen|habt|haben)\b|\bwelche \w+ .{0,30}\b(?:uber mich|von mir|zu mir|zu meiner person)\b|\bwoher (?:habt|haben) .{0,20}(?:meine|\bdie\b) .{0,20}(?:daten|adresse|nummer)/,
    erasure:
      /^\W*(?:(?:bitte|also|dann|und) )*(?:losch(?:t|en sie|e)|loesch(?:t|en sie|e)|entfern(?:t|en sie|e)|vernichten sie)\b.{0,100}\b(?:mich|mein\w*|mir|personenbezogen\w*|daten)\b/,
    objection:
      /\bwiderspreche\b|\bleg(?:e|en) .{0,80}widerspruch|\bwiderspruch\b.{0,200}\bein(?:zu)?legen\b|\bwiderspruch gegen die\b.{0,200}\bein\b|\bruf\w* (?:sie )?mich .{0,20}\b(?:nicht|nie|keinesfalls)\b|\bnie (?:wieder|mehr) .{0,40}(?:anruf|anschreib|kontaktier|werb)/,
    restriction:
      /^\W*(?:bitte )?(?:sperren sie|sperrt|schranken sie) .{0,100}\b(?:daten|verarbeitung)\b/,
    withdrawal:
      /\bwiderrufe\b|\b(?:ziehe|nehme) .{0,80}(?:einwilligung|zustimmung|einverstandnis).{0,60}zuruck/,
    rectification:
      /\bmein\w* (?:\w+ ){0,3}(?:ist|sind|wurde|war) .{0,60}\b(?:falsch|veraltet|unrichtig|unvollstandig|nicht (?:mehr )?(?:korrekt|richtig|aktuell))|\bmein\w* (?:\w+ ){0,3}stimm(?:t|en) .{0,20}nicht\b|\bfalsch geschrieben\b|\b(?:steht|stand|fuhren|fuhrt|haben|habt) .{0,60}\b(?:mein\w*|mich) .{0,40}\b(?:falsch|unrichtig)\b|\bich bin (?:\w+ )?umgezogen\b|\bheisse (?:jetzt|nun|seit)\b|\bmeine neue (?:adresse|anschrift|\w*nummer|\w*mail\w*)\b/,
  },
  named: {
    access:
      /auskunft|auskunfte|\bkopie\b.{0,80}daten|\b(?:ubersend|zusend|heraus(?:gab|(?:zu)?geb)|mit(?:zu)?teil|einsicht|einblick)\w* .{0,80}(?:daten|informationen|unterlagen)/,
    rectification:
      /berichtig|korrigier|korrektur|vervollstandig|richtig ?(?:zu)?stell|\b(?:ander|aktualisier)\w*\b.{0,60}(?:adresse|namen?|telefon\w*|nummer|geburtsdatum|anschrift)|(?:adresse|namen?|telefon\w*|nummer|geburtsdatum|anschrift)\b.{0,60}(?:ander|aktualisier)/,
    erasure: /losch|loesch|\bentfern|vernicht|vergessen ?werden|\btilg/,
    restriction: /ein(?:zu)?schrank|\bsperr(?:en|ung|t)\b/,
    portability:
      /ubertragbar|maschinenlesbar|datenexport|\bdaten\b.{0,80}\b(?:ubertrag|ubermittel)\w* .{0,30}\ban\b|\bexport\w*\b|\bdaten\b.{0,80}\b(?:anbieter|csv|json)\b/,
    objection:
      /widerspruch|widersprech|\b(?:aus|von|vom) .{0,30}(?:verteiler|newsletter|mailingliste|adressliste|werbeliste)/,
    withdrawal: /widerruf/,
    complaint: /\bbeschwer/,
  },
  held:
    /\b(?:gespeichert|speicher\w*|verarbeite\w*) .{0,30}daten\b|\bdaten\b.{0,60}\b(?:gespeichert|speichert|speichern|verarbeiten|habt|zukommen)\b/,
  stop:
    /\bkeine\w* (?:\w+ ){0,3}(?:werb\w*|newsletter|e-?mails?|mails?|anrufe|post|kataloge?|angebote)\b|\bkeine\w* .{0,30}direktwerbung|\bnicht (?:mehr|langer|weiter) .{0,60}(?:werbung|werbezwecke\w*|angeschrieben|kontaktier\w*|angerufen|nutzen|verwenden|verarbeite\w*)/,
  until: /\bbis\b.{0,80}(?:klar|pruf|entschied|entscheid|beweis|feststeh)|\bnur noch speicher/,
};
