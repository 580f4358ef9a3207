/**
 * The files with which a machine runs kompaktCRM: for systemd, for containers, for a server at
 * IONOS, and for PgBouncer in front of its database.
 */
import { caddyfile, connectionLimit } from "./proxies.ts";

export const targets = ["systemd", "compose", "ionos", "pgbouncer"] as const;
export type Target = typeof targets[number];

export interface Place {
  /** The public name: `crm.example.com`. */
  domain: string;
  secretKey: string;
  /** The password of a database that is created together with the app. */
  databasePassword: string;
  /** The git address from which the program is fetched. */
  source: string;
}

export interface DeployFile {
  name: string;
  text: string;
  /** Whether the file holds secrets. */
  secret: boolean;
}

const deno = "2.9.6";
/** The packages are already there: checking again would cost a second, and memory at run time. */
const start = "deno run -A --no-remote --no-prompt --node-modules-dir=manual " +
  "--v8-flags=--max-semi-space-size=1 main.ts start";

/**
 * The files of a target. Empty values in them must be filled in; the app refuses to start until
 * then.
 */
export function filesFor(target: Target, place: Place): DeployFile[] {
  const open = (name: string, text: string) => ({ name, text, secret: false });
  const secret = (name: string, text: string) => ({ name, text, secret: true });
  const caddy = open("Caddyfile", caddyfile(place.domain));
  switch (target) {
    case "systemd":
      return [
        secret("kompaktcrm.env", environment(place, "/var/lib/kompaktcrm", "")),
        open("kompaktcrm.service", unit),
        open("kompaktcrm.nft", connectionLimit),
        caddy,
      ];
    case "compose":
      return [
        secret(
          "kompaktcrm.env",
          environment(
            place,
            "/data",
            `DATABASE_URL=postgres://kompaktcrm:${place.databasePassword}@db:5432/kompaktcrm\n`,
          ),
        ),
        secret(
          "database.env",
          `POSTGRES_USER=kompaktcrm\nPOSTGRES_DB=kompaktcrm\nPOSTGRES_PASSWORD=${place.databasePassword}\n`,
        ),
        open("compose.yaml", compose),
        open("Dockerfile", dockerfile),
        open(".dockerignore", dockerignore),
        open("kompaktcrm.nft", connectionLimit),
        caddy,
      ];
    case "ionos":
      return [secret("cloud-init.yaml", cloudInit(place))];
    case "pgbouncer":
      return [open("pgbouncer.ini", pgbouncer)];
  }
}

const environment = ({ domain, secretKey }: Place, dataDir: string, more: string) =>
  `# Settings of kompaktCRM; README.md explains all of them. Empty ones have to be filled in.
APP_ENV=production
BASE_URL=https://${domain}
HOST=127.0.0.1
PORT=8000
DATA_DIR=${dataDir}
# Keep a copy elsewhere: without it, no backup and no file can be opened.
SECRET_KEY=${secretKey}
# smtps://user:password@host:465
SMTP_URL=
MAIL_FROM=kompaktCRM <crm@${domain}>
${more}`;

const unit = `# /etc/systemd/system/kompaktcrm.service
# useradd --system --home /var/lib/kompaktcrm kompaktcrm
# The program is in /opt/kompaktcrm, its packages installed by root: deno install --frozen
# kompaktcrm.env goes to /etc/kompaktcrm.env: chown root:root, chmod 600
# systemctl enable --now kompaktcrm; journalctl -u kompaktcrm shows the set-up link. Command line:
#   systemd-run --pipe --wait --uid=kompaktcrm --working-directory=/opt/kompaktcrm \\
#     --property=EnvironmentFile=/etc/kompaktcrm.env --property=UMask=0077 \\
#     --setenv=DENO_DIR=/var/lib/kompaktcrm/deno --setenv=HOME=/var/lib/kompaktcrm deno task crm doctor
[Unit]
Description=kompaktCRM
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
User=kompaktcrm
WorkingDirectory=/opt/kompaktcrm
EnvironmentFile=/etc/kompaktcrm.env
Environment=DENO_DIR=/var/lib/kompaktcrm/deno HOME=/var/lib/kompaktcrm
ExecStart=/usr/bin/env ${start}
Restart=always
RestartSec=2
# Restarting does not help with wrong settings or a folder in use.
RestartPreventExitStatus=75 78
KillMode=mixed
TimeoutStopSec=40
LimitNOFILE=65536
# A memory dump of a process contains what people have entered.
LimitCORE=0
StateDirectory=kompaktcrm
StateDirectoryMode=0700
UMask=0077
NoNewPrivileges=true
ProtectSystem=strict
ProtectHome=true
PrivateTmp=true
PrivateDevices=true
ProtectKernelTunables=true
ProtectKernelModules=true
ProtectKernelLogs=true
ProtectControlGroups=true
ProtectClock=true
ProtectHostname=true
ProtectProc=invisible
RestrictNamespaces=true
RestrictRealtime=true
SystemCallArchitectures=native
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictSUIDSGID=true
LockPersonality=true
CapabilityBoundingSet=

[Install]
WantedBy=multi-user.target
`;

