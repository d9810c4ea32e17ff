import { chmodSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { SealerStartFault } from './state-directory.ts';

/** Where the sealer listens. TCP only on the loopback interface and only with a secret of at least 32 characters. */
export type SealerListen =
  | { readonly socketPath: string; readonly socketMode: number }
  | { readonly host: '127.0.0.1' | '::1'; readonly port: number; readonly secret: string };

/** The secret to demand, undefined on a socket. Throws `address-not-loopback` for anything reachable from outside. */
export function judgeListen(listen: SealerListen): string | undefined {
  if ('socketPath' in listen) return undefined;
  const isLoopback = listen.host === '127.0.0.1' || listen.host === '::1';
  if (!isLoopback || listen.secret.length < 32)
    throw new SealerStartFault('address-not-loopback', `${listen.host}:${listen.port}`);
  return listen.secret;
}

/** Starts listening; a socket gets its mode. Throws `address-in-use` when somebody answers there. */
export async function listen(server: Server, where: SealerListen): Promise<void> {
  if ('socketPath' in where) await clearStaleSocket(where.socketPath);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(
      'socketPath' in where ? { path: where.socketPath } : { host: where.host, port: where.port },
      resolve,
    );
  });
  if ('socketPath' in where) chmodSync(where.socketPath, where.socketMode);
}

/** A socket nobody answers on is left from a killed process; one that answers belongs to somebody. */
async function clearStaleSocket(path: string): Promise<void> {
  const isAnswered = await new Promise<boolean>((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
  if (isAnswered) throw new SealerStartFault('address-in-use', path);
  rmSync(path, { force: true });
}
