/** Files of deals: how they are told from others, and what their columns mean. */
import { words } from "./headings.ts";
import type { Column } from "./mappings.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

const entries: readonly [Target, string][] = [
  [
    "deal.name",
    "name title titel bezeichnung betreff subject topic thema verkaufschance chance projektname geschaeft oportunidad",
  ],
  [
    "deal.amount",
    "amount betrag value wert auftragswert auftragssumme summe volumen auftragsvolumen angebotswert angebotssumme estrevenue " +
    "estimatedrevenue estvalue estimatedvalue expectedrevenue erwarteterumsatz erloes revenue turnover leadvalue " +
    "amountvalue montant importe bedrag umsatz",
  ],
  [
    "deal.currency",
    "currency waehrung currencycode currencyisocode amountcurrency amountcurrencycode waehrungscode",
  ],
  ["deal.pipeline", "pipeline pipelinename salespipeline verkaufsprozess vertriebsprozess"],
  [
    "deal.stage",
    "stage stagename salesstage stufe phase vertriebsphase verkaufsphase vertriebsstufe verkaufsstufe pipelinestage etappe",
  ],
  ["deal.status", "status state stand ergebnis wonlost leadstate"],
  ["deal.won", "iswon won closedwon isclosedwon gewonnen"],
  ["deal.closed", "isclosed"],
  [
    "deal.probability",
    "probability probabilitypercent winprobability wahrscheinlichkeit abschlusswahrscheinlichkeit erfolgswahrscheinlichkeit",
  ],
  [
    "deal.closeOn",
    "closedate closingdate expectedclosedate expectedclosingdate expectedclosing expectedclose expectedcloseon abschluss abschlussdatum " +
    "erwarteterabschluss erwartetesabschlussdatum geplanterabschluss voraussichtlicherabschluss expectedclosuredate " +
    "estclosedate estimatedclosedate zielabschluss",
  ],
  [
    "deal.closedOn",
    "closed closedon closedat closedtime closeddate wontime wonat losttime lostat actualclosedate actualclosingdate " +
    "abgeschlossen abgeschlossenam gewonnenam verlorenam geschlossenam dateclosed",
  ],
  [
    "deal.createdOn",
    "created createdat createdate createddate createdon createdtime datecreated creationdate addtime erstellt erstelltam " +
    "angelegt angelegtam erstelldatum",
  ],
  [
    "deal.lostReason",
    "lostreason lossreason losereason closedlostreason reasonlost verlustgrund ablehnungsgrund grundfuerverlust",
  ],
  [
    "deal.owner",
    "owner ownername zustaendig besitzer verantwortlich verantwortlicher betreuer betreuerin salesperson salesrep vertriebsmitarbeiter verkaeufer " +
    "assignedto assignedtoname assigneduser assignedusername eigentuemer owneremail accountmanager",
  ],
  [
    "deal.person",
    "person persons personen personname contact contacts contactname contactnames contactsname contactperson kontakt kontakte kontaktperson ansprechpartner " +
    "ansprechpartnerin ansprechperson associatedcontact associatedcontacts pointofcontact primarycontact decisionmaker",
  ],
  ["email", "email emails contactemail personemail emailadresse"],
  [
    "company.name",
    "company firma firmenname organization organisation organizationname organisationname account accountname companyname " +
    "associatedcompany associatedcompanies associatedcompanyprimary primaryassociatedcompany kunde kundenname customer customername " +
    "potentialcustomer unternehmen client",
  ],
  ["deal.source", "source quelle herkunft leadsource ursprung originalsource"],
  ["tags", "tags tag schlagwoerter schlagworte label labels etiketten"],
  [
    "notes",
    "notes note notizen notiz description beschreibung bemerkung bemerkungen comment comments kommentar",
  ],
  ["deleted", "isdeleted deleted geloescht"],
  ["uid", "id recordid objectid hsobjectid externalid kennung"],
];

const meanings = new Map<string, Target>(
  entries.flatMap(([target, list]) => list.split(" ").map((word) => [word, target] as const)),
);

/** What such programs write ahead of each heading: "Deal - Title", "Opportunity Name". */
const deal = /^(?:deals?|opportunity|opportunities|potentials?|verkaufschancen?)$/;

/** Targets that take all of their columns. */
const several: readonly Target[] = ["deal.person", "deal.closedOn", "email", "tags", "notes"];

/** Headings of what costs money, or passes through stages, and is no deal. */
const foreign =
  /^(?:ticket|case|task|invoice|rechnung|order|bestell|artikel|campaign|kampagne|kurs|belegnummer|belegdatum|sku|ean)/;

interface Meaning {
  target: Target;
  /** Whether the heading itself speaks of deals. */
  marked: boolean;
}

function meaningOf(heading: string): Meaning | null {
  // "contacts.2.name": of several, each column is numbered.
  const all = words(heading).filter((word) => !/^\d+$/.test(word));
  const marked = deal.test(all[0] ?? "");
  if (marked && all.length === 1) return { target: "deal.name", marked };
  const plain = meanings.get(all.join(""));
  if (plain) return { target: plain, marked };
  const rest = marked ? meanings.get(all.slice(1).join("")) : undefined;
  return rest ? { target: rest, marked } : null;
}

/**
 * Whether a table lists deals: each has a name, and there is what tells how it stands and what it is
 * worth, when it is decided or how likely it is.
 */
export function list(columns: readonly Column[], fileName = ""): boolean {
  const squeezed = columns.map(({ heading }) => words(heading).join(""));
  if (squeezed.some((heading) => foreign.test(heading))) return false;
  const found = columns.flatMap(({ heading }) => meaningOf(heading) ?? []);
  const has = (...targets: Target[]) => found.some(({ target }) => targets.includes(target));
  const marked = found.some((each) => each.marked && each.target !== "uid") ||
    /deal|opportunit|verkaufschance/i.test(fileName);
  const stands = has("deal.stage", "deal.pipeline", "deal.probability", "deal.won", "deal.closeOn");
  const weighs = has("deal.amount", "deal.probability", "deal.closeOn");
  const facts = new Set(
    found.map(({ target }) => target).filter((target) =>
      /^deal\.(?:amount|currency|pipeline|stage|status|won|probability|closeOn|closedOn|lostReason)$/
        .test(target)
    ),
  );
  return has("deal.name") && (stands || marked) && (weighs || marked) && facts.size > 1;
}

/** Where the columns of a file of deals go: of two for the same thing the first one counts. */
export function map(columns: readonly PlanColumn[]): PlanColumn[] {
  const taken = new Set<Target>();
  return columns.map((column) => {
    if (column.secret || column.target.startsWith("custom.")) return column;
    const target = meaningOf(column.name)?.target ?? "ignore";
    const free = target !== "ignore" && (several.includes(target) || !taken.has(target));
    taken.add(target);
    return { ...column, target: free ? target : "ignore", group: "", confidence: free ? 0.95 : 0 };
  });
}

/** The different words of a column, at most so many. */
const mostWords = 40;

/** What the file calls its stages, as far as its first rows tell. */
export function stagesIn(
  plan: readonly PlanColumn[],
  cellsOf: (column: number) => readonly string[],
): string[] {
  const at = plan.findIndex(({ target }) => target === "deal.stage");
  if (at < 0) return [];
  return [...new Set(cellsOf(at).map((cell) => cell.trim()).filter(Boolean))].slice(0, mostWords);
}
