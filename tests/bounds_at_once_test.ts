/** Bounds hold, and names stay unique, also where several people press the button at once. */
import { deepEqual, equal, rejects } from "node:assert/strict";
import { Invalid } from "../db/errors.ts";
import * as apiTokens from "../db/api_tokens.ts";
import * as identityProviders from "../db/identity_providers.ts";
import { newId } from "../db/ids.ts";
import * as letterTemplates from "../db/letter_templates.ts";
import * as lostReasons from "../db/lost_reasons.ts";
import * as mailboxes from "../db/mailboxes.ts";
import * as mailTemplates from "../db/mail_templates.ts";
import * as pipelines from "../db/pipelines.ts";
import type { Scope } from "../db/scope.ts";
import * as teams from "../db/teams.ts";
import * as tenantExports from "../db/tenant_exports.ts";
import * as views from "../db/views.ts";
import * as webForms from "../db/web_forms.ts";
import * as webhooks from "../db/webhooks.ts";
import { cast, type Person } from "./support/cast.ts";

const texts = { title: "Formular", intro: "", consent: "", privacyUrl: "" };

/** What can be made, up to how many, and how the `n`th of them is. */
const makings: [string, number, (scope: Scope, n: number, person: Person) => Promise<unknown>][] = [
  [
    "tokens of a user",
    apiTokens.most,
    (scope, n) =>
      apiTokens.create(scope, { name: `Skript ${n}`, scopes: ["contacts:read"], days: 30 }),
  ],
  [
    "domains of a provider",
    identityProviders.mostDomains,
    (scope, n) => identityProviders.addDomain(scope, `haus${n}.example`),
  ],
  ["letter templates", letterTemplates.most, async (scope, n) => {
    if (await letterTemplates.isFull(scope)) throw new Invalid("too_many");
    const input = { name: `Brief ${n}`, language: "de", subject: "", body: "x" } as const;
    await letterTemplates.create(scope, newId(), input);
  }],
  ["lost reasons", lostReasons.most, (scope, n) => lostReasons.create(scope, `Grund ${n}`)],
  ["mailboxes", mailboxes.most, async (scope, n, { test }) => {
    if (await mailboxes.isFull(scope)) throw new Invalid("mailboxes.full");
    const place = { host: "imap.example", port: 993, security: "tls", username: "u" } as const;
    const input = { ...place, name: `Postfach ${n}`, address: "a@b.example", password: "p" };
    const { config } = test.services;
    await mailboxes.create(scope, config, newId(), { ...input, shared: true }, "2026-01-01");
  }],
  ["mail templates", mailTemplates.most, async (scope, n) => {
    if (await mailTemplates.isFull(scope)) throw new Invalid("too_many");
    const input = { name: `Vorlage ${n}`, language: "de", subject: "", body: "x" } as const;
    await mailTemplates.create(scope, newId(), { ...input, shared: true }, true);
  }],
  ["teams", teams.most, (scope, n) => teams.create(scope, newId(), `Team ${n}`)],
  ["web forms", webForms.most, (scope, n) =>
    webForms.create(scope, newId(), {
      slug: `formular-${n}`,
      name: `Formular ${n}`,
      fields: [],
      own: [],
      ownerId: null,
      tag: "",
      active: true,
      work: false,
      texts: { de: texts, en: texts },
    })],
  [
    "webhooks",
    webhooks.most,
    (scope, n, { test }) =>
      webhooks.create(scope, test.services.config, newId(), {
        name: `Dienst ${n}`,
        country: "DE",
        reach: "dienst@dienst.example",
        url: `https://dienst${n}.example/`,
        kinds: ["contact"],
      }),
  ],
];

for (const [what, most, make] of makings) {
  Deno.test(`of five who add the last of the ${what} at once one gets through`, async () => {
    const { alice } = await cast();
    await alice.scope(pipelines.list);
    const there = what === "lost reasons" ? (await alice.scope(lostReasons.list)).length : 0;
    await alice.scope(async (scope) => {
      for (let n = there + 1; n < most; n++) await make(scope, n, alice);
    });
    const made = await Promise.allSettled(
      [1, 2, 3, 4, 5].map((n) => alice.scope((scope) => make(scope, most + n, alice))),
    );
    equal(made.filter(({ status }) => status === "fulfilled").length, 1);
    for (const each of made) if (each.status === "rejected") equal(each.reason.name, "Invalid");
  });
}

Deno.test("of two lost reasons of one name that are added at once one stays", async () => {
  const { alice } = await cast();
  await alice.scope(pipelines.list);
  const made = await Promise.allSettled(
    [1, 2, 3].map(() => alice.scope((scope) => lostReasons.create(scope, "Lieferzeit"))),
  );
  equal(made.filter(({ status }) => status === "fulfilled").length, 1);
  const names = (await alice.scope(lostReasons.list)).map(({ name }) => name);
  deepEqual(names.filter((name) => name === "Lieferzeit"), ["Lieferzeit"]);
});

Deno.test("of two teams renamed to the same name at once, one gets a message and no server error", async () => {
  const { alice } = await cast();
  const ids = [newId(), newId()];
  await alice.scope(async (scope) => {
    for (const [at, id] of ids.entries()) await teams.create(scope, id, `Team ${at}`);
  });
  const renamed = await Promise.allSettled(
    ids.map((id) =>
      alice.scope((scope) => teams.update(scope, id, { name: "Vertrieb", memberIds: [] }))
    ),
  );
  deepEqual(
    renamed.flatMap((each) => each.status === "rejected" ? [each.reason.constructor] : []),
    [Invalid],
  );
});

Deno.test("of two shared views renamed to the same name at once, one gets a message", async () => {
  const { alice } = await cast();
  const view = (name: string) => ({ name, query: "", shared: true, usual: false });
  const ids = await alice.scope(async (scope) => [
    await views.create(scope, "contact", view("Eins")),
    await views.create(scope, "contact", view("Zwei")),
  ]);
  const renamed = await Promise.allSettled(
    ids.map((id) => alice.scope((scope) => views.update(scope, id, view("Messe"), false))),
  );
  deepEqual(
    renamed.flatMap((each) => each.status === "rejected" ? [each.reason.code] : []),
    ["taken"],
  );
});

Deno.test("the last of as many domains as possible can still get a new link", async () => {
  const { alice } = await cast();
  const add = (n: number) =>
    alice.scope((scope) => identityProviders.addDomain(scope, `firma${n}.example`));
  for (let n = 1; n <= identityProviders.mostDomains; n++) await add(n);
  await add(identityProviders.mostDomains);
  await rejects(add(identityProviders.mostDomains + 1), { code: "single_sign_on.too_many" });
});

Deno.test("an archive of everything that two ask for at once is made once", async () => {
  const { alice } = await cast();
  await Promise.all([1, 2, 3].map(() => alice.scope(tenantExports.create)));
  equal((await alice.scope(tenantExports.list)).length, 1);
});
