/** The files of a mail, by name and size. */
import type { Attachment } from "../../db/message_files.ts";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";

/** Nothing where there are none. */
export const MessageFiles = (
  { view, files }: { view: View; files: readonly Attachment[] },
) =>
  files.length === 0 ? null : (
    <Panel title={view.t("outgoing.files")} id="files">
      <ul>
        {files.map(({ name, size }) => <li>{`${name} (${view.format.bytes(size)})`}</li>)}
      </ul>
    </Panel>
  );
