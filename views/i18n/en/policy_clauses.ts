/** The privacy policy, clause by clause; paragraphs are parted by a blank line. */
import type { Messages } from "../de.ts";

export const policyClauses: Messages["policy_clauses"] = {
  s1: "General",
  s2: "Who is responsible",
  s3: "Which data, what for, on what basis",
  s4: "Where the data are and who receives them",
  s5: "How long we keep data",
  s6: "Your rights",
  s7: "How we protect data",
  s8: "Changes to this policy",

  c1_1_title: "Only on a legal basis",
  c1_1:
    "We process personal data only where a legal basis allows it. For every field of every table, it is defined whom it concerns, what it is for, on what basis we process it and when it is erased. If one of these details is missing, the program does not start.",
  c1_2_title: "What this policy tells you",
  c1_2:
    "It explains which personal data we process, to what extent and for what purpose. It can be read without signing in, can be printed and sets no cookie. The details of fields, purposes, recipients and periods come from the running system.",
  c2_1_title: "Controller",
  c2_1:
    "The controller for the data of users, for logs and for billing is:\n\n{provider}\n{address}\nE-mail: {email}",
  c2_2_title: "Data protection officer",
  c2_2:
    "You can reach our data protection officer at any time and in confidence:\n\n{dpo}\nE-mail: {dpo_email}\n\nYou can also use the form on this website or write to the address above. The officer is bound to secrecy (Sections 38(2) and 6(5) BDSG).",
  c2_3_title: "Our customers’ data: we are the processor",
  c2_3:
    "Companies use kompaktCRM to keep data about their own contacts. The company concerned is the controller of these data; we process them only on its instructions and under a data processing agreement (Art. 28 GDPR). Requests about them are answered by that company; if you tell us which one it is, we pass your request on.\n\nIf a new service provider is to receive such data, or the data are to move to another place, the company is informed at least 30 days in advance and can object. Until an objection has been answered, the change does not take effect.",
  c3_1_title: "Data about users",
  c3_1:
    "About people who sign in or write to us, we process only the kinds of data listed in the table. Your sign-in password is stored only as an Argon2id hash; passwords that the program itself needs, such as for a connected mailbox, are stored only in encrypted form. IP addresses appear only in logs and sessions; if you only read public pages, you leave nothing else behind.\n\nIf you were invited, we have your e-mail address from your company (Art. 14 GDPR). Other users at your company see your name and, as far as their rights allow, what you enter.",
  c3_2_title: "Purposes",
  c3_2:
    "We process these data for four purposes and no others: to provide the service, to communicate with you, to ensure security and to meet legal obligations. Every job, every e-mail and every export of the program is assigned to one of these purposes.",
  c3_3_title: "Legal bases",
  c3_3:
    "Providing the service and communicating with you are based on the contract (Art. 6(1)(b) GDPR), security on our legitimate interest in an undisturbed and protected service (Art. 6(1)(f) GDPR). For every legitimate interest there is a written balancing test, which we review every year.",
  c3_4_title: "Legal obligations",
  c3_4:
    "What we process because a law requires it, for example to answer data subjects’ requests or to keep invoices, is based on Art. 6(1)(c) GDPR.",
  c3_5_title: "Whether you have to provide data",
  c3_5:
    "A user account needs a name and an e-mail address; without them we cannot perform the contract. Everything else is voluntary (Art. 13(2)(e) GDPR).",
  c3_6_title: "No automated decisions",
  c3_6:
    "We make no decisions based solely on automated processing and create no profiles (Art. 13(2)(f), Art. 22 GDPR).",
  c3_7_title: "Cookies and your device’s storage",
  c3_7:
    "We set a single cookie: the one for your session. It is strictly necessary (Section 25(2) no. 2 TDDDG) and expires with the session. Public pages set none. If you switch off the keyboard shortcuts, your browser remembers that on your device until you switch them on again. No page loads anything from other servers.",
  c4_1_title: "Stored in Europe",
  c4_1:
    "All data are kept exclusively on servers in the European Union or the European Economic Area. The program refuses any other place.",
  c4_2_title: "Service providers",
  c4_2:
    "Data go only to the service providers that are listed in the table as being in use. Each of them that works on our behalf has a contract with us under Art. 28 GDPR. A service provider without current evidence of its contract or location stays switched off and receives no data.",
  c4_3_title: "No transfer to third countries",
  c4_3:
    "We transfer no personal data to countries outside the European Union and the European Economic Area. Apart from our own servers, the server processes can reach only those in the register of service providers, and the mail servers and webhooks that a customer enters. For webhooks, the program allows only these countries; only identifiers are passed on, no contents.\n\nAn e-mail goes to wherever your mailbox is: you choose that place.",
  c5_1_title: "No longer than needed",
  c5_1:
    "We keep personal data only as long as their purpose requires. The periods are listed in the table; after that, the program erases the data automatically.",
  c5_2_title: "After the end of the contract",
  c5_2:
    "Within 30 days after the end of a contract, we irretrievably erase all of the customer’s data, including from backups, unless a law requires that they be kept. A contract ends on the last day on which the customer can still retrieve its data; it has 30 days for that.",
  c5_3_title: "Statutory retention",
  c5_3:
    "Where a law requires that data be kept, we restrict them until the period ends and then erase them. The periods start at the end of the calendar year in which the record was created.",
  c6_1_title: "Access",
  c6_1:
    "You have the right to know whether we process data about you and which, and to receive a copy of them (Art. 15 GDPR).",
  c6_2_title: "Rectification",
  c6_2:
    "You have the right to have inaccurate data rectified and incomplete data completed (Art. 16 GDPR).",
  c6_3_title: "Erasure",
  c6_3:
    "You have the right to have your data erased unless the law provides otherwise (Art. 17 GDPR).",
  c6_4_title: "Restriction",
  c6_4:
    "You have the right to have us restrict your data: we then only store them and no longer use them (Art. 18 GDPR).",
  c6_5_title: "Portability",
  c6_5:
    "You have the right to receive data that you have given us, and that we process by automated means under a contract or with your consent, in a structured, commonly used and machine-readable format. On request we transmit them to another controller where that is technically feasible (Art. 20 GDPR).",
  c6_6_title: "Objection",
  c6_6:
    "You can object at any time, on grounds relating to your particular situation, to processing that we base on a legitimate interest. We then no longer process the data, unless we show compelling legitimate grounds or need them for legal claims (Art. 21(1) GDPR).",
  c6_7_title: "Complaint",
  c6_7:
    "You can lodge a complaint with a supervisory authority, in particular where you live, where you work or where the alleged infringement took place (Art. 77 GDPR). Our complaints page names the authority responsible for us and all others in Europe.",
  c6_8_title: "Withdrawing consent",
  c6_8:
    "You can withdraw consent at any time, as easily as you gave it. What was done until then remains lawful (Art. 7(3) GDPR).",
  c6_9_title: "Objecting to direct marketing",
  c6_9:
    "You can object to the use of your data for direct marketing at any time and without giving reasons. We then no longer use them for that purpose (Art. 21(2) and (3) GDPR).",
  c6_10_title: "How we handle requests",
  c6_10:
    "An informal message is enough. We answer free of charge and without undue delay, within one month at the latest. If it exceptionally takes longer, we tell you within that month why and how long (Art. 12(3) GDPR). Where a law limits your right (such as Sections 34 and 35 BDSG), we name the provision, the reason and the supervisory authority. We keep the evidence that we have dealt with your request for three years, until the end of the calendar year.",
  c7_1_title: "Technical and organisational measures",
  c7_1:
    "We protect data with technical and organisational measures under Art. 32 GDPR, including encrypted transmission, separate data for each customer, hashed passwords, encrypted files and tested backups. Every measure is checked: in the running system, or by tests with every change to the program.",
  c7_2_title: "Continual improvement",
  c7_2:
    "We continually develop the measures. Every change is recorded in a register with its date.",
  c8_1_title: "When this policy changes",
  c8_1:
    "We change this policy when the law, the service or the processing changes. Every version has a number, a date and a reason; older versions remain available.",
  c8_2_title: "How you are told about changes",
  c8_2:
    "We inform all users of material changes in good time by e-mail and in the application, as a rule 30 days and at least 14 days before they take effect. A new version takes effect only when everyone has been informed; a returned e-mail does not count.",
};
