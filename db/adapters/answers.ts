/** Reads answers of processors: bodies of limited size, and faults as codes. */
import { EgressError } from "../egress.ts";

/** Why a processor did not do what was asked: `http_429`, `malformed`, or a fault of the egress. */
export class AdapterError extends Error {
  override name = "AdapterError";

  constructor(
    readonly code: string,
    /** Seconds that the other side asked us to wait. */
    readonly retryAfter: number | null = null,
  ) {
    super(code);
  }
}

/** Throws AdapterError unless the status is a success; the body of a refusal is discarded. */
export async function assertOk(answer: Response): Promise<void> {
  if (answer.ok) return;
  await answer.body?.cancel();
  const seconds = Number(answer.headers.get("retry-after"));
  const retryAfter = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3_600) : null;
  throw new AdapterError(`http_${answer.status}`, retryAfter);
}

/** The body as JSON. Throws AdapterError `malformed`. */
export async function jsonOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new AdapterError("malformed");
  }
}

/** A fault as a code without content. */
export const codeOf = (error: unknown): string =>
  error instanceof AdapterError || error instanceof EgressError ? error.code : "unexpected";
