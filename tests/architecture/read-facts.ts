import { parseSync } from 'vite';
import type { SourceFile } from './source-file.ts';

/**
 * How a module is named: by import or export-from, by an import without names (for its effect alone), by `import()`, as a type
 * only, by require, or as new URL(x, import.meta.url).
 */
export type ImportKind = 'static' | 'effect' | 'dynamic' | 'type' | 'require' | 'url';

export interface ImportFact {
  readonly kind: ImportKind;
  /** undefined when it is not a literal, so that nobody can tell what is loaded. */
  readonly specifier: string | undefined;
  /** Imported names of a static import; empty for others. */
  readonly names: readonly string[];
  readonly line: number;
}

export interface Mark {
  readonly text: string;
  readonly line: number;
}

/** What the rules want to know of one file. */
export interface Facts {
  readonly imports: readonly ImportFact[];
  readonly defaultExports: readonly Mark[];
  /** Nothing in it but re-exports. */
  readonly onlyReexports: boolean;
  /** String values 'POST', 'PUT', 'PATCH' and 'DELETE'; types are not values. */
  readonly writeMethods: readonly Mark[];
  /** Calls by name: `fetch`, `vi.mock`, … */
  readonly calls: readonly Mark[];
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string; readonly start: number };

/** Parses a file and collects the facts. @throws Error when it does not parse */
export function readFacts(file: SourceFile): Facts {
  const parsed = parseSync(file.path, file.text);
  const [error] = parsed.errors;
  if (error !== undefined) throw new Error(`${file.path} does not parse: ${error.message}`);
  const lineAt = lines(file.text);
  const imports: ImportFact[] = [];
  const writeMethods: Mark[] = [];
  const calls: Mark[] = [];
  const defaultExports: Mark[] = [];
  visit(parsed.program, (node) => {
    const line = lineAt(node.start);
    const found = importOf(node);
    if (found !== undefined) imports.push({ ...found, line });
    if (node.type === 'Literal' && isWriteMethod(node['value'])) writeMethods.push({ text: node['value'], line });
    if (node.type === 'CallExpression' || node.type === 'NewExpression')
      calls.push({ text: nameOf(node['callee']), line });
    if (isDefaultExport(node)) defaultExports.push({ text: 'default', line });
  });
  return { imports, defaultExports, writeMethods, calls, onlyReexports: reexportsOnly(parsed.program.body) };
}

function importOf(node: Node): Omit<ImportFact, 'line'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration': {
      if (!isNode(node['source'])) return undefined;
      return {
        kind: isTypeOnly(node) ? 'type' : isForEffect(node) ? 'effect' : 'static',
        specifier: literal(node['source']),
        names: importedNames(node),
      };
    }
    case 'ImportExpression':
      return { kind: 'dynamic', specifier: literal(node['source']), names: [] };
    case 'TSImportType':
      return { kind: 'type', specifier: literal(node['source']), names: [] };
    case 'TSExternalModuleReference':
      return { kind: 'require', specifier: literal(node['expression']), names: [] };
    case 'CallExpression':
      if (nameOf(node['callee']) !== 'require') return undefined;
      return { kind: 'require', specifier: literal(firstOf(node['arguments'])), names: [] };
    case 'NewExpression':
      return urlOf(node);
    default:
      return undefined;
  }
}

function urlOf(node: Node): Omit<ImportFact, 'line'> | undefined {
  if (nameOf(node['callee']) !== 'URL' || !Array.isArray(node['arguments'])) return undefined;
  const [first, base]: readonly unknown[] = node['arguments'];
  if (nameOf(base) !== 'import.meta.url') return undefined;
  const specifier = literal(first);
  return specifier === undefined ? undefined : { kind: 'url', specifier, names: [] };
}

function isTypeOnly(node: Node): boolean {
  if (node['importKind'] === 'type' || node['exportKind'] === 'type') return true;
  const specifiers = childNodes(node['specifiers']);
  return (
    specifiers.length > 0 &&
    specifiers.every((specifier) => specifier['importKind'] === 'type' || specifier['exportKind'] === 'type')
  );
}

function isForEffect(node: Node): boolean {
  return node.type === 'ImportDeclaration' && childNodes(node['specifiers']).length === 0;
}

function importedNames(node: Node): readonly string[] {
  return childNodes(node['specifiers']).flatMap((specifier) => {
    const name = nameOf(specifier['imported'] ?? specifier['local']);
    return name === '' ? [] : [name];
  });
}

function isDefaultExport(node: Node): boolean {
  if (node.type === 'ExportDefaultDeclaration') return true;
  if (node.type !== 'ExportNamedDeclaration') return false;
  return childNodes(node['specifiers']).some((specifier) => nameOf(specifier['exported']) === 'default');
}

function reexportsOnly(body: readonly unknown[]): boolean {
  const nodes = childNodes(body);
  return (
    nodes.length > 0 &&
    nodes.every(
      (node) =>
        node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && isNode(node['source'])),
    )
  );
}

function isWriteMethod(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    ['POST', 'PUT', 'PATCH', 'DELETE'].includes(value.toUpperCase()) &&
    value === value.toUpperCase()
  );
}

/** `a.b.c` for a chain of names, else ''. */
function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  switch (node.type) {
    case 'Identifier':
      return String(node['name']);
    case 'Literal':
      return String(node['value']);
    case 'MetaProperty':
      return `${nameOf(node['meta'])}.${nameOf(node['property'])}`;
    case 'MemberExpression':
      return `${nameOf(node['object'])}.${nameOf(node['property'])}`;
    default:
      return '';
  }
}

function literal(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type !== 'TemplateLiteral' || childNodes(node['expressions']).length > 0) return undefined;
  const [quasi] = childNodes(node['quasis']);
  const value: unknown = quasi?.['value'];
  return typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : undefined;
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}

function childNodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Types are visited for what they import, but not for their literals: `method: 'POST' | 'PUT'` sends nothing. */
function visit(value: unknown, enter: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, enter);
    return;
  }
  if (!isNode(value)) return;
  enter(value);
  if (value.type === 'TSLiteralType') return;
  for (const key of Object.keys(value)) visit(value[key], enter);
}

function lines(text: string): (offset: number) => number {
  const starts = [0];
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return (offset) => {
    const after = starts.findIndex((start) => start > offset);
    return after === -1 ? starts.length : after;
  };
}
