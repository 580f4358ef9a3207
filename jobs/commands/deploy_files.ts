/** `crm deploy-files`: writes what a machine needs to run kompaktCRM into a folder. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type Command, parse, required, Usage } from "../command.ts";
import { filesFor, targets } from "../deployments.ts";

const text = { type: "string" } as const;

export const deployFiles: Command = {
  summary: "Write systemd unit, containers or cloud-init for a server",
  help:
    `Usage: deno task crm deploy-files --target systemd|compose|ionos|pgbouncer --domain NAME [options]

Writes the files a machine needs into a folder, with new secrets; nothing is overwritten.

  systemd   unit, settings, Caddyfile (TLS, slow senders), nftables (connections per address);
            the database is the embedded one, or DATABASE_URL
  compose   Dockerfile, compose.yaml (app, database, proxy), settings, nftables for the machine
  ionos     cloud-init for a server in a German data centre, beside managed PostgreSQL and object
            storage; its header says what to click there
  pgbouncer settings of a pooler in front of the database, in transaction mode

  --domain NAME   the public name, such as crm.example.com
  --out FOLDER    default: deploy
  --source URL    git address of the program, for ionos

Exit codes: 0 done, 2 usage or a file that already exists.`,
  async run(args) {
    const { values } = parse(args, { target: text, domain: text, out: text, source: text });
    const target = targets.find((each) => each === values.target);
    if (!target) throw new Usage(`--target must be one of ${targets.join(", ")}`);
    const domain = required(values.domain, "domain").toLowerCase();
    if (!/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(domain)) {
      throw new Usage("--domain must be a name such as crm.example.com");
    }
    const source = target === "ionos" ? required(values.source, "source") : "";
    if (source && !/^(https|ssh):\/\/[^\s"]+$/.test(source)) {
      throw new Usage("--source must be an https or ssh address");
    }
    const files = filesFor(target, {
      domain,
      source,
      secretKey: randomBytes(32).toString("base64"),
      databasePassword: randomBytes(24).toString("hex"),
    });
    const folder = values.out ?? "deploy";
    await Deno.mkdir(folder, { recursive: true }).catch(() => refuse(folder));
    for (const { name } of files) {
      if (await Deno.stat(join(folder, name)).then(() => true, () => false)) {
        throw new Usage(`${join(folder, name)} already exists`);
      }
    }
    for (const { name, text, secret } of files) {
      const path = join(folder, name);
      const mode = secret ? 0o600 : 0o644;
      await Deno.writeTextFile(path, text, { createNew: true, mode }).catch(() => refuse(folder));
      console.log(path + (secret ? "  (holds secrets)" : ""));
    }
    return 0;
  },
};

function refuse(folder: string): never {
  throw new Usage(`--out must be a folder that can be written to: ${folder}`);
}
