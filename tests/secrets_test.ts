/** A new SECRET_KEY: all that the old one encrypted opens with the new one, and with nothing else. */
import { deepEqual, equal, match, notEqual, ok, rejects, throws } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import * as apiRequests from "../db/api_requests.ts";
import * as backups from "../db/backups.ts";
import { check } from "../db/certificate_checks.ts";
import * as certificates from "../db/certificates.ts";
import { codeDigest } from "../db/case_codes.ts";
import { personHash } from "../db/cases.ts";
import { today } from "../db/clock.ts";
import * as identityProviders from "../db/identity_providers.ts";
import { newId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import * as keys from "../db/key_store.ts";
import * as ledger from "../db/ledger.ts";
import * as mailboxes from "../db/mailboxes.ts";
import { prepareDatabase } from "../db/prepare.ts";
import * as recoveryCodes from "../db/recovery_codes.ts";
import * as restores from "../db/restores.ts";
import { rememberEarlier } from "../db/secret_chain.ts";
import * as secretFiles from "../db/secret_files.ts";
import { pairOf, replace } from "../db/secret_replacements.ts";
import * as sealedSecrets from "../db/sealed_secrets.ts";
import { digestColumns, sealedColumns, tenantColumns } from "../db/secret_seals.ts";
import { FileBroken } from "../db/seals.ts";
import { publicKeys } from "../db/signing_keys.ts";
import * as suppressions from "../db/suppressions.ts";
import * as tenantSeals from "../db/tenant_seals.ts";
import * as totp from "../db/totp.ts";
import * as vault from "../db/vault.ts";
import * as webhooks from "../db/webhooks.ts";
import { cast, type Person } from "./support/cast.ts";
import { commandFolder, crm, file } from "./support/commands.ts";
import { destroyAll } from "./support/data_keys.ts";
import { emptyPlace, secretKey } from "./support/db.ts";
import { statement } from "./support/erasures.ts";
import { newMark, stock } from "./support/stock.ts";
import { drain } from "./support/worker.ts";

const dataDir = commandFolder();
const newSecret = () => randomBytes(32).toString("base64");
const address = "nie.wieder@example.org";

/** Leads a replacement on in a process that ends itself by kill -9; whether it came to the end. */
async function killed(ownerUrl: string, before: string, after: string, steps: number) {
  const { signal, code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-remote", "--quiet", "tests/support/replacing.ts"],
      ...[dataDir, ownerUrl, before, after, String(steps)],
    ],
    stdin: "null",
  }).output();
  ok(signal === "SIGKILL" || code === 0, new TextDecoder().decode(stderr));
  return code !== 0;
}

const sent = { key: "einmal", path: "/contacts", body: "{}" };

/** Something sealed or digested in each way there is. */
async function sealEach(alice: Person) {
  const store = { dataDir, secretKey };
  const [mailbox, webhook, request] = [newId(), newId(), newId()];
  const factors = { sql: alice.test.db.owner, secretKey };
  const app = await totp.begin(factors, alice.identityId, "alice");
  const codes = await recoveryCodes.renew(factors, alice.identityId);
  const signing = await alice.scope(async (scope) => {
    await identityProviders.save(scope, store, {
      ...{ issuer: "https://login.example.org", clientId: "crm" },
      ...{ secret: "anmeldung", newRole: null },
    });
    await apiRequests.claim(scope, secretKey, sent, request);
    return await webhooks.create(scope, store, webhook, {
      name: "Lager",
      country: "DE",
      reach: "lager@example.org",
      url: "https://lager.example.org/",
      kinds: ["contact"],
    });
  });
  await alice.scope(async (scope) => {
    await mailboxes.create(scope, store, mailbox, {
      name: "Alice",
      address: "alice@example.org",
      host: "imap.example.org",
      port: 993,
      security: "tls",
      username: "alice",
      password: "geheim-und-lang",
      shared: false,
    }, today());
    // As a version before sealed it: by the installation's secret alone.
    const older = sealedSecrets.seal(
      secretKey,
      mailboxes.useOf(scope.tenantId, mailbox),
      "geheim-und-lang",
    );
    await scope.sql`
      update mailboxes
      set password_sealed = ${older}
      where tenant_id = ${scope.tenantId}
        and id = ${mailbox}
    `;
    const hash = suppressions.hasher(secretKey, scope.tenantId)(address);
    await suppressions.add(scope, hash, "email", "objection");
  });
  const { id } = await alice.scope((scope) =>
    certificates.issue(scope, secretKey, statement("DS-7K4Q-2M"))
  );
  const key = await keys.create(store);
  const plain = await keys.read(store, key);
  const mail = `inbound/${newId()}`;
  const bytes = async function* () {
    yield new TextEncoder().encode("Sehr geehrte Damen und Herren");
  };
  await vault.store(store, mail, null, bytes(), 1_000);
  const more = { webhook, request, signing, app, codes };
  return { mailbox, certificate: id, key, plain, mail, ...more };
}

