import { checkCycles } from './check-cycles.ts';
import { checkFile } from './check-files.ts';
import { checkImports, resolveImports } from './check-imports.ts';
import { checkWrites } from './check-writes.ts';
import { readFacts } from './read-facts.ts';
import { isCode, type SourceFile, type Violation } from './source-file.ts';

/** Every broken rule of ARCHITECTURE.md in these files. @throws Error when a file does not parse */
export function checkArchitecture(files: readonly SourceFile[]): readonly Violation[] {
  const paths = new Set(files.map(({ path }) => path));
  const sources = files.filter(({ path }) => isCode(path)).map((file) => resolveImports(file, readFacts(file), paths));
  return [
    ...sources.flatMap((source) => [
      ...checkFile(source.file, source.facts),
      ...checkImports(source, paths),
      ...checkWrites(source),
    ]),
    ...checkCycles(sources),
  ];
}

export function describeViolation({ path, line, message }: Violation): string {
  return `${path}:${line} ${message}`;
}
