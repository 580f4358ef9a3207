/** Determines which address columns belong together if only some of the headings say so. */

import { lastNumber, read, saysWork } from "./headings.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

/** Determines the kinds and groups of all address columns. */
export function settle(plan: PlanColumn[]): void {
  joinHalves(plan);
  settleKinds(plan);
  settleLines(plan);
  settleNumbered(plan);
  settleRepeated(plan);
  settleBoxes(plan);
  settleCounties(plan);
}

/** A county beside a state is not a region of its own. */
function settleCounties(plan: PlanColumn[]): void {
  const regions = plan.filter(({ target }) => /address\.\w+\.region$/.test(target));
  for (const county of regions) {
    const { target, group } = county;
    const beside = regions.some((other) =>
      other.target === target && other.group === group &&
      !/county|kreis/i.test(other.name)
    );
    if (beside && /^\W*(?:county|(?:land)?kreis)\W*$/i.test(county.name)) {
      Object.assign(county, { target: "ignore", group: "" });
    }
  }
}

/** The group of a post office box that has a postal code of its own. */
export const boxGroup = "addressbox";

/** "Postfach" with "PLZ Postfach" is a different address from street and "PLZ". */
function settleBoxes(plan: PlanColumn[]): void {
  const isBox = ({ name, target }: PlanColumn) =>
    /address\.\w+\.(?:poBox|postalCode|city)$/.test(target) &&
    (target.endsWith("poBox") || /postf|p\.? ?o\.?[ -]?box/i.test(name));
  const boxes = plan.filter(isBox);
  const code = (column: PlanColumn) => column.target.endsWith("postalCode");
  if (!boxes.some(code) || !plan.some((column) => code(column) && !isBox(column))) return;
  for (const box of boxes) box.group = boxGroup;
}

/** "Straße 2" is a second line of the address, but beside "PLZ 2" it is a second address. */
function settleNumbered(plan: PlanColumn[]): void {
  for (const { name, target } of plan) {
    const number = lastNumber(name);
    if (number < 2 || !/address\.\w+\.postalCode$/.test(target)) continue;
    for (const column of plan) {
      if (lastNumber(column.name) !== number || !/address\.\w+\.\w+$/.test(column.target)) continue;
      column.group = `address${number}`;
      if (!read(column.name.replace(/(?<![\s\d])[\s\d]+$/, ""))?.target.endsWith("street")) {
        continue;
      }
      column.target = column.target.replace(/extra$/, "street") as Target;
    }
  }
}

/**
 * A repeated "Straße, PLZ, Ort" is a second address; a repeated street alone is a second line of
 * one.
 */
function settleRepeated(plan: PlanColumn[]): void {
  const seen = new Map<string, number>();
  const again = plan.flatMap((column) => {
    if (!/address\.\w+\.\w+$/.test(column.target)) return [];
    const key = `${column.target} ${column.group} ${column.name.trim().toLowerCase()}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times > 1 ? [{ column, times }] : [];
  });
  for (const { column, times } of again) {
    const isPlaced = again.some((other) =>
      other.times === times && /\.(?:postalCode|city|whole)$/.test(other.column.target)
    );
    if (isPlaced) column.group = `${column.group} ${times}`;
  }
}

/** "Adresse 1" and "Adresse 2" beside one "PLZ" and "Ort" are lines of one address. */
function settleLines(plan: PlanColumn[]): void {
  const numbered = plan.filter(({ name, target }) =>
    /address\.\w+\.whole$/.test(target) && /^\D*[1-4]\D*$/.test(name)
  );
  const kinds = numbered.map(({ target }) => target);
  for (const column of numbered) {
    const kind = column.target.slice(0, -"whole".length);
    const others = plan.filter(({ target }) => target.startsWith(kind));
    const place = others.filter(({ target }) => /\.(?:postalCode|city)$/.test(target));
    if (place.length === 0 || place.some(({ name }) => /\d/.test(name))) continue;
    if (kinds.filter((each) => each === column.target).length < 2) continue;
    const isFirst = /1/.test(column.name) &&
      !others.some(({ target }) => target.endsWith("street"));
    Object.assign(column, {
      target: `${kind}${isFirst ? "street" : "extra"}`,
      group: place[0]!.group,
    });
  }
}

/** "PLZ" beside "PLZ dienstlich" is the one at home. */
function settleKinds(plan: PlanColumn[]): void {
  const work = plan.filter(({ target }) => target.startsWith("address.work."));
  const said = new Set(work.filter(({ name }) => saysWork(name)).map(({ target }) => target));
  const plain = work.filter(({ name }) => !saysWork(name));
  if (plain.filter(({ target }) => said.has(target)).length < 2) return;
  for (const column of plain) {
    column.target = column.target.replace(".work.", ".home.") as Target;
  }
}

/**
 * A street alone, and a place without one, form one address if either has no kind: it takes the
 * kind of the other. "Firma Straße" and "Ort privat" are two addresses.
 */
function joinHalves(plan: PlanColumn[]): void {
  const columns = (kind: string) => plan.filter(({ target }) => target.startsWith(kind));
  const said = new Set(
    plan.flatMap(({ target }) => /^(?:company\.)?address\.\w+\./.exec(target) ?? []),
  );
  const [one, two, ...more] = said;
  if (!one || !two || more.length > 0) return;
  const isPlain = (kind: string) =>
    kind === "address.work." && !columns(kind).some(({ name }) => saysWork(name));
  for (const [street, places] of [[one, two], [two, one]] as const) {
    const has = (kind: string, part: string) =>
      columns(kind).some(({ target }) => target === kind + part);
    if (!has(street, "street") || has(street, "postalCode") || has(street, "city")) continue;
    if (has(places, "street") || has(places, "whole")) continue;
    const from = [places, street].find(isPlain);
    if (!from) continue;
    for (const column of columns(from)) {
      column.target = column.target.replace(from, from === places ? street : places) as Target;
    }
    return;
  }
}
