/** `crm files`: shows where stored files are kept, and moves all of them to the other place. */
import { directEgress } from "../../db/egress_direct.ts";
import { pause } from "../../db/clock.ts";
import type { Config } from "../../db/config.ts";
import { count, move } from "../../db/file_moves.ts";
import * as places from "../../db/file_places.ts";
import { bucketOf, knownForMs } from "../../db/file_storages.ts";
import { localStorage } from "../../db/storage.ts";
import { type Command, type Database, inDatabase, parse, Usage } from "../command.ts";

const unavailable = 69;
/** Progress is reported after this many files. */
const every = 1_000;

export const files: Command = {
  summary: "Show where stored files are, or move them to the bucket or the folder",
  help: `Usage: deno task crm files [move --to bucket|folder]

Prints where new files are put, and how many there are in the folder DATA_DIR/files and in the
bucket from the register (/operator/processors: IONOS, switched on, with the data category files).
They are sealed in both.

  move --to PLACE   from now on, files are put there; those in the other place follow one by one,
                    each removed only after it has arrived, and stay readable throughout. The
                    service may keep running. If interrupted, run it again to continue.

Several app servers need the bucket. Incoming mails stay, sealed, on the machine that received them
until they are read. A backup includes the files wherever they are.

Exit codes: 0 done, 2 usage, 69 no database or no bucket, 78 configuration.`,
  async run(args, config) {
    const { values, positionals: [action = ""] } = parse(args, { to: { type: "string" } }, 1);
    if (action !== "" && action !== "move") {
      throw new Usage("the only action of files is move");
    }
    const to = values.to;
    if (action === "" && to !== undefined) throw new Usage("--to is only for files move");
    if (action === "move" && to !== "bucket" && to !== "folder") {
      throw new Usage("--to must be bucket or folder");
    }
    return await inDatabase(
      config,
      async (database) =>
        await (action === ""
          ? printPlaces(database, config)
          : moveAll(database, config, to as "bucket")),
    );
  },
};

const open = ({ app }: Database, config: Config) =>
  bucketOf(app, config.secretKey, directEgress(app, config), "files", 3);

async function printPlaces(database: Database, config: Config): Promise<number> {
  const known = await places.find(database.app);
  const bucket = await open(database, config);
  const counted = await count(config.dataDir, bucket);
  console.log(`New files are put into the ${known.place}.`);
  console.log(`${counted.folder} files in the folder.`);
  console.log(bucket ? `${counted.bucket} files in the bucket.` : "No bucket is connected.");
  if (!known.settledAt) {
    console.log(`The move is not finished: deno task crm files move --to ${known.place}`);
  }
  return 0;
}

async function moveAll(
  database: Database,
  config: Config,
  to: places.FilePlace,
): Promise<number> {
  const { owner } = database;
  const bucket = await open(database, config);
  const before = await places.find(owner);
  if (!bucket) {
    if (to === "folder" && !places.holdsFiles(before)) return done(0);
    console.error(
      "No bucket can take files: in the register, the object storage has to be connected, have " +
        "evidence, be switched on and have the data category files.",
    );
    return unavailable;
  }
  const folder = localStorage(config.dataDir);
  const [source, target] = to === "bucket" ? [folder, bucket] : [bucket, folder];
  if (to === "folder" && before.place === "folder" && before.settledAt) return done(0);
  await places.choose(owner, to);
  // Until every process has seen the change, they still write and remove in the old place.
  await pause(knownForMs + 200);
  let total = 0;
  for (let last = -1; last !== 0;) {
    const moved = await move(source, target, ({ files, gone }) => {
      if ((files + gone) % every === 0) console.log(`${total + files} files moved …`);
    });
    last = moved.files + moved.gone;
    total += moved.files;
  }
  await places.settle(owner, to);
  await pause(knownForMs + 200);
  total += (await move(source, target)).files;
  return done(total);
}

function done(count: number): number {
  console.log(`${count} files moved; all of them are there now.`);
  return 0;
}
