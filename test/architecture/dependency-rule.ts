/**
 * The dependency rule as data. This table is the only place where it is decided; `check-sources.ts` applies
 * it and `architecture.test.ts` fails on a breach. To add a module, add one line to {@link MODULES}.
 * `packages/`, `simulators/` and `src/` are bound by it; `tools/`, `bench/` and `test/` are not.
 */

/** What each package may import of the others. Nothing of `src/` or `simulators/`, ever. */
const PACKAGES = {
  der: [],
  pki: ['der'],
  statement: [],
  tlog: [],
  seal: ['statement', 'tlog'],
  witness: ['tlog'],
  verify: ['statement', 'tlog', 'der', 'pki'],
} as const;

/** Modules and whom they may ask, always through the other's `index.ts`. All may use law, web, platform, packages. */
const MODULES = {
  record: [],
  credentials: [],
  sealer: ['record', 'credentials', 'registry'],
  'past-cases': [],
  initiatives: ['record', 'credentials', 'past-cases'],
  signing: ['record', 'credentials', 'sealer', 'initiatives'],
  proposals: ['record', 'credentials', 'initiatives'],
  subscriptions: ['record', 'initiatives'],
  passkeys: [],
  registry: [],
  checks: ['record', 'initiatives', 'proposals', 'registry'],
  'lead-proposers': ['record', 'credentials', 'sealer', 'initiatives', 'passkeys'],
  drafting: ['record', 'initiatives', 'past-cases', 'proposals', 'lead-proposers'],
  console: ['record', 'credentials', 'sealer', 'initiatives', 'proposals', 'registry', 'lead-proposers'],
  switches: ['record'],
  notices: ['record', 'initiatives', 'switches'],
  'rule-packs': ['record', 'initiatives'],
  officers: ['record', 'credentials', 'initiatives', 'passkeys', 'proposals', 'switches'],
} as const;

/** The program's commands beside `main.ts`: parts of the composition root, each in its own file. */
const COMMANDS = [
  'main-help.ts',
  'serve.ts',
  'cases-and-drafts.ts',
  'serve-public.ts',
  'serve-sealer.ts',
  'restricted-database.ts',
  'serve-office.ts',
  'serve-workspace.ts',
  'officers-command.ts',
  'doctor.ts',
  'doctor-house.ts',
  'doctor-messages.ts',
  'port-in-use.ts',
  'export-sealed.ts',
  'law-explain.ts',
  'past-cases-command.ts',
  'operator-keys.ts',
  'left-by-demo.ts',
  'public-copy.ts',
  'mail-followers.ts',
  'time-stamps.ts',
  'ceremony.ts',
  'ceremony-scripts.ts',
  'rotate-log.ts',
] as const;

const packages = Object.keys(PACKAGES).map((name) => `packages/${name}`);
const modules = Object.keys(MODULES).map((name) => `src/${name}`);
const commands = COMMANDS.map((name) => `src/${name}`);
const ground = [...packages, 'src/platform', 'src/web', 'src/law'];

/**
 * Unit → units it may import. A unit is `packages/x`, `simulators`, `src/<folder>` or `src/<file>`;
 * `src/demo-*.ts` are parts of `src/demo.ts`.
 */
export const ALLOWED_EDGES: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries(PACKAGES).map(
    ([name, uses]) => [`packages/${name}`, uses.map((use) => `packages/${use}`)] as const,
  ),
  ['simulators', packages],
  ['src/platform', packages],
  ['src/law', ['src/platform']],
  ['src/web', [...packages, 'src/platform']],
  ...Object.entries(MODULES).map(
    ([name, uses]) => [`src/${name}`, [...ground, ...uses.map((use) => `src/${use}`)]] as const,
  ),
  ...COMMANDS.map((name) => [`src/${name}`, [...ground, ...modules]] as const),
  [
    'src/serve.ts',
    [
      ...ground,
      ...modules,
      'src/cases-and-drafts.ts',
      'src/serve-public.ts',
      'src/serve-office.ts',
      'src/serve-workspace.ts',
      'src/restricted-database.ts',
      'src/public-copy.ts',
      'src/mail-followers.ts',
      'src/time-stamps.ts',
      'src/operator-keys.ts',
    ],
  ],
  [
    'src/ceremony.ts',
    [...ground, ...modules, 'src/ceremony-scripts.ts', 'src/operator-keys.ts', 'src/left-by-demo.ts'],
  ],
  [
    'src/serve-public.ts',
    [...ground, ...modules, 'src/cases-and-drafts.ts', 'src/operator-keys.ts', 'src/restricted-database.ts'],
  ],
  ['src/serve-office.ts', [...ground, ...modules, 'src/cases-and-drafts.ts', 'src/restricted-database.ts']],
  [
    'src/serve-workspace.ts',
    [...ground, ...modules, 'src/cases-and-drafts.ts', 'src/restricted-database.ts'],
  ],
  ['src/mail-followers.ts', [...ground, ...modules, 'src/operator-keys.ts']],
  ['src/rotate-log.ts', [...ground, ...modules, 'src/operator-keys.ts', 'src/left-by-demo.ts']],
  ['src/doctor-house.ts', [...ground, ...modules, 'src/doctor-messages.ts']],
  [
    'src/doctor.ts',
    [
      ...ground,
      ...modules,
      'src/doctor-house.ts',
      'src/doctor-messages.ts',
      'src/operator-keys.ts',
      'src/left-by-demo.ts',
    ],
  ],
  ['src/main.ts', [...ground, ...modules, ...commands, 'src/demo.ts']],
  ['src/demo.ts', [...ground, ...modules, ...commands, 'simulators']],
]);

