/** How the operator sets where metrics are served, and to whom. */

/** Where metrics are served. */
export interface Metrics {
  readonly host: string;
  readonly port: number;
  /** What a reader has to send; if unset, nothing, and only from this machine. */
  readonly token?: string;
}

/** The host and port of `host:port`; null if invalid. */
export function listenAt(text: string): { host: string; port: number } | null {
  const [, host, digits] = /^(\[[0-9a-fA-F:.]+\]|[a-zA-Z0-9._-]+):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (!host || port < 1 || port > 65_535) return null;
  return { host: host.replace(/^\[|\]$/g, ""), port };
}

/** Readers on other machines need a token: figures tell how an installation is doing. */
export function metricsOf(
  text: string | undefined,
  token: string | undefined,
  faults: string[],
): Metrics | undefined {
  const place = text === undefined ? null : listenAt(text);
  if (!place) return undefined;
  if (!token && !/^(127\.|localhost$|::1$)/.test(place.host)) {
    faults.push("METRICS_TOKEN must be set where METRICS_LISTEN is open to other machines.");
  }
  return { ...place, ...(token ? { token } : {}) };
}
