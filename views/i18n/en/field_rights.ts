/** Rights on fields: the table in the settings, and what pages say of fields that are closed. */
import type { fieldRights as german } from "../de/field_rights.ts";

export const fieldRights: typeof german = {
  title: "Field rights",
  intro: "Decide which fields a role may only read, and which are hidden from it.",
  everywhere: "Everywhere",
  everywhere_text:
    "This applies to pages, lists, filters and search, exports, reports, templates and the API. Anything written in e-mails, notes and files stays visible, including in offers already sent. If a custom field is hidden from one role, the search no longer covers it for anybody; with many records this takes some minutes.",
  always: "Always visible",
  always_text:
    "Names, e-mail addresses, phone numbers, addresses, source, legal basis, purpose, objections and restrictions: without them, data protection duties cannot be met. Access, erasure and portability always cover all fields.",
  imports_text:
    "Imports leave out fields that the person importing may not edit. Only somebody who may edit all fields of contacts and companies can undo one. Anyone who may not see and edit all fields sees only their own imports.",
  admins_text:
    "Owners always see and edit everything, and set the admins’ rights. Anyone who may invite people can give themselves an account with another role.",
  kinds: "Kind of record",
  field: "Field",
  level_write: "edit",
  level_read_only: "read-only",
  level_hidden: "hidden",
  level_seen: "visible",
  saved: "The field rights have been saved.",
  reason_searched: "Always visible: the search uses it to find records.",
  reason_steering: "Always visible: lists and ownership depend on it.",
  reason_required: "Required: everyone who creates records must be able to fill it in.",
  always_seen: "This field cannot be hidden.",
  required: "Everyone who creates records must be able to edit required fields.",
  read_only: "You may not change this field.",
  hidden: "You can neither filter nor sort by this field.",
  fixed: "You may only read: {fields}.",
  narrowed: "Part of this view is left out because the field is hidden from you.",
  left_empty: "Fields that are hidden from you stay empty in templates.",
  left_standing: "Placeholders for fields that are hidden from you are not filled in.",
  not_imported: "You may not change these fields, so the import leaves them out: {fields}.",
};
