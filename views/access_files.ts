/** What the files of an answer to an access request are called. */
import type { View } from "./view.ts";

/** The names of the letter, the data and the folder of enclosed files. */
export const accessFileNames = (t: View["t"]) => ({
  letter: t("access.file_letter"),
  data: t("access.file_data"),
  folder: t("access.file_folder"),
});
