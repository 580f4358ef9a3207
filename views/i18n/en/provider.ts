/** What is said of the provider. */
export const provider = {
  factors: "Sign-in of operators",
  factors_demanded: "Demand a second factor",
  factors_hint:
    "Whoever runs this installation and has none yet sets one up when opening these pages next.",
  factors_saved: "Saved.",
  imprint: "Further mandatory information",
  imprint_hint: "Shown in the imprint as far as it applies to your company.",
  land: "German Land",
  land_hint: "Decides the competent authority and the public holidays of deadlines.",
  land_none: "not stated",
  phone: "Phone",
  register_entry: "Register court and number",
  represented_by: "Authorised to represent",
  saved: "Saved, and shown in the imprint.",
  vat_id: "VAT ID",
  waiting_action: "Sign in as the operator",
  waiting_missing: "The imprint and the privacy policy still lack:",
  waiting_text: "The service opens once the operator has added what the law requires.",
  waiting_title: "Not open yet",
};