/** What all of it is by a secret. */
async function openEach(alice: Person, made: Awaited<ReturnType<typeof sealEach>>, secret: string) {
  const store = { dataDir, secretKey: secret };
  const factors = { sql: alice.test.db.owner, secretKey: secret };
  const hashes = suppressions.hasherOfAll(secret, alice.tenantId);
  const issued = await alice.scope((scope) => certificates.find(scope, secret, made.certificate));
  const checked = await check(JSON.stringify(issued), await publicKeys(secret));
  return {
    password: (await alice.scope((scope) => mailboxes.access(scope, store, made.mailbox)))
      .password,
    barred: (await alice.scope((scope) => suppressions.among(scope, hashes, [address]))).size,
    certificate: checked.genuine && checked.known,
    key: await keys.read(store, made.key),
    mail: await new Response(await vault.begin(store, made.mail)).text(),
    app: await totp.begin(factors, alice.identityId, "alice"),
    code: await recoveryCodes.use(factors, alice.identityId, made.codes.pop()!),
    provider: await alice.scope((scope) => identityProviders.secretOf(scope, store)),
    request: await alice.scope((scope) => apiRequests.claim(scope, secret, sent, newId())),
    signing: await alice.scope((scope) => webhooks.lookupTarget(scope, store, made.webhook))
      .then((target) => target!.secret),
  };
}

/** A tenant with a row in each column of its secrets, each sealed as a version before sealed it. */
async function sealedBefore(who: Person): Promise<void> {
  const { tenantId, test: { db: { owner } } } = who;
  await stock(who, newMark());
  await owner`
    update transfers
    set way = 'push', token_digest = null, processor_id = ${newId()}, url_sealed = ''
    where tenant_id = ${tenantId}
  `;
  for (const { table, column, useOf } of tenantColumns) {
    const rows = await owner<{ id: string }[]>`
      select id from ${owner(table)} where tenant_id = ${tenantId}
    `;
    for (const { id } of rows) {
      const sealed = sealedSecrets.seal(secretKey, useOf(tenantId, id), `${table} ${id}`);
      await owner`
        update ${owner(table)}
        set ${owner(column)} = ${sealed}
        where tenant_id = ${tenantId}
          and id = ${id}
      `;
    }
  }
}

/** The sealed columns of a tenant as any copy of its tables has them. */
async function copyOf({ tenantId, test: { db: { owner } } }: Person) {
  const copies: { table: string; use: string; text: string; sealed: Uint8Array }[] = [];
  for (const { table, column, useOf } of tenantColumns) {
    const rows = await owner<{ id: string; sealed: Uint8Array }[]>`
      select id, ${owner(column)} as sealed
      from ${owner(table)}
      where tenant_id = ${tenantId}
        and ${owner(column)} is not null
      order by id
    `;
    for (const { id, sealed } of rows) {
      copies.push({ table, use: useOf(tenantId, id), text: `${table} ${id}`, sealed });
    }
  }
  return copies;
}

