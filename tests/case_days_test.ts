/** The last day of a request, the same in mail, page and proof: short months, days of rest, the hour. */
import { equal, match, ok } from "node:assert/strict";
import { now, setOffset } from "../db/clock.ts";
import * as controllers from "../db/controllers.ts";
import * as officers from "../db/officers.ts";
import { inTime } from "../db/proofs/requests.ts";
import { cast } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { post, request } from "./support/officers.ts";

/** Moves the clock to a moment. */
function at(moment: string) {
  setOffset(undefined);
  const seconds = Math.round((Date.parse(moment) - now().getTime()) / 1000);
  setOffset(`${seconds < 0 ? "-" : ""}PT${Math.abs(seconds)}S`);
}

const box = await mailbox();

for (
  const [land, moment, received, last] of [
    ["HH", "2027-01-31T10:00:00Z", "31.01.2027", "01.03.2027"],
    ["HH", "2028-01-31T10:00:00Z", "31.01.2028", "29.02.2028"],
    ["HH", "2027-01-31T23:30:00Z", "01.02.2027", "01.03.2027"],
    ["BY", "2026-12-06T10:00:00Z", "06.12.2026", "07.01.2027"],
    ["BY", "2027-02-26T10:00:00Z", "26.02.2027", "30.03.2027"],
  ] as const
) {
  Deno.test(`received on ${received} in ${land} a request is due on ${last}, wherever the date is shown`, async () => {
    try {
      at(moment);
      const { test, alice } = await cast();
      const address = { street: "", postalCode: "24937", city: "Ort", email: "", phone: "" };
      const officer = `dsb.${alice.userId}@example.org`;
      await alice.scope(async (scope) => {
        await controllers.update(scope, { ...address, land });
        await officers.update(scope, {
          ...{ name: "", email: officer, language: "de", deputyName: "", deputyEmail: "" },
          ...{ awayFrom: null, awayUntil: null },
        });
      });
      const { id, number, personEmail } = await request(test, alice.tenantId, ["access"]);
      const [letter] = await post(test, box, officer, number);
      match(letter!.subject!, new RegExp(`bis ${last}`));
      ok(letter!.text!.includes(`eingegangen am ${received}`), letter!.text);
      const [receipt] = await post(test, box, personEmail, number);
      ok(receipt!.text!.includes(last) && receipt!.text!.includes(received), receipt!.text);
      const page = await text(await alice.get(`/settings/requests/${id}`));
      ok(page.includes(last), page);
      equal((await inTime(test.db.app)).figures.miscounted, 0);
    } finally {
      setOffset(undefined);
    }
  });
}
