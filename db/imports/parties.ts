/**
 * Handles lists whose rows name people in several roles, like "Mieter Name" beside "Eigentümer
 * Name": only one of them is the row's person.
 */
import { words } from "./headings.ts";
import { isRole } from "./kind_words.ts";
import type { Column } from "./mappings.ts";
import type { PlanColumn } from "./plans.ts";

/**
 * Ignores the columns of all roles but the first, or of all if other columns name the person. If
 * both roles are the same person in every row, what only the other tells is kept.
 */
export function settle(plan: readonly PlanColumn[], columns: readonly Column[]): void {
  const roles = plan.map(({ name }) => roleOf(name));
  const named = plan.flatMap(({ target }, at) =>
    roles[at] !== "" && /^(?:firstName|lastName|fullName|name)$/.test(target) ? roles[at]! : []
  );
  const apart = plan.some(({ target }, at) =>
    roles[at] === "" && /^(?:first|last)Name$/.test(target)
  );
  const chosen = apart ? null : named[0];
  if (chosen === undefined) return;
  const namesOf = (role: string | null) =>
    plan.flatMap(({ target }, at) =>
      roles[at] === role && /^(?:(?:first|last|full)N|n)ame$/.test(target) ? columns[at]!.cells : []
    ).join("\n");
  const own = namesOf(chosen);
  const twins = new Set(roles.filter((role) => own.trim() !== "" && namesOf(role) === own));
  const known = new Set(plan.filter((_, at) => [chosen, ""].includes(roles[at]!)).map(kindOf));
  plan.forEach((column, at) => {
    const role = roles[at]!;
    const adds = twins.has(role) && !known.has(kindOf(column));
    // "Spender-Nr." beside "Vorname" and "Nachname" numbers the row's person.
    const numbers = chosen === null && /^(?:customerNumber|uid)$/.test(column.target) &&
      !named.includes(role) && !known.has(kindOf(column));
    if (role === "" || role === chosen || adds || numbers) return;
    Object.assign(column, { target: "ignore", group: "" });
  });
}

const kindOf = ({ target }: PlanColumn): string => target.split(".", 1)[0]!;

/**
 * Whose role the first of several words is, or the last as in "Name des Käufers", in one form for
 * all genders; otherwise empty.
 */
function roleOf(heading: string): string {
  const all = words(heading);
  const [first = "", last = ""] = [all[0], all.at(-1)];
  if (first === "") return "";
  const said = isRole(first)
    ? first
    : isRole(last) && /^(?:des|der|of|vom)$/.test(all.at(-2)!)
    ? last
    : "";
  return said.replace(/(?:in|s)$/, "");
}
