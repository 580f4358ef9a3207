/** The link under marketing mails. */
import type { Messages } from "../de.ts";

export const unsubscriptions: Messages["unsubscriptions"] = {
  act: "Stop marketing e-mails",
  act_everywhere: "Stop all marketing",
  done: "Your objection is recorded: {tenant} will send you no more marketing to this address.",
  done_everywhere:
    "Your objection is recorded: {tenant} no longer uses your data for marketing, neither by e-mail nor by phone, post or text message.",
  mail_footer:
    "You can object to the use of your data for marketing at any time (Art. 21 GDPR), free of charge and without logging in:",
  more: "No marketing calls, letters or text messages either?",
  question: "Do you want no more marketing from {tenant}?",
  rights: "Access, erasure and other rights at {tenant}",
  still: "You will still get answers to your requests and messages about your contracts.",
  title: "Stop marketing",
  unknown: "This link is not known. Answer the e-mail and write that you want no more marketing.",
};
