/** Drafting over HTTP with a gate that believes a header: who is signed in is another module's concern. */
import { draftingRoutes } from '../../src/drafting/index.ts';
import { createInitiatives, INITIATIVE_KINDS, type Initiatives } from '../../src/initiatives/index.ts';
import {
  type Account,
  cardChallenges,
  createLeadProposers,
  WorkspaceGate,
} from '../../src/lead-proposers/index.ts';
import { PLATFORM_PROBLEMS, Problems } from '../../src/platform/http/problem.ts';
import { createServer } from '../../src/platform/http/server.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { createProposals, PROPOSAL_KINDS, type Proposals } from '../../src/proposals/index.ts';
import { publicRecord } from '../../src/record/index.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';

const account = (name: string, label: string, person?: number): Account => ({
  id: `${name}-account-001`,
  kind: person === undefined ? 'passkey' : 'card',
  label,
  person: person === undefined ? undefined : new Uint8Array(32).fill(person),
  nameProof: person === undefined ? undefined : new Uint8Array(32).fill(person),
  sessionName: name,
  eSystem: undefined,
});
export const LEAD = account('lead', '領銜人帳號 AAAA', 1);
export const HELPER = account('help', '法律組');
export const STRANGER = account('else', '領銜人帳號 BBBB', 2);
const PEOPLE = [LEAD, HELPER, STRANGER];

export interface Page {
  readonly status: number;
  readonly html: string;
  readonly location: string | undefined;
  readonly headers: Headers;
}

export interface DraftingHouse {
  readonly database: WorkerDatabase;
  readonly initiatives: Initiatives;
  readonly proposals: Proposals;
  readonly clock: { nowMs(): number; set(ms: number): void };
  /** What the sealer says of a typed name. */
  nameOnCard: (name: string) => boolean | undefined;
  /** Every log line of the server. */
  readonly lines: string[];
  /** Lets somebody help with a draft. */
  admit(draft: string, person: Account): Promise<void>;
  get(person: Account | undefined, path: string): Promise<Page>;
  post(person: Account | undefined, path: string, fields?: Readonly<Record<string, string>>): Promise<Page>;
  /** A new draft of the lead proposer's, with these fields as version 1. */
  begin(fields: Readonly<Record<string, string>>): Promise<string>;
  close(): Promise<void>;
}

/** Starts a server of its own on a database of its own. */
export async function draftingHouse(options: Readonly<{ isDemo?: boolean }> = {}): Promise<DraftingHouse> {
  const database = await workerDatabase();
  const { db } = database;
  let nowMs = Date.parse('2026-02-10T10:00:00+08:00');
  const clock = {
    nowMs: () => nowMs,
    set(ms: number) {
      nowMs = ms;
    },
  };
  const record = publicRecord([...INITIATIVE_KINDS, ...PROPOSAL_KINDS]);
  const published = { logUrl: '', publishedCount: async () => undefined };
  const initiatives = createInitiatives({ db, clock, record, ...published });
  const isDemo = options.isDemo ?? true;
  const proposals = createProposals({ db, clock, record, initiatives, isDemo, ...published });

  const origin = 'http://localhost:3002';
  const leadProposers = createLeadProposers({
    db,
    clock,
    random: systemRandom,
    sealer: { signIn: () => Promise.reject(new Error('nobody signs in here')) },
    cards: cardChallenges(clock, systemRandom),
    party: () => ({ origin, id: 'localhost' }),
  });
  for (const { id, kind, label, person } of PEOPLE)
    await database.pool.query(
      'insert into account (id, kind, label, person, created_at) values ($1, $2, $3, $4, now())',
      [id, kind, label, person],
    );
  const asset = { href: '/x', integrity: '' };
  const assets = { css: asset, signInScript: asset, passkeyScript: asset };
  const publicUrl = 'http://localhost:3000';
  const site = { demo: isDemo, host: 'localhost:3002', publicUrl, assets };
  const real = new WorkspaceGate({ site, leadProposers, random: systemRandom });
  const lines: string[] = [];
  const server = await createServer({
    problems: new Problems(PLATFORM_PROBLEMS),
    logLevel: 'info',
    logDestination: { write: (line) => void lines.push(line) },
    trustedProxies: [],
    publicOrigin: () => undefined,
    requestsPerMinute: 100_000,
    renderProblem: ({ title }) => title,
  });
  draftingRoutes(server, {
    db,
    clock,
    random: systemRandom,
    gate: {
      frame: (request, who) => real.frame(request, who),
      whoAsks: async (request) => PEOPLE.find(({ id }) => id === request.headers['x-person']),
      signedIn: async (request, reply) => {
        const who = PEOPLE.find(({ id }) => id === request.headers['x-person']);
        if (who === undefined) void reply.redirect('/sign-in', 303);
        return who;
      },
    },
    leadProposers,
    initiatives,
    proposals,
    isDemo,
    publicUrl,
    isNameOnCard: async ({ name }) => house.nameOnCard(name),
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });

  async function ask(person: Account | undefined, path: string, init: RequestInit): Promise<Page> {
    const response = await fetch(`${url}${path}`, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', ...(person === undefined ? {} : { 'x-person': person.id }) },
    });
    const location = response.headers.get('location') ?? undefined;
    return { status: response.status, html: await response.text(), location, headers: response.headers };
  }
  const get: DraftingHouse['get'] = (person, path) => ask(person, path, {});
  const post: DraftingHouse['post'] = (person, path, fields = {}) =>
    ask(person, path, { method: 'POST', body: new URLSearchParams({ ...fields }) });

  const house: DraftingHouse = {
    database,
    initiatives,
    proposals,
    clock,
    lines,
    nameOnCard: () => true,
    async admit(draft, { id }) {
      await database.pool.query(
        `insert into account_mandate (account, scope, mandate, given_at) values ($1, $2, 'co-drafter', now())`,
        [id, draft],
      );
    },
    get,
    post,
    async begin(fields) {
      const { location = '' } = await post(LEAD, '/drafts');
      const [, id] = /^\/drafts\/([\w-]{16})\/edit$/.exec(location) ?? [];
      if (id === undefined) throw new Error(`no draft was made: ${location}`);
      const saved = await post(LEAD, `/drafts/${id}/edit`, { base: '0', act: 'save', ...fields });
      if (saved.status !== 303) throw new Error(`not saved: ${saved.status} ${saved.html}`);
      return id;
    },
    async close() {
      await server.close();
      await database.drop();
    },
  };
  return house;
}
