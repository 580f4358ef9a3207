/** Ports that only one installation may use: its processes share them, others must not. */
import { elapsed, pause } from "../db/clock.ts";

/** The address is in use: the operator must choose another. */
export class PortTaken extends Error {
  override name = "PortTaken";
}

export interface Address {
  host: string;
  port: number;
}

/** A port taken; `release` may be called once. */
export interface Port {
  release(): void;
}

/** How long the processes of a killed start may take to notice and end. */
const freeWithinMs = 3_000;

/**
 * Takes an address for this installation. Shared ports let other programs of the same user listen
 * too, so nobody may listen yet, and of two starts at once only one gets it. Throws PortTaken.
 */
export async function take({ host, port }: Address, setting: string): Promise<Port> {
  for (const from = elapsed();;) {
    const claim = claimed(host, port);
    try {
      if (claim !== null) {
        Deno.listen({ hostname: host, port }).close();
        return { release: () => claim?.close() };
      }
    } catch (error) {
      claim?.close();
      if (!(error instanceof Deno.errors.AddrInUse)) {
        throw new PortTaken(`kompaktCRM cannot listen on ${host}:${port}: change ${setting}.`);
      }
    }
    if (elapsed() - from > freeWithinMs) {
      throw new PortTaken(
        `Port ${port} is in use by another program: stop it or change ${setting}.`,
      );
    }
    await pause(100);
  }
}

/**
 * A name on this machine that ends with its process (Linux: a socket without a file); null if
 * another start has it, undefined where there are no such names.
 */
function claimed(host: string, port: number): Deno.UnixListener | null | undefined {
  if (Deno.build.os !== "linux") return undefined;
  try {
    const path = `\0kompaktcrm ${Deno.uid()} ${host}:${port}`;
    return Deno.listen({ transport: "unix", path });
  } catch (error) {
    return error instanceof Deno.errors.AddrInUse ? null : undefined;
  }
}
