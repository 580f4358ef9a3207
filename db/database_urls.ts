/**
 * What a database's address says about the way to it, in libpq's words: `sslmode`, and by `sslrootcert`
 * the file of the authority that signed the server's certificate, where that is no public one.
 */

/** How a connection is encrypted, in the words of node:tls. */
export interface Tls {
  /** In PEM. */
  ca: string;
  /** What the certificate has to name. */
  host: string;
  checkServerIdentity?: () => undefined;
}

const trusting = ["require", "verify-ca", "verify-full"];
/** Settings of libpq itself: a server would refuse them as settings of its own. */
const clientOnly = ["sslrootcert", "channel_binding", "gssencmode", "sslcompression"];

/** The file that a database's address names for its authority; null for those of the system. */
export function rootFile(url: string): string | null {
  const path = URL.parse(url)?.searchParams.get("sslrootcert");
  return path && path !== "system" ? path : null;
}

/**
 * The address as postgres.js takes it, and whom it trusts where the address names an authority: as with
 * libpq the host's name is compared by `verify-full` alone. Reads the file, throws what that throws.
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
 * The address as the library of the queue takes it, so that it trusts whom `wayOf` trusts: it holds
 * `require` and `verify-ca` for `verify-full` unless told otherwise, and `system` for a file's name.
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

/** What no connection could be made with, a sentence each. `readFile` throws where it cannot. */
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
