-- That the admins of a house want to see its first steps no more.

create table first_step_ends (
  tenant_id uuid not null references tenants (id) on delete cascade,
  ended_at timestamptz not null,
  primary key (tenant_id)
);
select distribute('first_step_ends');
select isolate('first_step_ends');
