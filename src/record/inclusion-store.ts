/** Hearing of released checkpoints. */
import { type ConnectionOptions, singleConnection } from '../platform/db/index.ts';
import { pause } from '../platform/time.ts';

/** A subscription; ends with `close`. */
export type ReleasedListener = Readonly<{ close(): Promise<void> }>;

const RECONNECT_MS = 1_000;

/** Calls `onReleased` with each size the sequencer announces. Reconnects by itself when the connection breaks. */
export async function listenReleased(
  connection: ConnectionOptions,
  onReleased: (size: number) => void,
): Promise<ReleasedListener> {
  let closed = false;
  let reconnecting = false;
  const connect = async () => {
    const client = singleConnection({ ...connection, applicationName: 'lianshu inclusion' });
    client.on('notification', ({ payload }) => onReleased(Number(payload)));
    client.on('error', () => undefined);
    client.on('end', () => void reconnect());
    await client.connect();
    await client.query('listen lianshu_released');
    return client;
  };
  const reconnect = async (): Promise<void> => {
    if (reconnecting) return;
    reconnecting = true;
    while (!closed) {
      await pause(RECONNECT_MS);
      try {
        if (!closed) current = await connect();
        break;
      } catch {
        // The database is away; the signers' time-outs tell them so meanwhile.
      }
    }
    reconnecting = false;
  };
  let current = await connect();
  return {
    close: async () => {
      closed = true;
      await current.end();
    },
  };
}
