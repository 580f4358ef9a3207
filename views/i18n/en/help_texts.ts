/** The help in English: short, in the words of the pages. */
import type { HelpText, Topic } from "../../help/topics.ts";

export const helpTexts: Record<Topic, HelpText> = {
  contacts: {
    lead:
      "Contacts are persons, companies are where they work. A person can be with several companies, each with a role and a period.",
    picture: "The page of a contact with ways to reach them, activities and privacy details",
    parts: [
      {
        title: "Enter a person",
        steps: [
          "Open [contacts.new](/contacts/new), or press n in the list.",
          "Give a name. At [contacts.origin] choose where the data come from: legal basis and purpose follow from it.",
          "Enter the company with the role. If it does not exist yet, it is created.",
          "If an entry looks like an existing one, the page shows it before saving.",
        ],
      },
      {
        title: "Find and filter",
        text:
          "The search at the top finds names, companies, phone numbers and e-mail addresses, however they are spelled: “Mueller” finds Müller as well. Your teams can be chosen under [records.owner], too. Keep filters and columns of a list with [lists.view_keep], for yourself or for everyone.",
      },
      {
        title: "Change many at once",
        steps: [
          "Select rows, or filter and take [lists.bulk_all].",
          "Choose what is to happen, and check the number on the next page.",
          "For 30 days [common.undo] reverts the change.",
        ],
      },
      {
        title: "Somebody changes jobs",
        text:
          "On the page of the contact [contacts.move] enters the change with its date. The earlier position stays visible at the former company.",
      },
      {
        title: "Custom fields",
        text:
          "Admins define further fields under [custom_fields.title](/settings/fields), each with purpose and legal basis. They then appear in forms, in web forms where you choose them, in lists, filters, imports, exports and access answers.",
      },
    ],
  },
  imports: {
    lead:
      "Lists from Excel, LibreOffice, CSV, vCard and other CRM programs come in by import. A trial run shows beforehand what will happen; for 30 days everything can be undone.",
    picture: "The first step of an import: choosing a file",
    parts: [
      {
        title: "Import a list",
        text:
          "Files larger than this page takes are read at the server’s command line by `deno task crm import`: up to 1 GB and 2 million rows.",
        steps: [
          "Upload the file under [imports.new](/imports/new). Encoding, separator and form of dates are recognised.",
          "Assign the columns. What cannot be assigned is not imported.",
          "Say where the data come from: this applies to every person in the list. Owners named in the file are recognised by e-mail address or name; choose who takes the rows of the others.",
          "After [imports.check] read the report: rejected rows, remarks, duplicates.",
          "Start with [imports.run].",
        ],
      },
      {
        title: "Lists of companies with contact persons",
        text:
          "Where the company stands before the person, address and phone are the company’s, unless a heading says otherwise. Up to three persons of a row (“Contact 2”) become contacts of the company. Every column can be assigned otherwise.",
      },
      {
        title: "Import deals",
        text:
          "A list of deals is recognised by title, amount, stage or close date. Import the contacts first: persons are only linked, missing companies are created. Before the trial run you choose which stage of the file becomes which one here. Amounts, owners and reasons that cannot be linked are kept in the notes of the deal; unknown persons are named in the report only.",
      },
      {
        title: "What is left out",
        text:
          "Whoever was erased or objects to marketing is left out, also where name and postal address alone come again; the report says how many. Rejected rows come as a file for you to correct.",
      },
      {
        title: "Companies out of your sight",
        text:
          "Where you do not see every company and the list names one that you do not see, a new one of that name is made, which is yours. Who sees all of them finds both under [duplicates.title](/duplicates) and merges them.",
      },
      {
        title: "Undo an import",
        text:
          "For 30 days the page of the import offers [imports.undo]: what is new is removed, what was changed becomes what it was. What you have changed yourself since stays.",
      },
      {
        title: "Export",
        text:
          "[exports.title](/exports) writes Excel, CSV, JSON and vCard. You say what it is for. Exporting everything at once takes one more proof that it is you. The file has to be deleted after 14 days; an e-mail reminds you. Persons who object or are restricted are left out of mailing lists.",
      },
    ],
  },
  deals: {
    lead:
      "A deal is a possible sale: with an amount, an expected close and a stage. The board shows all open ones.",
    picture: "The board with the stages of a pipeline and the cards of its deals",
    parts: [
      {
        title: "Work on a deal",
        steps: [
          "Create it with [deals.new](/deals/new), or from the page of a contact or company: then it is already linked.",
          "Drag its card on the board to the next stage. By keyboard, space picks it up and arrows move it.",
          "In a lost stage the page asks for the reason.",
          "For a similar piece of business use [deals.copy] on the page of a deal: company, persons with their roles, amount and lines come along.",
        ],
      },
      {
        title: "Find stalled deals",
        text:
          "Each stage has its usual time. Deals that stay longer are marked; the filter [deals.rotting_only] shows them alone. Where nothing is planned for an open deal, its card shows a calendar: a click on it plans the next step.",
      },
      {
        title: "Pipelines and stages",
        text:
          "Admins change them under [pipelines.title](/settings/pipelines): order, colour, probability and time. Lost reasons are under [pipelines.reasons](/settings/lost-reasons).",
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
      "An offer is made of the lines of a deal. Once issued it never changes; what changes is a new version.",
    picture: "The settings for offers: numbers, validity and texts",
    parts: [
      {
        title: "Write an offer",
        steps: [
          "On the page of the deal, enter the lines with [items.add]. Products come from [products.title](/products).",
          "Begin a draft there with [offers.new]: address, texts and validity are filled in.",
          "[offers.issue] gives it a number and writes the PDF.",
          "[offers.mail] begins an e-mail with the PDF attached.",
          "Record the outcome. An accepted offer is kept for six years.",
        ],
      },
      {
        title: "Numbers, texts, letterhead",
        text:
          "Admins set number range, validity and texts under [offers.settings](/settings/offers), and logo, address and footer under [offers.letterhead](/settings/letterhead). Many products at once come from a table: [product_imports.title](/products/imports/new).",
      },
      {
        title: "Letters",
        text:
          "From any record [letters.new] writes a letter. Templates, also as Word documents with fields, are under [letters.templates](/settings/letter-templates).",
      },
      {
        title: "When the deal is erased",
        text:
          "Accepted offers then stay only because the law demands it. They are in no list; admins find them by the filter [offers.state_kept](/offers?state=kept).",
      },
    ],
  },
  activities: {
    lead:
      "Calls, meetings, tasks and notes belong to the contact, company or deal that they are about. The start page shows what is due.",
    picture: "The list of activities: what is open, with whom and until when",
    parts: [
      {
        title: "Plan something",
        steps: [
          "On the page of a record, the key a opens the quick entry.",
          "For more, take [activities.new](/activities/new): participants, series, reminder.",
          "Complete it with a click on the circle before it, or with the key d.",
        ],
      },
      {
        title: "Series",
        text:
          "On the page of a series, [series.title] leaves one date out or moves it; the others stay, in your calendar program too. In the calendar, a click on an announced date leads there.",
      },
      {
        title: "Several at once",
        text:
          "Tick in the list what you want to complete, move to another day, hand over or move to the trash together. The time of day stays, and [common.undo] takes it back.",
      },
      {
        title: "Calendar",
        text:
          "[calendars.title](/activities/calendar) shows week and month. Under [layout.account](/account) you create an address by which another calendar program reads along.",
      },
      {
        title: "Notifications",
        text:
          "What is assigned to you and what you are reminded of is behind the bell. Choose under [notifications.choose](/account#notifications) what also comes by e-mail.",
      },
    ],
  },
  mail: {
    lead:
      "E-mails appear in the timeline of whoever wrote or received them. They come from connected mailboxes, or by an address for copies.",
    picture: "The inbox with messages that belong to no contact yet",
    parts: [
      {
        title: "Connect a mailbox",
        steps: [
          "Open [mailboxes.new](/settings/mailboxes) and enter IMAP server and password.",
          "Choose from when on to read. Older messages stay where they are.",
          "The page of the mailbox shows the last run; [mailboxes.check] reads at once.",
        ],
      },
      {
        title: "Assign messages",
        text:
          "Messages of known senders are assigned automatically. The others wait in the [inbox.title](/inbox): assign them, create a contact from them, or discard them. What is discarded is erased after 30 days.",
      },
      {
        title: "Write",
        text:
          "[outgoing.new](/messages/new) asks before sending what the e-mail is for. Marketing goes only to persons with consent or a basis that allows it, and never to those who object. Enter your own mail server under [mail_accounts.title](/account/mail).",
      },
      {
        title: "Templates",
        text:
          "Texts you need often are under [mail_templates.title](/settings/mail-templates), in German and English.",
      },
    ],
  },
  duplicates: {
    lead:
      "The search for duplicates runs weekly and whenever you want it. It compares names, also by sound, e-mail addresses, phone numbers and places.",
    picture: "Two records side by side: for each field, what to keep is chosen",
    parts: [
      {
        title: "Merge two records",
        steps: [
          "Open [duplicates.title](/duplicates) and take [duplicates.compare].",
          "Choose for each field what to keep. Addresses, activities, e-mails, files and deals all stay.",
          "An objection or restriction of one then applies to both: the stricter right wins.",
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
          "[duplicates.dismiss] remembers that, also for the record that one of them is merged into later.",
      },
      {
        title: "Undo",
        text:
          "For 30 days [common.undo] under [merges.title](/merges) separates the records again. What you changed since stays with the remaining one.",
      },
      {
        title: "Trash",
        text:
          "What is deleted stays in the [trash.title](/trash) until its days are over. Until then it can be restored: search for its name, and tick what is to come back together.",
      },
    ],
  },
  requests: {
    lead:
      "Whoever wants to know what you hold about them, or demands erasure, makes a request. It becomes a case with a deadline; the officer decides.",
    picture: "The form that makes a case of a letter",
    parts: [
      {
        title: "A request comes in",
        text:
          "By your organisation’s form, by e-mail to the privacy address, or as a letter that you enter with [cases.new](/settings/requests/new). The deadline of a month runs from receipt and is shown with the case.",
      },
      {
        title: "Handle it",
        steps: [
          "Confirm under [cases.title](/settings/requests) who is meant. The search proposes records.",
          "Read the preview: what is handed out or erased, what has to stay and why, and which names of others are blacked out.",
          "On approval the program carries it out and writes to the person. Everything is recorded in the case.",
        ],
      },
      {
        title: "Access from the contact",
        text:
          "On the page of a contact, [access.button] packs letter, data and files into one file, without a request.",
      },
      {
        title: "Refuse",
        text:
          "Each refusal needs a reason and tells the person where to complain. All authorities stand under [complaints.title](/privacy/complaint).",
      },
    ],
  },
  privacy: {
    lead:
      "What admins set for data protection. Settings that would break a sentence of the privacy policy are refused, with the sentence named.",
    picture: "Erasures that are due and the periods of retention",
    parts: [
      {
        title: "At the beginning",
        steps: [
          "Conclude the [agreements.title](/settings/agreement).",
          "Enter your organisation’s address under [cases.title](/settings/requests) and who looks after data protection under [officers.tab](/settings/officer). Both appear on the request form and in each answer.",
          "Check the periods under [retentions.tab](/settings/retention).",
        ],
      },
      {
        title: "Source, basis, information",
        text:
          "No contact without source and legal basis. Where the data do not come from the person, the program reminds you to inform them; note it with [contacts.notice_mark].",
      },
      {
        title: "Erasing in time",
        text:
          "What is no longer needed is put up for erasure, with the reason. Statutory periods hold records; each says until when and why.",
      },
      {
        title: "Restriction and objection",
        text:
          "A restricted person is invisible, but for admins. An objection to marketing applies at once, for imports and exports as well.",
      },
      {
        title: "Web forms",
        text:
          "[web_forms.title](/settings/forms) create contacts once the address is confirmed. They ask for what you choose, own fields of contacts included, in your order; their page tells what for. Contacts that are known already are not changed: the entries stand in a note, confidential ones in their field where it is empty. The text of a consent is kept with each version. Whoever objected to marketing can agree anew here: that counts once confirmed, and for e-mail only.",
      },
      {
        title: "End of the contract",
        text:
          "After notice, 30 days remain to read and export. Then everything is erased, backups included, and a certificate says so. See [contracts.title](/settings/contract).",
      },
    ],
  },
  settings: {
    lead: "Admins set what applies to the whole organisation; you set what concerns you alone.",
    picture: "The people with their roles and the open invitations",
    parts: [
      {
        title: "People and teams",
        steps: [
          "Invite somebody under [team.title](/settings/team) with [team.invite]. The link lasts two weeks.",
          "Choose the role: owner, admin, member or read-only.",
          "Where a role is not to see everything, make [teams.title](/settings/teams) and set [sights.title](/settings/sight) and [field_rights.title](/settings/field-rights).",
          "When somebody leaves, close the access. Records can be handed over in lists.",
        ],
      },
      {
        title: "Sign in safely",
        text:
          "Under [factors.title](/account/factors) set up a passkey or an app. Admins can demand either under [factors.settings](/settings/sign-in). There owners set up sign-in by your own service, and make it the only way in with [single_sign_on.demand]; they still get in by password or passkey themselves, should the service fail.",
      },
      {
        title: "My access",
        text:
          "Name, password, language, notifications and signed-in devices are under [layout.account](/account). What is stored about yourself is shown by [own_privacy.title](/me/privacy).",
      },
      {
        title: "Work faster",
        text:
          "[keys.ctrl_k] opens search and jump on each page. All keys are under [keys.title](/keys).",
      },
    ],
  },
  api: {
    lead:
      "Other programs read and write by the API, with the rights of the person whose key it is. Webhooks tell them that something has changed.",
    parts: [
      {
        title: "Make a key",
        steps: [
          "Open [api.own_tokens](/account/tokens) and take [api.new_token].",
          "Allow only what the program needs, and choose for how long.",
          "The key is shown once. Admins see and revoke all of them under [api.tab](/settings/api).",
        ],
      },
      {
        title: "Manual",
        text:
          "[api.manual](/api) describes each address; the same description exists as OpenAPI. Repeats with the header `Idempotency-Key` make nothing twice, files neither.",
      },
      {
        title: "Webhooks",
        text:
          "[webhooks.title](/settings/webhooks) tell only which record has changed, never what it holds. Each call is signed; what does not arrive is repeated and recorded in the log.",
      },
    ],
  },
  backups: {
    lead:
      "For those who run the installation: back up, restore, check. All of it happens on the command line of the server.",
    parts: [
      {
        title: "Back up",
        text:
          "Each night at half past one database and files are backed up, with a key of their own, for 14 days. `deno task crm backup` makes one at once, `deno task crm backup --list` shows all. Keep `keys` and `ledger` of the data folder in another place: without keys a backup is noise. Renew that copy daily, and keep none for longer than 14 days: a destroyed key that still lies there opens what was erased.",
      },
      {
        title: "Restore",
        steps: [
          "Stop the service and take an empty data folder.",
          "Put `keys` and `ledger` into it.",
          "`deno task crm restore NAME` fetches the backup. What was erased, restricted or objected to since is carried out again.",
        ],
      },
      {
        title: "Set back by the provider",
        text:
          "Where your provider sets the database itself back to an earlier state, stop the service before. The next start sees that by `ledger` and does again what was erased, restricted or objected to since, before anybody can sign in.",
      },
      {
        title: "Check",
        text:
          "`deno task crm doctor` says what is missing and how to mend it. Under [operator.title](/operator) stand failed jobs and e-mails, logs, proofs and measures. Restoring is rehearsed by itself each month.",
      },
      {
        title: "A new version",
        text:
          "Before a change of the database a backup is made by itself. With it and the old program the way back is open.",
      },
    ],
  },
};
