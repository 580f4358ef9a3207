/** What keeps a processor closed: nothing is sent while one of these applies (clauses 4.2, 4.3). */
import { eea } from "./setting_bounds.ts";

/** Whether a country belongs to the EU or the EEA; `EU` means the Union as a whole. */
export const isInside = (country: string): boolean => country === "EU" || eea.includes(country);

/** What evidence can prove: that there is an agreement, and where data are processed. */
export type Cover = "agreement" | "location";

/** How long evidence counts from its own date. */
const evidenceLife = "P12M";

/** Why a processor is closed, the most important reason first. */
export type Obstacle =
  | "outside"
  | "no_country"
  | "no_agreement"
  | "no_evidence_agreement"
  | "no_evidence_location"
  | "evidence_old_agreement"
  | "evidence_old_location"
  | "disabled"
  | "not_yet";

/** What the gate examines. */
export interface Gated {
  role: "processor" | "controller";
  processingCountries: readonly string[];
  seatCountry: string | null;
  subProcessors: readonly { country: string }[];
  agreementOn: string | null;
  /** The day of the newest approved evidence of each kind, as `YYYY-MM-DD`. */
  approved: Readonly<Partial<Record<Cover, string | null>>>;
  enabled: boolean;
  enabledFrom: Date | null;
  /** Whether switching on is still waiting for customers to be told. */
  waiting: boolean;
}

/** Every country where data are kept or from which they can be accessed. */
const countriesOf = (processor: Gated): string[] => [
  ...processor.processingCountries,
  ...(processor.seatCountry ? [processor.seatCountry] : []),
  ...processor.subProcessors.map(({ country }) => country),
];

/** What prevents an entry from being switched on. Empty: it may be switched on. */
export function obstaclesBeforeSwitch(processor: Gated, today: string): Obstacle[] {
  const found: Obstacle[] = [];
  if (!countriesOf(processor).every(isInside)) found.push("outside");
  if (processor.processingCountries.length === 0 || !processor.seatCountry) {
    found.push("no_country");
  }
  // A controller in its own right (a bank, the post) signs no agreement under Art. 28.
  const agrees = processor.role === "processor";
  // An agreement that starts later does not bind anybody yet.
  if (agrees && !(processor.agreementOn && processor.agreementOn <= today)) {
    found.push("no_agreement");
  }
  for (const cover of agrees ? ["agreement", "location"] as const : ["location"] as const) {
    const day = processor.approved[cover];
    if (!day) found.push(`no_evidence_${cover}`);
    else if (endOf(day) <= today) found.push(`evidence_old_${cover}`);
  }
  return found;
}

/** What keeps a processor closed at a given time. Empty: data may go there. */
export function obstacles(processor: Gated, today: string, at: Date): Obstacle[] {
  const found = obstaclesBeforeSwitch(processor, today);
  if (!processor.enabled || !processor.enabledFrom) found.push("disabled");
  else if (processor.waiting || processor.enabledFrom > at) found.push("not_yet");
  return found;
}

/** The first day on which evidence dated `day` no longer counts. */
export const endOf = (day: string): string =>
  Temporal.PlainDate.from(day).add(evidenceLife).toString();

/** The first day on which a processor's evidence is no longer enough; null if some is missing. */
export function coveredUntil(processor: Gated): string | null {
  const covers = processor.role === "processor" ? ["agreement", "location"] : ["location"];
  const ends = covers.map((cover) => processor.approved[cover as Cover]);
  if (ends.some((day) => !day)) return null;
  return ends.map((day) => endOf(day!)).sort()[0]!;
}

/** Days before evidence expires on which the officer is reminded of it. */
const reminderDays = [30, 14, 7, 3, 1];

/**
 * The day of the latest reminder that was due by `today` of evidence that covers until `end`; null
 * before the first, and once it has expired.
 */
export function reminderDue(end: string, today: string): string | null {
  const last = Temporal.PlainDate.from(end);
  const left = Temporal.PlainDate.from(today).until(last).total("days");
  const days = left < 1 ? undefined : reminderDays.findLast((each) => each >= left);
  return days === undefined ? null : last.subtract({ days }).toString();
}
