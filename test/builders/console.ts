/** The console over HTTP with a gate that believes a header: who is signed in is another module's concern. */
import { createHash } from 'node:crypto';
import { renderAffidavitStatement } from '@lianshu/statement';
import { h, type VNode } from 'preact';
import {
  type Console,
  type ConsoleRoutesDeps,
  consoleRoutes,
  createConsole,
  type Person,
} from '../../src/console/index.ts';
import { createInitiatives, INITIATIVE_KINDS, type Initiatives } from '../../src/initiatives/index.ts';
import { cardChallenges } from '../../src/lead-proposers/index.ts';
import { languageOf } from '../../src/platform/http/language.ts';
import { PLATFORM_PROBLEMS, Problems } from '../../src/platform/http/problem.ts';
import { createServer } from '../../src/platform/http/server.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { startOfLegalDay } from '../../src/platform/time.ts';
import { createProposals, PROPOSAL_KINDS, type Proposals } from '../../src/proposals/index.ts';
import { publicRecord } from '../../src/record/index.ts';
import type { AffidavitOutcome, AffidavitRequest } from '../../src/sealer/index.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';

const PUBLIC_URL = 'https://lianshu.example';
export const CASE = '9903';
const NOON_MS = 12 * 3_600_000;

export interface Page {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

type Mandate = 'lead' | 'co-drafter' | 'assistant' | 'e-system';

export interface ConsoleHouse {
  readonly database: WorkerDatabase;
  readonly initiatives: Initiatives;
  readonly proposals: Proposals;
  readonly console: Console;
  /** What the sealer answers to an affidavit, as the tests set it. */
  sealer: (request: AffidavitRequest) => Promise<AffidavitOutcome>;
  /** What happens between filing and carrying the mandates over, as the tests set it. */
  beforeCarrying: (() => void) | undefined;
  /** What the server logged. */
  readonly lines: readonly string[];
  nowMs(): number;
  /** Noon of a legal day. */
  goTo(day: string): void;
  give(person: string, scope: string, mandate: Mandate): void;
  /** Marks that somebody signed in with this case's access code. */
  signedInWithCode(person: string, caseNumber: string | undefined): void;
  get(person: string | undefined, path: string): Promise<Page>;
  post(person: string | undefined, path: string, fields?: Readonly<Record<string, string>>): Promise<Page>;
  /** A form with a file. */
  send(person: string, path: string, form: FormData): Promise<Page>;
  /** Gives every waiting entry its place, as the sequencer would. */
  sequence(): Promise<void>;
  /** Some signature's CMS: what it signs is the sealer's question. */
  anySignature(): Promise<Uint8Array>;
  /** From now on in another session. */
  signsInAgain(person: string): void;
  affidavitOf(fields: AffidavitRequest['statement']): Uint8Array;
  /** The acts of a case: kind and body, oldest first. */
  acts(number?: string): Promise<readonly Readonly<{ kind: string; capacity: string; body: never }>[]>;
  /** An act of the commission or the registry, on its day. */
  commission(day: string, kind: string, body: object, capacity?: 'commission' | 'registry'): Promise<void>;
  /** From filing on 2026-02-10 to the notice to collect on 2026-04-01. */
  toNotice(): Promise<void>;
  close(): Promise<void>;
}

/** The sealer's pseudonym of a test person. */
export const personOf = (id: string): Uint8Array => new Uint8Array(createHash('sha256').update(id).digest());

/** @param page the workspace's page around the console's; a bare one unless given */
export async function consoleHouse(page?: ConsoleRoutesDeps['page']): Promise<ConsoleHouse> {
  const database = await workerDatabase();
  const { db } = database;
  await db.updateTable('record_condition').set({ state: 'serving' }).execute();
  let nowMs = startOfLegalDay('2026-02-10') + NOON_MS;
  const clock = { nowMs: () => nowMs };
  const record = publicRecord([...INITIATIVE_KINDS, ...PROPOSAL_KINDS]);
  const published = { logUrl: '', publishedCount: async () => undefined };
  const initiatives = createInitiatives({ db, clock, record, ...published });
  const proposals = createProposals({ db, clock, record, initiatives, isDemo: true, ...published });
  const console = createConsole({ db, clock, random: systemRandom, initiatives });
  const mandates = new Map<string, { scope: string; mandate: Mandate }[]>();
  const codes = new Map<string, string>();
  const sessions = new Map<string, number>();
  const lines: string[] = [];
  const seal: ConsoleHouse['sealer'] = (request) => house.sealer(request);
  const server = await createServer({
    problems: new Problems(PLATFORM_PROBLEMS),
    logLevel: 'info',
    logDestination: { write: (line) => void lines.push(line) },
    trustedProxies: [],
    publicOrigin: () => undefined,
    requestsPerMinute: 100_000,
    renderProblem: ({ title }) => title,
  });
  consoleRoutes(server, {
    affidavit: {
      sealer: { sealAffidavit: (request) => seal(request) },
      cards: cardChallenges(clock, systemRandom),
      cardComponent: 'http://localhost:61161',
      script: undefined,
    },
    db,
    console,
    proposals,
    clock,
    publicUrl: PUBLIC_URL,
    hasRegistry: true,
    isDemo: true,
    async signedIn(request, reply) {
      const id = request.headers['x-person'];
      if (typeof id !== 'string') {
        void reply.redirect('/sign-in', 303);
        return undefined;
      }
      const sessionName = `${id}, session ${sessions.get(id) ?? 1}`;
      return { id, sessionName, person: id === 'helper' ? undefined : personOf(id), eSystem: codes.get(id) };
    },
    mandatesOf: async ({ id }: Person) => mandates.get(id) ?? [],
    hasLetter: async () => false,
    async carryOver(draft, caseNumber) {
      house.beforeCarrying?.();
      for (const held of mandates.values())
        for (const { scope, mandate } of [...held])
          if (scope === draft) held.push({ scope: caseNumber, mandate });
    },
    page:
      page ??
      ((request, _who, { title, children }) =>
        h(
          'html',
          { lang: languageOf(request.url) },
          h('title', null, title),
          h('main', null, children),
        ) as VNode),
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });

  async function ask(person: string | undefined, path: string, init: RequestInit): Promise<Page> {
    const response = await fetch(`${url}${path}`, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', ...(person === undefined ? {} : { 'x-person': person }) },
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return {
      status: response.status,
      html: new TextDecoder().decode(bytes),
      headers: response.headers,
      bytes,
    };
  }

  const house: ConsoleHouse = {
    beforeCarrying: undefined,
    sealer: async () => ({ outcome: 'undecided', reason: 'I_ICS_UNAVAILABLE' }),
    database,
    initiatives,
    proposals,
    console,
    lines,
    nowMs: () => nowMs,
    goTo(day) {
      nowMs = startOfLegalDay(day) + NOON_MS;
    },
    give: (person, scope, mandate) =>
      void mandates.set(person, [...(mandates.get(person) ?? []), { scope, mandate }]),
    signedInWithCode(person, caseNumber) {
      if (caseNumber === undefined) codes.delete(person);
      else codes.set(person, caseNumber);
    },
    signsInAgain: (person) => void sessions.set(person, (sessions.get(person) ?? 1) + 1),
    get: (person, path) => ask(person, path, {}),
    post: (person, path, fields = {}) =>
      ask(person, path, { method: 'POST', body: new URLSearchParams({ ...fields }) }),
    send: (person, path, form) => ask(person, path, { method: 'POST', body: form }),
    async sequence() {
      await database.pool.query('update entry set seq = id where seq is null');
    },
    async anySignature() {
      const { buildCms } = await import('@lianshu/pki/testing');
      const { testCard } = await import('../../src/sealer/testing/sealer-world.ts');
      return Uint8Array.from(buildCms(testCard(), { content: new Uint8Array(8), nonce: 'n' }));
    },
    affidavitOf: (fields) => renderAffidavitStatement(fields),
    acts: async (number = CASE) => (await record.acts(db, number)) as never,
    async commission(day, kind, body, capacity = 'commission') {
      house.goTo(day);
      const outcome = await initiatives.enter(CASE, { kind, body: body as never, capacity });
      if (!outcome.ok) throw new Error(`${kind}: ${JSON.stringify(outcome.refusal)}`);
    },
    async toNotice() {
      await house.commission('2026-02-12', 'decision', { decides: 'accepted', on: '2026-02-12' });
      await house.commission('2026-03-20', 'decision', { decides: 'conforming', on: '2026-03-20' });
      await house.commission('2026-03-21', 'check-request', {
        of: 'proposers',
        on: '2026-03-21',
        sent: 1_960,
      });
      const checked = { of: 'proposers', on: '2026-03-30', received: 1_960, valid: 1_956, required: 1_955 };
      await house.commission('2026-03-30', 'check-result', { ...checked, excluded: {} }, 'registry');
      await house.commission('2026-04-01', 'notice-to-collect', { on: '2026-04-01' });
    },
    async close() {
      await server.close();
      await database.drop();
    },
  };
  await initiatives.file({
    caseNumber: CASE,
    filed: {
      subject: { 'zh-Hant-TW': '測試案', en: 'Test case' },
      leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
      subjectMatter: 'principle',
      rulePack: 'tw.referendum.national@2025-12-03',
      origin: 'here',
      isInvented: true,
      proposal: { draft: 'D00003', electronic: 1_950, paper: 11 },
    },
    text: {
      heading: ['示範文字，非公告主文'],
      mainText: '你是否同意圖書館夜間開放？',
      reasons: ['一、便利。', '二、公平。'],
    },
  });
  house.give('lead', CASE, 'lead');
  house.give('helper', CASE, 'assistant');
  return house;
}
