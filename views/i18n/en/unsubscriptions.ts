/** The link under marketing mails. */
import type { Messages } from "../de.ts";

export const unsubscriptions: Messages["unsubscriptions"] = {
  act: "Stop marketing e-mails",
  act_everywhere: "Stop all marketing",
  done:
    "Your objection has been recorded: {tenant} will send you no more marketing to this address.",
  done_everywhere:
    "Your objection has been recorded: {tenant} will no longer use your data for marketing, whether by e-mail, phone, post or text message.",
  mail_footer:
    "You can object to the use of your data for marketing at any time (Art. 21 GDPR), free of charge and without signing in:",
  more: "No marketing calls, letters or text messages either?",
  question: "Would you like to stop receiving marketing from {tenant}?",
  rights: "Access, erasure and other rights at {tenant}",
  still: "You will still receive answers to your enquiries and messages about your contracts.",
  title: "Stop marketing",
  unknown:
    "This link is unknown. Please reply to the e-mail, saying that you want no more marketing.",
};
