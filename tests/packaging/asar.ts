import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { field, isObject, objectAt, textAt } from '../../src/shared/kubernetes/json-fields.ts';

/** A file of an archive. */
export interface PackedFile {
  /** Beside the archive instead of in it. */
  readonly isUnpacked: boolean;
  readonly content: Buffer;
  /** Whether its content is the one that the archive's header promises (SHA-256). */
  readonly isIntact: boolean;
}

/** Two Chromium pickles: the length of the second one, then the header as JSON text with its length before it. */
const HEADER_AT = 16;

/**
 * The files of an asar archive by their paths, those in `FILE.unpacked` too. The format is that of github.com/electron/asar.
 *
 * @throws when a file that the header names is not there
 */
export function readAsar(file: string): ReadonlyMap<string, PackedFile> {
  const archive = readFileSync(file);
  const contentAt = 8 + archive.readUInt32LE(4);
  const header: unknown = JSON.parse(archive.toString('utf8', HEADER_AT, HEADER_AT + archive.readUInt32LE(12)));
  const files = new Map<string, PackedFile>();
  const read = (folder: unknown, prefix: string): void => {
    if (!isObject(folder)) throw new Error(`${file} has no header`);
    for (const [name, entry] of Object.entries(objectAt(folder, 'files'))) {
      const path = `${prefix}${name}`;
      if (!isObject(entry)) throw new Error(`${path} is no entry`);
      if (field(entry, 'files') !== undefined) {
        read(entry, `${path}/`);
        continue;
      }
      const isUnpacked = entry['unpacked'] === true;
      const from = contentAt + Number(entry['offset'] ?? 0);
      const content = isUnpacked
        ? readFileSync(join(`${file}.unpacked`, path))
        : archive.subarray(from, from + Number(entry['size']));
      const promised = textAt(objectAt(entry, 'integrity'), 'hash');
      const isIntact = promised === createHash('sha256').update(content).digest('hex');
      files.set(path, { isUnpacked, content, isIntact });
    }
  };
  read(header, '');
  return files;
}
