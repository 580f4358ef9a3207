/** The letter that confirms to the officer what was decided on a page. */
import * as officerConfirmations from "../db/officer_confirmations.ts";
import type { Scope } from "../db/scope.ts";
import { officerConfirmation } from "../views/mail/officer_confirmations.ts";
import type { Ctx } from "./web.tsx";

/** Told by mail to the officer's address, wherever it was decided: another may have sat there. */
export async function confirm(
  { var: { services: { config } } }: Ctx,
  scope: Scope,
  done: officerConfirmations.Done,
): Promise<void> {
  const { baseUrl } = config;
  await officerConfirmations.send(
    scope,
    config,
    done,
    (facts) => officerConfirmation({ ...facts, baseUrl }),
  );
}
