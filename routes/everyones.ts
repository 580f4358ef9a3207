/**
 * Parts of the site that are open to everyone: also to people whose contract has ended or whose
 * log-in still needs a second factor.
 */

/** The first parts of their addresses: public pages, links from mails, forms of tenants. */
const parts = [
  "accessibility",
  "calendar-feeds",
  "case-feeds",
  "case-links",
  "certificates",
  "deliveries",
  "dev",
  "email-changes",
  "evidence-approvals",
  "f",
  "form-confirmations",
  "help",
  "imprint",
  "invitations",
  "keys",
  "p",
  "passwords",
  "policy-approvals",
  "privacy",
  "setup",
  "sign-in-domains",
  "unsubscriptions",
  ".well-known",
];

/** Whether an address belongs to them. */
export const isEveryones = (path: string): boolean => parts.includes(path.split("/")[1]!);
