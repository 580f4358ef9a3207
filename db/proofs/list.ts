/** Lists every proof in the order of the clauses it covers. */
import type { Proof } from "../proofs.ts";
import * as copies from "./copies.ts";
import * as contracts from "./contracts.ts";
import * as duties from "./duties.ts";
import * as informing from "./informing.ts";
import * as installations from "./installations.ts";
import * as processors from "./processors.ts";
import * as requests from "./requests.ts";
import * as portability from "./portability.ts";
import * as rights from "./rights.ts";
import * as texts from "./texts.ts";

/** The clauses on the rights that a request may claim. */
const ofRights = ["6.1", "6.2", "6.3", "6.4", "6.5", "6.6"] as const;

/** By name; the catalogue `proofs` says what each has checked. */
export const proofs = {
  mapped_columns: { clauses: ["1.1"], check: installations.mappedColumns },
  policy_text: { clauses: ["1.2", "8.1"], check: texts.policyText },
  policy_facts: { clauses: ["1.2", "3.1", "4.2"], check: texts.policyFacts },
  provider_complete: { clauses: ["2.1"], check: texts.providerComplete },
  officer_reached: { clauses: ["2.2"], check: duties.officerReached },
  agreements_accepted: { clauses: ["2.3"], check: duties.agreementsAccepted },
  informing_tracked: { clauses: ["2.3"], check: informing.informingTracked },
  addresses_shortened: { clauses: ["3.1"], check: installations.addressesShortened },
  user_data: { clauses: ["3.1"], check: installations.userData },
  purposes_declared: { clauses: ["3.2"], check: installations.purposesDeclared },
  interests_weighed: { clauses: ["3.3"], check: duties.interestsWeighed },
  stores_located: { clauses: ["4.1"], check: duties.storesLocated },
  processors_evident: { clauses: ["4.2"], check: processors.evident },
  egress_closed: { clauses: ["4.3"], check: processors.egressClosed },
  nothing_overdue: { clauses: ["5.1"], check: installations.nothingOverdue },
  copies_end: { clauses: ["4.1", "5.2"], check: copies.copiesEnd },
  contracts_erased: { clauses: ["5.2"], check: contracts.erased },
  requests_in_time: { clauses: ofRights, check: requests.inTime },
  requests_chained: { clauses: ofRights, check: requests.chained },
  access_complete: { clauses: ["6.1"], check: rights.accessComplete },
  deliveries_expire: { clauses: ["6.1", "6.5"], check: rights.deliveriesExpire },
  corrections_carried: { clauses: ["6.2"], check: rights.correctionsCarried },
  erasures_traceless: { clauses: ["6.3"], check: rights.erasuresTraceless },
  restrictions_enforced: { clauses: ["6.4"], check: rights.restrictionsEnforced },
  portability_sound: { clauses: ["6.5"], check: portability.portabilitySound },
  objections_kept: { clauses: ["6.6"], check: rights.objectionsKept },
  authority_named: { clauses: ["6.7"], check: duties.authorityNamed },
  advertising_barred: { clauses: ["6.9"], check: rights.advertisingBarred },
  measures_in_force: { clauses: ["7.1"], check: installations.measuresInForce },
  measures_improved: { clauses: ["7.2"], check: duties.measuresImproved },
  everyone_told: { clauses: ["8.2"], check: texts.everyoneNotified },
} as const satisfies Record<string, Proof>;

export type ProofName = keyof typeof proofs;
