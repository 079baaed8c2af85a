import { posix } from 'node:path';
import { layers } from './layers.ts';
import type { Facts } from './read-facts.ts';
import { isTest, type SourceFile, type Violation } from './source-file.ts';

const LONGEST = 400;

/** Nothing but a table, so nothing is won by splitting it. */
const tables: ReadonlySet<string> = new Set(['src/demo/schema/api-types.ts']);

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.(ts|tsx|mjs)$/;
const PASCAL = /^[A-Z][A-Za-z0-9]*(\.test)?\.tsx$/;
const COMPONENT = /^export (?:async )?function [A-Z]/gm;
const VAGUE = /^(utils?|helpers?|common|managers?)$/;

/** Every rule about a file by itself: its name, length and kind of exports. */
export function checkFile(file: SourceFile, facts: Facts): readonly Violation[] {
  const whole = [
    ...nameProblems(file),
    ...lengthProblems(file),
    ...barrelProblems(file, facts),
    ...layerProblems(file),
  ];
  return [
    ...whole.map((message) => ({ path: file.path, line: 1, message })),
    ...defaultExports(file, facts),
    ...mocks(file, facts),
  ];
}

function nameProblems({ path, text }: SourceFile): readonly string[] {
  const name = posix.basename(path);
  const problems: string[] = [];
  const words = path.split('/').flatMap((part) => part.replace(/\..*$/, '').split('-'));
  const vague = words.find((word) => VAGUE.test(word));
  if (vague !== undefined) problems.push(`"${vague}" says nothing: name the file after what it exports`);
  // Several small ones may share a file that is named after what they have in common.
  const isComponent = path.endsWith('.tsx') && text.match(COMPONENT)?.length === 1;
  if (isComponent && !PASCAL.test(name)) problems.push('a component file is PascalCase after its component');
  if (!isComponent && !KEBAB.test(name) && !PASCAL.test(name)) {
    problems.push('a file is kebab-case after its main export');
  }
  return problems;
}

function lengthProblems({ path, text }: SourceFile): readonly string[] {
  const length = text.split('\n').length - 1;
  if (length <= LONGEST || isTest(path) || tables.has(path)) return [];
  return [`${length} lines are too many (${LONGEST}): split it by what changes together`];
}

function barrelProblems({ path }: SourceFile, { onlyReexports }: Facts): readonly string[] {
  if (/^src\/renderer\/features\/[^/]+\/index\.ts$/.test(path)) return [];
  const isIndex = /^index\.tsx?$/.test(posix.basename(path));
  return onlyReexports || isIndex ? ['no barrels, but features/<screen>/index.ts: import from the file itself'] : [];
}

function layerProblems({ path }: SourceFile): readonly string[] {
  if (!path.startsWith('src/') || layers.some(({ folder }) => path.startsWith(folder))) return [];
  return ['this is in no layer: see layers.ts'];
}

function defaultExports({ path }: SourceFile, facts: Facts): readonly Violation[] {
  if (/^[^/]+\.config\.ts$/.test(path)) return [];
  return facts.defaultExports.map(({ line }) => ({ path, line, message: 'no default exports: export it by its name' }));
}

function mocks({ path }: SourceFile, { calls }: Facts): readonly Violation[] {
  return calls
    .filter(({ text }) => /^(vi|vitest)\.(mock|doMock|hoisted)$/.test(text))
    .map(({ text, line }) => ({
      path,
      line,
      message: `no ${text}: pass a fake that speaks the real protocol instead`,
    }));
}
