/**
 * Runs a backup, a log rotation and a customer's export with little disk space left, and reports
 * their results.
 */
import { join } from "node:path";
import { parseConfig } from "../../db/config.ts";
import { noEgress } from "../../db/egress.ts";
import { openQueue } from "../../db/jobs.ts";
import { ageLogs } from "../../db/log_files.ts";
import { openPool } from "../../db/pool.ts";
import { backUp } from "../../jobs/backups.ts";
import { exportTenant } from "../../jobs/tenant_exports.ts";

const [dataDir = "", ownerUrl = "", appUrl = "", secretKey = "", tenantId = "", exportId = ""] =
  Deno.args;
const owner = openPool(ownerUrl, { max: 2, statementTimeout: 0 });
openQueue(appUrl);
const quiet = () => {};
const tools = {
  pool: openPool(appUrl, { max: 3 }),
  config: parseConfig({ DATA_DIR: dataDir, SECRET_KEY: secretKey }, Deno.readTextFileSync),
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  egress: noEgress,
  signal: new AbortController().signal,
};
const backup = await backUp(owner, tools.config);
const logs = await ageLogs(join(dataDir, "logs"), "2026-11-12").then(
  ({ packed }) => String(packed),
  (error) => error.code,
);
await exportTenant.run(tools, { tenantId, tenantExportId: exportId });
console.log(`\n${JSON.stringify({ backup, logs })}`);
Deno.exit(0);
