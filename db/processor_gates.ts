/** What keeps a processor closed: nothing is sent to it while one of these holds (clauses 4.2, 4.3). */
import { eea } from "./setting_bounds.ts";

/** Whether a country lies in the EU or the EEA; `EU` stands for the Union as a whole. */
export const isInside = (country: string): boolean => country === "EU" || eea.includes(country);

/** What evidence can show: that there is an agreement, and where data are processed. */
export type Cover = "agreement" | "location";

/** How long evidence counts from the day it is dated. */
const evidenceLife = "P12M";

/** Why a processor is closed, most telling first. */
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

/** What the gate looks at. */
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
  /** Whether the switch still waits for customers to be told. */
  waiting: boolean;
}

/** Every country in which data are, or from which they can be reached. */
const countriesOf = (processor: Gated): string[] => [
  ...processor.processingCountries,
  ...(processor.seatCountry ? [processor.seatCountry] : []),
  ...processor.subProcessors.map(({ country }) => country),
];

/** What stands between the register's entry and its switch. Empty: it may be switched on. */
export function obstaclesBeforeSwitch(processor: Gated, today: string): Obstacle[] {
  const found: Obstacle[] = [];
  if (!countriesOf(processor).every(isInside)) found.push("outside");
  if (processor.processingCountries.length === 0 || !processor.seatCountry) {
    found.push("no_country");
  }
  // Who decides alone about data (a bank, the post) signs no agreement of Art. 28.
  const agrees = processor.role === "processor";
  // One that begins later binds nobody yet.
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

/** What keeps a processor closed at an instant. Empty: data may go there. */
export function obstacles(processor: Gated, today: string, at: Date): Obstacle[] {
  const found = obstaclesBeforeSwitch(processor, today);
  if (!processor.enabled || !processor.enabledFrom) found.push("disabled");
  else if (processor.waiting || processor.enabledFrom > at) found.push("not_yet");
  return found;
}

/** The first day on which evidence of a day no longer counts. */
export const endOf = (day: string): string =>
  Temporal.PlainDate.from(day).add(evidenceLife).toString();

/** The first day on which its evidence no longer carries a processor; null where some is missing. */
export function coveredUntil(processor: Gated): string | null {
  const covers = processor.role === "processor" ? ["agreement", "location"] : ["location"];
  const ends = covers.map((cover) => processor.approved[cover as Cover]);
  if (ends.some((day) => !day)) return null;
  return ends.map((day) => endOf(day!)).sort()[0]!;
}
