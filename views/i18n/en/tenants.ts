/** Tenants: switching and settings. */
export const tenants = {
  choose: "Open",
  current: "open now",
  name: "Name of the tenant",
  none_text: "Your account belongs to no tenant. An admin of the tenant can invite you.",
  none_title: "No tenant",
  saved: "The settings have been saved.",
  group_organisation: "Organisation",
  group_letters: "Correspondence",
  group_outside: "Connections",
  group_people: "People and rights",
  group_privacy: "Data protection",
  group_records: "Records",
  settings: "Settings",
  settings_general: "General",
  settings_parts: "Choose a section",
  title: "Choose a tenant",
  trash_days: "Days in the trash",
  trash_days_hint:
    "How long deleted records can be restored before they are gone for good. 1 to 30.",
};
