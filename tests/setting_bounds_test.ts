/** Settings that would break a sentence of the policy are refused, with the clause: row by row. */
import { equal, match } from "node:assert/strict";
import { assertWithin, type BoundName, bounds } from "../db/setting_bounds.ts";
import { errorText, translator } from "../views/i18n/translate.ts";
import { cast } from "./support/cast.ts";

/** For each setting: what is allowed, what is not, and the clause that says so. */
const rows: Record<BoundName, { good: string[]; bad: string[]; clause: string }> = {
  trash_days: { good: ["1", "7", "30"], bad: ["0", "31", "-1", "", "7.5", "1e1"], clause: "5.1" },
  notice_days: { good: ["14", "30", "365"], bad: ["13", "0", "366", "x"], clause: "8.2" },
  log_address_days: { good: ["2", "7"], bad: ["0", "8", "60"], clause: "3.1" },
  log_access_days: { good: ["7", "90"], bad: ["6", "91"], clause: "3.1" },
  log_app_days: { good: ["7", "90"], bad: ["6", "91"], clause: "5.1" },
  log_audit_days: { good: ["30", "365"], bad: ["29", "366"], clause: "5.1" },
  log_jobs_days: { good: ["7", "30"], bad: ["6", "31"], clause: "5.1" },
  log_mail_days: { good: ["7", "30"], bad: ["6", "31"], clause: "5.1" },
  freeze_days: { good: ["1", "90"], bad: ["0", "91", "-3"], clause: "3.1" },
  retention_prospect: { good: ["1", "36"], bad: ["0", "37"], clause: "5.1" },
  retention_lost_deal: { good: ["1", "36"], bad: ["0", "37"], clause: "5.1" },
  retention_applicant: { good: ["1", "6"], bad: ["0", "7"], clause: "5.1" },
  retention_claim: { good: ["12", "36"], bad: ["11", "37"], clause: "5.1" },
  retention_history: { good: ["3", "12"], bad: ["2", "13"], clause: "5.1" },
  retention_confirm_days: { good: ["0", "90"], bad: ["91", "-1"], clause: "5.1" },
  operator_factors: { good: ["on"], bad: ["", "off"], clause: "7.1" },
  store_country: { good: ["DE", "IS", "FR"], bad: ["US", "GB", "CH", "", "de"], clause: "4.1" },
  processor_country: { good: ["DE", "NO"], bad: ["US", "IN", "GB"], clause: "4.3" },
};

for (const name of Object.keys(bounds) as BoundName[]) {
  Deno.test(`${name} keeps to the policy, and its refusal names the clause in both languages`, () => {
    const { good, bad, clause } = rows[name];
    for (const value of good) equal(assertWithin(name, value), null, value);
    for (const value of bad) {
      const code = assertWithin(name, value)!;
      match(errorText(translator("de"), code), new RegExp(`Ziffer ${clause.replace(".", "\\.")} `));
      match(
        errorText(translator("en"), code),
        new RegExp(`[Cc]lause ${clause.replace(".", "\\.")} `),
      );
    }
  });
}

Deno.test("the forms refuse with that sentence and keep what was typed", async () => {
  const { alice } = await cast();
  const answer = await alice.post("/settings", { name: "Nordlicht Handel", trashDays: "60" });
  equal(answer.status, 422);
  const page = await answer.text();
  match(page, /Ziffer 5\.1 der Datenschutzerklärung/);
  match(page, /value="60"/);
});
