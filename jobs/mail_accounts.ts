/** Tries a user's mail server out: connects, signs in, and writes down what came of it. */
import * as mailAccounts from "../db/mail_accounts.ts";
import { system, withScope } from "../db/scope.ts";
import { houseJob } from "./job.ts";
import { accountServer } from "./messages.ts";
import { type Fault, faultOf, tryOut } from "./wire.ts";

/** The supervisor hears of a new host and starts the jobs anew; a test that came before it waits. */
export const checkMailAccount = houseJob(
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
