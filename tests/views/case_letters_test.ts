/** What the law requires in a letter to a person who claimed a right, whatever became of the claim. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as authorities from "../../db/authorities.ts";
import type { Content } from "../../db/certificates.ts";
import { rights } from "../../db/letters/rules.ts";
import type { Reach } from "../../db/halts.ts";
import {
  erasureLetter,
  identityLetter,
  refusalLetter,
  resultLetter,
} from "../../views/mail/case_letters.tsx";
import { deliveryLetter } from "../../views/mail/deliveries.tsx";
import { officerConfirmation } from "../../views/mail/officer_confirmations.ts";

const factsIn = (locale: "de" | "en") => ({
  locale,
  number: "DS-7K4Q-2M",
  receivedOn: "2026-11-20",
  controller: "Nordlicht Handel",
  slug: "nordlicht",
  country: "DE",
  contact: "dsb@example.org",
  baseUrl: "https://crm.example",
  now: new Date("2026-11-27T12:00:00Z"),
});
const competent = authorities.competent("DE", "HH");
const kept = { name: "messages", count: 2, basis: "§ 257 HGB", until: "2033-01-01" };
const content = (more: Partial<Content>) =>
  ({ stores: [], kept: [], ...more }) as unknown as Content;

for (const locale of ["de", "en"] as const) {
  const facts = factsIn(locale);
  Deno.test(`no two rights of a case are answered under the same subject (${locale})`, () => {
    const because = { reason: "x", paragraph: "y", authorities: competent };
    const said = rights.flatMap((right) => {
      const by = { role: "officer", way: "link" } as const;
      const action = { action: "done", by, right, provision: "", due: "closed" } as const;
      const confirmed = {
        ...facts,
        ...action,
        canReply: true,
        unnotedAt: null,
        named: null,
        at: facts.now,
      };
      return [
        refusalLetter(confirmed, { right, ...because }),
        right === "erasure" ? erasureLetter(confirmed, content({}), competent) : resultLetter(
          confirmed,
          { right, status: "done", login: false, barred: true },
          competent,
        ),
        deliveryLetter(confirmed, "https://crm.example/x", { right, days: 14, downloads: 5 }),
        officerConfirmation(confirmed),
      ].map(({ subject }) => subject);
    });
    equal(new Set(said).size, said.length, said.join("\n"));
    for (const subject of said) match(subject, /^DS-7K4Q-2M: /);
  });

  const remedies = (text: string, what: string) => {
    match(text, /Hamburgische[rn]? Beauftragte/, `${what}: the authority`);
    match(text, /Art\. 77/, `${what}: the complaint`);
    match(text, /Art\. 79/, `${what}: the way to court`);
  };

  Deno.test(`what is not done, wholly or partly, names authority and court (${locale}, Art. 12(4))`, () => {
    const because = { reason: "Es gibt keinen Grund.", paragraph: "Art. 17 Abs. 3 DSGVO" };
    for (const right of rights) {
      const { text } = refusalLetter(facts, { right, ...because, authorities: competent });
      remedies(text, `refusal of ${right}`);
      ok(text.includes(because.reason) && text.includes(because.paragraph));
    }
    for (const right of rights.filter((each) => each !== "complaint")) {
      const none = resultLetter(
        facts,
        { right, status: "no_data", login: false, barred: true },
        competent,
      );
      remedies(none.text, `nothing found: ${right}`);
    }
    const logs = resultLetter(
      facts,
      { right: "objection", status: "done", login: true, barred: false },
      competent,
    );
    remedies(logs.text, "logs go on");
    remedies(erasureLetter(facts, null, competent).text, "nobody to erase");
    const partly = erasureLetter(facts, content({ kept: [kept] } as never), competent).text;
    remedies(partly, "kept by law");
    ok(partly.includes("§ 257 HGB"));
  });

  Deno.test(`an objection's answer says what else was stopped, or why nothing was (${locale}, Art. 21(1))`, () => {
    const told = (reach: Reach) => {
      const about = { right: "objection", status: "done", login: false, barred: true } as const;
      return resultLetter(facts, { ...about, reach }, competent).text;
    };
    ok(!/Art\. 21/.test(told(null)), "about advertising only");
    match(told("interest"), /nur noch|only store/);
    ok(!/Art\. 79/.test(told("interest")));
    match(told("nothing"), /können wir ihm nicht folgen|cannot comply/);
    remedies(told("nothing"), "partly refused");
  });

  Deno.test(`subject and opening claim no more than was done (${locale}, Art. 12(1))`, () => {
    const about = { login: false, barred: false } as const;
    const done = [
      resultLetter(facts, { ...about, right: "restriction", status: "done" }, competent),
      resultLetter(
        facts,
        { ...about, right: "objection", status: "done", reach: "interest" },
        competent,
      ),
      erasureLetter(facts, content({}), competent),
    ];
    const partly = [
      resultLetter(
        facts,
        { ...about, right: "objection", status: "done", reach: "nothing" },
        competent,
      ),
      resultLetter(
        facts,
        { ...about, right: "objection", status: "done", login: true },
        competent,
      ),
      erasureLetter(facts, content({ kept: [kept] } as never), competent),
    ];
    const none = [
      ...rights.filter((each) => each !== "complaint").map((right) =>
        resultLetter(facts, { ...about, right, status: "no_data" }, competent)
      ),
      resultLetter(facts, { ...about, right: "decision", status: "done" }, competent),
      erasureLetter(facts, null, competent),
    ];
    const claimsAll = ({ subject, text }: { subject: string; text: string }) =>
      [
        / erledigt$| done$/.test(subject) && !/teilweise|partly/.test(subject),
        /sind wir nachgekommen|We have complied with|: ausgeführt$|: carried out$/m.test(text),
      ].some((each) => each);
    for (const each of done) ok(claimsAll(each), each.subject + each.text);
    for (const each of [...partly, ...none]) ok(!claimsAll(each), each.subject + each.text);
    for (const each of partly) {
      match(each.subject, /teilweise|partly/);
      match(each.text, /nur zum Teil|in part/);
    }
    for (const each of none) ok(!/teilweise|partly/.test(each.subject), each.subject);
  });

  Deno.test(`an answer that waits says until which day (${locale})`, () => {
    const waiting = { right: "access", days: 14, downloads: 5 } as const;
    match(deliveryLetter(facts, "https://crm.example/x", waiting).text, /11[./]12[./]2026/);
  });

  Deno.test(`only who has a log-in is asked to prove themselves by it (${locale}, Art. 12(6))`, () => {
    const access = /melden Sie sich in Ihrem Zugang an|sign in to your account/;
    const asked = (login: boolean, address = "") =>
      identityLetter(facts, { reason: "x", login, address }).text;
    match(asked(true), access);
    ok(!access.test(asked(false)));
    match(
      asked(false, "Werftstr. 7, 20457 Hamburg"),
      /Nordlicht Handel, Werftstr\. 7, 20457 Hamburg/,
    );
  });

  Deno.test(`whom nobody knew is told that the address is barred all the same (${locale}, Art. 21(3))`, () => {
    const barred = /nur ein Hash|Only a hash/;
    for (const right of rights.filter((each) => each !== "complaint" && each !== "erasure")) {
      const [none, done, own] = [["no_data", false], ["done", false], ["no_data", true]] as const;
      const told = ([status, login]: readonly [string, boolean]) =>
        barred.test(resultLetter(facts, { right, status, login, barred: true }, competent).text);
      equal(told(none), right === "objection" || right === "withdrawal", right);
      deepEqual([told(done), told(own)], [false, false], right);
      const nowhere = { right, status: "no_data", login: false, barred: false };
      ok(!barred.test(resultLetter(facts, nowhere, competent).text), "no address was given");
    }
  });

  Deno.test(`where no Land is known none of sixteen authorities is named (${locale})`, () => {
    const all = authorities.competent("DE");
    ok(all.length > 10);
    const { text } = erasureLetter(facts, null, all);
    match(text, /Art\. 77.*https:\/\/crm\.example\/privacy\/complaint/s);
    ok(!/Hamburgisch|Bayerisch/.test(text));
  });

  Deno.test(`the German act is cited by controllers in Germany alone (${locale})`, () => {
    const of = (country: string) => erasureLetter({ ...facts, country }, null, competent).text;
    match(of("DE"), /§ 44 BDSG|Section 44 BDSG/);
    ok(!/BDSG/.test(of("AT")));
  });

  Deno.test(`what is done says so without more (${locale})`, () => {
    for (
      const { text } of [
        erasureLetter(facts, content({}), competent),
        resultLetter(
          facts,
          { right: "objection", status: "done", login: false, barred: true },
          competent,
        ),
      ]
    ) ok(!/Art\. 79/.test(text));
  });
}
