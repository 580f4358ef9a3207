/** The search over records, activities, mails and files. */
export const search = {
  about: "About",
  activity: "Activities",
  file: "Files",
  from: "From",
  message: "E-mails",
  name: "Name",
  stored_at: "Belongs to",
  subject: "Subject",
  when: "Date",
  all_deals: "All matching deals",
  all_companies: "All matching companies",
  all_contacts: "All matching contacts",
  hint:
    "Search by name, company, e-mail, phone number, city, postcode, tag or customer number, by words of deals, activities and e-mails or by file names. Case, umlauts and order do not matter; a part of a word is enough. Names that start with it come first.",
  nothing: "Nothing found for “{q}”",
  nothing_text: "Try fewer words or a part of the name.",
  results: "Results for “{q}”",
  title: "Search",
  last_seen: "Last seen",
  hits: { one: "One hit", other: "{count} hits" },
  places: "Pages and actions",
};
