/** Tags: the page where they are renamed and taken away. */
export const tags = {
  caption: "Tags",
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
  renamed: "The tag is renamed.",
  title: "Tags",
};