/** Units others enter only through `index.ts`. */
export const FACED_UNITS: ReadonlySet<string> = new Set([...modules, 'src/law']);

/** The only file of a unit that this importer may use, where the edge itself is allowed. */
export const NARROW_EDGES: ReadonlyMap<string, string> = new Map([
  ['src/law → src/platform', 'src/platform/time.ts'],
]);

/** Edges that must be `import()`: loaded only when asked for, absent from a production process. */
export const DYNAMIC_ONLY: ReadonlySet<string> = new Set(['src/main.ts → src/demo.ts']);

/** Something only certain files may touch: by imported package, by text, or both. Tests are exempt. */
export interface Reserve {
  readonly what: string;
  readonly imports?: RegExp;
  readonly text?: RegExp;
  readonly allowed: readonly RegExp[];
  /** Files that would otherwise breach it, each with the reason. */
  readonly exceptions?: ReadonlyMap<string, string>;
}

/** Browser code has no server to ask: it takes time and randomness from the browser. */
export const BROWSER = /\.(island|browser)\.ts$/;
/** The file a package's `bin` names: a program is its own composition root. */
const PACKAGE_CLI = /^packages\/[a-z]+\/src\/(cli|lianshu-[a-z]+)\.ts$/;

/** The ways to draw randomness; a parameter of the same name, as in `start.randomBytes(16)`, is not one. */
const DRAWS = '(randomBytes|randomInt|randomUUID|randomFill(Sync)?|getRandomValues)';

export const RESERVES: readonly Reserve[] = [
  {
    what: 'SQL',
    imports: /^(kysely|pg)(\/|$)/,
    text: /\bsql(<[^`\n]*>)?`|\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\.query(<[^(]*>)?\(\s*['"`]/,
    allowed: [/-store\.ts$/, /^src\/platform\/db\//, /^src\/platform\/embedded-postgres\//],
    exceptions: new Map([]),
  },
  {
    what: 'Fastify',
    imports: /^(fastify|fastify-plugin|@fastify\/.+)$/,
    allowed: [
      /-routes\.tsx?$/,
      /-api\.ts$/,
      /-plugin\.tsx?$/,
      /^src\/([a-z-]+)\/\1\.tsx?$/,
      /^src\/platform\/http\//,
    ],
    exceptions: new Map([
      ['src/serve-public.ts', "composition root: registers the modules' plugins on the server"],
    ]),
  },
  {
    what: 'the environment',
    text: /\bprocess\.env\b/,
    allowed: [/^src\/platform\/config\.ts$/, PACKAGE_CLI],
    exceptions: new Map([
      ['src/demo.ts', 'hands its environment, with its own values added, to readConfig'],
      ['src/demo-sealer.ts', 'hands its environment, with its own values added, to the sealer it starts'],
    ]),
  },
  {
    what: 'the clock',
    text: /\bDate\.now\b|\bnew Date\(\s*\)|\bTemporal\.Now\b/,
    allowed: [/^src\/platform\/time\.ts$/, BROWSER, PACKAGE_CLI, /^simulators\//],
  },
  { what: 'Temporal', imports: /^temporal-polyfill(\/|$)/, allowed: [/^src\/platform\/time\.ts$/] },
  {
    what: 'randomness',
    text: new RegExp(
      `\\bimport\\b[^;]*\\b${DRAWS}\\b[^;]*'(node:)?crypto'|\\b(web)?crypto\\??\\.${DRAWS}\\b|\\bMath\\.random\\b`,
    ),
    allowed: [/^src\/platform\/random\.ts$/, BROWSER, PACKAGE_CLI, /^simulators\//],
    exceptions: new Map([
      ['src/platform/http/server.ts', 'the request id of a log line: no secret, no decision, nothing stored'],
    ]),
  },
  {
    what: 'unescaped HTML',
    text: /dangerouslySetInnerHTML|\.innerHTML\s*=|\bouterHTML\s*=|insertAdjacentHTML/,
    allowed: [],
  },
  { what: "a package's test helpers", imports: /^@lianshu\/[a-z]+\/testing$/, allowed: [] },
  {
    what: 'the simulators',
    imports: /^@lianshu\/simulators(\/|$)/,
    allowed: [/^simulators\//, /^src\/demo(-[a-z-]+)?\.ts$/],
  },
];
