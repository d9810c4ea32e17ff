import { once } from 'node:events';
import { formatVerifierKey, type NoteSigner, SIGNATURE_TYPE } from '@lianshu/tlog';
import { evidenceFolder } from './evidence-folder.ts';
import { StateFile } from './state-file.ts';
import { type WatchedLog, Witness } from './witness.ts';
import type { WitnessEvent } from './witness-event.ts';
import { WitnessFault } from './witness-fault.ts';
import { witnessServer } from './witness-server.ts';

export type WitnessOptions = Readonly<{
  /** Made before by `createWitnessState`; a witness never starts without one. */
  stateFile: string;
  /** Of `cosigner` (`@lianshu/tlog/node`); their clock gives the cosignatures' times. */
  signers: readonly NoteSigner[];
  logs: readonly WatchedLog[];
  /** Default 127.0.0.1. */
  host?: string;
  /** 0 takes a free one. */
  port: number;
  /** Who runs this witness, for its front page. */
  operator?: string;
  /** Where to keep what shows a log's misbehaviour; not kept if absent. */
  evidence?: string;
  onEvent?: (event: WitnessEvent) => void;
}>;

/** A witness that listens. `close` answers what it has begun, then releases the state. */
export type RunningWitness = Readonly<{ url: string; close(): Promise<void> }>;

/** How long connections may take to end by themselves once the witness closes. */
const CLOSE_MS = 3_000;

function check({ signers, logs }: WitnessOptions): void {
  const cosigns = ({ key }: NoteSigner): boolean => key.type !== SIGNATURE_TYPE.ed25519;
  if (signers.length === 0 || !signers.every(cosigns)) {
    throw new RangeError('a witness needs signers of timestamped cosignatures');
  }
  // What is stored of a note has one line a key, and must remain a note.
  const fits = ({ keys }: WatchedLog): boolean => keys.length > 0 && keys.length + signers.length <= 32;
  if (!logs.every(fits)) throw new RangeError('a log needs keys, and not dozens');
  if (new Set(logs.map(({ origin }) => origin)).size < logs.length) throw new RangeError('a log twice');
}

/**
 * Starts a witness (c2sp.org/tlog-witness). Throws {@link WitnessFault} when the state is missing, damaged, locked
 * by another process, made for other keys or halted, and the system's error when it cannot listen.
 */
export async function startWitness(options: WitnessOptions): Promise<RunningWitness> {
  check(options);
  const { stateFile, signers, logs, host = '127.0.0.1', port, operator, evidence } = options;
  const onEvent = options.onEvent ?? (() => {});
  const store = await StateFile.open(stateFile);
  try {
    const { state } = store;
    if (state.halted !== undefined) throw new WitnessFault('state-halted', `${stateFile}: ${state.halted}`);
    if (!signers.every(({ key }) => state.keys.includes(formatVerifierKey(key)))) {
      throw new WitnessFault('state-other-key', stateFile);
    }
    const kept = evidence === undefined ? {} : { evidence: evidenceFolder(evidence) };
    const witness = new Witness({ store, signers, logs, onEvent, ...kept });
    const about = {
      keys: signers.map(({ key }) => key),
      logs,
      ...(operator === undefined ? {} : { operator }),
    };
    const server = witnessServer(witness, about);
    server.listen(port, host);
    await once(server, 'listening');
    const address = server.address();
    const actual = typeof address === 'object' && address !== null ? address.port : port;
    onEvent({ kind: 'started' });
    const close = async (): Promise<void> => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
      await closed;
      clearTimeout(late);
      await witness.settled();
      store.close();
      onEvent({ kind: 'stopped' });
    };
    return { url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, close };
  } catch (error) {
    store.close();
    throw error;
  }
}
