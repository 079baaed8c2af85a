import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the project. `path` is relative to the checkout, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One broken rule, worded so that its reader knows what to do instead. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

const SOURCES = ['src/**/*', 'tests/**/*', 'e2e/**/*', 'bench/**/*', 'scripts/**/*', '*.config.ts'];
const TEXT = /\.(ts|tsx|mjs|css|html|json|svg)$/;

/** Every file that the rules are about, and every file that one of them may import. */
export function readSourceFiles(root: string): readonly SourceFile[] {
  return SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root }))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => TEXT.test(path))
    .sort()
    .map((path) => ({ path, text: isCode(path) ? readFileSync(join(root, path), 'utf8') : '' }));
}

export function isCode(path: string): boolean {
  return /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith('.d.ts');
}

/** Tests and what only they use; nothing that ships may import it. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /^(tests|e2e|bench)\/|^src\/[^/]+\/testing\//.test(path);
}
