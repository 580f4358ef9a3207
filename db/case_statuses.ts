/** What an item of a case may be, and which steps lead from one to the next. */

export type Status =
  | "new"
  /** Whose data are they: the controller's own, or a tenant's? */
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
  /** It was recognised, but never claimed. */
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

/** What can happen at every stage before something is carried out. */
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
  // Struck by mistake: it comes back.
  dropped: ["new"],
};

/** What staff may decide about an item, as the form offers it. */
export const deeds = [
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
export type Deed = typeof deeds[number];

/** The deeds that lead on from a status. */
export function deedsOf(
  status: Status,
  { extended, paused }: { extended: boolean; paused: boolean },
): Deed[] {
  const leads = (to: Status) => steps[status].includes(to);
  const possible: Record<Deed, boolean> = {
    approve: leads("execution"),
    assignment: leads("assignment"),
    collection: leads("collection") && status !== "identity",
    review: leads("review"),
    identity: leads("identity") && !paused,
    identified: status === "identity",
    extend: !extended && !isFinal(status),
    // What waits for a second person is refused by approving the refusal, or sent back.
    refuse: leads("refused") && status !== "approval",
    done: leads("done"),
    withdraw: leads("withdrawn"),
    forward: leads("forwarded"),
  };
  return deeds.filter((deed) => possible[deed]);
}

/** Why a right is not granted, in the words of the Data Rights Protocol 1.0. */
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
