/** The sitemap: the chain every request passes, and where each noun is mounted. */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { accessLog, address } from "./access.ts";
import { arrived } from "./bodies.ts";
import { compress } from "./compress.ts";
import { loadSession } from "./guards.ts";
import { onError, onMissing, ownRepeat } from "./errors.tsx";
import { securityHeaders } from "./headers.ts";
import { ownOrigin } from "./origins.ts";
import { loadView } from "./view.ts";
import type { Env, Services } from "./web.tsx";
import agreements from "./agreements.tsx";
import complaints from "./complaints.tsx";
import accessPackages from "./access_packages.tsx";
import caseFeeds from "./case_feeds.ts";
import { tenantCases } from "./cases.tsx";
import account from "./account.tsx";
import api from "./api/app.ts";
import apiTokens, { allTokens } from "./api_tokens.tsx";
import boards from "./boards.tsx";
import activities, { tasks } from "./activities.tsx";
import bulkChanges from "./bulk_changes.tsx";
import caseLinks from "./case_links.tsx";
import certificates, * as issued from "./certificates.tsx";
import accessibility from "./accessibility.tsx";
import { mountOperator } from "./operator_sitemap.ts";
import calendar from "./calendar.tsx";
import calendarFeeds, { ownFeed } from "./calendar_feeds.tsx";
import companies from "./companies.tsx";
import consents from "./consents.tsx";
import confirmations from "./confirmations.tsx";
import contacts from "./contacts.tsx";
import { withinContract } from "./contract_phases.tsx";
import contracts from "./contracts.tsx";
import dealContacts from "./deal_contacts.tsx";
import dealItems from "./deal_items.tsx";
import deals from "./deals.tsx";
import deliveries from "./deliveries.tsx";
import dev from "./dev.tsx";
import directoryTokens from "./directory_tokens.tsx";
import dpo from "./dpo.tsx";
import duplicatePairs from "./duplicate_pairs.tsx";
import duplicates from "./duplicates.tsx";
import emailChanges from "./email_changes.tsx";
import evidenceApprovals from "./evidence_approvals.tsx";
import exports, { cards } from "./exports.tsx";
import factors from "./factors.tsx";
import factorDemands, { untilEnrolled } from "./factor_demands.tsx";
import files, { filesOf } from "./files.tsx";
import { tenantFindings } from "./findings.tsx";
import { untilComplete } from "./going_live.tsx";
import health from "./health.ts";
import help from "./help.tsx";
import identityProviders from "./identity_providers.tsx";
import imports from "./imports.tsx";
import imprint from "./imprint.tsx";
import inboundAddresses from "./inbound_addresses.tsx";
import inbox from "./inbox.tsx";
import invitations from "./invitations.tsx";
import keys from "./keys.tsx";
import latenode from "./latenode.ts";
import mailAccounts from "./mail_accounts.tsx";
import mailTemplates from "./mail_templates.tsx";
import messages from "./messages.tsx";
import letters from "./letters.tsx";
import letterTemplates from "./letter_templates.tsx";
import customFields from "./custom_fields.tsx";
import fieldRights from "./field_rights.tsx";
import lostReasons from "./lost_reasons.tsx";
import mailboxes from "./mailboxes.tsx";
import moves from "./moves.tsx";
import neighbours from "./neighbours.tsx";
import notificationPreferences from "./notification_preferences.tsx";
import notifications from "./notifications.tsx";
import outgoingMessages, { draftFiles } from "./outgoing_messages.tsx";
import offerMails from "./offer_mails.ts";
import offerSettings from "./offer_settings.tsx";
import offers, { offersOfDeals } from "./offers.tsx";
import officers from "./officers.tsx";
import ownPrivacy from "./own_privacy.tsx";
import { lookAtPages } from "./page_looks.ts";
import passwords from "./passwords.tsx";
import pipelines from "./pipelines.tsx";
import merges from "./merges.tsx";
import products from "./products.tsx";
import providerLogouts from "./provider_logouts.ts";
import policies from "./policies.tsx";
import policyApprovals from "./policy_approvals.tsx";
import processorObjections from "./processor_objections.tsx";
import { rememberWrites } from "./replicas.ts";
import { retentionOf } from "./record_retentions.tsx";
import reports from "./reports.tsx";
import requests, { tenantRequests } from "./requests.tsx";
import retentions from "./retentions.tsx";
import samples from "./samples.tsx";
import scim from "./scim/app.ts";
import search from "./search.tsx";
import publicForms, { entryConfirmations } from "./public_forms.tsx";
import publicProcessors from "./public_processors.tsx";
import { login, logout } from "./session.tsx";
import settings from "./settings.tsx";
import sights from "./sights.tsx";
import setup, { untilSetUp } from "./setup.tsx";
import { unlessSilent } from "./silences.ts";
import signInDomains from "./sign_in_domains.tsx";
import stages from "./stages.tsx";
import start from "./start.tsx";
import tags from "./tags.tsx";
import team from "./team.tsx";
import teams from "./teams.tsx";
import tenants from "./tenants.tsx";
import incomingTransfers from "./incoming_transfers.tsx";
import transferReceipts from "./transfer_receipts.ts";
import transfers from "./transfers.tsx";
import trash from "./trash.tsx";
import unsubscriptions from "./unsubscriptions.tsx";
import views from "./views.tsx";
import webForms from "./web_forms.tsx";
import webhooks from "./webhooks.tsx";
import wellKnown from "./well_known.ts";

