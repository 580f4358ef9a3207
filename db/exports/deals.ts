/** Whole deals for an export, in batches from a cursor, and the columns of a table of them. */
import type { Scope } from "../scope.ts";
import type { StageKind } from "../stages.ts";
import { type Column, column, timeColumns } from "./columns.ts";
import { batch, type Only } from "./records.ts";

export interface ExportedDeal {
  id: string;
  title: string;
  company: string | null;
  /** Living, unrestricted persons. */
  contacts: { name: string; role: string }[];
  /** In whole units, with two decimals at most. */
  amount: number | null;
  currency: string;
  expectedCloseOn: string | null;
  pipeline: string;
  stage: string;
  status: StageKind;
  probability: number;
  stageSince: Date;
  closedAt: Date | null;
  lostReason: string | null;
  /** Name of the user in charge; null without one. */
  owner: string | null;
  source: string;
  tags: string[];
  notes: string;
  lastTouchAt: Date;
  createdAt: Date;
  updatedAt: Date;
}

/** All living deals by title. */
export function deals(
  { sql, tenantId }: Scope,
  only: Only = null,
): AsyncIterable<ExportedDeal[]> {
  return sql<ExportedDeal[]>`
    select d.id, d.title, o.name as company,
      (
        select coalesce(json_agg(
          json_build_object(
            'name', concat_ws(' ', nullif(c.title, ''), nullif(c.first_name, ''), nullif(c.name_prefix, ''), nullif(c.last_name, '')),
            'role', x.role
          ) order by x.added_at, c.id
        ), '[]')
        from deal_contacts x
        join contacts c on c.tenant_id = x.tenant_id and c.id = x.contact_id
        where x.tenant_id = ${tenantId}
          and x.deal_id = d.id
          and c.deleted_at is null
          and c.restricted_at is null
      ) as contacts,
      (d.amount_cents / 100.0)::float8 as amount, d.currency, d.expected_close_on,
      l.name as pipeline, s.name as stage, d.status, s.probability, d.stage_since, d.closed_at,
      r.name as lost_reason, i.name as owner, d.source,
      (
        select coalesce(json_agg(t.name order by t.name_key), '[]')
        from deal_tags x
        join tags t on t.tenant_id = x.tenant_id and t.id = x.tag_id
        where x.tenant_id = ${tenantId}
          and x.deal_id = d.id
      ) as tags,
      d.notes, d.last_touch_at, d.created_at, d.updated_at
    from deals d
    join stages s on s.tenant_id = d.tenant_id and s.id = d.stage_id
    join pipelines l on l.tenant_id = d.tenant_id and l.id = d.pipeline_id
    left join companies o
      on o.tenant_id = d.tenant_id and o.id = d.company_id and o.deleted_at is null
    left join lost_reasons r on r.tenant_id = d.tenant_id and r.id = d.lost_reason_id
    left join users u on u.tenant_id = d.tenant_id and u.id = d.owner_id
    left join identities i on i.id = u.identity_id
    where d.tenant_id = ${tenantId}
      and d.deleted_at is null
      ${only === null ? sql`` : sql`and d.id in (${only})`}
    order by d.sort_name collate "C", d.id
  `.cursor(batch);
}

const person = ({ name, role }: { name: string; role: string }) =>
  role ? `${name} (${role})` : name;

/** The columns of deals. */
export function dealColumns(): Column<ExportedDeal>[] {
  return [
    column("ID", "ID", (d) => d.id, "code"),
    column("Title", "Titel", (d) => d.title),
    column("Company", "Firma", (d) => d.company),
    column("Persons", "Personen", (d) => d.contacts.map(person).join(", ")),
    column("Amount", "Betrag", (d) => d.amount),
    column("Currency", "Währung", (d) => d.currency),
    column("Expected close", "Abschluss", (d) => d.expectedCloseOn, "day"),
    column("Pipeline", "Pipeline", (d) => d.pipeline),
    column("Stage", "Stufe", (d) => d.stage),
    column("Status", "Status", (d) => d.status, "word"),
    column("Probability", "Wahrscheinlichkeit", (d) => d.probability),
    column("In stage since", "In der Stufe seit", (d) => d.stageSince, "moment"),
    column("Closed", "Abgeschlossen", (d) => d.closedAt, "moment"),
    column("Lost reason", "Verlustgrund", (d) => d.lostReason),
    column("Owner", "Zuständig", (d) => d.owner),
    column("Source", "Quelle", (d) => d.source),
    column("Tags", "Schlagwörter", (d) => d.tags.join(", ")),
    column("Notes", "Notizen", (d) => d.notes),
    ...timeColumns<ExportedDeal>(),
  ];
}
