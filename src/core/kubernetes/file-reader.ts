import { open, stat } from 'node:fs/promises';

/** The files that a kubeconfig names, as the core reads them. All throw Node's error (ENOENT, EACCES). */
export interface FileReader {
  /** Whole. A file of more than 8 MiB throws EFBIG; a device says that it has 0 bytes and may have no end. */
  read(path: string): Promise<Uint8Array>;
  size(path: string): Promise<number>;
  /** What changes when the file does: its time, size and inode. */
  version(path: string): Promise<string>;
}

const LIMIT_BYTES = 8 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;

export const nodeFiles: FileReader = {
  read: readWithin,
  size: async (path) => (await stat(path)).size,
  version: async (path) => {
    const facts = await stat(path, { bigint: true });
    return `${facts.mtimeNs}:${facts.size}:${facts.ino}`;
  },
};

async function readWithin(path: string): Promise<Uint8Array> {
  await using file = await open(path);
  const chunks: Buffer[] = [];
  let length = 0;
  while (length <= LIMIT_BYTES) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES);
    if (bytesRead === 0) return Buffer.concat(chunks);
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  throw Object.assign(new Error(`EFBIG: more than ${LIMIT_BYTES} bytes, read '${path}'`), { code: 'EFBIG' });
}
