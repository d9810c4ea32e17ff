/**
 * 公布之處: a second place for the published log, such as an object store behind a delivery network. The
 * directory stays the truth; a store only receives copies and is never asked what the log is.
 */

/** Why a store did not take a copy. Each is told to the operator; none stops the log. */
export type PublicStoreProblem =
  | 'store-unreachable' // no answer in time, or a fault of the store: tried again
  | 'store-refused' // wrong credentials, or no right to this bucket
  | 'store-no-bucket' // the bucket does not exist
  | 'store-differs' // an immutable object is there with other bytes; it was left as it is
  | 'store-ahead' // the store's checkpoint is newer than ours: a directory was rolled back, or two publish there
  | 'store-foreign' // the store's checkpoint is not of this log
  | 'directory-unreadable'; // our own published files cannot be read: the disk, not the store

/** See {@link PublicStoreProblem}. The message names the object, never a credential. */
export class PublicStoreError extends Error {
  override readonly name = 'PublicStoreError';
  readonly code: PublicStoreProblem;

  constructor(code: PublicStoreProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** How an object is to be served: its type, and whether anyone may keep it for ever. */
export type PublicFileForm = Readonly<{ type: string; cacheControl: string }>;

/** A place that takes published files by their path below the log's prefix. Every method may throw {@link PublicStoreError}. */
export type PublicStore = Readonly<{
  /** What people call it; holds no credential. */
  name: string;
  /** The object's bytes, or undefined when there is none. At most 17 MiB. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Stores an object that never changes. The same bytes again are fine; others are `store-differs`, and nothing is written. */
  putImmutable(path: string, bytes: Uint8Array, form: PublicFileForm): Promise<void>;
  /** Stores or replaces an object. */
  putMutable(path: string, bytes: Uint8Array, form: PublicFileForm): Promise<void>;
}>;
