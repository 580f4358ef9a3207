/** What each connector needs to know, how it is checked, and which hosts follow from it. */
import type { IonosConnection } from "./adapters/ionos.ts";
import { regions } from "./adapters/ionos.ts";
import type { LatenodeConnection } from "./adapters/latenode.ts";
import { Invalid } from "./errors.ts";
import { isAddress, isLoopback } from "./network_addresses.ts";
import type { Connection } from "./processor_connections.ts";
import { isInside } from "./processor_gates.ts";
import type { Adapter, Host, Processor } from "./processors.ts";

/** A field of a connection; secret fields are sealed and never shown again. */
export interface ConnectionField {
  name: string;
  secret: boolean;
}

const shown = (name: string): ConnectionField => ({ name, secret: false });
const secret = (name: string): ConnectionField => ({ name, secret: true });

/** The fields of each connector's connection. */
export const connectionFields: Readonly<Record<Adapter, readonly ConnectionField[]>> = {
  latenode: [shown("webhookHost"), secret("webhookPath"), secret("signingSecret")],
  documentero: [shown("baseUrl"), secret("apiKey")],
  ionos: [
    shown("s3Endpoint"),
    shown("region"),
    shown("bucket"),
    secret("accessKey"),
    secret("secretKey"),
    shown("databaseUrl"),
    shown("clusterId"),
    secret("token"),
  ],
};

/** Default settings for new connections. */
export const usualSettings: Readonly<Record<Adapter, Record<string, string>>> = {
  latenode: { webhookHost: "https://webhook.latenode.com" },
  documentero: { baseUrl: "https://app.documentero.com/api" },
  ionos: {
    s3Endpoint: "https://s3.eu-central-3.ionoscloud.com",
    region: "eu-central-3",
    databaseUrl: "https://postgresql.de-txl.ionos.com",
  },
};

/**
 * A connection from the form's input, and the hosts it leads to. Throws Invalid on the field
 * concerned for an address we must not use, and for places outside the EU and the EEA.
 */
export function readConnection(
  adapter: Adapter,
  values: Readonly<Record<string, string>>,
  production: boolean,
): { connection: Connection; hosts: Host[] } {
  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const field of connectionFields[adapter]) {
    const value = (values[field.name] ?? "").trim().replace(/(?<!\/)\/+$/, "");
    if (!field.secret && !value) throw new Invalid("required", field.name);
    (field.secret ? secrets : settings)[field.name] = value;
  }
  const addresses = Object.keys(settings).filter((name) => /(Url|Host|Endpoint)$/.test(name));
  const hosts = addresses.map((name) => hostOf(settings[name]!, name, production));
  if (adapter === "latenode") assertLatenode(secrets);
  if (adapter === "ionos") assertIonos(settings);
  return { connection: { settings, secrets }, hosts };
}

/**
 * Refuses a region in a country that the entry does not name: customers are told of a place before
 * data go there.
 */
export function assertAnnounced(
  { adapter, processingCountries }: Pick<Processor, "adapter" | "processingCountries">,
  { region }: Readonly<Record<string, string>>,
): void {
  if (adapter !== "ionos" || processingCountries.includes(regions[region!]!)) return;
  throw new Invalid("processors.place_unannounced", "region");
}

function hostOf(text: string, field: string, production: boolean): Host {
  const url = URL.parse(text);
  const local = !production && url !== null &&
    (url.hostname === "localhost" || isLoopback(url.hostname));
  if (!url || (url.protocol !== "https:" && !(local && url.protocol === "http:"))) {
    throw new Invalid("processors.address", field);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new Invalid("processors.address", field);
  }
  if (isAddress(url.hostname) && !local) throw new Invalid("processors.address_name", field);
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(url.hostname)) {
    throw new Invalid("processors.address", field);
  }
  return { host: url.hostname, port: Number(url.port || (url.protocol === "https:" ? 443 : 80)) };
}

/** The fast mode reports success even for webhooks that do not exist. */
function assertLatenode({ webhookPath, signingSecret }: Record<string, string>): void {
  if (webhookPath && (!webhookPath.startsWith("/") || /__ln\.|\s/.test(webhookPath))) {
    throw new Invalid("processors.webhook_path", "webhookPath");
  }
  if (signingSecret && signingSecret.length < 32) {
    throw new Invalid("too_short?min=32", "signingSecret");
  }
}

function assertIonos(settings: Record<string, string>): void {
  const country = regions[settings.region!];
  if (!country) throw new Invalid("option", "region");
  if (!isInside(country)) throw new Invalid("processors.outside", "region");
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(settings.bucket!)) {
    throw new Invalid("processors.bucket", "bucket");
  }
  if (!/^[0-9a-fA-F-]{36}$/.test(settings.clusterId!)) throw new Invalid("invalid", "clusterId");
  const place = /\b(?:postgresql\.|s3\.)(us|gb)-/;
  for (const name of ["s3Endpoint", "databaseUrl"]) {
    if (place.test(settings[name]!)) throw new Invalid("processors.outside", name);
  }
}

/** A connection in the form the connectors use. */
export const asLatenode = ({ settings, secrets }: Connection): LatenodeConnection => ({
  webhookUrl: settings.webhookHost! + secrets.webhookPath!,
  signingSecret: secrets.signingSecret!,
});

export const asIonos = ({ settings, secrets }: Connection): IonosConnection =>
  ({ ...settings, ...secrets }) as unknown as IonosConnection;
