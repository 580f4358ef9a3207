-- Whether the browser of who fills in a form is asked to compute for it.

alter table web_forms add column work boolean not null default false;
