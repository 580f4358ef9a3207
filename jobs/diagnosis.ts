/** The result of a check of an installation: its state, and what to do. */

/** What a check found; `warn` means that it works today, but not for long. */
export interface Diagnosis {
  subject: string;
  state: "ok" | "warn" | "fault";
  found: string;
  /** What to do; empty if all is well. */
  mend: string;
}

export type Finding = Omit<Diagnosis, "subject">;

export const ok = (found: string): Finding => ({ state: "ok", found, mend: "" });
export const warn = (found: string, mend: string): Finding => ({ state: "warn", found, mend });
export const fault = (found: string, mend: string): Finding => ({ state: "fault", found, mend });
