/** The link under marketing mails. */
import type { Messages } from "../de.ts";

export const unsubscriptions: Messages["unsubscriptions"] = {
  act: "Stop marketing",
  done: "Your objection is recorded: {tenant} will send you no more marketing to this address.",
  mail_footer:
    "You can object to the use of your data for marketing at any time (Art. 21 GDPR), free of charge and with one click:",
  question: "Do you want no more marketing by e-mail from {tenant}?",
  still: "You will still get answers to your requests and messages about your contracts.",
  title: "Stop marketing",
  unknown: "This link is not known. Answer the e-mail and write that you want no more marketing.",
};
