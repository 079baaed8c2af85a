import { isAbsolute, join, sep } from 'node:path';
import { Document, isMap, isScalar, parseAllDocuments, visit } from 'yaml';
import type { KubeconfigProblem } from '../../shared/contract/context.ts';
import { Secret } from './credentials.ts';
import type { UserFacts } from './credentials.ts';
import type { ExecPlugin } from './exec-plugin.ts';
import type { KubeconfigFile, NamedCluster, NamedContext, NamedUser } from './kubeconfig-entries.ts';
import type { ClusterFacts } from './resolved-context.ts';
import { FieldError, YamlFields } from './yaml-fields.ts';

/** A kubeconfig of 1,500 clusters has about 3 MB. */
export const LIMIT_KUBECONFIG_BYTES = 4 * 1024 * 1024;
const LIMIT_ALIASES = 100;

export interface KubeconfigOrigin {
  readonly file: string;
  /** What relative paths in it start from; undefined for an uploaded text, whose relative paths lead nowhere. */
  readonly folder: string | undefined;
}

/**
 * Reads one kubeconfig by itself, entry by entry: a bad one is listed with its reason and the others load. Runs nothing and opens no
 * other file. Fields: client-go tools/clientcmd/api/v1/types.go (1.37); unknown ones are passed over.
 */
export function readKubeconfigFile(bytes: Uint8Array, origin: KubeconfigOrigin): KubeconfigFile {
  const text = decode(bytes, origin.file);
  if (typeof text !== 'string') return broken(origin.file, text.message);
  const root = parse(text);
  if (!(root instanceof YamlFields)) return broken(origin.file, root.message);
  return new FileReading(root, origin).read();
}

function decode(bytes: Uint8Array, file: string): string | { readonly message: string } {
  if (bytes.length > LIMIT_KUBECONFIG_BYTES) return { message: tooLarge(bytes.length) };
  if (bytes.includes(0)) return { message: `${file} is a binary file, not a kubeconfig.` };
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { message: `${file} is not a text in UTF-8.` };
  }
}

export function tooLarge(length: number): string {
  const megabytes = (length / 1_048_576).toFixed(1);
  return `The file has ${megabytes} MB; a kubeconfig over ${LIMIT_KUBECONFIG_BYTES / 1_048_576} MB is not read.`;
}

function parse(text: string): YamlFields | { readonly message: string } {
  if (text.trim() === '') return { message: 'The file is empty.' };
  const document = parseYaml(text);
  if (!(document instanceof Document)) return document;
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line;
    return {
      message: `The file is not valid YAML${line === undefined ? '' : ` (line ${line})`}: ${yamlReason(error.message)}.`,
    };
  }
  if (countAliases(document) > LIMIT_ALIASES)
    return { message: `The file has more than ${LIMIT_ALIASES} YAML aliases.` };
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === '')) {
    return { message: 'The file is empty.' };
  }
  if (!isMap(document.contents)) return { message: 'The file is YAML, but not a kubeconfig: it has no fields.' };
  const fields = new YamlFields(document, document.contents);
  const known = ['clusters', 'contexts', 'users', 'current-context', 'kind'];
  if (!fields.keys().some((key) => known.includes(key))) {
    return { message: 'The file is YAML, but not a kubeconfig: it has neither clusters nor contexts nor users.' };
  }
  return fields;
}

/** The first document, as kubectl takes it. */
function parseYaml(text: string): Document | { readonly message: string } {
  try {
    const documents = parseAllDocuments(text, {
      schema: 'failsafe',
      uniqueKeys: false,
      strict: false,
      logLevel: 'silent',
    });
    return (Array.isArray(documents) ? documents[0] : undefined) ?? { message: 'The file is empty.' };
  } catch (error) {
    // The parser walks down by calling itself: a file of a hundred thousand brackets ends its stack.
    if (error instanceof RangeError) return { message: 'The file is nested too deeply.' };
    throw error;
  }
}

