/** Reports: the figures of a period, for everybody or one owner, as a page and as CSV. */
import * as choices from "../db/choices.ts";
import { presetOf, row } from "../db/exports/csv.ts";
import { isId } from "../db/ids.ts";
import { teamOf } from "../db/owners.ts";
import { dayOf } from "../db/local_times.ts";
import { currencies } from "../db/money.ts";
import type { Filter } from "../db/report_figures.ts";
import * as reports from "../db/reports.ts";
import * as teams from "../db/teams.ts";
import * as users from "../db/users.ts";
import { ReportPage } from "../views/reports/page.tsx";
import { cellText, sections } from "../views/reports/sections.ts";
import { download } from "./downloads.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { type Ctx, page, web } from "./web.tsx";

/** Months that can be looked back on. */
const back = 36;

export default web.createApp()
  .use(signedIn, scoped, may("deals.read"))
  .get("/", async (c) => {
    const { scope, view } = c.var;
    const filter = await asked(c);
    const [report, offered] = await Promise.all([
      reports.find(scope, filter),
      choices.list(scope),
    ]);
    const props = { view, report, filter, ...offered, months: monthsOf(c), currencies };
    return await page(c, <ReportPage {...props} />, { title: "reports.title" });
  })
  .get("/csv", may("exports.run"), async (c) => {
    const { scope, view } = c.var;
    const filter = await asked(c);
    const [{ figures }, { owners }] = await Promise.all([
      reports.find(scope, filter),
      choices.list(scope),
    ]);
    const all = sections(view, figures, filter, owners);
    const section = all.find(({ name }) => name === c.req.query("of")) ?? all[0]!;
    const { mark, separator } = presetOf(view.locale);
    const lines = [
      section.heads,
      ...section.rows.map((cells) => cells.map((each) => cellText(view, each))),
    ];
    const text = mark + lines.map((cells) => row(cells, separator)).join("");
    return download(c, text, {
      name: `${section.title} ${filter.from} ${filter.to}.csv`,
      type: "text/csv; charset=utf-8",
    });
  });

/** The months that can be chosen, the newest first. */
function monthsOf(c: Ctx): string[] {
  const [year, month] = dayOf(c.var.scope.now).split("-").map(Number) as [number, number];
  return Array.from({ length: back }, (_, n) => {
    const months = year * 12 + month - 1 - n;
    return `${Math.floor(months / 12)}-${`${months % 12 + 1}`.padStart(2, "0")}`;
  });
}

/** Whether an address names a user or team of the tenant. */
async function isKnown(c: Ctx, owner: string): Promise<boolean> {
  const [{ scope }, team] = [c.var, teamOf(owner)];
  if (team !== null) return isId(team) && await teams.isOfTenant(scope, team);
  return isId(owner) && await users.isOfTenant(scope, owner);
}

/**
 * What the address asks for: a year up to this month where it makes no sense, and everybody where
 * it names no user. The figures are cached for a while.
 */
async function asked(c: Ctx): Promise<Filter> {
  const months = monthsOf(c);
  const month = (name: string, usual: string) =>
    months.find((each) => each === c.req.query(name)) ?? usual;
  const [one, other] = [month("from", months[11]!), month("to", months[0]!)];
  const owner = c.req.query("owner") ?? "";
  return {
    from: one < other ? one : other,
    to: one < other ? other : one,
    owner: await isKnown(c, owner) ? owner.toLowerCase() : null,
    currency: currencies.find((each) => each === c.req.query("currency")) ?? "EUR",
  };
}
