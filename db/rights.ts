/** Which rights carry themselves out once they are approved, and by what; the rest is ended by hand. */
import type { CaseItem, Outcome } from "./case_items.ts";
import * as complaintAnswers from "./complaint_answers.ts";
import type { Config } from "./config.ts";
import * as erasures from "./erasures.ts";
import * as halts from "./halts.ts";
import type { Right } from "./letters.ts";
import * as rectifications from "./rectifications.ts";
import type { Scope } from "./scope.ts";

/** What carrying out needs beside the data. */
export type Means = Pick<Config, "secretKey" | "dataDir" | "baseUrl" | "storage">;

/**
 * Carries one approved item out within the scope's transaction and says what became of it; null
 * where it waits for something and is called again. It may be called twice.
 */
export type Execute = (scope: Scope, item: CaseItem, means: Means) => Promise<Outcome | null>;

/** Each right's own file, alphabetical. */
export const executors: Partial<Record<Right, Execute>> = {
  complaint: complaintAnswers.execute,
  erasure: erasures.execute,
  objection: halts.execute,
  rectification: rectifications.execute,
  restriction: halts.execute,
  withdrawal: halts.execute,
};
