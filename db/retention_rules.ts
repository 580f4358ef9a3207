/** What a retention class states: how long, starting from which event, under which rule. */

/** What starts a period. */
export type StartEvent =
  | "contract_end"
  | "replaced"
  | "account_end"
  | "case_closed"
  | "trashed"
  | "consent_end"
  | "signed_in"
  | "issued"
  | "first_hit"
  | "final_status"
  | "finished"
  | "read"
  | "written";

export interface RetentionClass {
  /** ISO 8601 duration counted from the start event; `P0D` ends with the event itself. */
  readonly period: string;
  readonly starts: StartEvent;
  /** Some periods end with the calendar year in which the duration runs out (BGB 199). */
  readonly toYearEnd?: true;
  /** Who sets the period; the tenant may shorten it or, within the bound named, extend it. */
  readonly setBy: "law" | "provider" | "tenant";
  /** The provision or the promise that the period comes from. */
  readonly source: string;
}
