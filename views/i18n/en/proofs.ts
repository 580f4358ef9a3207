/** The proofs: what each has looked at, and how it stands. */
import type { Messages } from "../de.ts";

export const proofs: Messages["proofs"] = {
  addresses_shortened: "No whole IP address is older than seven days, in no log and no table.",
  agreements_accepted: "Every customer has accepted the processing agreement.",
  authority_named: "The complaint page names the one authority that is competent for us.",
  contracts_erased: "Of contracts that have ended nothing is left after 30 days.",
  copies_end:
    "No backup and no old version of a file is older than its 14 days, nor at the provider.",
  egress_closed:
    "The server processes reach only servers of the register and those that customers name; no page loads anything from elsewhere.",
  everyone_told: "Every active person has a record of the version in force.",
  interests_weighed: "Every legitimate interest has a balancing test of the last twelve months.",
  mapped_columns: "Every column of the database stands in the map of data fields.",
  measures_improved: "The measures were worked on within the last six months.",
  measures_in_force: "The measures that can be checked are in force.",
  nothing_overdue: "No data are kept beyond their period.",
  officer_reached: "A mail to the data protection officer was accepted.",
  policy_facts: "Fields, periods and service providers are as the version in force names them.",
  policy_text: "Every published version is unchanged (SHA-256).",
  processors_evident: "Every service provider in use has current evidence.",
  provider_complete: "Nothing about the controller is left open.",
  purposes_declared: "Every job and every kind of mail serves one of the four purposes.",
  access_complete: "An answer to access holds all of one person and nothing of another.",
  corrections_carried: "A corrected name is found, the wrong one nowhere any more.",
  deliveries_expire: "No answer waits to be fetched beyond its 14 days.",
  erasures_traceless: "No search finds what was erased, and no closed request names the person.",
  portability_sound:
    "What a person takes along is complete, reads as JSON, CSV and vCard, and arrives elsewhere the same.",
  objections_kept: "No advertising went out after an objection.",
  requests_chained: "No step of a request was changed, moved or left out.",
  requests_in_time:
    "Requests are taken, acknowledged and not overdue; every date is worked out right.",
  restrictions_enforced:
    "No list and no search finds who is restricted, and nothing is sent to them.",
  stores_located: "Every store stands in the EU or the EEA.",
  user_data: "Of users there are only the fields allowed, and passwords as hashes only.",

  checked: "Checked last",
  clauses: "Clauses",
  figures: "Figures",
  figures_public: "Show the figures on the public page too",
  history: "History",
  lamp_green: "kept",
  lamp_grey: "not yet proven",
  lamp_red: "broken",
  mail_alarm_action: "To the privacy policy",
  mail_alarm_closing: "This mail comes every day until all is kept again.",
  mail_alarm_subject: {
    one: "One proof of the privacy policy is red",
    other: "{count} proofs of the privacy policy are red",
  },
  mail_alarm_text: "What the privacy policy promises is not shown to be true here at present:",
  mail_probe_subject: "Checking that you can be reached",
  mail_probe_text:
    "This e-mail shows that requests about data protection reach you. There is nothing to do.",
  never: "not yet",
  never_text: "Not checked yet. The check runs every night; the button starts it now.",
  proof: "Proof",
  queued: "The check is running.",
  red_since: "Open since {date}",
  run: "Check now",
  run_all: "Check all now",
  saved: "The setting is saved.",
  state: "State",
  took: "Took",
};