/** Where files are posted to. */
const takesFiles =
  /^\/(imports\/new|(contacts|companies|deals|activities|messages)\/[^/]+\/files|operator\/processors\/[^/]+\/evidence|settings\/(letter-templates\/documents\/new|letterhead\/logo))$/;

/** Bytes of a posted form; uploads have their own limit at their route. */
const formLimit = 512 * 1024;

/** Builds the whole app over the services of this process. */
export function createApp(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    c.set("services", services);
    c.set("session", null);
    loadView(c);
    await next();
  });
  app.use(address, accessLog, securityHeaders, compress, lookAtPages());
  app.get("/static/*", (c) => services.assets.answer(c.req.raw));
  app.route("/health", health);
  // Called by a program elsewhere, which its signed address lets in.
  app.route("/latenode", latenode);
  // Called by programs of other controllers, which a link of one use lets in.
  app.route("/transfers", transfers);
  app.route("/incoming-transfers", transferReceipts);
  // Called by programs of the tenants, which a token lets in and no cookie.
  app.route("/api", api);
  // Called by the providers by which the tenants sign in, whose signature lets them in.
  app.route("/login/single-sign-on/logouts", providerLogouts);
  // Called by the directories of the tenants, in the same way.
  app.route("/scim", scim);

  app.use(ownOrigin);
  app.use((c, next) => takesFiles.test(c.req.path) ? next() : limit(c, next));
  app.use((c, next) => takesFiles.test(c.req.path) ? next() : inTime(c, next));
  app.use((c, next) => takesFiles.test(c.req.path) ? next() : heard(c, next));
  app.use(untilSetUp, loadSession);
  if (services.replica) app.use(rememberWrites);
  app.use(async (c, next) => {
    loadView(c);
    await next();
  });
  app.use(ownRepeat, untilComplete, withinContract, untilEnrolled);

  // For everyone.
  app.get("/", (c) => c.redirect(c.var.session ? "/start" : "/login", 303));
  app.route("/setup", setup);
  app.route("/login", login);
  app.route("/logout", logout);
  app.route("/passwords", passwords);
  app.route("/invitations", invitations);
  app.route("/email-changes", emailChanges);
  app.route("/accessibility", accessibility);
  app.route("/help", help);
  app.route("/imprint", imprint);
  app.route("/privacy/complaint", complaints);
  app.route("/privacy/requests", requests);
  app.route("/p/:tenant/requests", tenantRequests);
  app.route("/f", publicForms);
  app.route("/form-confirmations", entryConfirmations);
  app.route("/privacy", publicProcessors);
  app.route("/privacy", policies);
  app.route("/evidence-approvals", evidenceApprovals);
  app.route("/policy-approvals", policyApprovals);
  app.route("/.well-known", wellKnown);
  app.route("/case-links", caseLinks);
  app.route("/deliveries", deliveries);
  app.route("/certificates", certificates);
  app.route("/sign-in-domains", signInDomains);
  app.route("/unsubscriptions", unsubscriptions);
  app.route("/keys", keys);
  app.route("/calendar-feeds", calendarFeeds);
  app.route("/case-feeds", caseFeeds);
  app.route("/dev", dev);

  // For those who are signed in.
  app.route("/start", start);
  app.route("/activities/calendar", calendar);
  // Before the records: behind their scope an upload would hold a connection while it arrives.
  app.route("/activities", filesOf("activity"));
  app.route("/contacts", filesOf("contact"));
  app.route("/companies", filesOf("company"));
  app.route("/deals", filesOf("deal"));
  app.route("/activities", activities);
  app.route("/tasks", tasks);
  app.route("/contacts", accessPackages);
  app.route("/contacts", contacts);
  app.route("/companies", companies);
  app.route("/deals", boards);
  app.route("/deals", deals);
  app.route("/deals", dealContacts);
  app.route("/dpo", dpo);
  app.route("/duplicates", duplicatePairs);
  app.route("/duplicates", duplicates);
  app.route("/inbox", inbox);
  app.route("/merges", merges);
  app.route("/messages", draftFiles);
  app.route("/messages", filesOf("message"));
  app.route("/messages", outgoingMessages);
  app.route("/messages", messages);
  app.route("/reports", reports);
  app.route("/search", search);
  app.route("/tags", tags);
  app.route("/trash", trash);
  app.route("/views", views);
  app.route("/bulk-changes", bulkChanges);
  app.route("/", neighbours);
  app.route("/companies", retentionOf("company"));
  app.route("/contacts", retentionOf("contact"));
  app.route("/deals", retentionOf("deal"));
  app.route("/deals", dealItems);
  app.route("/deals", offersOfDeals);
  app.route("/contacts", consents);
  app.route("/contacts", moves);
  app.route("/files", files);
  app.route("/letters", letters);
  app.route("/offers", offerMails);
  app.route("/offers", offers);
  app.route("/products", products);
  app.route("/contacts", cards);
  app.route("/imports", imports);
  app.route("/exports", exports);
  app.route("/account/calendar-feed", ownFeed);
  app.route("/me/privacy", ownPrivacy);
  app.route("/notifications", notifications);
  app.route("/account", notificationPreferences);
  app.route("/account/factors", factors);
  app.route("/account/mail", mailAccounts);
  app.route("/account/address", inboundAddresses);
  app.route("/account/tokens", apiTokens);
  app.route("/account", account);
  app.route("/confirmation", confirmations);
  app.route("/tenants", tenants);
  app.route("/settings/letter-templates", letterTemplates);
  app.route("/settings/mail-templates", mailTemplates);
  app.route("/settings/sign-in", factorDemands);
  app.route("/settings/sign-in", identityProviders);
  app.route("/settings/sight", sights);
  app.route("/settings/sign-in/directory", directoryTokens);
  app.route("/settings/team", team);
  app.route("/settings/teams", teams);
  app.route("/settings/processors", processorObjections);
  app.route("/settings/officer", officers);
  app.route("/settings", offerSettings);
  app.route("/settings/api", allTokens);
  app.route("/settings/forms", webForms);
  app.route("/settings/webhooks", webhooks);
  app.route("/settings", agreements);
  app.route("/settings/pipelines", pipelines);
  app.route("/settings/field-rights", fieldRights);
  app.route("/settings/fields", customFields);
  app.route("/settings/stages", stages);
  app.route("/settings/lost-reasons", lostReasons);
  app.route("/settings/mailboxes", mailboxes);
  app.route("/settings/requests", tenantFindings);
  app.route("/settings/requests", tenantCases);
  app.route("/settings/retention", retentions);
  app.route("/settings/transfers", incomingTransfers);
  app.route("/settings/contract", contracts);
  app.route("/settings/certificates", issued.tenantCertificates);
  app.route("/settings", settings);
  mountOperator(app);
  app.route("/samples", samples);

  app.onError(onError);
  app.notFound(onMissing);
  return app;
}

const inTime = arrived();
const heard = unlessSilent();
const limit = bodyLimit({
  maxSize: formLimit,
  onError: () => {
    throw new HTTPException(413);
  },
});