Deno.test("clause 5.2: once a tenant's key is destroyed, no copy reveals its secrets, though the installation's key is there", async () => {
  const { alice, charlie, test } = await cast();
  const { services: { config }, db: { app } } = test;
  await sealedBefore(alice);
  await sealedBefore(charlie);
  const before = await copyOf(alice);
  deepEqual(
    [...new Set(before.map(({ table }) => table))],
    tenantColumns.map(({ table }) => table),
  );
  const opened = (copies: typeof before) =>
    Promise.all(copies.map(({ use, sealed }) => tenantSeals.open(config, use, sealed)));
  const texts = before.map(({ text }) => text);
  deepEqual(await opened(before), texts, "what a version before sealed is read still");

  const [broken] = await test.db.owner<{ id: string }[]>`
    insert into mailboxes (
      tenant_id, id, name, address, host, port, security, username, password_sealed, since_on,
      due_at, created_at, updated_at
    )
    select tenant_id, ${newId()}, 'Kaputt', 'kaputt@example.org', host, port, security, username,
      password_sealed, since_on, due_at, created_at, updated_at
    from mailboxes
    where tenant_id = ${alice.tenantId}
    limit 1
    returning id
  `;
  const night = async () => {
    await enqueue(app, "renew_seals", null, {});
    deepEqual((await drain(test)).failed, []);
    return (await copyOf(alice)).filter(({ text }) => text !== `mailboxes ${broken!.id}`);
  };
  const after = await night();
  deepEqual(await opened(after), texts);
  ok(after.every(({ sealed }) => tenantSeals.isTenants(sealed)));
  deepEqual(await night(), after, "what is sealed by the tenant's own key stays as it is");
  const others = await copyOf(charlie);

  // Neither a new wrapping key nor another name for the row changes that.
  await keys.rotate(config);
  deepEqual(await opened(after), texts);
  await rejects(tenantSeals.open(config, "mailbox of another", after[0]!.sealed), {
    name: "SecretBroken",
  });
  // A server of the version before takes it for broken, and never for a password.
  throws(() => sealedSecrets.open(secretKey, after[0]!.use, after[0]!.sealed), {
    name: "SecretBroken",
  });

  equal(await alice.scope((scope) => destroyAll(scope, config)), 1);
  for (const { table, use, sealed } of after) {
    await rejects(tenantSeals.open(config, use, sealed), { name: "SecretBroken" }, table);
  }
  deepEqual(await opened(others), others.map(({ text }) => text), "other tenants' are as before");
});

Deno.test("a replacement killed after each of its steps goes on, and all is sealed by the new secret alone", async () => {
  const { alice, test: { db } } = await cast();
  const { owner, ownerUrl } = db;
  const made = await sealEach(alice);
  const expected = {
    password: "geheim-und-lang",
    barred: 1,
    certificate: true,
    key: made.plain,
    mail: "Sehr geehrte Damen und Herren",
    app: made.app,
    code: true,
    provider: "anmeldung",
    request: made.request,
    signing: made.signing,
  };
  deepEqual(await openEach(alice, made, secretKey), expected);
  const store = { dataDir, secretKey };
  const backup = await backups.make(owner, store);
  const later = "spaeter@example.org";
  await alice.scope((scope) =>
    suppressions.add(
      scope,
      suppressions.hasher(secretKey, scope.tenantId)(later),
      "email",
      "objection",
    )
  );
  const [{ count: signedIn }] = await owner<[{ count: number }]>`
    select count(*)::int as count from sessions
  `;
  ok(signedIn > 0);

  const after = newSecret();
  for (let steps = 1; await killed(ownerUrl, secretKey, after, steps); steps++) {
    ok(secretFiles.isUnderWay(dataDir));
    throws(() => secretFiles.assertReplaced(dataDir), /crm keys replace/);
    await rejects(replace(owner, dataDir, { before: secretKey, after: newSecret() }), {
      name: "WrongSecret",
    });
    ok(steps < 5);
  }
  equal(secretFiles.isUnderWay(dataDir), false);
  deepEqual(secretFiles.read(dataDir, after)!.map(({ secret }) => secret), [secretKey]);
  equal(secretFiles.read(dataDir, secretKey), null, "without the new one nobody reads the old");
  rememberEarlier(after, [secretKey]);
  deepEqual(await openEach(alice, made, after), expected);
  deepEqual([...await owner`select from sessions`], []);
  equal((await publicKeys(after)).length, 2);

  // The previous secret opens nothing of it, and starts nothing.
  const old = await alice.scope((scope) => mailboxes.access(scope, store, made.mailbox))
    .catch((error) => error);
  ok(old instanceof sealedSecrets.SecretBroken);
  await rejects(keys.read(store, made.key), FileBroken);
  await rejects(vault.begin(store, made.mail), FileBroken);
  await rejects(prepareDatabase(ownerUrl, { secretKey }), { name: "WrongSecret" });
  await prepareDatabase(ownerUrl, { secretKey: after });

  // A second one, over the first; digests of both times match.
  const third = newSecret();
  await replace(owner, dataDir, { before: after, after: third });
  deepEqual(await openEach(alice, made, third), expected);

  // A backup older than the first secret is brought to the third, and the ledger's lines of each time match.
  await ledger.keep(owner, dataDir);
  const { url, sql: restored } = await emptyPlace();
  await restores.restore(restored, { dataDir, secretKey: third }, backup.name, { files: false });
  const hashOf = suppressions.hasher(third, alice.tenantId);
  const found = await restored`
    select encode(address_hash, 'hex') as hash
    from suppressions
    where tenant_id = ${alice.tenantId}
  `;
  deepEqual(
    found.map(({ hash }) => hash).sort(),
    [hashOf(address).toString("hex"), hashOf(later).toString("hex")].sort(),
  );
  const [row] = await restored`select password_sealed from mailboxes where id = ${made.mailbox}`;
  ok(row);
  await restored.end();
  await prepareDatabase(url, { secretKey: third });
});

