/** A database whose certificate an authority of the operator's own has signed. */

import { deepEqual, equal, match, rejects } from "node:assert/strict";
import postgres from "postgres";
import { ConfigError, parseConfig } from "../../db/config.ts";
import { queueAddress, rootFile, wayOf } from "../../db/database_urls.ts";
import { startEmbedded } from "../../db/embedded.ts";
import { boss, closeQueue, installQueue, openQueue } from "../../db/jobs.ts";
import { permissionFlags } from "../../db/permissions.ts";
import { endPool, longPool, openPool, type Sql } from "../../db/pool.ts";
import { checkServer } from "../../db/server.ts";
import { selfSigned } from "../support/certificates.ts";

const encrypted = async (pool: Sql) =>
  (await pool<[{ ssl: boolean }]>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`)[0].ssl;

/** Writes a file beside the server's own, as the server: a key of another user would be refused. */
async function leave(owner: postgres.Sql, name: string, text: string): Promise<void> {
  await owner.unsafe(
    `copy (select unnest(string_to_array('${text.trim()}', E'\\n')))
     to program 'umask 077; cat > ${name}'`,
  );
}

Deno.test("a private authority is trusted through the file that sslrootcert names, and no other", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "kompaktcrm-tls-" });
  const server = await startEmbedded(dataDir);
  const owner = postgres(server.adminUrl, { max: 1 });
  try {
    const [own, other] = [selfSigned("localhost"), selfSigned("localhost")];
    await Deno.writeTextFile(`${dataDir}/own.pem`, own.cert);
    await Deno.writeTextFile(`${dataDir}/other.pem`, other.cert);
    await leave(owner, "server.crt", own.cert);
    await leave(owner, "server.key", own.key);
    await owner.unsafe("alter system set ssl = on");
    await owner`select pg_reload_conf()`;
    const url = (mode: string, file?: string, host = "localhost") => {
      const url = new URL(server.adminUrl);
      url.hostname = host;
      url.search = `?sslmode=${mode}${file ? `&sslrootcert=${dataDir}/${file}` : ""}`;
      return url.href;
    };
    const good = url("verify-full", "own.pem");
    await checkServer(good, 1);
    const pool = openPool(good, { max: 1 });
    equal(await encrypted(pool), true);
    equal(await encrypted(longPool(pool)), true);
    await endPool(pool);
    for (
      const [bad, why] of [
        [url("verify-full"), /not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT|UNKNOWN/],
        [url("verify-full", "other.pem"), /certificate .* is not trusted/],
        [url("verify-ca", "other.pem"), /certificate .* is not trusted/],
        [url("verify-full", "own.pem", "127.0.0.1"), /certificate .* is not trusted/],
      ] as const
    ) {
      await rejects(checkServer(bad, 1), (error: Error) => {
        match(error.message, why, bad.replace(/\/\/[^@]*@/, "//"));
        return true;
      });
    }
    await checkServer(url("verify-ca", "own.pem", "127.0.0.1"), 1);
    await checkServer(url("require"), 1);
    await checkServer(`${url("require")}&channel_binding=prefer&gssencmode=disable`, 1);
    const queued = openPool(good, { max: 1 });
    await installQueue(queued, good);
    await endPool(queued);
    for (const way of [good, url("require"), url("verify-ca", "own.pem", "127.0.0.1")]) {
      openQueue(way);
      await boss();
      await closeQueue();
    }
    openQueue(url("verify-full", "own.pem", "127.0.0.1"));
    await rejects(boss(), { code: "ERR_TLS_CERT_ALTNAME_INVALID" });
    await closeQueue();
    await owner.unsafe(
      "copy (select 'hostssl all all all scram-sha-256') to program 'cat > pg_hba.conf'",
    );
    await owner`select pg_reload_conf()`;
    await rejects(checkServer(server.adminUrl, 1), /wants TLS.*\?sslmode=verify-full/);
    await checkServer(good, 1);
  } finally {
    await owner.end({ timeout: 1 });
    await server.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("the processes may read the file of the authority, each of the databases it reaches", () => {
  const at = (host: string) =>
    `postgres://a:b@${host}/d?sslmode=verify-full&sslrootcert=/etc/crm/${host}.pem`;
  const read = (path: string) =>
    path.startsWith("/etc/crm/") ? "-----BEGIN CERTIFICATE-----\n" : Deno.readTextFileSync(path);
  const config = parseConfig({ DATABASE_URL: at("db"), DATABASE_REPLICA_URL: at("copy") }, read);
  for (const [role, copies] of [["web", true], ["jobs", false], ["egress", false]] as const) {
    const flag = permissionFlags(role, config, at("db"))
      .find((text) => text.startsWith("--allow-read="));
    const files = flag!.slice("--allow-read=".length).split(",");
    deepEqual(
      files.filter((file) => file.startsWith("/etc/crm/")),
      ["/etc/crm/db.pem", ...(copies ? ["/etc/crm/copy.pem"] : [])],
    );
  }
});

Deno.test("a file without a readable authority is reported at the start", () => {
  const faults = (query: string) => {
    const env = { DATABASE_URL: `postgres://a:b@db.example/d?${query}` };
    try {
      parseConfig(env, (path) => {
        if (path === "/etc/root.pem") return "-----BEGIN CERTIFICATE-----\nx";
        if (path === "/etc/hosts") return "127.0.0.1 localhost";
        throw new Deno.errors.NotFound();
      });
      return "";
    } catch (error) {
      if (error instanceof ConfigError) return error.faults.join("\n");
      throw error;
    }
  };
  equal(faults("sslmode=verify-full&sslrootcert=/etc/root.pem"), "");
  equal(faults("sslmode=verify-full&sslrootcert=system"), "");
  match(faults("sslrootcert=/etc/root.pem"), /^DATABASE_URL with sslrootcert needs sslmode=/);
  match(faults("sslmode=disable&sslrootcert=/etc/root.pem"), /needs sslmode=verify-full/);
  match(faults("sslmode=verify-full&sslrootcert=root.pem"), /absolute path/);
  match(faults("sslmode=verify-full&sslrootcert=/etc/gone.pem"), /cannot be read.*gone\.pem/);
  match(faults("sslmode=verify-full&sslrootcert=/etc/hosts"), /is no PEM: \/etc\/hosts/);
  match(faults("sslmode=verify-full&sslkey=/etc/key.pem"), /^DATABASE_URL must name no sslkey/);
});

Deno.test("the authorities of the system are meant by their own word", () => {
  const address = "postgres://a:b@db.example/d?sslmode=verify-full&sslrootcert=system";
  equal(rootFile(address), null);
  equal(wayOf(address).url, "postgres://a:b@db.example/d?sslmode=verify-full");
  for (const query of ["sslmode=verify-full&sslrootcert=system", "sslrootcert=system"]) {
    equal(
      queueAddress(`postgres://a:b@db.example/d?${query}`),
      "postgres://a:b@db.example/d?sslmode=verify-full&uselibpqcompat=true",
    );
  }
  equal(wayOf("postgres://a:b@db.example/d").url, "postgres://a:b@db.example/d");
});
