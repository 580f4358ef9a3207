/** How requests are worded in Italian. */
import type { Rules } from "./rules.ts";

export const it: Rules = {
  common:
    "il lo la i gli le di che e un una per con non mi mio mia miei mie del della dei dati sono vi voi al alla da questo buongiorno salve su",
  ask:
    /\bper favore\b|\bper cortesia\b|\bcon la presente\b|\b(?:chiedo|richiedo|domando|esigo|desidero|voglio|vorrei|esercito|esercitare|invito|prego|pregasi|sollecito|intendo)\b|\brichiesta di\b|\b(?:potete|potreste|puo|potrebbe|puoi)\b|\b(?:inviate|mandate|date|dite|fornite|comunicate)mi\b|\bsi (?:chiede|richiede|prega)\b/,
  not:
    /\bnon(?! solo)\b|\bne\b(?= (?:la|l'))|\bneanche\b|\bsenza (?=cancell|elimin)|\binvece di\b|\banziche\b/,
  when: /^\W*(?:se|qualora|nel caso|nel caso in cui|quando)\b/,
  polite: /\bgrat[oai] se\b/,
  aside:
    /\bmi riservo\b|\b(?:puo|potete|puoi) (?:disiscriver|cancellar|annullare|revocar|opporvi|opporsi)|\bha il diritto\b|\bl'esistenza del diritto\b|\bclicca|\bsiete (?:obbligati|tenuti)|\bdovete\b/,
  data:
    /\bdati\b|personal|gdpr|rgpd|informazioni .{0,30}(?:su di me|riguardant)|su di me|mi riguard|riguardanti me|account|profilo|mailing list|newsletter|pubblicit|comunicazioni commerciali|marketing|consenso|trattamento|indirizzo|mio (?:nome|cognome|numero)|data di nascita/,
  joints: "e|ed|o|oppure|ma|bensi|nonche",
  said: {
    access:
      /\bquali (?:dati|informazioni)\b.{0,80}\b(?:su di me|mi riguard\w*|miei)\b|\bcosa sapete (?:su )?di me\b/,
    erasure:
      /^\W*(?:(?:per favore|quindi) ?,? ?)?(?:cancellat|eliminat|rimuovet|cancell|elimin)[ei](?:mi)?\b.{0,100}\b(?:mi|miei|mio|mie|mia|me|dati)\b|\b(?:cancellat|eliminat)emi\b/,
    objection:
      /\bmi oppongo\b|\b(?:tog(?:lie|li)|cancella|rimuove|leva)(?:te)?mi\b.{0,20}\b(?:da|dal|dalla) .{0,20}(?:list|newsletter)|\bpresento opposizione\b/,
    withdrawal: /\b(?:ritiro|revoco)\b/,
    rectification:
      /\bmi[oae]i? (?:\w+ ){0,3}(?:e'?|sono) .{0,30}\b(?:sbagliat[oaie]|errat[oaie]|scorrett[oaie]|non (?:corrett|aggiornat)[oaie])/,
  },
  named: {
    access: /\baccesso\b|\baccedere\b|\bcopia\b.{0,80}(?:dati|informazioni)/,
    rectification:
      /rettific|\bcorregg|\bcorrezione|\baggiorn.{0,60}(?:dati|indirizzo|nome|numero)|\bmodific.{0,40}(?:indirizzo|nome|cognome)|\bintegrazione\b/,
    erasure: /cancell|elimin|\brimuov|\brimozione|diritto all'oblio/,
    restriction: /\blimit(?:are|azione|iate)|\brestring/,
    portability:
      /portabilit|leggibile da dispositivo automatico|leggibile da (?:una )?macchina|\btrasferi\w* .{0,60}dati|\btrasmett\w* .{0,60}dati.{0,60}\ba (?:un|altro)/,
    objection: /\bopposizione\b|\boppor|\bdisiscriv/,
    withdrawal: /\britir.{0,40}consenso|\brevoc/,
    complaint: /\breclamo\b|\besposto\b/,
  },
  held: /\bdati\b.{0,60}\b(?:trattate|detenete|conservate|avete)\b/,
  stop:
    /\bnon .{0,40}(?:ricevere|mandat\w*|inviat\w*|piu) .{0,40}(?:pubblicit\w*|newsletter|e-?mail|telefonate|chiamate|comunicazioni commerciali|offerte)|\bsmett\w+ di\b/,
  until: /\b(?:fino a|finche|in attesa)\b.{0,80}(?:verific|chiari|esatt|accert|decis)/,
};
