/** Tags: the page where they are renamed and taken away. */
export const tags = {
  caption: "Tags",
  changing: "This tag is still being renamed or deleted. Wait until that is done.",
  companies: "Companies",
  contacts: "Contacts",
  delete: "Delete",
  deleted: "The tag is deleted.",
  empty_text: "Tags come into being when you give them to a contact, a company or a deal.",
  empty_title: "No tags yet",
  name: "Name",
  out_of_sight:
    "Records that you do not see carry this tag as well. Only someone who sees all of them can change or delete it.",
  rename: "Rename",
  reached: "{done} of {total} records",
  removing: "Being deleted",
  removing_begun: "The tag is deleted. The search follows record by record; how far is shown here.",
  renamed: "The tag is renamed.",
  renaming: "Being renamed",
  renaming_begun: "The tag is renamed. The search follows record by record; how far is shown here.",
  title: "Tags",
  taken:
    "There is such a tag already. To merge two, filter the lists by the one, give all hits there the other, and delete the one.",
};
