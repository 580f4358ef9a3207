/** Files on records. */
export const files = {
  all: "All files",
  broken_text:
    "The file is damaged, or the key it was encrypted with has been destroyed. The people who run this installation can find the case in the log.",
  broken_title: "This file can no longer be opened",
  choose: "Choose files",
  empty: "The file is empty.",
  hint:
    "You can choose several at once, each up to {max}. {left} of {quota} are still free. Programs are not accepted.",
  infected: "The virus scanner found something in the file. It was not saved.",
  kind_archive: "Archive",
  kind_audio: "Audio",
  kind_document: "Document",
  kind_image: "Image",
  kind_mail: "E-mail",
  kind_other: "File",
  kind_pdf: "PDF",
  kind_sheet: "Spreadsheet",
  kind_slides: "Slides",
  kind_text: "Text",
  kind_video: "Video",
  mismatch:
    "The content does not match the file name’s extension. Check whether it is the right file.",
  none: "No files yet.",
  program: "Programs are not accepted.",
  quota_full: "Your tenant does not have enough storage left for this.",
  refused: {
    one: "One file was not saved",
    other: "{count} files were not saved",
  },
  remove: "Delete “{name}”",
  removed: "File moved to the trash.",
  saved: { one: "One file saved.", other: "{count} files saved." },
  scanner_away:
    "The virus scanner cannot be reached or could not check the file. Nothing is saved without a check. Try again later.",
  title: "Files",
  too_large: "Larger than {max}.",
  upload: "Upload",
};
