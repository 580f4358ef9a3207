/** The directory of a house, which shuts people out and lets them in again (SCIM). */
export const directory = {
  address: "Enter there as tenant URL or base URL:",
  copy: "Copy the token now. It is shown this once only.",
  create: "Create token",
  days: "Valid for",
  days_hint: "Create the next one in good time, and enter it before this one ends.",
  ended: "Token ended",
  invite: "This person has to be invited.",
  made: "Created",
  made_by: "{date}, {name}",
  owners: "Only owners create tokens: by one, owners too can be shut out.",
  text:
    "Your directory, for example Entra ID or Okta, blocks access here as soon as somebody leaves: sessions and API tokens end at once. Its groups become teams. It does not change names, addresses or roles.",
  title: "Access from your directory (SCIM)",
  token: "Token of the directory",
  tokens: "Tokens of the directory",
  too_many: "No more than {max} tokens at once. End an old one first.",
};
