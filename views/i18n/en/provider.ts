/** What is said of the provider. */
export const provider = {
  factors: "Operators’ sign-in",
  factors_demanded: "Require a second factor",
  factors_hint:
    "Anyone who runs this installation and has no second factor yet sets one up the next time they open these pages.",
  factors_saved: "Saved.",
  imprint: "Further mandatory information",
  imprint_hint: "Shown in the legal notice where they apply to your company.",
  land: "German Land",
  land_hint:
    "Determines the responsible supervisory authority and the public holidays used for deadlines.",
  land_none: "not stated",
  phone: "Phone",
  register_entry: "Register court and number",
  represented_by: "Authorised representative",
  saved: "The details have been saved and are shown in the legal notice.",
  vat_id: "VAT number",
  waiting_action: "Sign in as the operator",
  waiting_missing: "Still missing from the legal notice and the privacy policy:",
  waiting_text: "The service opens once the operator has added the details required by law.",
  waiting_title: "Not open yet",
};
