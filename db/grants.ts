/**
 * The serving role: it owns nothing, is bound by row-level security and may do only what is listed
 * here.
 */
import type { Sql } from "./pool.ts";
import { verifierOf } from "./role_secrets.ts";

/** Tables that the serving role may read but not write. */
const readOnly = [
  "installation_secrets",
  "permitted_hosts",
  "provider",
  "schema_migrations",
  "search_controls",
  "tenant_erasure_steps",
  "tenant_erasures",
  "tenants",
];
/** Tables that the serving role may only insert into. */
export const appendOnly = [
  "case_events",
  "certificates",
  "changes",
  "deal_stage_changes",
  "processor_changes",
  "register_versions",
];
/**
 * Columns of these tables that may change all the same: stage changes move along when deals are
 * merged.
 */
const movable: Readonly<Record<string, string>> = { deal_stage_changes: "deal_id" };
/** Tables that the serving role may not delete from: a function of the owner ends their rows. */
export const lasting = ["case_items", "cases"];
/** Functions of the owner that the serving role may call; all others are closed to it. */
export const ownerFunctions = [
  "agreements_accepted()",
  "api_caller(bytea, timestamptz)",
  "calendar_feed(bytea, timestamptz)",
  "case_letter_by_reply(text)",
  "case_link_by_digest(bytea)",
  "deliveries_to_destroy(timestamp with time zone, integer)",
  "delivery_by_digest(bytea)",
  "erase_cases(date, integer)",
  "expire_api(timestamptz, timestamptz)",
  "expire_directory_tokens(timestamptz)",
  "expire_proofs(timestamptz)",
  "expire_register_versions(timestamptz)",
  "expire_web_form_entries(timestamptz)",
  "expire_webhook_deliveries(timestamptz)",
  "erase_history(timestamptz, int)",
  "expire_incoming_transfers(timestamp with time zone)",
  "erase_history(uuid[])",
  "is_token_resting(uuid, uuid, timestamptz, timestamptz)",
  "mask_erased_cases(int)",
  "files_size()",
  "refresh_statistics()",
  "forget_custom_field(text)",
  "give_notice(date, timestamptz)",
  "erasures_checked()",
  "field_limits(uuid, text)",
  "mask_cases(date, integer)",
  "erase_identity(uuid)",
  "inbound_address(text)",
  "is_narrowed(uuid, text)",
  "incoming_transfer_by_digest(bytea)",
  "close_erasure(uuid, int, uuid, timestamptz)",
  "contracts_erased(date)",
  "clients_of_issuer(text, text[])",
  "customers(int)",
  "customers_after(text, text, int)",
  "demand_factors(text[])",
  "demanding_house(uuid)",
  "demand_operator_factors(boolean, timestamptz)",
  "enter_pending_names()",
  "directory_token_by_digest(bytea, timestamptz)",
  "factors_in_hand(uuid)",
  "customers_mail_servers(int)",
  "customers_webhook_hosts(int)",
  "due_mailboxes(timestamptz, int)",
  "due_webhooks(timestamptz, int)",
  "officer_letters_due(timestamptz, date, boolean, int)",
  "sees_activity(uuid)",
  "sees_company(uuid)",
  "sees_contact(uuid)",
  "sees_deal(uuid)",
  "sees_message(uuid)",
  "session_by_digest(bytea, timestamptz)",
  "session_with_rights(bytea, timestamptz)",
  "memberships(uuid)",
  "operator_factors_kept()",
  "processor_notice_tally(uuid)",
  "provider_of_domain(text)",
  "processor_objections_to(uuid, int)",
  "note_return(uuid, text, timestamptz)",
  "notifications_to_mail(timestamptz, int)",
  "records_overdue(timestamptz)",
  "renew_notices(uuid)",
  "retention_overdue(timestamptz)",
  "second_factors()",
  "search_entries(text, text, int)",
  "search_contacts(text, int, int)",
  "search_records(text, text, text, boolean, uuid, boolean, int, uuid, uuid, text, uuid, jsonb)",
  "shut_contact(uuid, boolean)",
  "sole_ownerships(uuid)",
  "set_up(bytea, timestamptz, text, text, text, text, text, text, text, text, text, uuid, text, text, text)",
  "settle_processor_notices(timestamptz)",
  "tenants_to_remind(timestamptz, int)",
  "untold_identities(uuid, timestamptz, int)",
  "untold_owners(uuid, timestamptz, int)",
  "untold_withdrawals(int)",
  "transfer_by_digest(bytea)",
  "unsubscribe_link_by_digest(bytea)",
  "lost_notices(uuid, timestamptz)",
  "unusual_exports(timestamptz, int, int)",
  "meet(uuid, uuid)",
  "unvouch(uuid, bytea, timestamptz)",
  "update_tenant(text, int)",
  "web_form_entry_by_digest(bytea, timestamptz)",
  "webhook_leads_to(uuid, text, int)",
  "verify_domain(uuid, uuid, timestamptz)",
  "withdraw_notice()",
  "withdraw_processor_notices(uuid, timestamptz)",
  "update_provider(text, text, text, text, text, text, text, text, text, text, text, text, text, text, timestamptz)",
];

