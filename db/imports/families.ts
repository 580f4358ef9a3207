/** Handles lists of children with their parents: each parent is a person of their own. */

import { further, read, words } from "./headings.ts";
import type { Column } from "./mappings.ts";
import { namesCompany } from "./name_kinds.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

const mother = /^(?:mutter|mama|mother|mum|mom)s?$/;
const father = /^(?:vater|papa|father|dad)s?$/;
/** One of both, told apart by a number. */
const parent =
  /^(?:eltern(?:teil)?|erziehungsberechtigte[rn]?|sorgeberechtigte[rn]?|personensorgeberechtigte[rn]?|vertreter(?:in)?|vertretungsberechtigte[rn]?|parents?|guardian)$/;
const child = /^(?:kind(?:es|er)?|child|childs|kindergartenkind)$/;
const filler = /^(?:der|die|das|des|r|in|e|s|gesetzliche[rn]?|name|the|of|legal)$/;

/** Which person of the row a heading is about, and the words that say what of them. */
function about(heading: string): { who: "child" | 2 | 3; rest: string[] } | null {
  const said = words(heading);
  if (said.length > 7) return null;
  const at = said.findIndex((word) =>
    mother.test(word) || father.test(word) || parent.test(word) || child.test(word)
  );
  const word = said[at];
  if (word === undefined) return null;
  // An advocate or agent, unless the law says so: "Gesetzlicher Vertreter".
  if (/^vertreter/.test(word) && !said.some((each) => /^gesetzlich/.test(each))) return null;
  const number = said.find((each) => /^[12]$/.test(each));
  const who = child.test(word) ? "child" : father.test(word) || number === "2" ? 3 : 2;
  const rest = said.filter((each, place) => place !== at && each !== number && !filler.test(each));
  const named = said.filter((each) => each === "name").length > 0;
  return { who, rest: rest.length === 0 && named ? ["name"] : rest };
}

const own = /^(?:firstName|lastName|fullName|name|salutation|birthday)$/;
const names = /^(?:firstName|lastName|fullName|name)$/;

/** What the rest of such a heading means; nothing left means the name. */
const meant = (rest: readonly string[]): Target =>
  rest.length === 0 ? "fullName" : read(rest.join(" "))?.target ?? "ignore";

/** Gives such columns their targets, if the list has a child in each row. */
export function settle(plan: PlanColumn[], columns: readonly Column[]): void {
  const found = plan.map(({ name, target, secret }) =>
    secret || !/^(?:ignore|fullName|name|firstName|lastName)$/.test(target) ? null : about(name)
  );
  if (!found.some((each) => typeof each?.who === "number")) return;
  const isNamed = () => plan.some(({ target }) => names.test(target));
  if (!isNamed()) settleChild(plan, found);
  if (!isNamed()) return;
  for (const who of [2, 3] as const) {
    if (plan.some(({ target }) => target.startsWith(`person${who}.`))) return;
  }
  for (const who of [2, 3] as const) settleParent(plan, columns, found, who);
}

type Found = ReturnType<typeof about>;

function settleChild(plan: PlanColumn[], found: readonly Found[]): void {
  const first = found.some((each) => each?.who === "child" && meant(each.rest) === "firstName");
  for (const [at, each] of found.entries()) {
    if (each?.who !== "child") continue;
    const target = meant(each.rest);
    if (!own.test(target)) continue;
    const whole = target === "name" || target === "fullName";
    const put: Target = !whole ? target : first ? "lastName" : "fullName";
    Object.assign(plan[at]!, { target: put, group: "", confidence: 0.9 });
  }
}

function areNames(cells: readonly string[]): boolean {
  const filled = cells.filter(Boolean);
  return filled.length > 0 &&
    filled.every((cell) => /^[^\d@]{2,60}$/.test(cell) && !namesCompany(cell));
}

function settleParent(
  plan: PlanColumn[],
  columns: readonly Column[],
  found: readonly Found[],
  who: 2 | 3,
): void {
  const theirs = found.flatMap((each, at) => each?.who === who ? [{ at, rest: each.rest }] : []);
  const first = theirs.some(({ rest }) => meant(rest) === "firstName");
  const isName = (rest: readonly string[]) => names.test(meant(rest));
  // Without a name the numbers are nobody's; a "Parent" may be a company.
  const called = theirs.filter(({ rest }) => isName(rest));
  if (!called.some(({ at }) => areNames(columns[at]!.cells))) return;
  for (const { at, rest } of theirs) {
    const target = meant(rest);
    const put = target === "name" || target === "fullName"
      ? first ? "lastName" : "fullName"
      : target;
    const column = further({ target: put, group: `person${who}`, confidence: 0.9 }, who);
    if (column) Object.assign(plan[at]!, column);
    // "Telefon 1" and "E-Mail 1" behind "Erziehungsberechtigte/r 1" are that person's.
    const numbered = new RegExp(`\\D${who - 1}\\W*$`);
    if (!numbered.test(plan[at]!.name)) continue;
    for (const next of plan.slice(at + 1)) {
      if (!/^(?:phone|email)/.test(next.target) || !numbered.test(next.name)) break;
      Object.assign(next, further(next, who));
    }
  }
}
