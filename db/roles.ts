/** Who may do what: one pure table of roles and actions, for routes (`may`) and views (`can`). */

export type Role = "owner" | "admin" | "member" | "read_only";

const everyone = ["owner", "admin", "member", "read_only"] as const;
const writers = ["owner", "admin", "member"] as const;
const admins = ["owner", "admin"] as const;
const owners = ["owner"] as const;

const rights = {
  "access.answer": admins,
  "activities.read": everyone,
  "activities.write": writers,
  "contacts.read": everyone,
  "contacts.write": writers,
  "contacts.delete": writers,
  "companies.read": everyone,
  "companies.write": writers,
  "companies.delete": writers,
  "deals.read": everyone,
  "deals.write": writers,
  "deals.delete": writers,
  "fields.manage": admins,
  "files.read": everyone,
  "files.write": writers,
  "files.delete": writers,
  "mail.read": everyone,
  "mail.send": writers,
  "mail_accounts.manage": writers,
  "mail_templates.manage": admins,
  "pipelines.manage": admins,
  "letter_templates.manage": admins,
  "offers.manage": admins,
  "offers.read": everyone,
  "products.manage": admins,
  "tags.write": writers,
  "trash.restore": writers,
  "search.read": everyone,
  "imports.run": writers,
  "imports.undo": admins,
  "exports.run": writers,
  "requests.manage": admins,
  "restricted.read": admins,
  "retention.manage": admins,
  "users.read": everyone,
  "users.manage": admins,
  "agreements.accept": owners,
  "contract.manage": owners,
  "owners.manage": owners,
  "settings.manage": admins,
  "samples.remove": admins,
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof rights;

export const roles: readonly Role[] = everyone;
export const actions = Object.keys(rights) as Action[];

/** Whether a role may take an action. */
export function can(role: Role, action: Action): boolean {
  return (rights[action] as readonly Role[]).includes(role);
}
