/** Corrects columns of addresses that other columns show to be something else. */
import { areBlocks } from "./address_blocks.ts";
import { type Draft, names, put } from "./column_drafts.ts";
import { isDoor } from "./doors.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

/** The region of the address that a town is in. */
const regionOf = ({ target, group }: PlanColumn): Pick<PlanColumn, "target" | "group"> => ({
  target: target.replace(/city$/, "region") as Target,
  group,
});

/** France's "département" is a region if a town is named; in a company it is the department. */
export function settleRegions({ plan }: Draft): void {
  const town = plan.find(({ name, target }) =>
    /\.city$/.test(target) && /^ville|commune/i.test(name)
  );
  const french = plan.find(({ name }) => /^département$/i.test(name));
  if (town && french?.target === "department") Object.assign(french, regionOf(town));
}

/** The state in an American address, doors beside house numbers, and a code that is none. */
export function settleAddresses(draft: Draft): void {
  const { plan } = draft;
  const state = plan.find(({ name, target }, at) =>
    target === "ignore" && /^st\.?$/i.test(name) &&
    draft.cells(at).every((cell) => /^(?:[A-Z]{2})?$/.test(cell))
  );
  const american = plan.find(({ target }) => target.endsWith(".city"));
  if (state && american) Object.assign(state, regionOf(american), { confidence: 0.8 });
  const numbered = plan.find(({ target }) => target.endsWith(".houseNumber"));
  for (const [at, column] of plan.entries()) {
    if (!numbered || column.target !== "ignore" || !isDoor(column.name)) continue;
    if (!draft.cells(at).some((cell) => /\d/.test(cell))) continue;
    put(column, numbered.target);
    column.group = numbered.group;
  }
  const codes = plan.filter(({ target }) => target.endsWith("postalCode"));
  const bare = codes.find(({ name }) => /^code$/i.test(name));
  if (bare && codes.length > 1) put(bare, "ignore");
}

/** A registered seat beside the address, and an address that alone names somebody. */
export function settleSeats(draft: Draft): void {
  const { plan } = draft;
  // The seat is given again, with its postal code, in the address.
  const seat = plan.find(({ name, target }) => /^sitz$/i.test(name) && /\.city$/.test(target));
  const place = plan.find(({ name, target }) => /plz/i.test(name) && /\.city$/.test(target));
  if (seat && place) put(seat, "ignore");
  // Nobody is named but in the address: "Frau", "Ute Adler", "Weg 1", "10115 Berlin".
  const block = plan.find(({ target }, at) =>
    target === "address.work.whole" && areBlocks(draft.cells(at))
  );
  if (block && !draft.hasAny(names)) put(block, "name");
}
