/**
 * Moves records from the staging table into the tables, set by set. Search text and summary are
 * computed on the way, so that no row is written twice and the trigram index is updated once.
 */
import { instantOf } from "../running_imports.ts";
import type { Scope } from "../scope.ts";
import type { Origin } from "./stages.ts";

/**
 * Moves the staged records; the statements are sent together. Hash joins are enabled here: a run
 * otherwise allows joins by index only, the staging table has no index, and each record would be
 * compared with the tags of all.
 */
export async function insert(scope: Scope, origin: Origin): Promise<void> {
  const { sql } = scope;
  await Promise.all([
    sql`set local enable_hashjoin = on`,
    newTags(scope, origin),
    companies(scope, origin),
    contacts(scope, origin),
    ...details(scope),
    ...taggings(scope),
    history(scope),
    sql`set local enable_hashjoin = off`,
  ]);
}

function newTags({ sql, tenantId, now }: Scope, { importId }: Origin) {
  return sql`
    insert into tags (tenant_id, id, name, import_id, created_at)
    select distinct on (lower(s.name)) ${tenantId}::uuid, gen_random_uuid(), s.name,
      ${importId}::uuid, ${now}::timestamptz
    from stage_tags s
    order by lower(s.name), s.name
    on conflict (tenant_id, name_key) do nothing
  `;
}

function companies(scope: Scope, { importId, source }: Origin) {
  const { sql, tenantId, actor: { userId: by }, now } = scope;
  const made = instantOf(sql, now);
  return sql`
    insert into companies (
      tenant_id, id, name, legal_form, industry, customer_number, vat_id, tax_number,
      register_court, register_number, website, notes, status, source, import_id, owner_id,
      search, summary, last_touch_at, created_at, created_by, updated_at, updated_by
    )
    select ${tenantId}, s.id, s.name, s.legal_form, s.industry, s.customer_number, s.vat_id,
      s.tax_number, s.register_court, s.register_number, s.website, s.notes, s.status, ${source},
      ${importId}, s.owner_id, ${searchText(sql)}, ${summary(sql)}, ${made}, ${made}, ${by},
      ${now}, ${by}
    from stage_companies s
    left join (${tagsOf(scope, "company_id")}) tagged on tagged.record_id = s.id
  `;
}

function contacts(scope: Scope, { importId, source, ...origin }: Origin) {
  const { sql, tenantId, actor: { userId: by }, now } = scope;
  const { legalBasis, purpose, noticeDueOn } = origin;
  const made = instantOf(sql, now);
  return sql`
    insert into contacts (
      tenant_id, id, salutation, title, first_name, name_prefix, last_name, name_suffix,
      language, position, birthday, customer_number, notes, website, source, source_channel,
      letter_salutation, address_form, status, legal_basis, purpose, notice_due_on, import_id,
      external_uid, owner_id, search, summary,
      last_touch_at, created_at, created_by, updated_at, updated_by
    )
    select ${tenantId}, s.id, s.salutation, s.title, s.first_name, s.name_prefix, s.last_name,
      s.name_suffix, s.language, s.position, s.birthday, s.customer_number, s.notes, s.website,
      ${source}, 'import', s.letter_salutation, s.address_form, s.status, ${legalBasis},
      ${purpose}, ${noticeDueOn}, ${importId}, s.external_uid, s.owner_id, ${searchText(sql)},
      ${summary(sql)}, ${made}, ${made}, ${by}, ${now}, ${by}
    from stage_contacts s
    left join (${tagsOf(scope, "contact_id")}) tagged on tagged.record_id = s.id
  `;
}

