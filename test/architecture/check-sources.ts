import {
  ALLOWED_EDGES,
  BROWSER,
  DYNAMIC_ONLY,
  FACED_UNITS,
  NARROW_EDGES,
  RESERVES,
  type Reserve,
} from './dependency-rule.ts';
import { type Import, importsOf, isTest, type SourceFile, withoutComments } from './source-files.ts';

/** `packages/x`, `simulators`, `src/<folder>` or `src/<file>`; undefined for what is none of ours. */
function unitOf(target: string): string | undefined {
  const workspace = /^@lianshu\/([a-z-]+)/.exec(target)?.[1];
  if (workspace) return workspace === 'simulators' ? 'simulators' : `packages/${workspace}`;
  if (/^src\/demo-[a-z-]+\.tsx?$/.test(target)) return 'src/demo.ts';
  const [top, second] = target.split('/');
  if (top === 'simulators') return top;
  if ((top === 'packages' || top === 'src') && second) return `${top}/${second}`;
  return top === 'tools' || top === 'test' || top === 'bench' || top === 'migrations' ? top : undefined;
}

function checkEdge(file: SourceFile, from: string, { specifier, target, kind }: Import): string | undefined {
  const to = unitOf(target);
  if (to === undefined || to === from) return undefined;
  const edge = `${from} → ${to}`;
  if (isTest(file.path)) {
    const leaves = from.startsWith('packages/') && to.startsWith('src/');
    return leaves ? `${file.path}: a package's test must run without src/ (${specifier})` : undefined;
  }
  if (!ALLOWED_EDGES.get(from)?.includes(to)) return `${file.path}: ${edge} is not allowed (${specifier})`;
  if (DYNAMIC_ONLY.has(edge) && kind === 'value') return `${file.path}: ${edge} must be import()`;
  const only = NARROW_EDGES.get(edge);
  if (only !== undefined && target !== only)
    return `${file.path}: ${edge} only through ${only} (${specifier})`;
  if (!target.startsWith('@') && /^(packages|simulators)/.test(to))
    return `${file.path}: name the package instead of its path (${specifier})`;
  const face = BROWSER.test(file.path) ? 'index.island.ts' : 'index.ts';
  if (FACED_UNITS.has(to) && target !== `${to}/${face}`)
    return `${file.path}: ${to} only through its ${face} (${specifier})`;
  return undefined;
}

/** True when the file touches the reserve, whether or not it may. */
export function touches(file: SourceFile, reserve: Reserve): boolean {
  if (importsOf(file).some(({ specifier }) => reserve.imports?.test(specifier))) return true;
  return reserve.text?.test(withoutComments(file.text)) ?? false;
}

function checkReserves(file: SourceFile): string[] {
  return RESERVES.filter(
    (reserve) =>
      !reserve.allowed.some((pattern) => pattern.test(file.path)) &&
      !reserve.exceptions?.has(file.path) &&
      touches(file, reserve),
  ).map((reserve) => `${file.path}: ${reserve.what} does not belong here`);
}

/** Cycles between files, following value imports; each as `a → b → a`, once. */
export function findCycles(files: readonly SourceFile[]): string[] {
  const graph = new Map(
    files.map((file) => [
      file.path,
      importsOf(file)
        .filter((one) => one.kind === 'value')
        .map((one) => one.target),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) cycles.push([...trail.slice(at), path].join(' → '));
    if (at >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}

/** Every breach of the dependency rule in these files, one readable line each. */
export function findBreaches(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const from = unitOf(file.path);
    const imports = importsOf(file);
    if (from === undefined) return [];
    if (!ALLOWED_EDGES.has(from)) return [`${file.path}: ${from} has no line in the table of allowed edges`];
    const edges = imports.flatMap((one) => checkEdge(file, from, one) ?? []);
    return isTest(file.path) ? edges : [...edges, ...checkReserves(file)];
  });
}
