/** The agreement on processing on behalf of a customer (Art. 28(3) GDPR). */
import type { Messages } from "../de.ts";

export const agreements: Messages["agreements"] = {
  accept: "Accept on behalf of {tenant}",
  accept_hint: "Your first and last name; name and time are recorded.",
  accept_name: "Accepted by",
  accepted: "The agreement is accepted.",
  accepted_by: "Accepted on {date} by {name}",
  changed_since: "The text has changed in the meantime. Please read it again.",
  in_german: "The agreement is in German; only the German text is binding.",
  not_accepted: "Not accepted yet.",
  only_owners: "Only owners of the tenant can accept it.",
  by_data: "new kinds of data",
  by_measures: "measures no longer in place",
  by_parties: "other names of the parties",
  by_terms: "other terms",
  outdated:
    "Since it was accepted on {date}, its content has changed: {reasons}. Please accept it again.",
  pdf: "As PDF",
  reworded:
    "The wording below is newer than the one you accepted, but its content is the same. What you accepted still applies (“As PDF”). You may also accept the new wording.",
  translation: "Translation for reading",
  title: "Data processing agreement",

  p1_title: "Subject matter, duration, nature and purpose",
  p1:
    "{provider} (processor) runs kompaktCRM for {tenant} (controller) and processes personal data on its behalf: storing, organising, retrieving, transmitting and erasing contacts, companies, deals and messages.\n\nThe agreement applies for as long as the controller uses kompaktCRM.",
  p2_title: "Types of data and data subjects",
  p2: "The types of data and the categories of data subjects in the table are processed.",
  p3_title: "Instructions (Art. 28(3)(a))",
  p3:
    "The processor processes the data on documented instructions only; settings and entries in the program are such instructions. There is no transfer to third countries. Where Union or Member State law requires other processing, it informs the controller beforehand unless that law forbids it. If it considers an instruction to be unlawful, it informs the controller immediately.",
  p4_title: "Confidentiality (b)",
  p4: "All persons with access to the data are bound to confidentiality.",
  p5_title: "Security (c)",
  p5: "The processor takes the measures under Art. 32 GDPR that are listed in annex 1.",
  p6_title: "Further processors (d)",
  p6:
    "The controller agrees to the further processors named in annex 2. It is informed of every new one at least 30 days in advance and can object within that time. Until an objection has been answered, the new one is not engaged. Where an objection is rejected with reasons, the new one is engaged 14 days later at the earliest; until then the controller may terminate the contract without a notice period. Each of them is bound to the same obligations as here; the processor remains fully liable for their performance (Art. 28(4) GDPR).",
  p7_title: "Rights of data subjects (e)",
  p7:
    "The processor helps the controller with tools for access, rectification, erasure, restriction, portability and objection, and passes on requests that reach it within one working day.",
  p8_title: "Assistance (f)",
  p8:
    "It assists with the obligations under Art. 32 to 36 GDPR and notifies the controller of personal data breaches without undue delay after becoming aware of them.",
  p9_title: "Erasure and return (g)",
  p9:
    "After the day on which the notice takes effect, the controller can still retrieve all data for 30 days; the contract ends on the last of these days. Within the following 30 days the data are irretrievably erased, including from backups, unless a law requires that they be kept.",
  p10_title: "Evidence and audits (h)",
  p10:
    "The processor demonstrates compliance and allows for and contributes to audits by the controller or an auditor mandated by it.",
  annex1: "Annex 1: technical and organisational measures",
  annex2: "Annex 2: further processors",
  measure: "Measure",
  measure_group: "Area",
  no_processors: "At present no further processors are used.",
  subjects: "Data subjects",
};
