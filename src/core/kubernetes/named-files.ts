import { isAbsolute } from 'node:path';
import type { FileReader } from './file-reader.ts';
import type { KubeContext } from './kubeconfig-merge.ts';
import type { ResolvedContext } from './resolved-context.ts';
import { errorCode } from './socket-failure.ts';

interface NamedFile {
  readonly field: string;
  readonly path: string;
}

/** Whether the files that contexts name are there, each looked at once. */
export class NamedFiles {
  readonly #files: FileReader;
  readonly #state = new Map<string, string | undefined>();

  constructor(files: FileReader) {
    this.#files = files;
  }

  /** The context, with a problem in place of its connection when a file that it needs is missing. */
  async check(context: KubeContext): Promise<KubeContext> {
    if (!context.resolved) return context;
    for (const named of filesOf(context.resolved)) {
      const message = await this.#problemOf(named);
      if (message === undefined) continue;
      const { resolved: _, ...facts } = context;
      return { ...facts, problem: { reason: 'KubeconfigInvalid', message, contextName: context.contextName } };
    }
    return context;
  }

  /** Whether a file came or went since `check` looked at it. */
  async changed(): Promise<boolean> {
    for (const [path, before] of this.#state) {
      if ((await this.#look(path)) !== before) return true;
    }
    return false;
  }

  async #problemOf(named: NamedFile): Promise<string | undefined> {
    if (!isAbsolute(named.path)) {
      return `${named.field} is the relative path ${named.path}, which leads nowhere in an uploaded text: the file is missing.`;
    }
    if (!this.#state.has(named.path)) this.#state.set(named.path, await this.#look(named.path));
    const code = this.#state.get(named.path);
    if (code === undefined) return undefined;
    return code === 'ENOENT'
      ? `The file of ${named.field} does not exist: ${named.path}.`
      : `The file of ${named.field} cannot be read: ${named.path} (${code}).`;
  }

  async #look(path: string): Promise<string | undefined> {
    try {
      await this.#files.version(path);
      return undefined;
    } catch (error) {
      return errorCode(error) ?? 'error';
    }
  }
}

function filesOf(context: ResolvedContext): readonly NamedFile[] {
  const { cluster } = context;
  const user = context.credentials.reveal();
  const all: readonly { readonly field: string; readonly path: string | undefined }[] = [
    {
      field: 'certificate-authority',
      path:
        cluster.certificateAuthorityData === undefined && !cluster.insecureSkipTlsVerify
          ? cluster.certificateAuthority
          : undefined,
    },
    {
      field: 'client-certificate',
      path: user.clientCertificateData === undefined ? user.clientCertificate : undefined,
    },
    { field: 'client-key', path: user.clientKeyData === undefined ? user.clientKey : undefined },
    { field: 'tokenFile', path: user.token === undefined ? user.tokenFile : undefined },
  ];
  return all.flatMap(({ field, path }) => (path === undefined ? [] : [{ field, path }]));
}
