/** For the operator: which servers the processes may reach, and which they did. */
import * as contactedHosts from "../db/contacted_hosts.ts";
import { outbound } from "../db/permissions.ts";
import * as processors from "../db/processors.ts";
import { EgressPage, type Reachable } from "../views/egress.tsx";
import { operator, signedIn } from "./guards.ts";
import { type Ctx, page, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, operator)
  .get("/", async (c) => {
    const { view, services: { pool } } = c.var;
    const contacted = await contactedHosts.list(pool);
    return await page(
      c,
      <EgressPage view={view} reachable={await reachable(c)} contacted={contacted} />,
      { title: "operator.egress" },
    );
  });

/** The list as the supervisor makes it, without the mail servers of accounts, which are the tenants'. */
async function reachable(c: Ctx): Promise<Reachable[]> {
  const { pool, config } = c.var.services;
  const all = await processors.list(pool);
  const ownerOf = (host: string, port: number) =>
    all.find(({ hosts }) => hosts.some((each) => each.host === host && each.port === port));
  const described = (host: string, port: number) => {
    const owner = ownerOf(host, port);
    return {
      host,
      port,
      processorId: owner?.id ?? null,
      processorName: owner?.name ?? null,
      countries: owner?.processingCountries ?? [],
    };
  };
  const database = `postgres://${pool.options.host[0]}:${pool.options.port[0]}/`;
  const own = outbound("jobs", config, database).map(({ purpose, host, port }): Reachable => ({
    ...described(host, port),
    purpose,
    role: purpose === "database" ? "all" : "jobs",
  }));
  const open = all.filter((each) => each.adapter && processors.isOpen(each));
  const theirs = open.flatMap(({ hosts }) =>
    hosts.map(({ host, port }): Reachable => ({
      ...described(host, port),
      purpose: "processor",
      role: "egress",
    }))
  );
  return [...own, ...theirs];
}
