/** Rights on fields: the table in the settings, and what pages say of fields that are closed. */
import type { fieldRights as german } from "../de/field_rights.ts";

export const fieldRights: typeof german = {
  title: "Field rights",
  intro: "Decide which fields a role may only read, and which are hidden from it.",
  everywhere: "Everywhere",
  everywhere_text:
    "This applies on pages, in lists, filters and search, in exports, reports, templates and the API. What is written in e-mails, notes and files stays visible, a sent offer too. A custom field that is hidden from one role is no longer found by anybody’s search; where there are many records that takes some minutes.",
  always: "Always visible",
  always_text:
    "Names, e-mail addresses, phone numbers, addresses, source, legal basis, purpose, objections and restrictions: without them the duties of data protection cannot be met. Access, erasure and portability always cover all fields.",
  imports_text:
    "An import leaves out fields that its author may not edit. It can be undone only by those who may edit all fields of contacts and companies.",
  admins_text:
    "Owners always see and edit everything, and set the rights of admins. Whoever may invite people can give themselves a log-in with another role.",
  kinds: "Kind of record",
  field: "Field",
  level_write: "edit",
  level_read_only: "read only",
  level_hidden: "hidden",
  level_seen: "visible",
  saved: "The field rights are saved.",
  reason_searched: "Always visible: search finds records by it.",
  reason_steering: "Always visible: lists and responsibilities depend on it.",
  reason_required: "Required: whoever adds records must be able to fill it in.",
  always_seen: "This field cannot be hidden.",
  required: "Whoever adds records must be able to edit a required field.",
  read_only: "You may not change this field.",
  hidden: "You can neither filter nor sort by this field.",
  fixed: "You may only read: {fields}.",
  narrowed: "Part of this view is left out because the field is hidden from you.",
  left_empty: "Fields that are hidden from you stay empty in templates.",
  left_standing: "Placeholders for fields that are hidden from you are not filled in.",
  not_imported: "You may not change these fields, the import leaves them out: {fields}.",
};
