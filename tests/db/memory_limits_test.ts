/** The memory that a container leaves to the database. */
import { equal } from "node:assert/strict";
import { dirname, join } from "node:path";
import { usableMemory } from "../../db/memory_limits.ts";

const machine = Deno.systemMemoryInfo().total;
const megabyte = 1024 ** 2;

/** What is usable where the file system has these files. */
async function usable(files: Record<string, string>): Promise<number> {
  const root = await Deno.makeTempDir({ prefix: "kompaktcrm-limits-" });
  try {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(root, path)), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    }
    return usableMemory(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("a container's limit counts, not the machine's memory", async () => {
  const limited = await usable({
    "proc/self/cgroup": "0::/\n",
    "sys/fs/cgroup/memory.max": `${512 * megabyte}\n`,
  });
  equal(limited, 512 * megabyte);
});

Deno.test("the limit of a group above counts where it is smaller", async () => {
  const limited = await usable({
    "proc/self/cgroup": "0::/system.slice/kompaktcrm.service\n",
    "sys/fs/cgroup/system.slice/kompaktcrm.service/memory.max": "max\n",
    "sys/fs/cgroup/system.slice/memory.max": `${768 * megabyte}\n`,
  });
  equal(limited, 768 * megabyte);
});

Deno.test("limits of version 1 are found from inside and outside a container", async () => {
  const groups = "5:memory:/docker/ab12\n4:cpu,cpuacct:/docker/ab12\n0::/\n";
  const limit = `${640 * megabyte}\n`;
  const file = "memory.limit_in_bytes";
  for (const path of [`sys/fs/cgroup/memory/${file}`, `sys/fs/cgroup/memory/docker/ab12/${file}`]) {
    equal(await usable({ "proc/self/cgroup": groups, [path]: limit }), 640 * megabyte);
  }
});

Deno.test("without a limit, or with one above it, the machine's memory counts", async () => {
  equal(await usable({}), machine);
  equal(
    await usable({ "proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "max\n" }),
    machine,
  );
  const unlimited = { "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n" };
  equal(await usable({ "proc/self/cgroup": "3:memory:/\n", ...unlimited }), machine);
});
