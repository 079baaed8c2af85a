import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from './file-reader.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'everynode-files-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file that a kubeconfig names', () => {
  it.each([0, 1, 262_144, 262_145, 1_000_000])('is read whole with %d bytes', async (length) => {
    const path = join(folder, 'file');
    const bytes = Buffer.from(Uint8Array.from({ length }, (_, index) => index % 251));
    writeFileSync(path, bytes);
    expect(Buffer.compare(Buffer.from(await nodeFiles.read(path)), bytes)).toBe(0);
    expect(await nodeFiles.size(path)).toBe(length);
  });

  it('is refused over 8 MiB', async () => {
    const path = join(folder, 'huge');
    writeFileSync(path, '');
    truncateSync(path, 8 * 1024 * 1024 + 1);
    await expect(nodeFiles.read(path)).rejects.toMatchObject({ code: 'EFBIG' });
  });

  it.skipIf(process.platform === 'win32')(
    'is refused when it has no end, and is empty when it is nothing',
    async () => {
      await expect(nodeFiles.read('/dev/zero')).rejects.toMatchObject({ code: 'EFBIG' });
      expect(await nodeFiles.read('/dev/null')).toHaveLength(0);
    },
  );

  it('says why it cannot be read', async () => {
    await expect(nodeFiles.read(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(nodeFiles.version(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
    if (process.platform !== 'win32') await expect(nodeFiles.read(folder)).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it('has another version when it changed', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'a');
    const before = await nodeFiles.version(path);
    expect(await nodeFiles.version(path)).toBe(before);
    writeFileSync(path, 'bc');
    expect(await nodeFiles.version(path)).not.toBe(before);
  });
});
