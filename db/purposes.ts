/** The four purposes of clause 3.2: there is no other for which the house processes personal data. */

/** Running the service, talking with its users, keeping it secure, meeting legal duties. */
export type Purpose = "provision" | "communication" | "security" | "legal";
