/** The dictionary of the headings of deals: what each one means. */
import { words } from "./headings.ts";
import type { Target } from "./targets.ts";

const entries: readonly [Target, string][] = [
  [
    "deal.name",
    "name title titel angebotsname bezeichnung projectlabel projektbezeichnung betreff subject topic thema verkaufschance projektname projekt abschlussname stichwort geschaeft oportunidad chance auftragsname auftrag vorhaben verkauf verkaufsname leadtitle",
  ],
  [
    "deal.amount",
    "dealsize amount betrag valueformatted value wert auftragswert umsatz auftragssumme summe volumen auftragsvolumen angebotswert angebotssumme estrevenue " +
    "estimatedrevenue estvalue estimatedvalue expectedrevenue erwarteterumsatz erloes revenue turnover leadvalue " +
    "amountvalue amountamount closevalue monetaryvalue leadamount wertbetragfuerlead opportunityvalue geschumsatz geschaetzterumsatz potenzial montant importe bedrag erwarteterauftragswert zielwert income sale",
  ],
  [
    "deal.currency",
    "currency waehrung currencycode currencyisocode amountcurrency currencyofvalue currencyofamount betragwaehrung waehrungbetrag waehrungdesbetrags amountcurrencycode waehrungscode waehrungdeswerts waehrungvonwert bidcurrency valuecurrency currencyid",
  ],
  ["deal.pipeline", "pipeline pipelinename salespipeline verkaufsprozess vertriebsprozess"],
  [
    "deal.stage",
    "stage stagename salesstage stufe phase vertriebsphase verkaufsphase vertriebsstufe verkaufsstufe pipelinestage currentstage stageidname stageid pipelinestageid dealpipelinestageid statuslabel etappe leadstatus statuslead leadstage milestone pipelinephase",
  ],
  ["deal.status", "status statustype state stand ergebnis wonlost leadstate"],
  ["deal.won", "iswon won closedwon isclosedwon hsisclosedwon istgewonnen gewonnen"],
  ["deal.closed", "isclosed isdealclosed hsisclosed istabgeschlossen"],
  [
    "deal.probability",
    "probability probabilitypercent winprobability closeprobability closureprobability confidence leadprobability leadprobab wahrscheinlichkeit wahrscheinlichkeitkundeninteresse wahrscheinlkundeninteresse abschlusswahrscheinlichkeit auftragswahrscheinlichkeit gewinnwahrscheinlichkeit wahrsch erfolgswahrscheinlichkeit probabilityofwinning",
  ],
  [
    "deal.closeOn",
    "closedate closingdate expectedclosedate expectedclosingdate expectedclosing expectedclose expectedcloseon abschluss abschlussdatum " +
    "erwarteterabschluss erwartetesabschlussdatum geplanterabschluss voraussichtlicherabschluss expectedclosuredate " +
    "estclosedate estimatedclosedate forecastclosedate dateclosed datedeadline closeson tentativeclosedate datewon geschabschlussdatum geschaetztesabschlussdatum voraussichtlichesabschlussdatum " +
    "schlusstermin zielabschluss expecteddate abschlusserwartet abschlussgeplant abschlussvoraussichtlich voraussichtlabschluss vorausabschluss vslabschluss gepabschluss erwabschluss abschlussam abschlussbis geplantesabschlussdatum erwarteterabschlusstermin abschlusstermin zieldatum entscheidungsdatum entscheidungbis entscheidung verkaufsdatum",
  ],
  [
    "deal.closedOn",
    "gewonnenzeit verlorenzeit gewonnenum verlorenum closed closedon closedat closedtime closeddate wontime wonat losttime lostat datelost actualclose actualclosedate actualclosingdate " +
    "abgeschlossen abgeschlossenam gewonnenam verlorenam geschlossenam dealclosedon dealabgeschlossenam",
  ],
  [
    "deal.createdOn",
    "created createdat createdate createddate createdon createdtime datecreated dateentered dealcreated dealerstellt dealerstelltam dealcreationdate engagedate creationdate addtime erstellt erstelltam " +
    "angelegt angelegtam erstelldatum erstellungsdatum angebotsdatum angebotvom",
  ],
  [
    "deal.lostReason",
    "lostreason lossreason losereason closedlostreason reasonlost reasonforloss reasonforlosing verlustgrund ablehnungsgrund grundfuerverlust grundfuerverlorenendeal grund",
  ],
  [
    "deal.owner",
    "owner ownername assignedrep zustaendig besitzer verantwortlich verantwortlicher verantwortlicheperson betreuer betreuerin salesperson salesrep vertriebsmitarbeiter verkaeufer " +
    "assignedto assignedtoname assigneduser assignedusername eigentuemer salesowner salesagent ownedby responsibleperson userresponsible useridname " +
    "inhaber zustaendigermitarbeiter abschlusseigentuemer accountmanager owneremail username zustaendigermitarbeiterfuerdeal zustaendigermitarbeiterfuerdendeal fuerdealzustaendigermitarbeiter fuerdendealzustaendigermitarbeiter sachbearbeiter sachbearbeiterin bearbeiter bearbeiterin userid responsible responsibleuser",
  ],
  [
    "deal.person",
    "person persons personen personname contact contacts contactname contactnames contactsname contactperson kontakt kontakte kontaktperson ansprechpartner " +
    "ansprechpartnerin ansprechperson associatedcontact associatedcontacts relatedcontacts zugehoerigerkontakt zugehoerigekontakte verknuepfterkontakt verknuepftekontakte zugeordneterkontakt zugeordnetekontakte kontaktname pointofcontact primarycontact primarypersoncontact hauptkontakt hauptansprechpartner decisionmaker",
  ],
  [
    "deal.personRole",
    "contactrole contactsrole personrole personsrole buyingrole rolledesansprechpartners rollederperson rollepersonen",
  ],
  ["email", "email emails contactemail personemail emailadresse workemail"],
  [
    "company.name",
    "company firma firmenname organization organizations organisation organizationname organisationname account accountname companyname " +
    "associatedcompany associatedcompanies associatedcompanyprimary primaryassociatedcompany kunde kundenname customer customername " +
    "potentialcustomer salesaccount accounts partneridname partnerid potenziellerkunde zugeordnetefirma verknuepftefirma zugehoerigesunternehmen zugehoerigesunternehmenprimaer zugehoerigeunternehmen zugehoerigefirma verknuepftesunternehmenprimaer verknuepftesunternehmen zugeordnetesunternehmen unternehmen client thirdpartyname namedesgeschaeftspartners geschaeftspartner leadname",
  ],
  ["deal.source", "source quelle herkunft leadsource leadquelle ursprung originalsource"],
  ["tags", "leadtags tagids tags tag schlagwoerter schlagworte label labels etiketten"],
  [
    "notes",
    "notes note notizen notiz description beschreibung bemerkung bemerkungen comment comments kommentar notepublic noteprivate anmerkungoeffentlich anmerkungprivat hinweisoeffentlich hinweisprivat",
  ],
  ["deleted", "isdeleted deleted geloescht"],
  [
    "uid",
    "id recordid datensatzid objectid hsobjectid externalid kennung projectid projektid donotmodifyopportunity nichtaendernverkaufschance verkaufschancenr verkaufschancennr angebotnr angebotsnr angebotsnummer",
  ],
];

