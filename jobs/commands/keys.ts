/** `crm keys`: how many data keys there are, and all of them wrapped anew. */
import * as keys from "../../db/key_store.ts";
import { FileBroken } from "../../db/seals.ts";
import { type Command, parse, Usage } from "../command.ts";

export const keysCommand: Command = {
  summary: "Count the data keys, or wrap them anew",
  help: `Usage: deno task crm keys list | rotate

Each customer's files, each archive and each backup is sealed with a key of its own in
DATA_DIR/keys/data, wrapped by a key that is made of SECRET_KEY and the file wrapping there.

  list     print how many data keys there are
  rotate   renew that file and wrap every data key anew; the service may run meanwhile. Broken off,
           a second call goes on. Copy DATA_DIR/keys to its other place again afterwards.

Exit codes: 0 done, 2 usage, 65 a key is broken or of another installation, 78 configuration.`,
  async run(args, config) {
    const { positionals: [deed = ""] } = parse(args, {});
    if (deed === "list") {
      console.log(`${(await keys.list(config)).length} data keys.`);
      return 0;
    }
    if (deed !== "rotate") throw new Usage(`there is no keys ${deed}`.trimEnd());
    try {
      console.log(`${await keys.rotate(config)} data keys are wrapped anew.`);
      return 0;
    } catch (error) {
      if (!(error instanceof FileBroken)) throw error;
      console.error("A data key is broken, or was wrapped with another SECRET_KEY.");
      return 65;
    }
  },
};