/** The parser's words without the file's: after a colon it quotes the text, which may be a token. */
function yamlReason(message: string): string {
  return (message.split('\n', 1)[0] ?? '').replace(/ at line \d+, column \d+:?$/, '').replace(/[:"].*$/, '');
}

function countAliases(document: Document): number {
  let aliases = 0;
  visit(document, {
    Alias: () => {
      aliases++;
      return aliases > LIMIT_ALIASES ? visit.BREAK : undefined;
    },
  });
  return aliases;
}

function broken(file: string, message: string): KubeconfigFile {
  return { file, currentContext: undefined, clusters: [], users: [], contexts: [], problems: [{ file, message }] };
}

class FileReading {
  readonly #root: YamlFields;
  readonly #origin: KubeconfigOrigin;
  readonly #problems: KubeconfigProblem[] = [];

  constructor(root: YamlFields, origin: KubeconfigOrigin) {
    this.#root = root;
    this.#origin = origin;
  }

  read(): KubeconfigFile {
    const clusters = this.#entries<NamedCluster>('clusters', 'cluster', (name, fields) => ({
      name,
      cluster: this.#cluster(fields),
    }));
    const users = this.#entries<NamedUser>('users', 'user', (name, fields) => ({ name, user: this.#user(fields) }));
    const contexts = this.#entries<NamedContext>('contexts', 'context', readContext);
    const currentContext = this.#try('current-context', () => this.#root.text('current-context'));
    return { file: this.#origin.file, currentContext, clusters, users, contexts, problems: this.#problems };
  }

  #entries<T>(list: string, kind: string, read: (name: string, fields: YamlFields) => T): readonly T[] {
    const entries = this.#try(list, () => this.#root.list(list)) ?? [];
    const good: T[] = [];
    for (const [index, entry] of entries.entries()) {
      const label = this.#label(entry, kind, index);
      const value = this.#try(label, () => {
        if (!entry) throw new FieldError('it is not a mapping');
        const name = entry.text('name');
        if (name === undefined) throw new FieldError('it has no name');
        const fields = entry.fields(kind);
        if (!fields && kind !== 'user') throw new FieldError(`it has no field "${kind}"`);
        return read(name, fields ?? YamlFields.empty());
      });
      if (value !== undefined) good.push(value);
    }
    return good;
  }

  #label(entry: YamlFields | undefined, kind: string, index: number): string {
    try {
      return `${kind} ${entry?.text('name') ?? `number ${index + 1}`}`;
    } catch {
      return `${kind} number ${index + 1}`;
    }
  }

  #try<T>(entry: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      this.#problems.push({ file: this.#origin.file, entry, message: `${error.message}.` });
      return undefined;
    }
  }

  #cluster(fields: YamlFields): ClusterFacts {
    const server = fields.text('server');
    if (server === undefined) throw new FieldError('it has no server');
    return {
      server: withoutUser(server),
      insecureSkipTlsVerify: fields.flag('insecure-skip-tls-verify'),
      ...present('tlsServerName', fields.text('tls-server-name')),
      ...present('certificateAuthority', this.#path(fields.text('certificate-authority'))),
      ...present('certificateAuthorityData', base64(fields, 'certificate-authority-data')),
      ...present('proxyUrl', secret(fields.text('proxy-url'))),
      ...present('execConfig', readExecConfig(fields)),
    };
  }

  #user(fields: YamlFields): UserFacts {
    const user: UserFacts = {
      ...present('clientCertificate', this.#path(fields.text('client-certificate'))),
      ...present('clientCertificateData', base64(fields, 'client-certificate-data')),
      ...present('clientKey', this.#path(fields.text('client-key'))),
      ...present('clientKeyData', base64(fields, 'client-key-data')),
      ...present('token', fields.text('token')),
      ...present('tokenFile', this.#path(fields.text('tokenFile'))),
      ...present('username', fields.text('username')),
      ...present('password', fields.text('password')),
      ...present('as', fields.text('as')),
      ...present('asUid', fields.text('as-uid')),
      ...present('asGroups', fields.texts('as-groups')),
      ...present('asUserExtra', readExtra(fields.fields('as-user-extra'))),
      ...present('exec', this.#exec(fields.fields('exec'))),
      ...present('authProvider', fields.fields('auth-provider')?.text('name')),
    };
    checkUser(user);
    return user;
  }

  #exec(fields: YamlFields | undefined): ExecPlugin | undefined {
    if (!fields) return undefined;
    const command = fields.text('command');
    if (command === undefined) throw new FieldError('its exec has no command');
    return {
      // Only what is no name for the PATH: client-go tools/clientcmd/loader.go (1.37), GetAuthInfoFileReferences.
      command: command.includes(sep) ? (this.#path(command) ?? command) : command,
      args: fields.texts('args') ?? [],
      env: fields.list('env').map((entry) => ({ name: entry?.text('name') ?? '', value: entry?.text('value') ?? '' })),
      file: this.#origin.file,
      ...present('apiVersion', fields.text('apiVersion')),
      ...present('interactiveMode', fields.text('interactiveMode')),
      ...present('installHint', fields.text('installHint')),
      ...(fields.flag('provideClusterInfo') ? { provideClusterInfo: true } : {}),
    };
  }

  #path(path: string | undefined): string | undefined {
    if (path === undefined || isAbsolute(path) || this.#origin.folder === undefined) return path;
    return join(this.#origin.folder, path);
  }
}

function readContext(name: string, fields: YamlFields): NamedContext {
  return {
    name,
    clusterName: fields.text('cluster'),
    userName: fields.text('user'),
    namespace: fields.text('namespace'),
  };
}

/** client-go tools/clientcmd/validation.go (1.37), validateAuthInfo. */
function checkUser(user: UserFacts): void {
  const impersonates = user.asUid !== undefined || user.asGroups !== undefined || user.asUserExtra !== undefined;
  if (impersonates && user.as === undefined)
    throw new FieldError('it has as-uid, as-groups or as-user-extra without "as"');
  if (user.exec && user.authProvider !== undefined) throw new FieldError('it has both exec and auth-provider');
  if ((user.token !== undefined || user.tokenFile !== undefined) && user.username !== undefined) {
    throw new FieldError('it has both a token and a username, of which only one is allowed');
  }
}

/** client-go tools/clientcmd/api/v1/types.go (1.37), ExecClusterConfig: the extension of this name. */
function readExecConfig(fields: YamlFields): unknown {
  const extension = fields
    .list('extensions')
    .find((entry) => entry?.text('name') === 'client.authentication.k8s.io/exec');
  return extension?.json('extension');
}

function readExtra(fields: YamlFields | undefined): UserFacts['asUserExtra'] {
  if (!fields) return undefined;
  return Object.fromEntries(fields.keys().map((key) => [key, fields.texts(key) ?? []]));
}

function base64(fields: YamlFields, name: string): string | undefined {
  const text = fields.text(name)?.replace(/\s+/g, '');
  if (text === undefined) return undefined;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) throw new FieldError(`its ${name} is not base64`);
  return Buffer.from(text, 'base64').toString('utf8');
}

/** A user in the server's URL would be shown with it; identity belongs into the user entry. */
function withoutUser(server: string): string {
  return server.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');
}

function secret(text: string | undefined): Secret | undefined {
  return text === undefined ? undefined : new Secret(text);
}

function present<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}
