import { readFile, stat } from 'node:fs/promises';

/** The files that a kubeconfig names, as the core reads them. All throw Node's error (ENOENT, EACCES). */
export interface FileReader {
  read(path: string): Promise<Uint8Array>;
  size(path: string): Promise<number>;
  /** What changes when the file does: its time, size and inode. */
  version(path: string): Promise<string>;
}

export const nodeFiles: FileReader = {
  read: (path) => readFile(path),
  size: async (path) => (await stat(path)).size,
  version: async (path) => {
    const facts = await stat(path, { bigint: true });
    return `${facts.mtimeNs}:${facts.size}:${facts.ino}`;
  },
};
