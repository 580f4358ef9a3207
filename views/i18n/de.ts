/** The German texts, the source of all keys; one catalogue per noun. */

import { access } from "./de/access.ts";
import { accessValues } from "./de/access_values.ts";
import { accessibility } from "./de/accessibility.ts";
import { activities } from "./de/activities.ts";
import { api } from "./de/api.ts";
import { webForms } from "./de/web_forms.ts";
import { webhooks } from "./de/webhooks.ts";
import { asvs } from "./de/asvs.ts";
import { calendars } from "./de/calendars.ts";
import { caseLetters } from "./de/case_letters.ts";
import { case_lists } from "./de/case_lists.ts";
import { cases } from "./de/cases.ts";
import { certificates } from "./de/certificates.ts";
import { common } from "./de/common.ts";
import { directory } from "./de/directory.ts";
import { duplicates } from "./de/duplicates.ts";
import { erasures } from "./de/erasures.ts";
import { errors } from "./de/errors.ts";
import { factors } from "./de/factors.ts";
import { singleSignOn } from "./de/single_sign_on.ts";
import { findings } from "./de/findings.ts";
import { keys } from "./de/keys.ts";
import { layout } from "./de/layout.ts";
import { lists } from "./de/lists.ts";
import { logs } from "./de/logs.ts";
import { agreements } from "./de/agreements.ts";
import { contracts } from "./de/contracts.ts";
import { complaints } from "./de/complaints.ts";
import { measures } from "./de/measures.ts";
import { merges } from "./de/merges.ts";
import { processingRecords } from "./de/processing_records.ts";
import { bounds } from "./de/bounds.ts";
import { proofFigures } from "./de/proof_figures.ts";
import { proofs } from "./de/proofs.ts";
import { account } from "./de/account.ts";
import { letters } from "./de/letters.ts";
import { items } from "./de/items.ts";
import { offers } from "./de/offers.ts";
import { productImports } from "./de/product_imports.ts";
import { products } from "./de/products.ts";
import { imprint } from "./de/imprint.ts";
import { inbox } from "./de/inbox.ts";
import { incidents } from "./de/incidents.ts";
import { invitations } from "./de/invitations.ts";
import { mailAccounts } from "./de/mail_accounts.ts";
import { mailTemplates } from "./de/mail_templates.ts";
import { mails } from "./de/mails.ts";
import { mailboxes } from "./de/mailboxes.ts";
import { messages } from "./de/messages.ts";
import { outgoing } from "./de/outgoing.ts";
import { notifications } from "./de/notifications.ts";
import { officers } from "./de/officers.ts";
import { operator } from "./de/operator.ts";
import { ownPrivacy } from "./de/own_privacy.ts";
import { passwords } from "./de/passwords.ts";
import { pipelines } from "./de/pipelines.ts";
import { personalData } from "./de/personal_data.ts";
import { policies } from "./de/policies.ts";
import { policyClauses } from "./de/policy_clauses.ts";
import { egress } from "./de/egress.ts";
import { processors } from "./de/processors.ts";
import { provider } from "./de/provider.ts";
import { requests } from "./de/requests.ts";
import { redactions } from "./de/redactions.ts";
import { retentions } from "./de/retentions.ts";
import { samples } from "./de/samples.ts";
import { sessions } from "./de/sessions.ts";
import { setup } from "./de/setup.ts";
import { sights } from "./de/sights.ts";
import { team } from "./de/team.ts";
import { teams } from "./de/teams.ts";
import { tenants } from "./de/tenants.ts";
import { consents } from "./de/consents.ts";
import { companies } from "./de/companies.ts";
import { contacts } from "./de/contacts.ts";
import { customFields } from "./de/custom_fields.ts";
import { fieldRights } from "./de/field_rights.ts";
import { deals } from "./de/deals.ts";
import { deliveries } from "./de/deliveries.ts";
import { files } from "./de/files.ts";
import { help } from "./de/help.ts";
import { history } from "./de/history.ts";
import { records } from "./de/records.ts";
import { reports } from "./de/reports.ts";
import { search } from "./de/search.ts";
import { series } from "./de/series.ts";
import { start } from "./de/start.ts";
import { tags } from "./de/tags.ts";
import { timeline } from "./de/timeline.ts";
import { transfers } from "./de/transfers.ts";
import { trash } from "./de/trash.ts";
import { unsubscriptions } from "./de/unsubscriptions.ts";
import { importProblems } from "./de/import_problems.ts";
import { imports } from "./de/imports.ts";
import { importTargets } from "./de/import_targets.ts";
import { exports } from "./de/exports.ts";

export const de = {
  access,
  access_values: accessValues,
  accessibility,
  activities,
  api,
  web_forms: webForms,
  webhooks,
  asvs,
  calendars,
  case_letters: caseLetters,
  case_lists,
  cases,
  certificates,
  common,
  directory,
  duplicates,
  erasures,
  errors,
  exports,
  files,
  import_targets: importTargets,
  imports,
  import_problems: importProblems,
  factors,
  single_sign_on: singleSignOn,
  findings,
  keys,
  layout,
  lists,
  logs,
  agreements,
  complaints,
  contracts,
  measures,
  merges,
  processing_records: processingRecords,
  bounds,
  proof_figures: proofFigures,
  proofs,
  account,
  imprint,
  items,
  letters,
  offers,
  product_imports: productImports,
  products,
  inbox,
  incidents,
  invitations,
  mail_accounts: mailAccounts,
  mail_templates: mailTemplates,
  mails,
  mailboxes,
  messages,
  outgoing,
  notifications,
  officers,
  operator,
  own_privacy: ownPrivacy,
  passwords,
  pipelines,
  personal_data: personalData,
  policies,
  policy_clauses: policyClauses,
  egress,
  processors,
  provider,
  requests,
  redactions,
  retentions,
  samples,
  sessions,
  setup,
  sights,
  team,
  teams,
  tenants,
  companies,
  consents,
  contacts,
  deals,
  deliveries,
  help,
  history,
  records,
  reports,
  search,
  series,
  start,
  tags,
  custom_fields: customFields,
  field_rights: fieldRights,
  timeline,
  transfers,
  trash,
  unsubscriptions,
};

/** The shape every other language must have: same nouns, same keys, same kinds of message. */
export type Messages = typeof de;
