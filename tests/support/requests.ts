/**
 * Letters as people write them, each with the rights it claims, to test that they are recognised.
 */
import type { Language, Right } from "../../db/letters.ts";

export interface Letter {
  about: string;
  language: Language;
  rights: Right[];
  text: string;
}

export const letters: readonly Letter[] = [
  {
    about: "colloquial German for erasure",
    language: "de",
    rights: ["erasure"],
    text: "Hi,\nlöscht mich bitte komplett, ich brauch das nicht mehr.\nGruß Ute",
  },
  {
    about: "colloquial German for access",
    language: "de",
    rights: ["access"],
    text: "Moin, welche Daten habt ihr eigentlich über mich gespeichert? Und woher?",
  },
  {
    about: "a refusal of erasure beside a request for access",
    language: "de",
    rights: ["access"],
    text:
      "Sehr geehrte Damen und Herren,\n\nich möchte wissen, welche personenbezogenen Daten Sie über mich verarbeiten. Eine Löschung verlange ich ausdrücklich nicht.\n\nFreundliche Grüße",
  },
  {
    about: "German without umlauts and with another right that is not meant",
    language: "de",
    rights: ["rectification"],
    text:
      "Guten Tag, meine Adresse bei Ihnen ist veraltet, bitte aendern Sie die Anschrift. Bitte nicht loeschen, sondern berichtigen!",
  },
  {
    about: "a list under one wish",
    language: "de",
    rights: ["access", "erasure", "restriction", "portability"],
    text:
      "Hiermit verlange ich in Bezug auf meine personenbezogenen Daten:\n1. Auskunft mit Kopie\n2. die Übertragung in einem maschinenlesbaren Format\n3. danach die Löschung\n4. bis dahin die Einschränkung der Verarbeitung\n\nMit freundlichen Grüßen",
  },
  {
    about: "articles alone",
    language: "de",
    rights: ["access", "erasure", "objection"],
    text: "Guten Tag, ich mache von meinen Rechten nach Art. 15, 17 und 21 DSGVO Gebrauch.",
  },
  {
    about: "a newsletter's footer",
    language: "de",
    rights: [],
    text:
      "Unsere Herbstangebote sind da!\n\nSie erhalten diese Mail, weil Sie unseren Newsletter abonniert haben. Wenn Sie keine Werbung mehr erhalten möchten, klicken Sie bitte hier. Sie können Ihre Einwilligung jederzeit widerrufen und der Verarbeitung Ihrer Daten widersprechen.",
  },
  {
    about: "advertising that is not wanted",
    language: "de",
    rights: ["objection"],
    text: "Ich möchte keine Werbung mehr von Ihnen bekommen, weder per Mail noch per Post!",
  },
  {
    about: "consent taken back",
    language: "de",
    rights: ["withdrawal"],
    text: "Hallo, ich widerrufe meine Einwilligung zum Newsletter vom 3. Mai. Danke, K. Beyer",
  },
  {
    about: "an order taken back",
    language: "de",
    rights: [],
    text: "Hiermit widerrufe ich meine Bestellung 4711 und bitte um Erstattung des Kaufpreises.",
  },
  {
    about: "a question that only sounds like access",
    language: "de",
    rights: [],
    text: "Ich bitte um Auskunft über Ihre Lieferzeiten und Preise für 200 Stück.",
  },
  {
    about: "a threat with the authority beside a request",
    language: "de",
    rights: ["access"],
    text:
      "Bitte erteilen Sie mir Auskunft nach Art. 15 DSGVO. Sollten Sie nicht antworten, beschwere ich mich bei der Datenschutzbehörde.",
  },
  {
    about: "a complaint about the handling of data",
    language: "de",
    rights: ["complaint"],
    text:
      "Ich möchte mich über den Umgang mit meinen Daten beschweren: Ein Mitarbeiter hat sie weitergegeben.",
  },
  {
    about: "an answer that quotes our mail",
    language: "de",
    rights: ["restriction"],
    text:
      "Guten Tag,\nbitte schränken Sie die Verarbeitung meiner Daten ein, bis das geklärt ist.\n\nAm 25.11.2026 um 10:12 schrieb Datenschutz <ds@firma.example>:\n> Möchten Sie die Löschung Ihrer Daten verlangen?\n> Bitte löschen Sie diese Mail nicht.",
  },
  {
    about: "a signature with a notice",
    language: "en",
    rights: ["access"],
    text:
      "Hello, please send me a copy of all personal data you hold about me.\n-- \nJo\nPlease delete my data and this mail if you received it in error.",
  },
  {
    about: "erasure that is not asked for, in English",
    language: "en",
    rights: ["access"],
    text:
      "Dear team,\n\nI do not ask for erasure of my data. I would just like to know what information you hold about me.",
  },
  {
    about: "plain English for several",
    language: "en",
    rights: ["erasure", "objection"],
    text:
      "Please delete my account and everything you have on me, and stop sending me marketing emails.",
  },
  {
    about: "a wrong birthday, in English",
    language: "en",
    rights: ["rectification"],
    text: "Hi there, my date of birth in your records is wrong, it should be 4 May 1980.",
  },
  {
    about: "a move to another provider, in English",
    language: "en",
    rights: ["portability"],
    text: "Could you please transfer my data to another provider in a machine-readable format?",
  },
  {
    about: "the rights described, in English",
    language: "en",
    rights: ["access"],
    text:
      "I am making a subject access request under Article 15 GDPR. Please tell me:\n- the purposes;\n- the existence of the right to request rectification or erasure of personal data or to object to such processing;\n- the right to lodge a complaint with a supervisory authority.",
  },
  {
    about: "two languages in one letter",
    language: "de",
    rights: ["access", "erasure"],
    text:
      "Guten Tag, ich bitte um Auskunft über die Daten, die Sie zu meiner Person gespeichert haben.\n\nFor your English colleagues: please erase all personal data that you hold about me afterwards.",
  },
  {
    about: "French without articles",
    language: "fr",
    rights: ["access", "erasure"],
    text:
      "Bonjour, je souhaite savoir quelles données vous avez sur moi. Ensuite, supprimez mes données s'il vous plaît.",
  },
  {
    about: "French against advertising",
    language: "fr",
    rights: ["objection"],
    text:
      "Madame, Monsieur, je viens par la présente m'opposer au traitement de mes données à des fins de prospection. Je ne demande pas la suppression de mon compte.",
  },
  {
    about: "Italian for rectification",
    language: "it",
    rights: ["rectification"],
    text: "Buongiorno, vi chiedo di correggere il mio indirizzo: il numero civico è 12.",
  },
  {
    about: "Spanish for access and a complaint kept in reserve",
    language: "es",
    rights: ["access"],
    text:
      "Hola, quiero saber qué datos tenéis sobre mí. Me reservo el derecho de presentar una reclamación ante la autoridad.",
  },
  {
    about: "Dutch that objects and asks for no removal",
    language: "nl",
    rights: ["objection"],
    text:
      "Beste, hierbij maak ik bezwaar tegen het gebruik van mijn gegevens voor reclame. Ik hoor graag of dit zal leiden tot de verwijdering van mijn account.",
  },
  {
    about: "Polish by the law's name",
    language: "pl",
    rights: ["access", "portability"],
    text:
      "Dzień dobry, na podstawie art. 15 i 20 RODO proszę o kopię moich danych osobowych w formacie nadającym się do odczytu maszynowego.",
  },
  {
    about: "Polish for erasure and consent",
    language: "pl",
    rights: ["erasure", "withdrawal"],
    text: "Proszę usunąć moje konto i wszystkie dane. Wycofuję zgodę na przetwarzanie.",
  },
  {
    about: "Swedish with consent in one breath",
    language: "sv",
    rights: ["erasure", "withdrawal"],
    text:
      "Hej, jag begär härmed radering av alla personuppgifter om mig. Om jag har gett samtycke till behandlingen drar jag härmed tillbaka detta.",
  },
  {
    about: "Portuguese of Brazil",
    language: "pt",
    rights: ["access", "rectification"],
    text:
      "Olá, solicito acesso aos meus dados pessoais e a correção do meu endereço, conforme os artigos 15 e 16 do RGPD.",
  },
  {
    about: "Czech for access",
    language: "cs",
    rights: ["access"],
    text: "Dobrý den, jaké osobní údaje o mně máte? Nežádám o výmaz, jen o kopii údajů.",
  },
  {
    about: "Croatian complaint to an authority that mentions a request",
    language: "hr",
    rights: ["complaint"],
    text:
      "Poštovani, ovime podnosim pritužbu u skladu s člankom 77. GDPR-a. Dana 3. svibnja zatražio sam brisanje podataka i podnio zahtjev za pristup.",
  },
  {
    about: "French complaint in words of a machine",
    language: "fr",
    rights: ["complaint"],
    text:
      "À qui de droit,\n\nje suis par les présentes le dépôt d'une plainte conformément à l'article 77 du RGPD. Le 3 mai, j'ai envoyé une demande selon l'article 15 au responsable suivant : Exemple SARL.\n\nCordialement,",
  },
  {
    about: "Greek complaint under the article",
    language: "el",
    rights: ["complaint"],
    text:
      "Υποβάλλω καταγγελία σύμφωνα με το άρθρο 77 του ΓΚΠΔ. Στις 3 Μαΐου έστειλα αίτημα στον υπεύθυνο επεξεργασίας και δεν πήρα απάντηση.",
  },
  {
    about: "a complaint that is only threatened with, by its article",
    language: "fr",
    rights: [],
    text:
      "Le 3 mai je vous ai envoyé une requête. Autrement je déposerai une plainte conformément à l'article 77 du RGPD.",
  },
  {
    about: "a single line that names its language by its verb alone",
    language: "hr",
    rights: ["access"],
    text: "Zahtijevam pristup svojim osobnim podacima prema članku 15. GDPR-a i sve o meni.",
  },
  {
    about: "Greek for restriction",
    language: "el",
    rights: ["restriction"],
    text:
      "Καλημέρα σας, ζητώ τον περιορισμό της επεξεργασίας των προσωπικών μου δεδομένων σύμφωνα με το άρθρο 18 του GDPR.",
  },
  {
    about: "nothing but thanks",
    language: "de",
    rights: [],
    text: "Vielen Dank für die schnelle Lieferung, wir sind mit allem sehr zufrieden!",
  },
];
