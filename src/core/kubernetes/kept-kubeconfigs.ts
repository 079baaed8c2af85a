import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from './replace-file.ts';
import { errorCode } from './socket-failure.ts';

export interface KeptKubeconfig {
  readonly file: string;
  readonly path: string;
}

const NAME = /^(.+)~[0-9a-f]{8}\.yaml$/;

/** Kubeconfig texts that the user asked to keep: one file each in the data folder, readable by the user alone (0600 in a 0700 folder). */
export class KeptKubeconfigs {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<readonly KeptKubeconfig[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    });
    return names.toSorted().flatMap((name) => {
      const file = NAME.exec(name)?.[1];
      return file === undefined ? [] : [{ file, path: join(this.#folder, name) }];
    });
  }

  /** Written beside and renamed, so that a crash leaves the whole text or none. */
  async write(fileName: string, bytes: Uint8Array): Promise<KeptKubeconfig> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await chmod(this.#folder, 0o700);
    const file = safeName(fileName);
    const id = randomBytes(4).toString('hex');
    const path = join(this.#folder, `${file}~${id}.yaml`);
    const temporary = join(this.#folder, `.${id}.tmp`);
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await replaceFile(temporary, path);
    return { file, path };
  }

  async remove(path: string): Promise<void> {
    await unlink(path);
  }
}

/** The last part of an uploaded name, without what a file system could take amiss. */
export function safeName(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? '';
  const safe = last
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 80);
  return safe === '' ? 'kubeconfig' : safe;
}