const name = /^[a-z_][a-z0-9_]{0,62}$/;

/**
 * Creates the role if it is missing, sets its password and grants its rights; safe to repeat. Runs
 * as the owner, after the migrations and after the queue's schema exists.
 */
export async function grantServingRole(pool: Sql, role: string, password: string): Promise<void> {
  if (!name.test(role)) throw new TypeError("bad role name");
  if (!/^[A-Za-z0-9_-]{20,}$/.test(password)) throw new TypeError("bad role password");
  await pool.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(7316540224)`;
    const [found] = await sql<{ wide: boolean }[]>`
      select rolsuper or rolcreatedb or rolcreaterole or rolinherit or rolbypassrls
        or rolreplication as wide
      from pg_roles
      where rolname = ${role}
    `;
    // Only a superuser may mention these attributes for an existing role.
    const narrow = found && !found.wide
      ? ""
      : "nosuperuser nocreatedb nocreaterole noinherit nobypassrls noreplication";
    await sql.unsafe(
      `${found ? "alter" : "create"} role ${role} login password '${
        verifierOf(password)
      }' ${narrow}`,
    ).simple();
    const tables = await sql<{ table: string }[]>`
      select c.relname as table
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public'
        and c.relkind in ('r', 'p')
    `;
    const statements = tables.map(({ table }) => {
      const rights = readOnly.includes(table)
        ? "select"
        : appendOnly.includes(table)
        ? `select, insert${table in movable ? `, update (${movable[table]})` : ""}`
        : lasting.includes(table)
        ? "select, insert, update"
        : "select, insert, update, delete";
      return `revoke all on public.${table} from ${role}; grant ${rights} on public.${table} to ${role}`;
    });
    const functions = await sql<{ signature: string }[]>`
      select p.oid::regprocedure::text as signature
      from pg_proc p
      where p.pronamespace = 'public'::regnamespace
        and p.proowner = current_user::regrole
        and not p.prosecdef
    `;
    const [{ open }] = await sql<[{ open: boolean }]>`
      select has_schema_privilege('public', 'public', 'create') as open
    `;
    await sql.unsafe([
      ...(open ? ["revoke create on schema public from public"] : []),
      // Functions used by queries, defaults and indexes; the owner's own functions follow by name.
      ...functions.map(({ signature }) =>
        `revoke execute on routine ${signature} from public; ` +
        `grant execute on routine ${signature} to ${role}`
      ),
      `grant usage on schema public, jobs to ${role}`,
      ...statements,
      ...ownerFunctions.map((signature) =>
        `revoke execute on function public.${signature} from public; ` +
        `grant execute on function public.${signature} to ${role}`
      ),
      `grant select, insert, update, delete on all tables in schema jobs to ${role}`,
      `grant usage, select on all sequences in schema jobs to ${role}`,
      `grant execute on all functions in schema jobs to ${role}`,
    ].join(";\n")).simple();
  });
}