const dockerfile =
  `# All these files belong in the program's folder: crm deploy-files --target compose --out .
# docker compose up --build --detach; the link: logs app; command line: exec app deno task crm doctor
FROM denoland/deno:debian-${deno}
WORKDIR /app
COPY . .
# What root has cached would be closed to the user: each process would compile everything again.
RUN deno install --frozen && mkdir /data && chown -R deno:deno /data /deno-dir
USER deno
VOLUME /data
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \\
  CMD ["deno", "eval", "const r = await fetch('http://127.0.0.1:8000/health/ready'); Deno.exit(r.ok ? 0 : 1)"]
CMD [${start.split(" ").map((each) => `"${each}"`).join(", ")}]
`;

/** What must never be in an image, above all secrets and data. */
const dockerignore = `.git
*.env
data
deploy
node_modules
`;

const compose =
  `# One app, one database, one proxy. The app shares the proxy's network: only there does it believe the
# proxy about the visitor's address. Not the other way round: a restarted app would take the network
# along and leave the proxy in the old one.
x-logs: &logs
  driver: local
  options:
    max-size: 10m
    max-file: "3"
services:
  app:
    build: .
    logging: *logs
    env_file: kompaktcrm.env
    restart: unless-stopped
    # Cleans up after killed processes.
    init: true
    stop_grace_period: 40s
    network_mode: "service:caddy"
    depends_on:
      caddy:
        condition: service_started
      db:
        condition: service_healthy
    volumes:
      - data:/data
    # Slow senders hold connections, and would soon have all 1,024 that some engines allow.
    ulimits:
      nofile: 65536
      core: 0
    security_opt:
      - no-new-privileges:true
  caddy:
    image: caddy:2
    logging: *logs
    restart: unless-stopped
    ports:
      - "80:80"
      - "443:443"
    volumes:
      - ./Caddyfile:/etc/caddy/Caddyfile:ro
      - certificates:/data
  db:
    image: postgres:18
    logging: *logs
    restart: unless-stopped
    env_file: database.env
    ulimits:
      core: 0
    # A report of a large tenant would need more than the 64 MB that engines provide.
    shm_size: 512mb
    volumes:
      - database:/var/lib/postgresql
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U kompaktcrm"]
      interval: 5s
      timeout: 3s
      retries: 20
volumes:
  data:
  certificates:
  database:
`;

const pgbouncer = `; /etc/pgbouncer/pgbouncer.ini, on the machine of the app or of the database.
; kompaktcrm.env then has:
;   DATABASE_URL=postgres://kompaktcrm:PASSWORD@127.0.0.1:6432/kompaktcrm
;   DATABASE_DIRECT_URL=postgres://kompaktcrm:PASSWORD@127.0.0.1:5432/kompaktcrm
; Pages and jobs ask through it; migrations, backups, LISTEN, the queue and files go past it.
; userlist.txt has one line, of a role that may read pg_authid: "kompaktcrm" "PASSWORD"
[databases]
kompaktcrm = host=127.0.0.1 port=5432 auth_user=kompaktcrm connect_query='set statement_timeout = 30000; set idle_in_transaction_session_timeout = 60000'

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = 6432
pool_mode = transaction
default_pool_size = 20
max_client_conn = 1000
auth_type = scram-sha-256
auth_file = /etc/pgbouncer/userlist.txt
auth_query = select rolname, rolpassword from pg_authid where rolname = $1
ignore_startup_parameters = kompaktcrm.padding
; PgBouncer 1.21 or newer; an older one has no such setting, and the start refuses it.
max_prepared_statements = 500
`;

const indented = (text: string) =>
  text.trimEnd().split("\n").map((line) => line ? `      ${line}` : "").join("\n");

/** A server in an EU location, using IONOS' managed PostgreSQL and object storage. */
const cloudInit = (place: Place) => {
  // Empty, so that the start is refused until it is filled in: otherwise the database would be on
  // the server itself.
  const database =
    "# Managed PostgreSQL, location de/txl or de/fra, backups of at most 14 days.\n" +
    "DATABASE_URL=postgres://\n";
  return `#cloud-config
# Debian 12 or newer at IONOS Cloud, in a German data centre (de/fra, de/txl): clause 4.1.
# Object storage (eu-central-3 or de): create a bucket without compliance lock; if it keeps
# versions, a lifecycle rule must remove old ones after 14 days, and aborted uploads too. Enter it in
# the register at /operator/processors, then: deno task crm files move --to bucket
packages: [caddy, git, nftables, nodejs, npm]
users:
  - default
  - name: kompaktcrm
    system: true
    homedir: /var/lib/kompaktcrm
    shell: /usr/sbin/nologin
write_files:
  - path: /etc/kompaktcrm.env
    permissions: "0600"
    content: |
${indented(environment(place, "/var/lib/kompaktcrm", database))}
  - path: /etc/systemd/system/kompaktcrm.service
    content: |
${indented(unit)}
  - path: /etc/caddy/Caddyfile
    content: |
${indented(caddyfile(place.domain))}
  - path: /etc/nftables.conf
    content: |
${indented(connectionLimit)}
runcmd:
  - [npm, install, --global, "deno@${deno}"]
  - [git, clone, --depth, "1", "${place.source}", /opt/kompaktcrm]
  - [sh, -c, "cd /opt/kompaktcrm && deno install --frozen"]
  - [systemctl, enable, --now, nftables]
  - [systemctl, enable, --now, kompaktcrm]
  - [systemctl, reload-or-restart, caddy]
`;
};
