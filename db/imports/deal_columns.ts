/** Recognises files of deals, and what their columns mean. */
import { meaningOf, saysPlanned } from "./deal_meanings.ts";
import { kindOf, othersOf } from "./deal_rows.ts";
import { words } from "./headings.ts";
import type { Column } from "./mappings.ts";
import * as nameKinds from "./name_kinds.ts";
import type { PlanColumn } from "./plans.ts";
import { isSecret } from "./secret_headings.ts";
import type { Target } from "./targets.ts";

/** Headings of lists of offers: they are treated like those of deals. */
const offer = /^(?:angebots?|offerten?|quote)(?:summe|wert|betrag|datum|vom|name|total|amount)/;

/** Targets that accept several columns. */
const several: readonly Target[] = [
  "deal.person",
  "deal.personRole",
  "deal.closedOn",
  "email",
  "tags",
  "notes",
];

/** Headings of things that cost money or pass through stages but are no deals. */
const foreign =
  /^(?:ticket|case|task|invoice|rechnung|order|bestell|artikel|campaign|kampagne|kurs|belegnummer|belegdatum|sku|ean)/;

/** Headings of a deal's parts or its results: such a row is no deal. */
const parts =
  /^(?:unitprice|salesprice|einzelpreis|stueckpreis|productquantity|produktmenge|lineitem(?:id|name)|fromstage|tostage|stagechange|dateenteredstage|dateleftstage|oldvalue|newvalue)$/;

/** They say something of a deal only if something else shows that these are deals. */
const weak = /^(?:leadstatus|statuslead|leadstage|milestone|pipelinephase|verkaufsdatum|grund)$/;

/** Headings of contact details, and of what only companies have. */
const reach =
  /^(?:e?mails?|emailaddress|emailadresse|phone|phonenumber|telefon|mobile|mobil|handy)$/;
const corporate =
  /^(?:website|webseite|homepage|domain|industry|branche|employees|numberofemployees|mitarbeiter|mitarbeiterzahl)$/;

/** Whether a heading names the user responsible for a deal. */
export const saysOwner = (heading: string): boolean => meaningOf(heading)?.target === "deal.owner";

/**
 * Whether a table lists deals: each has a name, and columns show its status and its value, its date
 * of decision or its probability.
 */
export function list(columns: readonly Column[], fileName = ""): boolean {
  const squeezed = columns.map(({ heading }) => words(heading).join(""));
  if (squeezed.some((heading) => parts.test(heading)) || listsOthers(columns)) return false;
  const found = columns.flatMap(({ heading }, at) =>
    weak.test(squeezed[at]!) ? [] : meaningOf(heading) ?? []
  );
  const has = (...targets: Target[]) => found.some(({ target }) => targets.includes(target));
  const dated = has("deal.closeOn") && has("deal.stage") && has("deal.amount", "deal.probability");
  // A deal may come from a campaign, and become an order.
  if (!dated && squeezed.some((heading) => foreign.test(heading))) return false;
  const spoken = found.some((each) => each.marked && each.target !== "uid") ||
    squeezed.some((heading) => offer.test(heading));
  const known = has("deal.amount", "deal.stage", "company.name", "deal.person");
  const marked = spoken || (known && /deal|opportunit|verkaufschance/i.test(fileName));
  const stands = has("deal.stage", "deal.pipeline", "deal.probability", "deal.won", "deal.closeOn");
  const weighs = has("deal.amount") ||
    (has("deal.probability", "deal.closeOn") && has("company.name", "deal.person"));
  const facts = new Set(
    found.map(({ target }) => target).filter((target) =>
      /^deal\.(?:amount|currency|pipeline|stage|status|won|probability|closeOn|closedOn|lostReason)$/
        .test(target)
    ),
  );
  // Deals that have only a number, or no name at all, are named after their companies or by it.
  const likely = has("deal.amount") && has("deal.probability") && has("deal.stage", "deal.status");
  const valued = ["deal.amount", "deal.stage"].every((target) =>
    found.some((each) => each.marked && each.target === target)
  );
  const named = has("deal.name") || ((likely || valued) && has("company.name")) ||
    (dated && found.some((each) => each.marked && each.target === "uid"));
  return named && (stands || marked) && (weighs || marked) && facts.size > 1;
}

