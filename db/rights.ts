/** Which rights are carried out automatically once approved, and how; the others by hand. */
import type { CaseItem, Outcome } from "./case_items.ts";
import type { Config } from "./config.ts";
import * as erasures from "./erasures.ts";
import * as halts from "./halts.ts";
import type { Reading } from "./imports/sought_files.ts";
import * as letterAnswers from "./letter_answers.ts";
import type { Right } from "./letters.ts";
import * as rectifications from "./rectifications.ts";
import type { Scope } from "./scope.ts";

/** What carrying out needs besides the data. */
export interface Means extends Pick<Config, "secretKey" | "dataDir" | "baseUrl" | "storage"> {
  /** What was read of files beforehand. */
  reading?: Reading;
  /** How many files of an erased person are left; null if they could not be removed yet. */
  objectsLeft?: number | null;
}

/**
 * Carries out one approved item within the scope's transaction and returns the outcome; null if it
 * is waiting for something and will be called again. May be called twice.
 */
export type Execute = (scope: Scope, item: CaseItem, means: Means) => Promise<Outcome | null>;

/** Each right's own file, in alphabetical order. */
export const executors: Partial<Record<Right, Execute>> = {
  complaint: letterAnswers.execute,
  decision: letterAnswers.execute,
  erasure: erasures.execute,
  objection: halts.execute,
  rectification: rectifications.execute,
  restriction: halts.execute,
  withdrawal: halts.execute,
};
