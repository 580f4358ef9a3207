/** A mail on its page, its markup in a frame of its own, and the question who wrote it. */
import * as companyLists from "../db/company_lists.ts";
import * as contactLists from "../db/contact_lists.ts";
import type { Duplicate } from "../db/duplicates.ts";
import * as inbox from "../db/inbox.ts";
import * as assignments from "../db/inbox_assignments.ts";
import { formId } from "../db/ids.ts";
import * as messageFiles from "../db/message_files.ts";
import * as messages from "../db/message_views.ts";
import { split } from "../db/person_names.ts";
import type { MailAddress } from "../db/received_mails/headers.ts";
import { frameDocument, framePolicy } from "../db/received_mails/markup.ts";
import * as sentCopies from "../db/sent_copies.ts";
import * as suppressions from "../db/suppressions.ts";
import { AssignmentPanel } from "../views/messages/assignment.tsx";
import { AnswerLinks } from "../views/messages/answers.tsx";
import { MessageFiles } from "../views/messages/files.tsx";
import { MessagePage } from "../views/messages/page.tsx";
import { path } from "../views/path.ts";
import { PostButton } from "../views/ui/button.tsx";
import { Notice } from "../views/ui/flash.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { originNames } from "./contact_forms.ts";
import { idPart } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { text } from "./lists.ts";
import { type Ctx, page, web } from "./web.tsx";

/** Candidates shown of each kind. */
const few = 5;

export default web.createApp()
  .use(signedIn, scoped, may("mail.read"))
  .get(`/${idPart}`, (c) => showMessage(c, c.req.param("id")))
  .get(`/${idPart}/body`, async (c) => {
    const { scope, view } = c.var;
    const markup = await messages.findMarkup(scope, c.req.param("id"));
    c.header("Content-Security-Policy", framePolicy);
    c.header("Referrer-Policy", "no-referrer");
    const title = view.t("messages.formatted_title");
    return c.html(await frameDocument(markup, title, view.locale));
  });

/** A form that was refused, with the persons it may mean. */
interface Asides {
  form?: FormState;
  alike?: readonly Duplicate[];
  /** Whether it names somebody who was erased, objects or is restricted. */
  barred?: boolean;
}

/** The page of a mail; while it lies open before the reader, with the question who wrote it. */
export async function showMessage(c: Ctx, id: string, asides: Asides = {}): Promise<Response> {
  const { scope, view } = c.var;
  const message = await messages.find(scope, id);
  if (message.state === "draft") return c.redirect(path`/messages/${id}/edit`, 303);
  await messages.markRead(scope, id);
  const [records, conversation, entry] = await Promise.all([
    messages.records(scope, id),
    messages.conversation(scope, message),
    inbox.lookup(scope, id),
  ]);
  const files = await messageFiles.list(scope, id, messageFiles.mostReceived);
  const copy = message.direction === "out" ? await sentCopies.lookup(scope, id) : null;
  const settles = entry !== null && view.can("mail.send");
  const discardedOn = entry?.state === "discarded" && entry.eraseAfter;
  const node = (
    <MessagePage
      view={view}
      message={message}
      records={records}
      conversation={conversation}
      copy={copy}
      files={<MessageFiles view={view} files={files} />}
      actions={
        <>
          <AnswerLinks view={view} message={message} />
          {settles && entry.state !== "assigned"
            ? (
              <PostButton
                view={view}
                action={entry.state === "open"
                  ? path`/inbox/${entry.id}/discarding`
                  : path`/inbox/${entry.id}/recovery`}
                label={view.t(entry.state === "open" ? "inbox.discard" : "inbox.recover")}
                icon={entry.state === "open" ? "trash-2" : "undo-2"}
              />
            )
            : null}
        </>
      }
      aside={
        <>
          {discardedOn
            ? (
              <Notice
                view={view}
                kind="info"
                text={view.t("inbox.discarded_note", { date: view.format.date(discardedOn) })}
              />
            )
            : null}
          {settles && entry.state === "open"
            ? await assignment(c, message, entry.id, asides)
            : null}
        </>
      }
    />
  );
  return await page(c, node, {
    title: { text: message.subject || view.t("messages.no_subject") },
    status: asides.form ? 422 : 200,
  });
}

async function assignment(
  c: Ctx,
  message: messages.Message,
  inboxId: string,
  { form, alike = [], barred = false }: Asides,
) {
  const { scope, view } = c.var;
  const stranger = assignments.strangerOf(message);
  const name = split(stranger ? spokenName(stranger) : "");
  const asked = c.req.query("q");
  const q = asked === undefined ? name.lastName : text(asked);
  const any = { q, tag: null, owner: null, status: null, company: null };
  const byName = { sort: "name", descending: false } as const;
  // Of a name that is guessed, two letters are in too many.
  const [contacts, companies] = q.length < (asked === undefined ? 3 : 2)
    ? [[], []]
    : await Promise.all([
      contactLists.list(scope, any, byName, null).then(({ rows }) => rows.slice(0, few)),
      companyLists.list(scope, any, byName, null).then(({ rows }) => rows.slice(0, few)),
    ]);
  const company = stranger ? await assignments.companyOf(scope, stranger.address) : null;
  return (
    <AssignmentPanel
      view={view}
      inboxId={inboxId}
      messageId={message.id}
      stranger={stranger}
      q={asked === undefined ? "" : q}
      found={{ contacts, companies }}
      form={form ?? {
        values: {
          id: formId(),
          firstName: name.firstName,
          lastName: [name.namePrefix, name.lastName].filter(Boolean).join(" "),
          language: view.locale,
          "companies.0.id": company?.id ?? "",
          "companies.0.name": company?.name ?? "",
          "emails.0.kind": "work",
          "emails.0.address": stranger?.address ?? "",
          origin: "inquiry",
          sourceDetail: view.t("inbox.contact_source", { date: view.format.date(message.at) }),
          legalBasis: "pre_contract",
          purpose: "sales",
        },
        errors: {},
      }}
      alike={alike}
      barred={barred}
      origins={originNames}
      suppressed={stranger !== null && await isSuppressed(c, stranger.address)}
    />
  );
}

/** The sender's name, or what their address makes of it: `mia.muster@…` is Mia Muster. */
function spokenName({ name, address }: MailAddress): string {
  if (name && !name.includes("@")) return name;
  const local = address.slice(0, address.lastIndexOf("@")).replace(/\+.*$/, "");
  const words = local.split(/[._-]+/).filter((word) => /^\p{L}{2,}$/u.test(word));
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join(" ");
}

async function isSuppressed(c: Ctx, address: string): Promise<boolean> {
  const { scope, services: { config } } = c.var;
  if (!await suppressions.exist(scope)) return false;
  const hashes = suppressions.hasherOfAll(config.secretKey, scope.tenantId);
  return (await suppressions.among(scope, hashes, [address])).size > 0;
}
