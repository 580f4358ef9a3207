/** The bulk changes of the last 30 days, for looking back at them and undoing them. */
import type { BulkChange } from "./bulk_changes.ts";
import { isHidden } from "./field_rights.ts";
import { type Cursor, literal, type Page, page, pageSize, parts } from "./pages.ts";
import type { Scope } from "./scope.ts";

/** A label in both languages; of what people named themselves, both are the same. */
export interface Label {
  labelDe: string;
  labelEn: string;
}

export interface PastChange extends BulkChange {
  createdAt: Date;
  createdByName: string | null;
  /** The name of the tag, owner or stage; null for other changes and for what is gone. */
  named: string | null;
  /** The custom field that was changed; null for other changes and where it is hidden or gone. */
  field: Label | null;
}

type Row = PastChange & { fieldId: string | null };

/** The acting user's changes, or `all` of the tenant's, latest first, one page at a time. */
export async function list(scope: Scope, cursor: Cursor, all: boolean): Promise<Page<PastChange>> {
  const { sql, tenantId, actor } = scope;
  const { id, backwards } = parts(cursor);
  const rows = await sql<Row[]>`
    select b.id, b.kind, b.action, b.value, b.status, b.total, b.changed, b.unseen, b.created_by,
      b.undo_until, b.created_at, i.name as created_by_name, f.id as field_id,
      case when f.id is not null
        then json_build_object('labelDe', f.label_de, 'labelEn', f.label_en)
      end as field,
      ${named(scope)} as named
    from bulk_changes b
    left join users u on u.tenant_id = ${tenantId} and u.id = b.created_by
    left join identities i on i.id = u.identity_id
    left join custom_fields f on f.tenant_id = ${tenantId} and f.id = case
        when b.action = 'custom' then (b.value::json ->> 'field')::uuid
      end
    where b.tenant_id = ${tenantId}
      ${all ? sql`` : sql`and b.created_by = ${actor.userId}`}
      ${
    id === null ? sql`` : sql`
      and (b.undo_until, b.id) ${backwards ? sql`>` : sql`<`} (
        select s.undo_until, s.id
        from bulk_changes s
        where s.tenant_id = ${tenantId}
          and s.id = ${id}
      )`
  }
    order by b.undo_until ${backwards ? sql`asc` : sql`desc`},
      b.id ${backwards ? sql`asc` : sql`desc`}
    limit ${literal(pageSize + 1)}
  `;
  const shown = rows.map(({ fieldId, field, ...row }) => ({
    ...row,
    field: fieldId !== null && isHidden(scope, row.kind, fieldId) ? null : field,
  }));
  return page(shown, cursor);
}

/** The name of what change `b` gave the records. */
const named = ({ sql, tenantId }: Scope) =>
  sql`case
      when b.value = '' then null
      when b.action in ('tag', 'untag') then (
        select case when t.changing = 'removing' then t.name_before else t.name end
        from tags t
        where t.tenant_id = ${tenantId}
          and t.id = b.value::uuid
      )
      when b.action = 'owner' then (
        select n.name
        from users o
        join identities n on n.id = o.identity_id
        where o.tenant_id = ${tenantId}
          and o.id = b.value::uuid
      )
      when b.action = 'stage' then (
        select s.name
        from stages s
        where s.tenant_id = ${tenantId}
          and s.id = b.value::uuid
      )
    end`;
