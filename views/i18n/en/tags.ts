/** Tags: the page where they are renamed and taken away. */
export const tags = {
  caption: "Tags",
  changing: "This tag is still being renamed or deleted. Wait until that has finished.",
  companies: "Companies",
  contacts: "Contacts",
  delete: "Delete",
  deleted: "The tag has been deleted.",
  empty_text: "Tags are created when you enter them for a contact, a company or a deal.",
  empty_title: "No tags yet",
  name: "Name",
  none_found: "No tag found",
  out_of_sight:
    "Records that you cannot see also carry this tag. Only somebody who sees all of them can change or delete it.",
  rename: "Rename",
  reached: "{done} of {total} records",
  removing: "Being deleted",
  removing_begun:
    "The tag has been deleted. The search catches up record by record; its progress is shown here.",
  renamed: "The tag has been renamed.",
  renaming: "Being renamed",
  renaming_begun:
    "The tag has been renamed. The search catches up record by record; its progress is shown here.",
  title: "Tags",
  taken:
    "This tag already exists. To merge two tags, filter the lists by one, give all results the other, and delete the first.",
};