interface Sense {
  target: Target;
  /** Of two columns for the same target, the one whose word comes first in the list wins. */
  rank: number;
}

const meanings = new Map<string, Sense>(
  entries.flatMap(([target, list]) =>
    list.split(" ").map((word, rank) => [word, { target, rank }] as const)
  ),
);

/** The prefix that such programs put before each heading: "Deal - Title", "Opportunity Name". */
const deal = /^(?:deals?|opportunity|opportunities|potentials?|verkaufschancen?)$/;

/** Words for the unit of an amount or a probability. */
const units = new Set(
  [
    "in",
    "netto",
    "euro",
    "mez",
    "mesz",
    "cet",
    "cest",
    "utc",
    "gmt",
    ...Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()),
  ],
);

interface Meaning extends Sense {
  /** Whether the heading itself mentions deals. */
  marked: boolean;
}

/** A report of Salesforce names the field behind its record: "Account Name: Account Name". */
const field = /: ?(?:full name|vollständiger name|account[ -]?name)$/i;

/** Words of a day that is still to come. */
const planned =
  /^(?:expect|erwart|erw(?!orben)|gepl|gep(?=abschluss)|vorauss|vsl|gesch|est|forecast|tentative|ziel|entscheid|abschluss(?:erwart|gepl|vorauss|bis))/;

/** Whether a heading names the day on which a deal is expected to be closed. */
export function saysPlanned(heading: string): boolean {
  const all = words(heading);
  return planned.test(all.slice(deal.test(all[0] ?? "") ? 1 : 0).join(""));
}

/** What the heading means in a list of deals; null if it is unknown. */
export function meaningOf(heading: string): Meaning | null {
  // "contacts.2.name": if there are several, each column is numbered.
  const said = words(heading.replace(field, "")).filter((word) => !/^\d+$/.test(word));
  // "Opportunity: Opportunity Name"
  if (deal.test(said[0] ?? "") && deal.test(said[1] ?? "")) said.shift();
  const all = said.filter((word, at) => at === 0 || !units.has(word));
  const marked = deal.test(all[0] ?? "");
  if (marked && all.length === 1) return { target: "deal.name", rank: 50, marked };
  const joined = all.join("");
  // "Chance in %" is a probability.
  if (joined === "chance" && heading.includes("%")) {
    return { target: "deal.probability", rank: 0, marked };
  }
  const plain = meanings.get(joined);
  if (plain) return { ...plain, marked };
  // "dealname", as APIs write it.
  const inner = marked ? all.slice(1).join("") : /^(?:deal|opportunity)(.+)$/.exec(joined)?.[1];
  const rest = inner === undefined ? undefined : meanings.get(inner);
  return rest ? { ...rest, rank: rest.rank - 1, marked: true } : null;
}
