/** The statuses of an item of a case, and the steps that lead from one to the next. */

export type Status =
  | "new"
  /** Is being checked whether the data are the controller's own or a tenant's. */
  | "assignment"
  | "identity"
  | "collection"
  | "review"
  /** Waits for a second person. */
  | "approval"
  | "execution"
  | "proof"
  | Final;

export type Final =
  | "done"
  | "partial"
  | "refused"
  | "withdrawn"
  | "forwarded"
  | "no_data"
  /** Was recognised, but never claimed. */
  | "dropped";

const finals: readonly Final[] = [
  "done",
  "partial",
  "refused",
  "withdrawn",
  "forwarded",
  "no_data",
  "dropped",
];

export const isFinal = (status: Status): status is Final =>
  (finals as readonly Status[]).includes(status);

/** Steps that are possible at every stage before something is carried out. */
const always = [
  "identity",
  "approval",
  "execution",
  "done",
  "refused",
  "withdrawn",
  "forwarded",
  "dropped",
] as const;

/** The steps from each status; a final one has none. */
export const steps: Readonly<Record<Status, readonly Status[]>> = {
  new: ["assignment", "collection", "review", ...always],
  assignment: ["collection", "review", ...always],
  identity: ["collection", "refused", "withdrawn", "forwarded", "approval", "dropped"],
  collection: ["assignment", "review", ...always],
  review: ["collection", ...always],
  approval: ["review", "execution", "refused", "withdrawn"],
  execution: ["proof", "review", "done"],
  proof: ["done", "partial", "no_data", "review"],
  done: [],
  partial: [],
  refused: [],
  withdrawn: [],
  forwarded: [],
  no_data: [],
  // Restores a right that was struck by mistake.
  dropped: ["new"],
};

/** The decisions that staff can make about an item, as offered by the form. */
export const actions = [
  "approve",
  "assignment",
  "collection",
  "review",
  "identity",
  "identified",
  "extend",
  "refuse",
  "done",
  "withdraw",
  "forward",
] as const;
export type Action = typeof actions[number];

/** The decisions possible in a status. */
export function actionsOf(
  status: Status,
  { extended, paused }: { extended: boolean; paused: boolean },
): Action[] {
  const leads = (to: Status) => steps[status].includes(to);
  const possible: Record<Action, boolean> = {
    approve: leads("execution"),
    assignment: leads("assignment"),
    collection: leads("collection") && status !== "identity",
    review: leads("review"),
    identity: leads("identity") && !paused,
    identified: status === "identity",
    extend: !extended && !isFinal(status),
    // While waiting for a second person, a refusal is approved like anything else, or sent back.
    refuse: leads("refused") && status !== "approval",
    done: leads("done"),
    withdraw: leads("withdrawn"),
    forward: leads("forwarded"),
  };
  return actions.filter((action) => possible[action]);
}

/** Reasons for not granting a right, as named by the Data Rights Protocol 1.0. */
export const grounds = [
  "suspected_fraud",
  "insuf_verification",
  "no_match",
  "claim_not_covered",
  "outside_jurisdiction",
  "too_many_requests",
  "other",
] as const;
export type Ground = typeof grounds[number];
