/**
 * Recognises reminders, which repeat the claim of an earlier request, often naming only its
 * article.
 */
import { articlesIn, fold, type Right } from "./rules.ts";

const request =
  /\b(?:requests?|anfrage|antrag|ersuchen|demande|richiesta|solicitud|peticion|verzoek|zadost|zahtjev|pedido|solicitacao|wniosek|begaran)\b|αιτημα|αιτηση/u;
const sent =
  /\b(?:sen[dt]|submitted|made|geschickt|gesandt|gesendet|gestellt|gerichtet|adressee?|envoyee?|inviat[oa]|mandat[oa]|enviad[oa]|envie|hice|gestuurd|verstuurd|verzonden|ingediend|(?:ode|po|za)sla[lo]a?|enviei|wysla\w+|zlozyl\w+|skicka\w+)\b|εστειλα|υπεβαλα/u;

/**
 * The rights of a request that the sentence says was sent: "I sent you a request under Article 17".
 */
export function reminded(text: string): Right[] {
  const sentence = fold(text);
  if (!request.test(sentence) || !sent.test(sentence)) return [];
  return articlesIn(sentence).filter((right) => right !== "complaint");
}
