/** `crm job NAME`: runs a job of the installation now, in this process. */
import { directEgress } from "../../db/egress_direct.ts";
import { logger } from "../../db/log.ts";
import { type Command, findTenant, inDatabase, parse, Usage } from "../command.ts";
import { timetable } from "../schedule.ts";
import { jobs } from "../jobs.ts";

/** The jobs without a payload; all others are queued by the actions that cause them. */
const names = [...new Set(timetable.map(({ job }) => job))].sort();

export const job: Command = {
  summary: "Run a job of the timetable now",
  help: `Usage: deno task crm job NAME [--tenant SLUG]

Runs one of: ${names.join(", ")}.
Jobs that it queues are left to the running service.

Exit codes: 0 done, 2 usage, 69 no database, 70 the job failed, 78 configuration.`,
  async run(args, config) {
    const { values, positionals: [name = ""] } = parse(args, { tenant: { type: "string" } }, 1);
    if (name === "") throw new Usage("NAME is missing");
    const chosen = jobs.find((each) => each.name === name);
    if (!chosen || !names.some((each) => each === name)) {
      throw new Usage(`unknown job ${name}`);
    }
    await inDatabase(config, async ({ app }) => {
      const tenant = values.tenant ? await findTenant(app, values.tenant) : null;
      const tools = {
        pool: app,
        config,
        log: logger("jobs", "command"),
        egress: directEgress(app, config),
        signal: new AbortController().signal,
      };
      await chosen.run(tools, { tenantId: tenant?.id ?? null } as never);
    });
    console.log(`${name} is done.`);
    return 0;
  },
};
