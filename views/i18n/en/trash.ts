/** The trash. */
export const trash = {
  caption: "Deleted contacts, companies, deals, activities and files",
  days_left: { one: "{count} day left", other: "{count} days left" },
  deleted: "Deleted",
  deleted_by: "by {name}",
  due: "erased tonight",
  empty_text: {
    one: "What is deleted stays here for {count} day and is then gone for good.",
    other: "What is deleted stays here for {count} days and is then gone for good.",
  },
  empty_title: "The trash is empty",
  erased_in: "Left",
  intro: {
    one: "What is deleted can be restored for {count} day. After that it is gone for good.",
    other: "What is deleted can be restored for {count} days. After that it is gone for good.",
  },
  kind: "Kind",
  kind_activity: "Activity",
  kind_company: "Company",
  kind_deal: "Deal",
  kind_contact: "Contact",
  kind_file: "File",
  name: "Name",
  restored: "Restored.",
  title: "Trash",
};
