/** What a fault is: something that is broken on purpose, and what is asked afterwards. */
import type { Installation } from "./installation.ts";

export interface Fault {
  /** What is broken. */
  name: string;
  /** Whether it takes so long that only `deno task faults` makes it. */
  long?: boolean;
  /** Breaks it, and asserts what is reported. */
  run(service: Installation): Promise<Outcome>;
}

export interface Outcome {
  /** What is gone or there twice: held against what was acknowledged. */
  lost: string;
  /** What the people before the screen saw. */
  saw: string;
}

/** It cannot be made on this machine. */
export class NotHere extends Error {
  override name = "NotHere";
}

/** A fault that a test of its own makes. */
export interface Tested {
  name: string;
  file: string;
  /** The part of the test's name. */
  filter: string;
  outcome: Outcome;
}