/** Whether a plain "Name" is that of persons with contact details, or of companies. */
export function listsOthers(columns: readonly Column[]): boolean {
  const squeezed = columns.map(({ heading }) => words(heading).join(""));
  const names = columns[squeezed.indexOf("name")];
  const targets = columns.map(({ heading }) => meaningOf(heading)?.target);
  if (!names || targets.includes("deal.person")) return false;
  const cells = names.cells.filter((cell) => cell !== "");
  const most = (kind: nameKinds.NameKind) =>
    cells.filter((cell) => nameKinds.kindOf(cell) === kind).length * 2 > cells.length;
  const firm = targets.includes("company.name");
  const planned = targets.includes("deal.closeOn") || targets.includes("deal.probability");
  const reached = squeezed.some((heading) => reach.test(heading));
  if ((reached || (firm && !planned)) && most("person")) return true;
  return !firm && !planned && squeezed.some((heading) => corporate.test(heading)) &&
    most("company");
}

/** Whether columns of persons and companies also include a deal's name and value. */
export function areBeside(columns: readonly PlanColumn[]): boolean {
  if (!columns.some(({ name }) => othersOf.test(name))) return false;
  const marked = columns.flatMap(({ name }) => {
    const meaning = meaningOf(name);
    return meaning?.marked ? [meaning.target] : [];
  });
  return marked.includes("deal.name") &&
    ["deal.amount", "deal.stage"].some((target) => marked.includes(target as Target));
}

/** Assigns the columns of a file of deals; of two for the same target the usual one wins. */
export function map(columns: readonly PlanColumn[]): PlanColumn[] {
  const best = new Map<Target, { at: number; rank: number }>();
  // A name pseudonymised on purpose looks like the digest of a password, but is none.
  const kept = ({ secret, name, target }: PlanColumn) =>
    secret && (isSecret(name) || !meaningOf(name)) || target.startsWith("custom.");
  const hasPlan = columns.some(({ name }) =>
    meaningOf(name)?.target === "deal.closeOn" && saysPlanned(name)
  );
  const found = columns.map((column, at) => {
    const meaning = kept(column) ? null : meaningOf(column.name);
    if (!meaning) return null;
    // Beside the day that was planned, the other one is that on which it happened.
    if (meaning.target === "deal.closeOn" && hasPlan && !saysPlanned(column.name)) {
      return { ...meaning, target: "deal.closedOn" as const };
    }
    const before = best.get(meaning.target);
    if (!before || meaning.rank < before.rank) best.set(meaning.target, { ...meaning, at });
    return meaning;
  });
  return columns.map((column, at) => {
    if (kept(column)) return column;
    const target = found[at]?.target;
    const free = target !== undefined && (several.includes(target) || best.get(target)?.at === at);
    const confidence = free ? 0.95 : 0;
    return { ...column, target: free ? target : "ignore", group: "", confidence, secret: false };
  });
}

/**
 * The columns in which a status names stages, if no other column does: "Angebot", "Verhandlung".
 * What it says about won and lost counts as well.
 */
export function staged(
  columns: readonly PlanColumn[],
  cellsOf: (column: number) => readonly string[],
): PlanColumn[] {
  const at = columns.findIndex(({ target }) => target === "deal.status");
  if (at < 0 || columns.some(({ target }) => target === "deal.stage")) return [...columns];
  const cells = cellsOf(at).map((cell) => cell.trim()).filter(Boolean);
  if (!cells.some((cell) => kindOf(cell) === "" && /\p{L}{3}/u.test(cell))) return [...columns];
  return columns.with(at, { ...columns[at]!, target: "deal.stage", confidence: 0.7 });
}

/** Most different words of a column that are considered. */
const mostWords = 40;

/** What the file calls its stages, as far as its first rows show. */
export function stagesIn(
  plan: readonly PlanColumn[],
  cellsOf: (column: number) => readonly string[],
): string[] {
  const at = plan.findIndex(({ target }) => target === "deal.stage");
  if (at < 0) return [];
  return [...new Set(cellsOf(at).map((cell) => cell.trim()).filter(Boolean))].slice(0, mostWords);
}
