import { describe, expect, it } from 'vitest';
import type { FileReader } from './file-reader.ts';
import { GRACE_MISSING_MS, readSource } from './kubeconfig-reading.ts';
import { fileSource } from './kubeconfig-sources.ts';
import type { TextSource } from './kubeconfig-sources.ts';

const GOOD = 'clusters: [{name: a, cluster: {server: https://a}}]\ncontexts: [{name: a, context: {cluster: a}}]';
const source = fileSource('argument', '/home/me/config', '/home/me');

/** A file whose text, version and trouble a test sets. */
class OneFile implements FileReader {
  text = GOOD;
  time = 1;
  trouble: string | undefined;
  bytes: number | undefined;
  reads = 0;

  async read(): Promise<Uint8Array> {
    this.reads++;
    return Buffer.from(this.text);
  }

  async size(): Promise<number> {
    return this.bytes ?? this.text.length;
  }

  async version(): Promise<string> {
    if (this.trouble !== undefined) throw Object.assign(new Error('trouble'), { code: this.trouble });
    return `${this.time}`;
  }
}

describe('reading a kubeconfig again', () => {
  it('answers the same reading while the file is the same', async () => {
    const file = new OneFile();
    const first = await readSource(source, undefined, file, 0);
    expect(first).toMatchObject({ found: true, content: { contexts: [{ name: 'a' }], problems: [] } });
    expect(await readSource(source, first, file, 1)).toBe(first);
    expect(file.reads).toBe(1);
  });

  it('keeps the last good entries when the file becomes bad, large or unreadable, until it is good', async () => {
    const file = new OneFile();
    const first = await readSource(source, undefined, file, 0);
    file.text = 'clusters: [';
    file.time = 2;
    const bad = await readSource(source, first, file, 1);
    expect(bad.content.contexts).toEqual(first.content.contexts);
    expect(bad.content.problems[0]?.message).toContain('What it said before is still used.');
    file.bytes = 30 * 1024 * 1024;
    file.time = 3;
    const large = await readSource(source, bad, file, 2);
    expect(large.content.problems[0]?.message).toBe(
      'The file has 30.0 MB; a kubeconfig over 4 MB is not read. What it said before is still used.',
    );
    file.trouble = 'EACCES';
    const refused = await readSource(source, large, file, 3);
    expect(refused.content.problems).toEqual([
      { file: '/home/me/config', message: 'The file cannot be read (EACCES). What it said before is still used.' },
    ]);
    expect(await readSource(source, refused, file, 4)).toBe(refused);
    Object.assign(file, { trouble: undefined, bytes: undefined, text: GOOD, time: 4 });
    const good = await readSource(source, refused, file, 5);
    expect(good.content.problems).toEqual([]);
  });

  it('has nothing to keep when it never was good', async () => {
    const file = new OneFile();
    file.text = 'clusters: [';
    const bad = await readSource(source, undefined, file, 0);
    expect(bad).toMatchObject({ found: true, content: { contexts: [], clusters: [] } });
    expect(bad.content.problems[0]?.message).not.toContain('still used');
  });

  it('counts a file as gone only after a moment', async () => {
    const file = new OneFile();
    const first = await readSource(source, undefined, file, 0);
    file.trouble = 'ENOENT';
    const missing = await readSource(source, first, file, 10);
    expect(missing).toMatchObject({ found: true, missingSince: 10, content: first.content });
    expect(await readSource(source, missing, file, 10 + GRACE_MISSING_MS - 1)).toBe(missing);
    const gone = await readSource(source, missing, file, 10 + GRACE_MISSING_MS);
    expect(gone).toMatchObject({
      found: false,
      content: { contexts: [], problems: [{ message: 'The file does not exist.' }] },
    });
    expect(await readSource(source, gone, file, 99_999)).toBe(gone);
  });

  it('takes a file that came back within the moment', async () => {
    const file = new OneFile();
    const first = await readSource(source, undefined, file, 0);
    file.trouble = 'ENOENT';
    const missing = await readSource(source, first, file, 10);
    file.trouble = undefined;
    const back = await readSource(source, missing, file, 20);
    expect(back.missingSince).toBeUndefined();
    expect(back.content.contexts).toHaveLength(1);
  });

  it('does not call a missing default file a problem', async () => {
    const file = new OneFile();
    file.trouble = 'ENOENT';
    const byDefault = fileSource('default', '/home/me/.kube/config', '/home/me');
    expect((await readSource(byDefault, undefined, file, 0)).content.problems).toEqual([]);
    expect((await readSource(source, undefined, file, 0)).content.problems).toHaveLength(1);
  });

  it('reads an uploaded text once, from memory', async () => {
    const file = new OneFile();
    const text: TextSource = { sourceId: 'u', kind: 'uploaded', file: 'c', path: undefined, bytes: Buffer.from(GOOD) };
    const first = await readSource(text, undefined, file, 0);
    expect(first.content.contexts).toHaveLength(1);
    expect(await readSource(text, first, file, 1)).toBe(first);
    expect(file.reads).toBe(0);
  });
});
