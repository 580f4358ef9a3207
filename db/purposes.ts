/** The four purposes of clause 3.2: personal data are processed for no other purpose. */

/** Running the service, communicating with its users, keeping it secure, meeting legal duties. */
export type Purpose = "provision" | "communication" | "security" | "legal";
