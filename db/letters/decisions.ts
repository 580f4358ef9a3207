/** How people ask not to be decided on by a machine alone, or for a person to look again (Art. 22). */

/** What is decided by automated means, in text as returned by `fold`. */
const automated =
  /automati\w{0,20} (?:getroffen\w{0,20} )?(?:\w{1,30} )?(?:entscheid|einzelentscheid|einzelfallentscheid|verarbeitung beruhend|verarbeitung getroffen)|(?:entscheid|abgelehnt|ablehnung|beurteil)\w{0,20}.{0,60}\b(?:automati\w{1,30}|algorithm\w{1,30}|computer|maschine\w{0,20}|\bki\b|scoring)|automated (?:individual )?(?:decision|processing)|automatic(?:ally)? (?:made )?decision|(?:decision|decided|refus|reject|declin)\w{0,20}.{0,60}\b(?:automat\w{1,30}|algorithm\w{0,20}|machine|computer|\bai\b|scoring)|profiling (?:entscheid|decision)/;

/** Somebody refuses it, or wants a person to decide, without further words of asking. */
const refused =
  /\bnicht (?:\w{1,30} ){0,4}(?:unterworfen|unterwerfen|unterliegen|ausgesetzt|einverstanden)\b|\bwiderspr\w{1,30}|\bfechte\b|\banfecht\w{0,20}|\bnot (?:to )?(?:be )?subject\w{0,20}|\bobject\b|\bcontest\b|\bdo not (?:want|wish|agree|accept)\b/;

const byPerson =
  /\b(?:mensch(?:en|lich\w{0,20})?|(?:natur\w{1,30}|echte\w{0,20}) person)\b.{0,80}\b(?:pruf\w{0,20}|uberpruf\w{0,20}|entscheid\w{0,20}|eingreif\w{0,20}|beurteil\w{0,20}|anschau\w{0,20}|ansehen|ansieht)|\b(?:pruf\w{0,20}|uberpruf\w{0,20}|entscheid\w{0,20}|eingreif\w{0,20}|beurteil\w{0,20})\b.{0,60}\b(?:durch|von) (?:\w{1,30} )?(?:mensch\w{0,20}|(?:natur\w{1,30}|echte\w{0,20}) person)|\bhuman (?:review|intervention|being|decision)|\breview\w{0,20} .{0,40}\bby a (?:human|person)\b/;

/** "I do not want an algorithm to decide about my loan": of other matters a machine may decide. */
const refusedOfMine =
  /\bnicht, dass .{0,40}\b(?:algorithmus|computer|maschine|ki)\b.{0,30}\b(?:mich|mein\w{0,20})\b.{0,60}\bentscheide(?:t|n)\b/;

/** Only explains the right, or says that there is no such decision. */
const denied =
  /\b(?:findet|finden|erfolgt|erfolgen) .{0,40}\b(?:nicht|kein\w{0,20})\b|\bdoes not take place\b/;

/** Whether a sentence refuses an automated decision, or asks for a person's. */
export const refuses = (sentence: string): boolean =>
  !denied.test(sentence) &&
  (refusedOfMine.test(sentence) ||
    automated.test(sentence) && (refused.test(sentence) || byPerson.test(sentence)));

/** Asks what there is, as a right of access does: Art. 15(1)(h) names Art. 22 as well. */
const wondering =
  /\bbesteh\w{0,20}|\bexist\w{0,20}|auskunft|\blogik\b|\blogic\b|information|\binvolved\b|\bob\b|\bwhether\b/;

/** Whether a sentence in which something is asked for means automated decisions. */
export const names = (sentence: string): boolean =>
  !denied.test(sentence) && !wondering.test(sentence) &&
  (/\bart(?:\.|ikel\w{0,20}|icle)? ?22\b/.test(sentence) ||
    byPerson.test(sentence) &&
      /entscheidung|ablehnung|abgelehnt|decision|refus|reject|declin/.test(sentence));

const decidedSo =
  /\b(?:computer|algorithmus|maschine|ki|software|algorithm|machine|ai)\b.{0,60}\b(?:abgelehnt|entschieden|aussortiert|abgewiesen|rejected|refused|declined|decided)\b/;

/** About whom it was decided: not about an invoice, or a part on a belt. */
const mine =
  /\b(?:mich|me)\b|\b(?:mein\w{0,20}|my) (?:\w{1,30} )?(?:\w{0,30}(?:antrag|bewerbung|kredit|darlehen|konto|anmeldung)|application|loan|claim|account|request)\b/;

/** Whether a sentence wants a person to look again at what the one before says of a machine. */
export const looksAgain = (sentence: string, before: string): boolean =>
  byPerson.test(sentence) &&
  (automated.test(before) || decidedSo.test(before) && mine.test(before));

/** Whether it also objects to something else, such as advertising. */
export const alsoObjects = (sentence: string): boolean =>
  /werb|newsletter|direktmarketing|marketing|advertis|\bweitergabe\b/.test(sentence);
