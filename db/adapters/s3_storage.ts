/** File storage in an S3 bucket, with the same interface as the local folder. */
import { ObjectMissing, type Storage, type StoredObject } from "../storage.ts";
import { AdapterError, assertOk } from "./answers.ts";
import { type Bucket, long } from "./s3.ts";
import { all, type Element, parse, textOf } from "./xml.ts";

/** Ten million names: a server that returns more pages is looping. */
const mostPages = 10_000;

/** A storage that can also list what deletions left behind. */
export interface S3Storage extends Storage {
  /**
   * Names under an area that have a version or a delete marker, whether or not they currently
   * exist.
   */
  versions(area: string): AsyncIterable<string>;
  /** Versions under an area that are not current: something written once has none. */
  leftovers(area: string): AsyncIterable<LeftVersion>;
  /** Removes one of them. */
  drop(version: LeftVersion): Promise<void>;
}

/** A version, or the delete marker that hides one. */
export interface LeftVersion {
  name: string;
  versionId: string;
}

/** Deletes an object, one version of it or an unfinished upload; what is gone is no fault. */
async function drop(
  bucket: Bucket,
  key: string,
  query: Record<string, string> = {},
): Promise<void> {
  const answer = await bucket.ask({ method: "DELETE", key, query });
  if (answer.status !== 404) await assertOk(answer);
  await answer.body?.cancel();
}

/**
 * The pages of a listing, until there is no further one. `next` names where each page says that the
 * listing goes on, by the parameter that asks for it. Throws AdapterError if it never ends.
 */
async function* pages(
  bucket: Bucket,
  query: Record<string, string>,
  next: Readonly<Record<string, string>>,
): AsyncGenerator<Element> {
  let more: Record<string, string> = {};
  for (let count = 0; count < mostPages; count++) {
    const answer: Response = await bucket.demand({ method: "GET", query: { ...query, ...more } });
    const page = parse(await answer.text());
    yield page;
    if (textOf(page, "IsTruncated") !== "true") return;
    const places = Object.entries(next).map(([name, place]) => [name, textOf(page, place)]);
    // Asked from no place, the listing would begin again.
    if (places.every(([, place]) => place === "")) break;
    more = Object.fromEntries(places);
  }
  // A truncated list would pass for a complete one, and files would wrongly be removed or kept.
  throw new AdapterError("malformed");
}

const versionPages = (bucket: Bucket, prefix: string) =>
  pages(bucket, { versions: "", prefix }, {
    "key-marker": "NextKeyMarker",
    "version-id-marker": "NextVersionIdMarker",
  });

const objectPages = (bucket: Bucket, query: Record<string, string>) =>
  pages(bucket, { "list-type": "2", ...query }, { "continuation-token": "NextContinuationToken" });

const uploadPages = (bucket: Bucket, prefix: string) =>
  pages(bucket, { uploads: "", prefix }, {
    "key-marker": "NextKeyMarker",
    "upload-id-marker": "NextUploadIdMarker",
  });

/** The storage in a bucket. Removing an object also removes its older versions. */
export function s3Storage(bucket: Bucket): S3Storage {
  return {
    put: (name, bytes) => bucket.put(name, bytes),

    async *get(name) {
      const answer = await bucket.ask({ method: "GET", key: name, limits: long });
      if (answer.status === 404) {
        await answer.body?.cancel();
        throw new ObjectMissing();
      }
      await assertOk(answer);
      if (answer.body) yield* answer.body;
    },

    async remove(name) {
      await drop(bucket, name);
      // If the bucket keeps versions, a deletion only hides the object.
      for await (const page of versionPages(bucket, name)) {
        for (const each of [...all(page, "Version"), ...all(page, "DeleteMarker")]) {
          if (textOf(each, "Key") !== name) continue;
          const versionId = textOf(each, "VersionId");
          if (versionId && versionId !== "null") await drop(bucket, name, { versionId });
        }
      }
    },

    async *versions(area) {
      for await (const page of versionPages(bucket, `${area}/`)) {
        for (const each of [...all(page, "Version"), ...all(page, "DeleteMarker")]) {
          yield textOf(each, "Key");
        }
      }
    },

    async *leftovers(area) {
      for await (const page of versionPages(bucket, `${area}/`)) {
        const old = all(page, "Version").filter((each) => textOf(each, "IsLatest") !== "true");
        for (const each of [...old, ...all(page, "DeleteMarker")]) {
          yield { name: textOf(each, "Key"), versionId: textOf(each, "VersionId") };
        }
      }
    },

    drop: ({ name, versionId }) => drop(bucket, name, { versionId }),

    async exists(name) {
      const answer = await bucket.ask({ method: "HEAD", key: name });
      if (answer.status === 404) return false;
      await assertOk(answer);
      return true;
    },

    async *list(prefix) {
      for await (const page of objectPages(bucket, { prefix: `${prefix}/` })) {
        for (const each of all(page, "Contents")) {
          const at = new Date(textOf(each, "LastModified"));
          if (Number.isNaN(at.getTime())) throw new AdapterError("malformed");
          yield { name: textOf(each, "Key"), at } satisfies StoredObject;
        }
      }
    },

    async *folders(area) {
      const start = `${area}/`;
      for await (const page of objectPages(bucket, { prefix: start, delimiter: "/" })) {
        for (const each of all(page, "CommonPrefixes")) {
          yield textOf(each, "Prefix").slice(start.length).replace(/\/$/, "");
        }
      }
    },

    async tidy(prefix, before) {
      let count = 0;
      for await (const page of uploadPages(bucket, `${prefix}/`)) {
        for (const each of all(page, "Upload")) {
          if (new Date(textOf(each, "Initiated")) >= before) continue;
          await drop(bucket, textOf(each, "Key"), { uploadId: textOf(each, "UploadId") });
          count++;
        }
      }
      return count;
    },
  };
}
