/** The files of a mail, by name and size. */
import type { Attachment } from "../../db/message_files.ts";
import { path } from "../path.ts";
import { Icon } from "../ui/icon.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";

/** Nothing where there are none. */
export const MessageFiles = (
  { view, files }: { view: View; files: readonly Attachment[] },
) =>
  files.length === 0 ? null : (
    <Panel title={view.t("outgoing.files")} id="files">
      <ul class="seen">
        {files.map(({ id, name, size }) => (
          <li>
            <Icon view={view} name="file-text" />
            {view.can("files.read") ? <a href={path`/files/${id}`} download>{name}</a> : name}
            <small>{view.format.bytes(size)}</small>
          </li>
        ))}
      </ul>
    </Panel>
  );
