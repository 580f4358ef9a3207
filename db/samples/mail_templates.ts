/** Sample mail templates, as a trading company would share them. */
import type { TemplateFields } from "../mail_templates.ts";

export const mailTemplates: readonly TemplateFields[] = [
  {
    name: "Dank für die Anfrage",
    language: "de",
    subject: "Ihre Anfrage",
    body: "{{anrede}},\n\nvielen Dank für Ihre Anfrage. Wir prüfen Lieferbarkeit und Preise und " +
      "melden uns innerhalb von zwei Arbeitstagen mit einem Angebot.\n\n" +
      "Mit freundlichen Grüßen\n{{mein_name}}",
  },
  {
    name: "Angebot nachfassen",
    language: "de",
    subject: "Unser Angebot {{deal}}",
    body: "{{anrede}},\n\nkonnten Sie sich unser Angebot „{{deal}}“ über {{betrag}} ansehen? " +
      "Für Rückfragen rufe ich Sie gern an.\n\nMit freundlichen Grüßen\n{{mein_name}}",
  },
  {
    name: "Offer follow-up",
    language: "en",
    subject: "Our offer {{deal}}",
    body: "{{salutation}},\n\nhave you had a chance to look at our offer “{{deal}}”? " +
      "I am happy to answer any questions.\n\nKind regards\n{{my_name}}",
  },
];
