/** How requests are worded in Portuguese, of Portugal and of Brazil. */
import type { Rules } from "./rules.ts";

export const pt: Rules = {
  common:
    "o a os as de que e do da dos das em um uma meu minha meus minhas me no na nao por para com se ao dados voces sobre este ola prezados exmos",
  ask:
    /\bpor favor\b|\bpor este meio\b|\bpela presente\b|\bvenho\b|\b(?:solicito|peco|exijo|requeiro|quero|queria|gostaria|desejo|exerco|exercer|agradeco)\b|\bpedido de\b|\b(?:podem|pode|poderiam|poderia)\b|\b(?:enviem|digam|deem|informem)-?me\b|\bsolicitacao de\b/,
  not: /\bnao(?! so| apenas)\b|\bnem\b|\bsem (?=apag|elimin)|\bem vez de\b/,
  when: /^\W*(?:se|caso|no caso de|quando)\b/,
  polite: /\bagradec\w+ (?:que|se)\b/,
  aside:
    /\breservo-?me\b|\bme reservo\b|\bpode (?:cancelar|retirar|opor-se)|\btem o direito\b|\ba existencia do direito\b|\bclique\b|\bdevem\b|\bsao obrigad/,
  data:
    /\bdados\b|pessoa(?:l|is)|rgpd|lgpd|gdpr|informac\w+ .{0,30}(?:sobre mim|a meu respeito)|sobre mim|a meu respeito|me dizem respeito|conta\b|perfil|lista de (?:e-?mail|distribuicao)|newsletter|boletim|publicidade|marketing|consentimento|tratamento|morada|endereco|meu (?:nome|apelido|numero|telefone)/,
  joints: "e|ou|mas|bem como",
  said: {
    access:
      /\bque (?:dados|informac\w+)\b.{0,80}\b(?:sobre mim|a meu respeito|meus)\b|\bquais (?:sao )?(?:os )?(?:meus )?dados\b.{0,60}\b(?:tem|possuem|guardam)|\bo que sabem (?:sobre|de) mim/,
    erasure:
      /^\W*(?:(?:por favor|entao) ?,? ?)?(?:apag|elimin|exclu|remov|delet)(?:uem|ue|em|e|am|a|ue)(?:-?me)?\b.{0,100}\b(?:mim|meus?|minhas?|me|dados)\b|\bapaguem-?me\b/,
    objection: /\b(?:me oponho|oponho-me)\b|\bapresento oposicao\b/,
    withdrawal: /\b(?:revogo|retiro)\b|\bestou .{0,30}\b(?:retir|revog)a(?:r|ndo)\b/,
    rectification:
      /\bm(?:eu|inha)s? (?:\w+ ){0,3}(?:esta|estao|e|sao) .{0,30}\b(?:errad[oa]s?|incorret[oa]s?|desatualizad[oa]s?)/,
  },
  named: {
    access: /\bacesso\b|\baceder\b|\bacessar\b|\bcopia\b.{0,80}(?:dados|informac)/,
    rectification:
      /retific|\bcorrig|\bcorrec?ao|\bactualiz.{0,60}|\batualiz.{0,60}(?:dados|morada|endereco|nome)|\balter\w+ .{0,30}(?:morada|endereco|nome)/,
    erasure: /\bapag|elimin|\bexclu[isa]|\bremo[cv]|esquecimento/,
    restriction: /\blimit(?:ar|acao|em)|\brestrin|\brestric/,
    portability: /portabilidade|leitura automatica|legivel por maquina|\btransfer\w+ .{0,60}dados/,
    objection: /\boposicao\b|\bopor(?:-me)?\b|\bcancel\w+ .{0,20}(?:newsletter|subscric)/,
    withdrawal: /\bretir.{0,40}consentimento|\brevog/,
    complaint: /\breclamacao\b|\bqueixa\b|\bdenuncia\b/,
  },
  held: /\bdados\b.{0,60}\b(?:tratam|possuem|tem|guardam)\b/,
  stop:
    /\bnao .{0,30}(?:receber|envi\w+|mais) .{0,40}(?:publicidade|newsletters?|e-?mails?|chamadas|marketing)|\bpar\w+ de .{0,40}(?:enviar|ligar|usar|tratar)|\bdeix\w+ de .{0,40}(?:enviar|contactar)/,
  until: /\b(?:ate|enquanto)\b.{0,80}(?:verific|esclarec|exat|decid)/,
};
