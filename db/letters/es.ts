/** How requests are worded in Spanish. */
import type { Rules } from "./rules.ts";

export const es: Rules = {
  common:
    "el la los las de que y en mis mi me un una por para con no se su del al lo es datos como este esta hola estimados usted ustedes sobre",
  ask:
    /\bpor favor\b|\bpor la presente\b|\bpor medio de\b|\bejercicio del? derecho\b|\b(?:solicita|solicitamos|ejerce|ejercemos|solicito|pido|exijo|requiero|ruego|quiero|quisiera|deseo|ejerzo|ejercer|reclamo|insto|presento|estoy (?:pidiendo|solicitando|presentando))\b|\bme gustaria\b|\bsolicitud de\b|\b(?:podeis|pueden|puede|podrian|podria|puedes)\b|\b(?:envien|enviad|den|dad|digan|decid|faciliten|indiquen)me\b/,
  not:
    /\bno(?! solo| obstante)\b|\btampoco\b|\bni\b|\bsin (?=borr|elimin|suprim)|\ben lugar de\b|\ben vez de\b/,
  when: /^\W*(?:si|en caso de que|en el caso de|cuando)\b/,
  polite: /\bagrade\w+ (?:que|si)\b/,
  aside:
    /\bme reservo\b|\b(?:usted )?(?:puede|puedes) (?:darse|ejercer|cancelar|oponerse)\b|\btiene derecho\b|\bla existencia del derecho\b|\bhaga clic\b|\bestais? obligad|\btene?is que\b|\bdebe[nr]?\b.{0,30}\binformar/,
  data:
    /\bdatos\b|personal|rgpd|gdpr|informacion .{0,30}(?:sobre mi|me conciern)|sobre mi\b|me conciern|cuenta|perfil|lista de (?:correo|distribucion)|boletin|newsletter|publicidad|\bcomercial(?:es)?\b|consentimiento|tratamiento|procesamiento|direccion|mi (?:nombre|apellido|telefono|numero)/,
  joints: "y|e|o|pero|sino",
  said: {
    access:
      /\bque (?:datos|informacion)\b.{0,80}\b(?:sobre mi|de mi|mios)\b|\bque sab(?:eis|en|e) .{0,20}(?:sobre|de) mi\b/,
    erasure:
      /^\W*(?:(?:por favor|asi que) ?,? ?)?(?:borr|elimin|suprim)(?:ad|en|a|e|an|id)(?:me)?\b(?:.{0,100}\b(?:mi|mis|me|datos)\b|$)|\b(?:borr|elimin)(?:ad|en|a|e)me\b/,
    objection: /\bme opongo\b(?! a (?:su|la|que se) supr)|\bestoy objetando\b|\bobjeto (?:al|el)\b/,
    withdrawal: /\b(?:retiro|revoco)\b|\bestoy (?:retirando|revocando)\b/,
    rectification:
      /\bmis? (?:\w+ ){0,3}(?:es|son|esta|estan) .{0,30}\b(?:mal|incorrect[oa]s?|erronea?o?s?|equivocad[oa]s?|desactualizad[oa]s?)\b|\bmis? (?:\w+ ){0,2}(?:direccion|domicilio|nombre|apellidos?|correo|email|telefono|movil|datos) (?:\w+ ){0,2}han? cambiado\b/,
  },
  named: {
    access: /\bacceso\b|\bacceder\b|\bcopia\b.{0,80}(?:datos|informacion)/,
    rectification:
      /rectific|\bcorr(?:ig|eg|ec)|\bactualiz.{0,60}(?:datos|direccion|nombre|telefono)|\bcambi\w+ .{0,30}(?:direccion|nombre|apellido|telefono)/,
    erasure: /supres|suprim|elimin|\bborr|derecho al olvido/,
    restriction: /\blimit(?:ar|acion|en?\b|ese\b)|\brestrin|\brestric/,
    portability:
      /portabilidad|lectura mecanica|legible por maquina|\btransfier|\btransferir .{0,60}datos/,
    objection:
      /\boposicion\b|\boponer|\bobjecion|\bbaja (?:de|en) .{0,20}(?:boletin|newsletter|lista)/,
    withdrawal: /\bretir.{0,40}consentimiento|\brevoc/,
    complaint: /\bqueja\b|\breclamacion\b|\bdenuncia\b/,
  },
  held: /\bdatos\b.{0,60}\b(?:tratan|tienen|teneis|almacenan|conservan)\b/,
  stop:
    /\bno .{0,30}(?:recibir|envi\w+|mas) .{0,40}(?:publicidad|boletin\w*|newsletter|correos?|llamadas)|\bdej\w+ de .{0,40}(?:enviar|llamar|usar|tratar)/,
  until: /\b(?:hasta|mientras)\b.{0,80}(?:verifi|comprob|aclar|exact|decid|resuel)/,
};
