/** Restrictions that stand, and what is counted of requests that are over. */
export const case_lists = {
  counters: "Figures of earlier requests",
  counters_count: "Number",
  counters_hint:
    "Evidence stays for three years to the end of the year. After that only these figures stay, by the year of receipt.",
  counters_in_time: "of them in time",
  counters_none: "No evidence has been erased yet",
  counters_outcome: "Outcome",
  counters_year: "Year",
  restrictions: "Restricted processing",
  restrictions_brought_back: "without a request",
  restrictions_hint: "Nobody sees these persons elsewhere: no list, no search, no export, no mail.",
  restrictions_none: "Nobody is restricted at present",
  restrictions_since: "since",
};
