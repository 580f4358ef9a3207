/** The mails between the invented trading company and its customers. */

/** One mail of a conversation: from the contact, or from us. */
export interface SampleMail {
  from: "contact" | "us";
  subject: string;
  text: string;
  kind?: "mail" | "auto_reply";
  /** Hours after the previous one. */
  after: number;
}

const mail = (from: SampleMail["from"], after: number, subject: string, ...lines: string[]) => ({
  ...{ from, subject, after },
  text: lines.join("\n\n"),
});

/** `{person}` and `{user}` are filled in. */
export const conversations: readonly (readonly SampleMail[])[] = [
  [
    mail(
      "contact",
      0,
      "Anfrage Arbeitskleidung",
      "Guten Tag,",
      "wir statten im Frühjahr zwölf Leute neu aus und brauchen Jacken, Hosen und Sicherheitsschuhe. Können Sie uns Muster und einen Staffelpreis schicken?",
      "Mit freundlichen Grüßen\n{person}",
    ),
    mail(
      "us",
      5,
      "Re: Anfrage Arbeitskleidung",
      "Guten Tag,",
      "vielen Dank für Ihre Anfrage. Die Muster gehen heute in den Versand, das Angebot folgt bis Freitag. Welche Größen brauchen Sie ungefähr?",
      "Freundliche Grüße\n{user}",
    ),
    mail(
      "contact",
      27,
      "Re: Anfrage Arbeitskleidung",
      "Danke, das passt. Größen: 4 x 50, 5 x 52, 3 x 56.",
      "{person}",
    ),
  ],
  [
    mail(
      "us",
      0,
      "Liefertermin Ihrer Bestellung",
      "Guten Tag,",
      "Ihre Bestellung ist vollständig am Lager und wird am Donnerstag angeliefert. Passt das Zeitfenster von 8 bis 10 Uhr?",
      "Freundliche Grüße\n{user}",
    ),
    {
      ...mail(
        "contact",
        1,
        "Automatische Antwort: Liefertermin Ihrer Bestellung",
        "Ich bin bis einschließlich Mittwoch nicht im Büro. Ihre Nachricht wird nicht weitergeleitet.",
      ),
      kind: "auto_reply",
    },
    mail("contact", 44, "Re: Liefertermin Ihrer Bestellung", "Passt. Bitte Tor 3.", "{person}"),
  ],
  [
    mail(
      "contact",
      0,
      "Rückfrage zur Rechnung",
      "Guten Tag,",
      "auf der Rechnung fehlt unsere Bestellnummer, ohne die unsere Buchhaltung nicht zahlt. Können Sie sie noch einmal ausstellen?",
      "Viele Grüße\n{person}",
    ),
    mail(
      "us",
      3,
      "Re: Rückfrage zur Rechnung",
      "Guten Tag,",
      "das tut uns leid. Die berichtigte Rechnung kommt heute per Post.",
      "Freundliche Grüße\n{user}",
    ),
  ],
  [
    mail(
      "us",
      0,
      "Unser Gespräch auf der Messe",
      "Guten Tag,",
      "vielen Dank für das Gespräch an unserem Stand. Wie besprochen melde ich mich in der nächsten Woche wegen des Rahmenvertrags.",
      "Freundliche Grüße\n{user}",
    ),
    mail(
      "contact",
      50,
      "Re: Unser Gespräch auf der Messe",
      "Guten Tag,",
      "gern. Am besten erreichen Sie mich Dienstagvormittag.",
      "{person}",
    ),
  ],
  [
    mail(
      "contact",
      0,
      "Reklamation: zwei Kartons beschädigt",
      "Guten Tag,",
      "bei der Lieferung von gestern waren zwei Kartons eingedrückt, drei Leuchten sind gebrochen. Fotos kann ich nachreichen.",
      "Mit freundlichen Grüßen\n{person}",
    ),
    mail(
      "us",
      2,
      "Re: Reklamation: zwei Kartons beschädigt",
      "Guten Tag,",
      "bitte entschuldigen Sie. Der Ersatz geht noch heute raus, die beschädigten Teile brauchen Sie nicht zurückzuschicken.",
      "Freundliche Grüße\n{user}",
    ),
    mail("contact", 70, "Re: Reklamation: zwei Kartons beschädigt", "Alles angekommen, danke!"),
  ],
];

/** Senders who are not contacts yet. */
export const strangers: readonly {
  name: string;
  address: string;
  subject: string;
  text: string;
}[] = [
  {
    name: "Mia Petersen",
    address: "mia.petersen@kuestenlicht.example",
    subject: "Anfrage: 40 Hallenstrahler",
    text:
      "Guten Tag,\n\nwir planen die Beleuchtung unserer neuen Halle in Husum und brauchen bis Mitte März 40 Hallenstrahler mit mindestens 20.000 Lumen. Können Sie uns ein Angebot machen?\n\nMit freundlichen Grüßen\nMia Petersen\nKüstenlicht GmbH",
  },
  {
    name: "Jonas Vogt",
    address: "j.vogt@schreinerei-vogt.example",
    subject: "Katalog 2027",
    text: "Moin,\n\nschicken Sie mir bitte den neuen Katalog?\n\nJonas Vogt",
  },
  {
    name: "Dr. Elif Yıldız",
    address: "e.yildiz@nordbau.example",
    subject: "Muster für die Baustelle Lübeck",
    text:
      "Sehr geehrte Damen und Herren,\n\nHerr Brandt hat Sie empfohlen. Wir suchen für unsere Baustelle in Lübeck einen Lieferanten, der auch samstags bringt.\n\nMit freundlichen Grüßen\nDr. Elif Yıldız",
  },
];
