/** The proofs: what each has looked at, and how it stands. */
import type { Messages } from "../de.ts";

export const proofs: Messages["proofs"] = {
  addresses_shortened: "No full IP address is older than seven days, in any log or table.",
  advertising_barred:
    "An objection to marketing bars the address, even when nothing else is left of the person.",
  agreements_accepted: "Every customer has accepted the processing agreement.",
  authority_named: "The complaint page names the one authority that is responsible for us.",
  contracts_erased: "30 days after a contract has ended, nothing of it is left.",
  copies_end:
    "No backup and no old version of a file is older than its 14 days, not even at the provider.",
  egress_closed:
    "The server processes reach only servers in the register and those that customers enter themselves; no page loads anything from elsewhere.",
  everyone_told: "Every active person has a record of being told of the version in force.",
  informing_tracked:
    "Whoever has not been informed is on the customer’s list until that has happened or an exception of Art. 14(5) GDPR is recorded with its reason.",
  interests_weighed: "Every legitimate interest has a balancing test from the last twelve months.",
  mapped_columns: "Every column of the database is listed in the register of data fields.",
  measures_improved: "The measures were improved within the last six months.",
  measures_in_force: "The measures that can be checked are in force.",
  nothing_overdue: "No data are stored beyond their period.",
  officer_reached: "An e-mail to the data protection officer was accepted.",
  policy_facts: "Fields, periods and service providers are as stated in the version in force.",
  policy_text: "Every published version is unchanged (SHA-256).",
  processors_evident: "Every service provider in use has current evidence.",
  provider_complete: "No details of the controller are missing.",
  purposes_declared: "Every job and every kind of e-mail serves one of the four purposes.",
  access_complete:
    "An answer to an access request contains everything about one person and nothing about any other.",
  corrections_carried: "A corrected name is found, the wrong one nowhere any more.",
  deliveries_expire: "No answer stays available for download longer than its 14 days.",
  erasures_traceless: "No search finds erased data, and no closed request names the person.",
  portability_sound:
    "What a person takes with them is complete, can be read as JSON, CSV and vCard, and arrives elsewhere unchanged.",
  objections_kept: "No marketing was sent after an objection.",
  requests_chained: "No step of a request was changed, moved or left out.",
  requests_in_time:
    "Requests are received, acknowledged and not overdue; every deadline is calculated correctly.",
  restrictions_enforced:
    "People whose data are restricted appear in no list and no search, and nothing is sent to them.",
  stores_located: "Every store is in the EU or the EEA.",
  user_data: "Only the permitted fields are kept about users, and passwords only as hashes.",

  checked: "Last checked",
  clauses: "Clauses",
  figures: "Figures",
  figures_public: "Show the figures on the public page too",
  history: "History",
  lamp_green: "met",
  lamp_grey: "not yet proven",
  lamp_red: "broken",
  mail_alarm_action: "To the privacy policy",
  mail_alarm_closing: "This e-mail comes every day until everything is met again.",
  mail_alarm_subject: {
    one: "One proof of the privacy policy is red",
    other: "{count} proofs of the privacy policy are red",
  },
  mail_alarm_text: "What the privacy policy promises is currently not proven here:",
  mail_probe_subject: "Checking that we can reach you",
  mail_probe_text:
    "This e-mail shows that data protection requests reach you. You do not have to do anything.",
  never: "not yet",
  never_text: "Not checked yet. The check runs every night; the button starts it at once.",
  proof: "Proof",
  queued: "The check is running.",
  red_since: "Open since {date}",
  run: "Check now",
  run_all: "Check all now",
  saved: "The setting has been saved.",
  state: "Status",
  took: "Duration",
};
