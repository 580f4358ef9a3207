/** The English texts; the type makes a missing or foreign key a compile error. */

import type { Messages } from "./de.ts";
import { access } from "./en/access.ts";
import { accessValues } from "./en/access_values.ts";
import { accessibility } from "./en/accessibility.ts";
import { activities } from "./en/activities.ts";
import { api } from "./en/api.ts";
import { webForms } from "./en/web_forms.ts";
import { webhooks } from "./en/webhooks.ts";
import { asvs } from "./en/asvs.ts";
import { calendars } from "./en/calendars.ts";
import { caseLetters } from "./en/case_letters.ts";
import { case_lists } from "./en/case_lists.ts";
import { cases } from "./en/cases.ts";
import { certificates } from "./en/certificates.ts";
import { common } from "./en/common.ts";
import { directory } from "./en/directory.ts";
import { duplicates } from "./en/duplicates.ts";
import { erasures } from "./en/erasures.ts";
import { errors } from "./en/errors.ts";
import { factors } from "./en/factors.ts";
import { singleSignOn } from "./en/single_sign_on.ts";
import { findings } from "./en/findings.ts";
import { keys } from "./en/keys.ts";
import { layout } from "./en/layout.ts";
import { lists } from "./en/lists.ts";
import { logs } from "./en/logs.ts";
import { agreements } from "./en/agreements.ts";
import { contracts } from "./en/contracts.ts";
import { complaints } from "./en/complaints.ts";
import { measures } from "./en/measures.ts";
import { merges } from "./en/merges.ts";
import { processingRecords } from "./en/processing_records.ts";
import { bounds } from "./en/bounds.ts";
import { proofFigures } from "./en/proof_figures.ts";
import { proofs } from "./en/proofs.ts";
import { account } from "./en/account.ts";
import { letters } from "./en/letters.ts";
import { items } from "./en/items.ts";
import { offers } from "./en/offers.ts";
import { productImports } from "./en/product_imports.ts";
import { products } from "./en/products.ts";
import { imprint } from "./en/imprint.ts";
import { inbox } from "./en/inbox.ts";
import { incidents } from "./en/incidents.ts";
import { invitations } from "./en/invitations.ts";
import { mailAccounts } from "./en/mail_accounts.ts";
import { mailTemplates } from "./en/mail_templates.ts";
import { mails } from "./en/mails.ts";
import { mailboxes } from "./en/mailboxes.ts";
import { messages } from "./en/messages.ts";
import { outgoing } from "./en/outgoing.ts";
import { notifications } from "./en/notifications.ts";
import { officers } from "./en/officers.ts";
import { operator } from "./en/operator.ts";
import { ownPrivacy } from "./en/own_privacy.ts";
import { passwords } from "./en/passwords.ts";
import { pipelines } from "./en/pipelines.ts";
import { personalData } from "./en/personal_data.ts";
import { policies } from "./en/policies.ts";
import { policyClauses } from "./en/policy_clauses.ts";
import { egress } from "./en/egress.ts";
import { processors } from "./en/processors.ts";
import { provider } from "./en/provider.ts";
import { requests } from "./en/requests.ts";
import { redactions } from "./en/redactions.ts";
import { retentions } from "./en/retentions.ts";
import { samples } from "./en/samples.ts";
import { sessions } from "./en/sessions.ts";
import { setup } from "./en/setup.ts";
import { sights } from "./en/sights.ts";
import { team } from "./en/team.ts";
import { teams } from "./en/teams.ts";
import { tenants } from "./en/tenants.ts";
import { consents } from "./en/consents.ts";
import { companies } from "./en/companies.ts";
import { contacts } from "./en/contacts.ts";
import { customFields } from "./en/custom_fields.ts";
import { fieldRights } from "./en/field_rights.ts";
import { deals } from "./en/deals.ts";
import { deliveries } from "./en/deliveries.ts";
import { files } from "./en/files.ts";
import { help } from "./en/help.ts";
import { history } from "./en/history.ts";
import { records } from "./en/records.ts";
import { reports } from "./en/reports.ts";
import { search } from "./en/search.ts";
import { series } from "./en/series.ts";
import { start } from "./en/start.ts";
import { tags } from "./en/tags.ts";
import { timeline } from "./en/timeline.ts";
import { transfers } from "./en/transfers.ts";
import { trash } from "./en/trash.ts";
import { unsubscriptions } from "./en/unsubscriptions.ts";
import { importProblems } from "./en/import_problems.ts";
import { imports } from "./en/imports.ts";
import { importTargets } from "./en/import_targets.ts";
import { exports } from "./en/exports.ts";

export const en: Messages = {
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
