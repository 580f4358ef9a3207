/**
 * Encryption settings in a database's address, named as in libpq: `sslmode`, and `sslrootcert`, the
 * file of the authority that signed the server's certificate if it is not a public one.
 */

/** How a connection is encrypted, as node:tls options. */
export interface Tls {
  /** In PEM format. */
  ca: string;
  /** The host name that the certificate must contain. */
  host: string;
  checkServerIdentity?: () => undefined;
}

const trusting = ["require", "verify-ca", "verify-full"];
/** Settings for libpq itself: a server would reject them as settings of its own. */
const clientOnly = ["sslrootcert", "channel_binding", "gssencmode", "sslcompression"];

/** The authority's file named in a database address; null if the system's authorities are used. */
export function rootFile(url: string): string | null {
  const path = URL.parse(url)?.searchParams.get("sslrootcert");
  return path && path !== "system" ? path : null;
}

/**
 * The address for postgres.js, and whom to trust if it names an authority: as in libpq, only
 * `verify-full` checks the host name. Reads the file and throws the errors of reading it.
 */
export function wayOf(address: string): { url: string; ssl?: Tls } {
  if (!address.includes("?")) return { url: address };
  const url = new URL(address);
  const { searchParams } = url;
  const [file, mode] = [rootFile(address), searchParams.getAll("sslmode").at(-1)];
  const system = searchParams.get("sslrootcert") === "system";
  for (const name of clientOnly) searchParams.delete(name);
  if (system) searchParams.set("sslmode", "verify-full");
  if (!file) return { url: url.href };
  searchParams.delete("sslmode");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const named = mode === "verify-full" ? {} : { checkServerIdentity: () => undefined };
  return { url: url.href, ssl: { ca: Deno.readTextFileSync(file), host, ...named } };
}

/**
 * The address for the queue's library, adjusted so that it trusts the same as `wayOf`: by default
 * it treats `require` and `verify-ca` as `verify-full`, and `system` as a file name.
 */
export function queueAddress(address: string): string {
  if (!address.includes("?")) return address;
  const url = new URL(address);
  const { searchParams } = url;
  const mode = searchParams.getAll("sslmode").at(-1);
  if (
    searchParams.get("sslrootcert") === "system" || (mode === "verify-ca" && !rootFile(address))
  ) {
    searchParams.delete("sslrootcert");
    searchParams.set("sslmode", "verify-full");
  }
  searchParams.set("uselibpqcompat", "true");
  return url.href;
}

const names = ["DATABASE_URL", "DATABASE_DIRECT_URL", "DATABASE_REPLICA_URL"] as const;

/**
 * The reasons why no connection could be made, one sentence each. `readFile` throws if it cannot
 * read.
 */
export function wayFaults(
  texts: Partial<Record<typeof names[number], string>>,
  readFile: (path: string) => string,
): string[] {
  return names.flatMap((name) => {
    const url = URL.parse(texts[name] ?? "");
    if (!url) return [];
    const faults: string[] = [];
    for (const own of ["sslcert", "sslkey"]) {
      if (url.searchParams.has(own)) {
        faults.push(`${name} must name no ${own}: we sign in by password.`);
      }
    }
    const file = rootFile(url.href);
    if (!file) return faults;
    if (!trusting.includes(url.searchParams.getAll("sslmode").at(-1) ?? "")) {
      faults.push(`${name} with sslrootcert needs sslmode=verify-full (or verify-ca).`);
    }
    if (!file.startsWith("/") || file.includes(",")) {
      faults.push(`${name} must name sslrootcert by an absolute path without a comma.`);
    } else if (!holdsCertificate(file, readFile)) {
      faults.push(`${name} names an sslrootcert that cannot be read or is no PEM: ${file}`);
    }
    return faults;
  });
}

function holdsCertificate(file: string, readFile: (path: string) => string): boolean {
  try {
    return readFile(file).includes("-----BEGIN CERTIFICATE-----");
  } catch {
    return false;
  }
}
