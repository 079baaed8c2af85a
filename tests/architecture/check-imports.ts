import { posix } from 'node:path';
import { ONLY_DEFINES } from '../../scripts/build/only-defines.ts';
import { homes, layers, orders } from './layers.ts';
import type { Facts, ImportFact } from './read-facts.ts';
import { isTest, type SourceFile, type Violation } from './source-file.ts';

/** The sources as a graph: every file with its facts, and where each of its imports leads. */
export interface Resolved {
  readonly file: SourceFile;
  readonly facts: Facts;
  readonly edges: readonly Edge[];
}

export interface Edge {
  readonly fact: ImportFact;
  /** A path of the project; undefined for a package. */
  readonly target: string | undefined;
}

/** Follows relative imports. A built name (./decode-worker.js) leads to its source where that lies at the same place. */
export function resolveImports(file: SourceFile, facts: Facts, paths: ReadonlySet<string>): Resolved {
  const edges = facts.imports.map((fact) => ({ fact, target: targetOf(file.path, fact, paths) }));
  return { file, facts, edges };
}

function targetOf(from: string, { specifier, kind }: ImportFact, paths: ReadonlySet<string>): string | undefined {
  if (specifier === undefined || !isRelative(specifier)) return undefined;
  const path = posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''));
  if (kind === 'url' && !paths.has(path)) return path.replace(/\.js$/, '.ts');
  return path;
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith('./') || specifier.startsWith('../') || specifier === '.' || specifier === '..';
}

/** Every rule about a single import. */
export function checkImports(source: Resolved, paths: ReadonlySet<string>): readonly Violation[] {
  return source.edges.flatMap(({ fact, target }) => {
    const messages =
      fact.specifier === undefined
        ? unknowable(source.file.path)
        : target === undefined
          ? checkPackage(source.file.path, fact.specifier)
          : checkTarget(source.file.path, fact, target, paths);
    return messages.map((message) => ({ path: source.file.path, line: fact.line, message }));
  });
}

function unknowable(from: string): readonly string[] {
  return layerOf(from) === undefined || isTest(from)
    ? []
    : ['an import must name its module literally, so that the rules can see it'];
}

function checkPackage(from: string, name: string): readonly string[] {
  if (isTest(from)) return [];
  const layer = layerOf(from);
  if (layer === undefined) return [];
  const messages: string[] = [];
  if (!layer.packages.some((pattern) => pattern.test(name))) {
    messages.push(`${layer.name} may not import ${name}: ${layer.instead}`);
  }
  for (const { packages, within, home, instead } of homes) {
    if (packages.test(name) && from.startsWith(within) && !from.startsWith(home)) {
      messages.push(`${name} belongs to ${home}: ${instead}`);
    }
  }
  return messages;
}

function checkTarget(from: string, fact: ImportFact, target: string, paths: ReadonlySet<string>): readonly string[] {
  // A URL names a file of the built application, which has another layout; only sources are judged.
  if (!paths.has(target)) {
    return fact.kind === 'url' ? [] : [`${fact.specifier} is no file: write the path with its extension (.ts, .tsx)`];
  }
  if (isTest(from)) return [];
  return [
    ...checkLayer(from, target),
    ...checkOrder(from, target),
    ...checkFeature(from, target),
    ...checkEffect(fact, target),
  ];
}

function checkLayer(from: string, target: string): readonly string[] {
  const layer = layerOf(from);
  if (layer === undefined) return [];
  if (isTest(target) || !target.startsWith('src/')) return [`${target} is not shipped: what ships may not import it`];
  const allowed = [layer.folder, ...layer.mayImport];
  const ok = allowed.some((path) => (path.endsWith('/') ? target.startsWith(path) : target === path));
  return ok ? [] : [`${layer.name} may not import ${target}: ${layer.instead}`];
}

function checkOrder(from: string, target: string): readonly string[] {
  return orders
    .filter((order) => from.startsWith(order.from) && order.never.some((path) => target.startsWith(path)))
    .map((order) => `${order.from} may not import ${target}: ${order.instead}`);
}

const FEATURE = /^src\/renderer\/features\/([^/]+)\//;

function checkFeature(from: string, target: string): readonly string[] {
  const feature = FEATURE.exec(target)?.[1];
  if (feature === undefined || FEATURE.exec(from)?.[1] === feature) return [];
  if (target === `src/renderer/features/${feature}/index.ts`) return [];
  const name = FEATURE.exec(from)?.[1];
  const who = name === undefined ? from : `features/${name}`;
  return [`${who} may not import ${target.replace('src/renderer/', '')}: use features/${feature}/index.ts`];
}

/** The build relies on it, for these folders: what is imported without a name would be left out. */
function checkEffect({ kind }: ImportFact, target: string): readonly string[] {
  return kind === 'effect' && ONLY_DEFINES.test(target)
    ? [`${target} may not be imported for its effect: it only defines things, so call what it exports`]
    : [];
}

function layerOf(path: string) {
  return layers.find(({ folder }) => path.startsWith(folder));
}
