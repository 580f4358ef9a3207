/** Names of data protection authorities, and their letters about complaints. */

/** Part of a pattern for folded text. */
export const authority =
  "(?:lfdi?|baylda|bfdi|lda|landes(?:daten\\w*|beauftragte\\w*|amt fur datenschutz\\w*)|(?:osterreichische\\w*|sachsische\\w*) datenschutz\\w*|(?:hessisch|sachsisch|bayerisch|thuringisch|berlin|hamburgisch|unabhangig)\\w* (?:beauftragte|landesbeauftragte|landeszentrum)\\w*|edob|bundesdatenschutz\\w*|bundesbeauftragte\\w*|datenschutz(?:aufsichts)?behorde|aufsichtsbehorde|ico|cnil|dpc|information commissioner\\S*|data protection (?:authority|commission\\w*)|supervisory authority)";

const office = new RegExp(
  `\\b(?:${authority}|beauftragte\\w* fur (?:den )?datenschutz|commission nationale de l'informatique|autoriteit persoonsgegevens|garante per la protezione|agencia espanola de proteccion)`,
);
/** What only such an authority says of a complaint. */
const heard = new RegExp(
  [
    "\\bbei (?:uns|mir|(?:unserer|meiner|der) (?:\\w+ )?(?:behorde|dienststelle))\\b.{0,100}\\bbeschwer",
    "\\b(?:liegt|liegen|ging|gingen|ist|sind)\\b.{0,80}\\bbeschwerden?\\b.{0,100}\\bgegen (?:sie|ihr\\w*|die verarbeitung)\\b",
    "\\b(?:habe|haben) (?:ich|wir) .{0,40}\\bbeschwerde\\b.{0,80}\\berhalten\\b",
    "\\banhorung\\b.{0,40}\\bart\\w*\\.? ?58\\b",
    "\\b(?:we|commission|commissioner|office|authority) (?:have|has) received (?:an? )?(?:\\w+ )?complaint\\b",
    "\\bnous avons (?:recu|ete saisis?) .{0,60}\\b(?:plainte|reclamation)\\b",
  ].join("|"),
);

/** The place of the sentence by which an authority passes a complaint on; -1 in other letters. */
export const passedOn = (sentences: readonly string[], whole: string): number =>
  office.test(whole) ? sentences.findIndex((sentence) => heard.test(sentence)) : -1;
