/** The user a PostgreSQL server runs as: ourselves, or `nobody` when we are root (PostgreSQL refuses root). */
import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';

const NOBODY = 65534;

/** Who runs the server, and how to hand it files. */
export type ServerUser = Readonly<{
  uid: number | undefined;
  /** Options for `spawn`: the user, when it is not ourselves. */
  spawn: Readonly<{ uid?: number; gid?: number }>;
  /** Asks the kernel, as that user, whether a path can be read and entered or executed. */
  canReach(path: string): boolean;
  own(path: string): void;
}>;

/** Ourselves, or uid and gid 65534 when we run as root. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) {
    return { uid: process.getuid?.(), spawn: {}, canReach: () => true, own: () => undefined };
  }
  const ids = { uid: NOBODY, gid: NOBODY };
  return {
    uid: NOBODY,
    spawn: ids,
    canReach: (path) =>
      spawnSync('/bin/sh', ['-c', 'test -x "$1" && test -r "$1"', 'sh', path], { ...ids, cwd: '/' })
        .status === 0,
    own: (path) => chownSync(path, NOBODY, NOBODY),
  };
}