/** What belongs to the records and has tables of its own. */
function details({ sql, tenantId, actor, now }: Scope) {
  return [
    sql`
      insert into emails (tenant_id, id, contact_id, company_id, kind, address, position)
      select ${tenantId}, s.id, s.contact_id, s.company_id, s.kind, s.address, s.position
      from stage_emails s
    `,
    sql`
      insert into objections (tenant_id, id, contact_id, channel, objected_at, recorded_by)
      select ${tenantId}, s.id, s.contact_id, s.channel, ${now}, ${actor.userId}
      from stage_objections s
    `,
    sql`
      insert into phones (tenant_id, id, contact_id, company_id, kind, number, position)
      select ${tenantId}, s.id, s.contact_id, s.company_id, s.kind, s.number, s.position
      from stage_phones s
    `,
    sql`
      insert into addresses (
        tenant_id, id, contact_id, company_id, kind, street, extra, po_box, postal_code, city,
        region, country, position
      )
      select ${tenantId}, s.id, s.contact_id, s.company_id, s.kind, s.street, s.extra, s.po_box,
        s.postal_code, s.city, s.region, s.country, s.position
      from stage_addresses s
    `,
    sql`
      insert into affiliations (
        tenant_id, id, contact_id, company_id, role, department, is_primary
      )
      select ${tenantId}, s.id, s.contact_id, s.company_id, s.role, s.department, s.is_primary
      from stage_affiliations s
    `,
    sql`
      insert into custom_values (
        tenant_id, id, field_id, kind, contact_id, company_id, item, value, choice_id, person_id
      )
      select ${tenantId}, s.id, f.id, f.kind, s.contact_id, s.company_id, s.item, s.value,
        case when f.kind in ('choice', 'choices') then s.value::uuid end,
        case when f.kind = 'person' then s.value::uuid end
      from stage_values s
      join custom_fields f
        on f.tenant_id = ${tenantId} and f.id = s.field_id and f.removed_at is null
    `,
  ];
}

/** The records' tags, which exist by now. */
function taggings({ sql, tenantId }: Scope) {
  return [
    sql`
      insert into contact_tags (tenant_id, tag_id, contact_id)
      select distinct ${tenantId}::uuid, t.id, s.contact_id
      from stage_tags s
      join tags t on t.tenant_id = ${tenantId} and t.name_key = lower(s.name)
      where s.contact_id is not null
    `,
    sql`
      insert into company_tags (tenant_id, tag_id, company_id)
      select distinct ${tenantId}::uuid, t.id, s.company_id
      from stage_tags s
      join tags t on t.tenant_id = ${tenantId} and t.name_key = lower(s.name)
      where s.company_id is not null
    `,
  ];
}

function history({ sql, tenantId, actor: { kind, userId: by }, now }: Scope) {
  return sql`
    insert into changes (
      tenant_id, id, record_kind, record_id, action, actor_kind, actor_id, at
    )
    select ${tenantId}::uuid, s.change_id, 'company', s.id, 'imported', ${kind},
      ${by}::uuid, ${now}::timestamptz
    from stage_companies s
    union all
    select ${tenantId}, s.change_id, 'contact', s.id, 'imported', ${kind}, ${by}, ${now}
    from stage_contacts s
  `;
}

/** Words and numbers that the stage leaves to the schema, together with those computed there. */
function searchText(sql: Scope["sql"]) {
  return sql`
    coalesce(search_words(s.words), '') || s.found || coalesce(
      (select string_agg(phone_digits(n), '') from unnest(s.numbers) as given (n)), ''
    )
  `;
}

/** What lists show of the record, with tags in the tenant's spelling. */
function summary(sql: Scope["sql"]) {
  return sql`s.summary || coalesce(tagged.summary, '{}')`;
}

function tagsOf({ sql, tenantId }: Scope, owner: "contact_id" | "company_id") {
  return sql`
    select x.record_id, jsonb_build_object('tags', jsonb_agg(t.name order by t.name_key)) as summary
    from (
      select distinct s.${sql(owner)} as record_id, lower(s.name) as name_key
      from stage_tags s
      where s.${sql(owner)} is not null
    ) x
    join tags t on t.tenant_id = ${tenantId} and t.name_key = x.name_key
    group by x.record_id
  `;
}
