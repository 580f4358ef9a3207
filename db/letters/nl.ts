/** How requests are worded in Dutch. */
import type { Rules } from "./rules.ts";

export const nl: Rules = {
  common:
    "de het een en ik u mij mijn van te dat die op voor met niet is zijn aan bij wat heeft geachte beste gegevens ook dit naar",
  ask:
    /\bgelieve\b|\balstublieft\b|\bgraag\b|\bhierbij\b|\bik (?:\w+ ){0,2}(?:verzoek|vraag|eis|wil|wens|verlang|maak|doe|zou)\b|\b(?:verzoek|vraag|wil|eis) ik\b|\bverzoek (?:om|tot)\b|\b(?:kunt|kunnen|kan|wilt|wil|zou) (?:u|jullie|je)\b|\b(?:stuur|geef|zend|vertel|laat) mij?\b/,
  not:
    /\bniet(?! alleen| langer| meer)\b|\bgeen\b|\bnoch\b|\bzonder (?=te (?:wis|verwijder))|\bin plaats van\b/,
  when: /^\W*(?:als|indien|mocht|wanneer|in het geval)\b/,
  polite: /\b(?:blij|dankbaar|fijn)\b.{0,20}\bals\b/,
  aside:
    /\bbehoud\b.{0,30}\brecht\b|\bu kunt (?:zich|uw|u)\b|\bheeft (?:u )?het recht\b|\b(?:bestaan|dat u) .{0,20}\brecht\b.{0,10}\b(?:heeft|op|om)\b|\bleiden tot\b|\bklik\b|\b(?:bent u|u bent) verplicht\b|\bdient u\b/,
  data:
    /gegevens|\bdata\b|persoonlijk|\bavg\b|gdpr|over mij|op mij betrekking|mij betreff|account|profiel|mailinglijst|nieuwsbrief|reclame|marketing|toestem|verwerk|adres|mijn (?:naam|achternaam|nummer|telefoon)|geboortedatum/,
  joints: "en|of|maar|alsmede",
  said: {
    access:
      /\bwelke (?:persoons)?(?:gegevens|informatie|data)\b.{0,80}\b(?:over|van) mij\b|\bwat (?:weten|hebben) jullie .{0,20}(?:over|van) mij\b/,
    erasure:
      /^\W*(?:(?:gelieve|dus|en) )*(?:wis|verwijder|wist|verwijdert)\b.{0,100}\b(?:mij|mijn|me|gegevens)\b/,
    objection: /\bmaak (?:ik )?(?:\w+ ){0,3}bezwaar\b|\bik (?:\w+ ){0,2}maak\b.{0,40}bezwaar/,
    withdrawal: /\btrek (?:ik )?.{0,80}(?:toestem\w+|\bin\b|terug)|\bik herroep\b/,
    rectification:
      /\bmijn (?:\w+ ){0,3}(?:is|zijn|klopt|kloppen) .{0,30}\b(?:fout|onjuist|verkeerd|verouderd|niet|gewijzigd|veranderd)\b/,
  },
  named: {
    access:
      /\binzage\b|\binzien\b|\btoegang\b|\bkopie\b.{0,80}(?:gegevens|data)|\b(?:overzicht|opgave)\b.{0,80}\b(?:persoonsgegevens|persoonlijke (?:gegevens|data)|mijn (?:\w+ )?(?:gegevens|data)|(?:gegevens|data) .{0,40}\b(?:van|over) (?:mij|hem|haar))\b/,
    rectification:
      /rectific|\bverbeter|\bcorri?g|\bcorrectie|\baanvul|\b(?:wijzig|aanpass)\w* .{0,40}(?:adres|naam|nummer)|(?:adres|naam|nummer)\b.{0,40}(?:wijzig|aan te passen)/,
    erasure: /verwijder|\bwiss|\bgewist|gegevenswissing|vergetelheid/,
    restriction: /\bbeperk/,
    portability:
      /overdraag|machineleesbar|\boverdrag|\b(?:overdragen|overzetten|doorsturen)\b.{0,60}\baan\b/,
    objection: /\bbezwaar\b|\bafmelden\b|\buitschrijv/,
    withdrawal: /\bintrek|\bin te trekken|\bherroep/,
    complaint: /\bklacht\b/,
  },
  held: /\bgegevens\b.{0,60}\b(?:verwerkt|bewaart|hebt|heeft)\b/,
  stop:
    /\bgeen (?:\w+ ){0,2}(?:reclame|nieuwsbri\w+|e-?mails?|mails?|telefoontjes|marketing\w*)|\bniet (?:meer|langer) .{0,50}(?:reclame|bellen|mailen|benader\w*|verwerk\w*|gebruik\w*)|\bstop met\b/,
  until:
    /\b(?:tot(?:dat)?|zolang)\b.{0,80}(?:gecontroleerd|geverifi|nagegaan|duidelijk|juist|beslist|onderzo)/,
};
