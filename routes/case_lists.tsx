/** Beside the queue of requests: current restrictions, and statistics on closed requests. */
import * as caseCounters from "../db/case_counters.ts";
import * as restrictions from "../db/restrictions.ts";
import type { Desk } from "../views/cases/desk.tsx";
import { CounterList, RestrictionList } from "../views/cases/lists.tsx";
import { may } from "./guards.ts";
import { cursor } from "./lists.ts";
import { page, web } from "./web.tsx";

/** The lists under a desk's address; who may see the desk is asked by the pages around it. */
export function caseLists(desk: Desk) {
  const routes = web.createApp();
  // Handling requests does not include the right to see people hidden from everybody.
  if (desk.base !== "/operator/requests") routes.use("/restrictions", may("restricted.read"));
  return routes
    .get("/restrictions", async (c) => {
      const found = await restrictions.listStanding(c.var.scope, cursor(c));
      const node = <RestrictionList view={c.var.view} desk={desk} found={found} />;
      return await page(c, node, { title: "case_lists.restrictions" });
    })
    .get("/counters", async (c) => {
      const counters = await caseCounters.list(c.var.scope);
      const node = <CounterList view={c.var.view} desk={desk} counters={counters} />;
      return await page(c, node, { title: "case_lists.counters" });
    });
}
