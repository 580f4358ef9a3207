/** The help in English: short, in the words of the pages. */
import type { HelpText, Topic } from "../../help/topics.ts";

export const helpTexts: Record<Topic, HelpText> = {
  contacts: {
    lead:
      "Contacts are people; companies are where they work. A person can belong to several companies, with a role and a period for each.",
    picture: "A contact’s page with contact details, activities and privacy details",
    parts: [
      {
        title: "Add a person",
        steps: [
          "Open [contacts.new](/contacts/new), or press n in the list.",
          "Enter a name. Under [contacts.origin], choose the source: legal basis and purpose follow from it.",
          "Enter the company and the person’s role. A company that does not exist yet is created.",
          "If a record looks like an existing one, the page tells you before you save.",
          "For a pile, such as business cards from a fair, use [contacts.create_next]: source, status and tags are then already filled in.",
        ],
      },
      {
        title: "Find and filter",
        text:
          "The search at the top finds names, companies, phone numbers and e-mail addresses, however they are spelled: “Mueller” also finds Müller. Under [records.owner] you can choose your teams as well. [lists.view_keep] remembers the filters and columns of a list, for yourself or for everyone.",
      },
      {
        title: "Change many at once",
        steps: [
          "Select rows, or filter the list and choose [lists.bulk_all].",
          "Choose what to do, and check the number on the next page.",
          "For 30 days you can reverse the change with [common.undo], later as well, under [lists.bulk_past](/bulk-changes).",
        ],
      },
      {
        title: "When somebody changes jobs",
        text:
          "On the contact’s page, [contacts.move] records the change with its date. The previous position stays visible at the old company.",
      },
      {
        title: "Custom fields",
        text:
          "Admins create additional fields under [custom_fields.title](/settings/fields), each with a purpose and a legal basis. They then appear in forms, in web forms if you wish, and in lists, filters, imports, exports and answers to access requests.",
      },
    ],
  },
  imports: {
    lead:
      "Import lists from Excel, LibreOffice, CSV, vCard and other CRM programs. A trial run shows beforehand what will happen; for 30 days everything can be undone.",
    picture: "The first step of an import: choosing a file",
    parts: [
      {
        title: "Import a list",
        text:
          "Files too large for this page can be imported on the server’s command line with `deno task crm import`: up to 1 GB and 2 million rows.",
        steps: [
          "Upload the file under [imports.new](/imports/new). Encoding, separator and date format are recognised.",
          "Map the columns. Anything that cannot be mapped is not imported.",
          "Say where the data come from: this applies to every person in the list. If the file names owners, they are recognised by e-mail address or name; you choose who takes the other rows.",
          "After [imports.check], read the report: rejected rows, remarks, duplicates.",
          "Start with [imports.run].",
        ],
      },
      {
        title: "Company lists with contact persons",
        text:
          "If the company comes before the person, address and phone belong to the company, unless a heading says otherwise. Up to three people per row (“Contact 2”) become contacts of the company. Every column can be mapped differently.",
      },
      {
        title: "Import deals",
        text:
          "A list of deals is recognised by title, amount, stage or close date. Import the contacts first: people are only linked, while missing companies are created. Before the trial run, you choose which stage in the file corresponds to which one here. Amounts, owners and reasons that cannot be matched are kept in the deal’s notes; unknown people are named only in the report.",
      },
      {
        title: "What is left out",
        text:
          "People who were erased or objected to marketing are left out, even if only their name and postal address reappear; the report says how many. You can download rejected rows as a file to correct them.",
      },
      {
        title: "Companies you cannot see",
        text:
          "If you cannot see all companies and the list names one of those hidden from you, a new company with that name is created, owned by you. Somebody who sees all of them will find both under [duplicates.title](/duplicates) and can merge them.",
      },
      {
        title: "Undo an import",
        text:
          "For 30 days the import’s page offers [imports.undo]: new records are removed, changed ones return to what they were. Anything you have changed yourself since then stays.",
      },
      {
        title: "Export",
        text:
          "[exports.title](/exports) writes Excel, CSV, JSON and vCard. You state the purpose. To export everything at once, you have to confirm again that it is you. The file has to be deleted after 14 days; an e-mail reminds you. People who have objected or whose data are restricted are left out of mailing lists.",
      },
    ],
  },
  deals: {
    lead:
      "A deal is a sale you hope to make: with an amount, an expected close and a stage. The board shows all open deals.",
    picture: "The board with the stages of a pipeline and its deals as cards",
    parts: [
      {
        title: "Work on a deal",
        steps: [
          "Create it with [deals.new](/deals/new), or from a contact’s or company’s page: then it is already linked. If it resembles an open deal of the same company or person, the page asks first.",
          "Drag its card on the board to the next stage. On the keyboard, space picks it up and arrows move it.",
          "In a lost stage, the page asks for the reason.",
          "If a similar deal comes up, use [deals.copy] on the deal’s page: company, people with their roles, amount and lines are copied.",
        ],
      },
      {
        title: "Find stalled deals",
        text:
          "Each stage has a usual duration. Deals that stay longer are marked; the filter [deals.rotting_only] shows only those. If nothing is planned for an open deal, its card shows a calendar: click it to plan the next step.",
      },
      {
        title: "Pipelines and stages",
        text:
          "Admins change them under [pipelines.title](/settings/pipelines): order, colour, probability and duration. Reasons for lost deals are under [pipelines.reasons](/settings/lost-reasons).",
      },
      {
        title: "Figures",
        text:
          "[reports.title](/reports) shows pipeline, forecast, won and lost deals and activities, by period and person, also as CSV. Groups of fewer than five are not shown. The figures stay when a deal is erased.",
      },
    ],
  },
  offers: {
    lead:
      "An offer is made from a deal’s lines. Once issued, it never changes; any change is a new version.",
    picture: "The settings for offers: numbers, validity and texts",
    parts: [
      {
        title: "Write an offer",
        steps: [
          "On the deal’s page, enter the lines with [items.add]. Products come from [products.title](/products).",
          "Start a draft there with [offers.new]: address, texts and validity are already filled in.",
          "[offers.issue] gives it a number and writes the PDF.",
          "[offers.mail] starts an e-mail with the PDF attached.",
          "Record the outcome. An accepted offer is kept for six years.",
        ],
      },
      {
        title: "Numbers, texts, letterhead",
        text:
          "Admins set the number range, validity and texts under [offers.settings](/settings/offers), and the logo, address and footer under [offers.letterhead](/settings/letterhead). To add many products at once, use a spreadsheet: [product_imports.title](/products/imports/new).",
      },
      {
        title: "Letters",
        text:
          "From any record, [letters.new] starts a letter. Templates, including Word documents with fields, are under [letters.templates](/settings/letter-templates).",
      },
      {
        title: "When the deal is erased",
        text:
          "Accepted offers then stay only because the law requires it. They appear in no list; admins find them with the filter [offers.state_kept](/offers?state=kept).",
      },
    ],
  },
  activities: {
    lead:
      "Calls, meetings, tasks and notes are kept with the contact, company or deal they are about. The start page shows what is due.",
    picture: "The list of activities: what is open, with whom and by when",
    parts: [
      {
        title: "Plan something",
        steps: [
          "On a record’s page, the key a opens quick entry.",
          "For more details, use [activities.new](/activities/new): participants, series, reminder.",
          "Complete it by clicking the circle in front of it, or with the key d.",
        ],
      },
      {
        title: "Series",
        text:
          "On the page of a series, use [series.title] to skip or move one date; the others stay, in your calendar program too. In the calendar, clicking an upcoming date of a series takes you there.",
      },
      {
        title: "Several at once",
        text:
          "In the list, tick what you want to complete, move to another day, hand over or move to the trash together. The time of day stays, and [common.undo] reverses it.",
      },
      {
        title: "Calendar",
        text:
          "[calendars.title](/activities/calendar) shows week and month. Under [layout.account](/account) you can create an address that lets another calendar program show your activities.",
      },
      {
        title: "Notifications",
        text:
          "The bell shows what is assigned to you and your reminders. Under [notifications.choose](/account#notifications), choose what you also get by e-mail.",
      },
    ],
  },
  mail: {
    lead:
      "E-mails appear in the timeline of the person who wrote or received them. They come from connected mailboxes, or through an address for copies.",
    picture: "The inbox with messages that belong to no contact yet",
    parts: [
      {
        title: "Connect a mailbox",
        steps: [
          "Open [mailboxes.new](/settings/mailboxes) and enter the IMAP server and the password.",
          "Choose from which day messages are read. Older ones stay where they are.",
          "The mailbox’s page shows the last run; [mailboxes.check] reads it at once.",
        ],
      },
      {
        title: "Assign messages",
        text:
          "Messages from known senders are assigned automatically. The others wait in the [inbox.title](/inbox): assign them, create a contact from them, or discard them. Discarded messages are erased after 30 days.",
      },
      {
        title: "Write",
        text:
          "[outgoing.new](/messages/new) asks what the e-mail is for before you send it. Marketing only goes to people on record, and never to those who have objected or withdrawn their consent. If there is no consent, the preview says so. Enter your own mail server under [mail_accounts.title](/account/mail).",
      },
      {
        title: "Templates",
        text:
          "Texts you use often are under [mail_templates.title](/settings/mail-templates), in German and English.",
      },
    ],
  },
  duplicates: {
    lead:
      "The search for duplicates runs weekly and whenever you like. It compares names, also by sound, e-mail addresses, phone numbers and cities.",
    picture: "Two records side by side: for each field, you choose what to keep",
    parts: [
      {
        title: "Merge two records",
        steps: [
          "Open [duplicates.title](/duplicates) and choose [duplicates.compare].",
          "For each field, choose what to keep. Addresses, activities, e-mails, files and deals are all kept.",
          "An objection or restriction on either record then applies to both: the stricter right wins.",
        ],
      },
      {
        title: "Duplicate deals",
        text:
          "In [deals.title](/deals), tick those that are one and take [lists.bulk_merge]. Amount and line items come together from one of them; offers and the way through the stages are all kept.",
      },
      {
        title: "They are not the same",
        text:
          "[duplicates.dismiss] remembers that, even if one of them is later merged into another record.",
      },
      {
        title: "Undo",
        text:
          "For 30 days, [common.undo] under [merges.title](/merges) separates the records again. Anything changed since then stays with the remaining record.",
      },
      {
        title: "Trash",
        text:
          "Deleted items stay in the [trash.title](/trash) for a number of days. Until then they can be restored: search for the name, and tick everything you want to bring back.",
      },
    ],
  },
  requests: {
    lead:
      "People who want to know what you hold about them, or want it erased, make a request. It becomes a case with a deadline; the officer decides.",
    picture: "The form that turns a letter into a case",
    parts: [
      {
        title: "A request comes in",
        text:
          "Through your organisation’s form, by e-mail to the privacy address, or as a letter that you enter with [cases.new](/settings/requests/new). The one-month deadline runs from receipt and is shown with the case.",
      },
      {
        title: "Handle it",
        steps: [
          "Under [cases.title](/settings/requests), confirm who is meant. The search suggests records.",
          "Read the preview: what will be handed out or erased, what has to stay and why, and which other people’s names will be blacked out.",
          "Once approved, the program carries it out and writes to the person. Everything is recorded in the case.",
        ],
      },
      {
        title: "Giving access from a contact",
        text:
          "On a contact’s page, [access.button] packs the letter, data and files into one file, without a request.",
      },
      {
        title: "Refuse",
        text:
          "Every refusal needs a reason and tells the person where to complain. All authorities are listed under [complaints.title](/privacy/complaint).",
      },
    ],
  },
  privacy: {
    lead:
      "Data protection settings for admins. Settings that would contradict a sentence of the privacy policy are refused, and the sentence is named.",
    picture: "Due erasures and retention periods",
    parts: [
      {
        title: "Getting started",
        steps: [
          "Accept the [agreements.title](/settings/agreement).",
          "Enter your organisation’s address under [cases.title](/settings/requests) and your data protection officer under [officers.tab](/settings/officer). Both appear on the request form and in every answer.",
          "Check the periods under [retentions.tab](/settings/retention).",
        ],
      },
      {
        title: "Source, basis, information",
        text:
          "No contact without a source and a legal basis. If the data do not come from the person, the program reminds you to inform them; record that with [contacts.notice_mark]. Those still to be informed are in the list of contacts under [lists.empty_notice](/contacts?empty=notice), where many can be recorded at once.",
      },
      {
        title: "Erasing on time",
        text:
          "Records no longer needed come up for erasure, with the reason. Statutory periods keep records longer; each shows until when and why.",
      },
      {
        title: "Restriction and objection",
        text:
          "A restricted person is invisible to everybody except admins. An objection to marketing applies at once, including to imports and exports.",
      },
      {
        title: "Web forms",
        text:
          "[web_forms.title](/settings/forms) create contacts once the address is confirmed. You choose what a form asks for, including custom fields of contacts, and in which order; its page says what for. Existing contacts are not changed: the entries go into a note, confidential ones into their field if it is empty. The text of the consent is kept with each version. People who have objected to marketing can consent again here: this counts once confirmed, and only for e-mail.",
      },
      {
        title: "End of the contract",
        text:
          "After you give notice, you have 30 days to read and export. Then everything is erased, including in backups, and a certificate confirms it. See [contracts.title](/settings/contract).",
      },
    ],
  },
  settings: {
    lead: "Admins set what applies to the whole organisation; you set what concerns only you.",
    picture: "The people with their roles and the open invitations",
    parts: [
      {
        title: "People and teams",
        steps: [
          "Under [team.title](/settings/team), invite somebody with [team.invite]. The link is valid for two weeks.",
          "Choose the role: owner, admin, member or read-only.",
          "If a role should not see everything, create [teams.title](/settings/teams) and set [sights.title](/settings/sight) and [field_rights.title](/settings/field-rights).",
          "When somebody leaves, deactivate their account. Their records can be given a new owner in the lists.",
        ],
      },
      {
        title: "Signing in safely",
        text:
          "Under [factors.title](/account/factors) you can set up a passkey or an app. Admins can require one of them under [factors.settings](/settings/sign-in). There, owners set up sign-in through your own provider and make it the only way in with [single_sign_on.demand]; they themselves can still use a password or passkey in case the provider fails.",
      },
      {
        title: "My account",
        text:
          "Name, password, language, notifications and signed-in devices are under [layout.account](/account). [own_privacy.title](/me/privacy) shows what is stored about you.",
      },
      {
        title: "Work faster",
        text:
          "[keys.ctrl_k] opens “Find and go” on every page. All keys are under [keys.title](/keys).",
      },
    ],
  },
  api: {
    lead:
      "Other programs read and write through the API, with the rights of the person the token belongs to. Webhooks tell them when something has changed.",
    parts: [
      {
        title: "Create a token",
        steps: [
          "Open [api.own_tokens](/account/tokens) and choose [api.new_token].",
          "Allow only what the program needs, and choose for how long.",
          "The token is shown only once. Admins can see and revoke all tokens under [api.tab](/settings/api).",
        ],
      },
      {
        title: "Manual",
        text:
          "[api.manual](/api) describes every address; the same description is available as OpenAPI. Repeated requests with the header `Idempotency-Key` create nothing twice, not even files.",
      },
      {
        title: "Webhooks",
        text:
          "[webhooks.title](/settings/webhooks) only say which record has changed, never what it contains. Each call is signed; calls that do not arrive are repeated and logged.",
      },
    ],
  },
  backups: {
    lead:
      "For those who run the installation: back up, restore, check. All of this happens on the server’s command line.",
    parts: [
      {
        title: "Back up",
        text:
          "Every night at half past one, the database and files are backed up with a separate key, for 14 days. `deno task crm backup` makes a backup at once, `deno task crm backup --list` shows all of them. Keep `keys` and `ledger` from the data folder in another place: without the keys, a backup is useless. Renew that copy daily, and keep none for longer than 14 days: a destroyed key that is still there can open what was erased.",
      },
      {
        title: "Restore",
        steps: [
          "Stop the service and use an empty data folder.",
          "Put `keys` and `ledger` into it.",
          "`deno task crm restore NAME` restores the backup. Erasures, restrictions and objections since then are carried out again.",
        ],
      },
      {
        title: "Rolled back by your hosting provider",
        text:
          "If your hosting provider rolls the database back to an earlier state, stop the service first. The next start notices this from `ledger` and repeats all erasures, restrictions and objections since then, before anybody can sign in.",
      },
      {
        title: "Check",
        text:
          "`deno task crm doctor` tells you what is missing and how to fix it. Failed jobs and e-mails, logs, proofs and measures are under [operator.title](/operator). A restore is rehearsed automatically every month.",
      },
      {
        title: "New version",
        text:
          "Before the database is changed, a backup is made automatically. With it and the old program you can go back if necessary.",
      },
    ],
  },
};
