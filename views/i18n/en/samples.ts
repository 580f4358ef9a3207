/** Sample data. */
export const samples = {
  none: "There are no sample data.",
  remove: "Delete sample data",
  removed: {
    one: "Sample data deleted: {count} contact and its company.",
    other: "Sample data deleted: {count} contacts and their companies.",
  },
  text:
    "{contacts} invented contacts and {companies} invented companies are here for you to try things out. They are deleted together, even if you have changed some of them. Your own records stay.",
  title: "Sample data",
};
