/** How requests are worded in French. */
import type { Rules } from "./rules.ts";

export const fr: Rules = {
  common:
    "le la les des du de et je vous mes ma mon me que qui une pour pas dans sur est au aux votre vos bonjour ce cette avec donnees",
  ask:
    /\bveuillez\b|\bmerci de\b|\bs'il vous plait\b|\bsvp\b|\bpar la presente\b|\bje (?:\w+ ){0,4}(?:demande|demander|souhaite|souhaiterais|voudrais|veux|exige|sollicite|prie|aimerais|requiers|exerce)\b|\bj(?:'| )(?:aimerais|exige|exerce|entends)\b|\bdemande (?:d'|de |l'|leur )|\b(?:pouvez|pourriez|peux|pourrais)[- ](?:vous|tu)\b|\b(?:envoyez|donnez|dites|communiquez|transmettez)[- ]moi\b|\bpriere de\b|\bmett(?:ons|re|ant)? en demeure\b|\bnous (?:\w+ ){0,3}(?:demandons|sollicitons|exigeons|prions)\b/,
  not:
    /\bne\b.{0,20}\bpas\b|\bn'.{0,20}\bpas\b|\bpas (?=de |d'|l'|la |une )|\bni\b|\bau lieu de\b|\bsans (?=supprim|effac)/,
  when: /^\W*(?:si|s'il|au cas ou|lorsque|dans le cas ou)\b/,
  polite: /\bs(?:i|'il) vous plait|\breconnaissante?\b.{0,20}\bde\b/,
  aside:
    /\bme reserve\b|\bvous (?:pouvez|avez le droit|devez|etes tenus?)\b|\bexistence .{0,20}\bdroit|\bcliquez\b|\bpour vous desabonner\b/,
  data:
    /donnee|\bmes (?:informations|infos|coordonnees)\b|personnel|rgpd|gdpr|informations? .{0,20}(?:me concernant|sur moi)|me concern|a mon sujet|sur moi|compte|profil|liste de diffusion|newsletter|infolettre|\bpubs?\b|publicit|prospection|\bme contacter\b|consentement|traitement|demarch|\bm'appeler\b|adresse|mon (?:nom|numero|telephone)|ma date de naissance/,
  joints: "et|ou|mais|ainsi que",
  said: {
    access:
      /\bquelles (?:sont les )?(?:donnees|informations|infos)\b.{0,80}\b(?:sur moi|me concern\w*|a mon sujet)|\bque savez[- ]vous (?:sur|de) moi|\bce que vous (?:avez|savez) sur moi/,
    erasure:
      /^\W*(?:(?:merci de|donc|alors) )?(?:supprimez|effacez|supprime|efface)(?:[- ]moi)?\b.{0,100}\b(?:moi|mes|mon|ma|me|donnees)\b/,
    objection:
      /^\W*(?:arretez|cessez) de (?:m'|me )|\bje m'oppose\b|\bje (?:fais|forme) opposition\b/,
    withdrawal: /\bje (?:\w+ ){0,2}(?:retire|revoque)\b/,
    rectification:
      /\bm(?:on|a|es) (?:\w+ ){0,3}(?:est|sont) .{0,30}\b(?:fausse?s?|erronee?s?|incorrecte?s?|inexacte?s?|perimee?s?|mal (?:ecrit|orthographie)e?)|\bm(?:on|a) (?:adresse|nom|numero)\b.{0,30}\ba change\b/,
  },
  named: {
    access:
      /\bacces\b|\bacceder\b|\bcopie\b.{0,80}(?:donnees|informations)|(?:\b(?:lui|me|nous) communiquer\b|\bcommuniquez[- ](?:moi|nous|lui)\b).{0,80}\b(?:mes donnees|donnees (?:a caractere )?personnel|donnees .{0,40}\b(?:me|la|le|les|nous) concern|donnees .{0,20}\bvous (?:detenez|avez|traitez|conservez))/,
    rectification:
      /rectifi|\bcorrig|\bcorrection|\bmettre a jour|mise a jour|\bmodifier\b.{0,40}(?:adresse|nom|numero)|\bcompleter\b/,
    erasure: /suppr|\beffac|droit a l'oubli|\beffacement|\bradier|\bretirer\b.{0,40}donnees/,
    restriction: /\blimit(?:er|ation|ez)\b|\bgeler\b|\bgel du\b/,
    portability:
      /portabilit|lisible par (?:une )?machine|\btransfer\w*\b.{0,80}donnees|\btransmet\w*\b.{0,60}donnees\b.{0,40}\ba (?:un|une)\b/,
    objection:
      /\boppos|desabonn|desinscri|\b(?:de|hors de) .{0,20}(?:liste de diffusion|newsletter|infolettre|demarchage|prospection)/,
    withdrawal: /\bretir.{0,40}consentement|\bretrait\b|\brevo(?:qu|c)/,
    complaint: /\bplainte\b|\breclamation\b/,
  },
  held: /\bdonnees\b.{0,60}\bvous (?:detenez|avez|traitez|conservez)/,
  stop:
    /\bplus (?:de |d'|recevoir |aucune? )?.{0,30}(?:publicit\w*|newsletter|infolettre|courriels?|e-?mails?|mails?|appels?|prospection|demarch\w*)|\bplus (?:m'(?:appeler|ecrire|importuner|envoyer)|me (?:contacter|demarcher|solliciter|telephoner))\b|\bcess\w* .{0,40}(?:publicit|envo|prospection|contact|traite|appel|demarch)|\barret\w* .{0,40}(?:publicit|envo|prospection|\bpubs?\b|appel|demarch)/,
  until: /\b(?:jusqu|tant que|le temps).{0,80}(?:verif|clarif|exact|decid|examin)/,
};
