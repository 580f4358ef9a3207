/** Restrictions that stand, and what is counted of requests that are over. */
export const case_lists = {
  counters: "Statistics on earlier requests",
  counters_count: "Number",
  counters_hint:
    "Evidence is kept until the end of the third year. After that only these figures remain, by the year of receipt.",
  counters_in_time: "of which on time",
  counters_none: "No evidence has been erased yet",
  counters_outcome: "Outcome",
  counters_year: "Year",
  restrictions: "Restricted processing",
  restrictions_brought_back: "without a request",
  restrictions_hint: "Nobody sees these people elsewhere: no list, no search, no export, no mail.",
  restrictions_none: "Nobody is restricted at present",
  restrictions_since: "Since",
};
