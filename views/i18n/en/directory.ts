/** A tenant's directory, which blocks users and admits them again (SCIM). */
export const directory = {
  address: "Enter this there as the tenant URL or base URL:",
  copy: "Copy the token now. It will not be shown again.",
  create: "Create token",
  days: "Valid for",
  days_hint: "Create the next one in good time, and enter it before this one ends.",
  ended: "Token revoked",
  invite: "You have to invite this person.",
  made: "Created",
  made_by: "{date}, {name}",
  owners: "Only owners can create tokens, because a token can also shut out owners.",
  text:
    "Your directory, for example Entra ID or Okta, blocks access here as soon as somebody leaves: sessions and API tokens end at once. Its groups become teams. It does not change names, addresses or roles.",
  title: "Access from your directory (SCIM)",
  token: "Directory token",
  tokens: "Directory tokens",
  too_many: "No more than {max} tokens at a time. Revoke an old one first.",
};
