/** Tests a user's mail server: connects, logs in, and records the result. */
import * as mailAccounts from "../db/mail_accounts.ts";
import { system, withScope } from "../db/scope.ts";
import { plainJob } from "./job.ts";
import { accountServer } from "./messages.ts";
import { type Fault, faultOf, tryOut } from "./wire.ts";

/**
 * The supervisor notices a new host and restarts the job process; a test that ran too early is
 * retried.
 */
export const checkMailAccount = plainJob(
  "check_mail_account",
  async ({ pool, config, tenantId }, { mailAccountId: id }) => {
    if (tenantId === null) throw new TypeError("check_mail_account needs a tenant");
    const who = { tenantId, actor: system };
    let fault: Fault | null = null;
    let cause: unknown;
    try {
      const account = await withScope(
        pool,
        who,
        (scope) => mailAccounts.open(scope, config, { id }),
      );
      if (!account) return;
      await tryOut(accountServer(account, config.appEnv === "production"));
    } catch (error) {
      fault = faultOf(error);
      cause = error;
    }
    await withScope(pool, who, (scope) => mailAccounts.noteCheck(scope, id, fault));
    if (fault === "permission") throw cause;
  },
);