Deno.test("digests of codes and addresses of before match after it, and others do not", () => {
  const [before, after] = [newSecret(), newSecret()];
  const tenantId = newId();
  const [letter, code] = [newId(), "4821"];
  const first = codeDigest(before, { tenantId }, letter, code);
  rememberEarlier(after, [before]);
  notEqual(Buffer.compare(first, codeDigest(after, { tenantId }, letter, code)), 0);
  const hash = personHash(after, { tenantId }, address);
  const other = newSecret();
  notEqual(Buffer.compare(hash!, personHash(other, { tenantId }, address)!), 0);
});

Deno.test("the list of what is sealed or digested misses no column", async () => {
  const { test: { db: { owner } } } = await cast();
  const columns = await owner<{ name: string }[]>`
    select table_name || '.' || column_name as name
    from information_schema.columns
    where table_schema = 'public'
      and data_type = 'bytea'
    order by 1
  `;
  const known = [...sealedColumns, ...digestColumns].map(({ table, column }) =>
    `${table}.${column}`
  );
  /** Digests of random links, of a provider's random names and of contents, letters' attachments, papers, pictures and public keys. */
  const plain =
    /\.(token_digest|sha256|attachment|approval_digest|signature|previous|content_digest|digest|paper|paper_digest|logo|document|public_key|(provider_(session|subject)|vouched_subject)_digest)$|^rate_limits\.key_digest$/;
  deepEqual(
    columns.map(({ name }) => name).filter((name) => !plain.test(name)),
    known.sort(),
  );
});

Deno.test("the command waits until nobody works in the database, and says what it needs", async () => {
  await cast();
  equal((await crm("keys", "replace")).code, 2, "the key is set from outside");
  const before = await file("before", `${secretKey}\n`);
  equal((await crm("keys", "replace", "--before", await file("none", "abc"))).code, 2);
  const busy = await crm("keys", "replace", "--before", before);
  deepEqual([busy.code, busy.out], [75, ""]);
  match(busy.err, /stop the service first/);
});

Deno.test("a key that was made here gets a successor, and the one before starts nothing", async () => {
  const folder = await Deno.makeTempDir({ prefix: "kompaktcrm-secret-" });
  await Deno.chmod(folder, 0o755);
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-remote", "--no-prompt", "--quiet", "jobs/starts/crm.ts", ...args],
      env: { DATA_DIR: folder, NO_COLOR: "1" },
      stdin: "null",
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, out: text(stdout), err: text(stderr) };
  };
  try {
    equal((await run("migrate")).code, 0);
    const path = join(folder, "keys", "secret_key");
    const before = await Deno.readTextFile(path);
    const done = await run("keys", "replace");
    equal(done.code, 0, done.err);
    match(
      done.out,
      /^The secret key has been replaced: 0 secrets, 0 digests, 0 data keys, 0 files\./,
    );
    const after = await Deno.readTextFile(path);
    notEqual(after, before);
    // Killed between the two names that it ends with: the next call finds both secrets.
    await Deno.rename(
      join(folder, "keys", "data", "earlier"),
      join(folder, "keys", "data", "earlier.next"),
    );
    match((await run("migrate")).err, /was interrupted/);
    deepEqual(pairOf({ dataDir: folder, secretKey: after.trim() }, null), {
      before: before.trim(),
      after: after.trim(),
    });
    equal((await run("keys", "replace")).code, 0);
    equal(await Deno.readTextFile(path), after);
    await Deno.writeTextFile(path, before);
    const refused = await run("migrate");
    deepEqual([refused.code, /not the one that this database/.test(refused.err)], [78, true]);
    // A missing one is reported by name, and no other is created in its place.
    for (const name of ["secret_key", "postgres_password"]) {
      const gone = join(folder, "keys", name);
      const kept = name === "secret_key" ? after : await Deno.readTextFile(gone);
      await Deno.remove(gone);
      const { code, err } = await run("doctor");
      deepEqual([code, err.includes(`${gone} is gone`)], [78, true], err);
      ok(!await Deno.stat(gone).catch(() => null), name);
      await Deno.writeTextFile(gone, kept);
    }
    equal((await run("migrate")).code, 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
