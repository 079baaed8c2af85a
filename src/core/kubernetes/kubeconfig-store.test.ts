import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, until } from '../../../tests/fakes/connection-fixture.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import type { Clock } from '../../shared/clock.ts';
import { systemClock } from '../system-clock.ts';
import { nodeFiles } from './file-reader.ts';
import { KubeconfigStore, POLL_MS } from './kubeconfig-store.ts';
import type { KubeconfigState, KubeconfigStoreOptions } from './kubeconfig-store.ts';
import { expectMode } from '../../../tests/fakes/expect-mode.ts';

let home: string;
let clock: FakeClock;
const stores: KubeconfigStore[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'everynode-kubeconfig-'));
  clock = new FakeClock();
});

afterEach(async () => {
  for (const store of stores.splice(0)) store.dispose();
  expect(clock.pendingTimers).toBe(0);
  await rm(home, { recursive: true, force: true });
});

function kubeconfig(contextName: string, more = ''): string {
  return `current-context: ${contextName}
clusters: [{name: ${contextName}, cluster: {server: "https://${contextName}.example.com"}}]
users: [{name: me, user: {token: token-of-${contextName}}}]
contexts: [{name: ${contextName}, context: {cluster: ${contextName}, user: me}}]
${more}`;
}

async function write(name: string, text: string | Uint8Array): Promise<string> {
  const path = join(home, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  return path;
}

async function open(more: Partial<KubeconfigStoreOptions> = {}): Promise<KubeconfigStore> {
  const store = await KubeconfigStore.open({
    clock,
    env: {},
    home,
    argumentPaths: [],
    addedPaths: [],
    dataDir: join(home, 'data'),
    ...more,
  });
  stores.push(store);
  return store;
}

/** Lets the next poll look at the files, and its work end. */
async function poll(store: KubeconfigStore): Promise<void> {
  await clock.advance(POLL_MS);
  await store.refresh();
}

function names(state: KubeconfigState): readonly string[] {
  return state.contexts.map((context) => context.contextName);
}

describe('which kubeconfigs are read', () => {
  it('is ~/.kube/config when nothing is said', async () => {
    const file = await write('.kube/config', kubeconfig('home'));
    const store = await open();
    expect(store.state.sources).toEqual([{ sourceId: `default:${file}`, kind: 'default', file, found: true }]);
    expect(names(store.state)).toEqual(['home']);
    expect(store.state.currentContext).toBe('home');
    expect(store.state.contexts[0]).toMatchObject({ sourceId: `default:${file}`, server: 'https://home.example.com' });
  });

  it('says where it looked on a first run with none, without calling that a problem', async () => {
    const store = await open();
    expect(store.state).toMatchObject({ contexts: [], problems: [] });
    expect(store.state.sources).toEqual([
      {
        sourceId: `default:${join(home, '.kube/config')}`,
        kind: 'default',
        file: join(home, '.kube/config'),
        found: false,
      },
    ]);
  });

  it('is every file of KUBECONFIG, joined, and a missing one is listed', async () => {
    await write('.kube/config', kubeconfig('home'));
    const one = await write('one', kubeconfig('one'));
    const two = await write('two', kubeconfig('two', 'preferences: {}'));
    const gone = join(home, 'gone');
    const store = await open({ env: { KUBECONFIG: ['', one, gone, two, one].join(delimiter) } });
    expect(names(store.state)).toEqual(['one', 'two']);
    expect(store.state.sources.map(({ kind, file, found }) => [kind, file, found])).toEqual([
      ['environment', one, true],
      ['environment', gone, false],
      ['environment', two, true],
    ]);
    expect(store.state.problems).toEqual([{ file: gone, message: 'The file does not exist.' }]);
    expect(store.state.shadowed).toEqual([{ kind: 'user', name: 'me', file: two, shadowedBy: one }]);
  });

  it('is only the files of --kubeconfig when there is one', async () => {
    await write('.kube/config', kubeconfig('home'));
    const file = await write('arg', kubeconfig('arg'));
    const store = await open({ argumentPaths: [file], env: { KUBECONFIG: join(home, '.kube/config') } });
    expect(names(store.state)).toEqual(['arg']);
    expect(store.state.sources[0]?.kind).toBe('argument');
  });

  it('goes on with the good files beside a bad, a binary and a large one, and a folder', async () => {
    const files = [
      await write('bad', 'clusters: ['),
      await write('binary', Buffer.from([1, 0, 2])),
      await write('large', Buffer.alloc(20 * 1024 * 1024, 'a')),
      await write('good', kubeconfig('good')),
      home,
    ];
    const store = await open({ argumentPaths: files });
    expect(names(store.state)).toEqual(['good']);
    expect(
      store.state.problems.map((problem) => [problem.file, problem.message.split(' ').slice(0, 4).join(' ')]),
    ).toEqual([
      [files[0], 'The file is not'],
      [files[1], `${files[1]} is a binary`],
      [files[2], 'The file has 20.0'],
      [home, 'The file cannot be'],
    ]);
  });
});

describe('files that a context names', () => {
  it('must be there: else the context is listed with the reason, until they come', async () => {
    await write(
      '.kube/config',
      'clusters: [{name: a, cluster: {server: https://a, certificate-authority: ca.crt}}]\ncontexts: [{name: a, context: {cluster: a}}]',
    );
    const store = await open();
    const ca = join(home, '.kube/ca.crt');
    expect(store.state.contexts[0]?.problem?.message).toBe(`The file of certificate-authority does not exist: ${ca}.`);
    expect(() => store.resolve('a')).toThrow('does not exist');
    await write('.kube/ca.crt', 'pem');
    await poll(store);
    expect(store.resolve('a').cluster.certificateAuthority).toBe(ca);
  });

  it('lead nowhere in an uploaded text when they are relative', async () => {
    const store = await open();
    await store.addText('c.yaml', kubeconfig('a').replace('token: token-of-a', 'tokenFile: secrets/token'), false);
    expect(store.state.contexts[0]?.problem?.message).toBe(
      'tokenFile is the relative path secrets/token, which leads nowhere in an uploaded text: the file is missing.',
    );
  });
});

describe('a change on disk', () => {
  it('is picked up, and told to who listens', async () => {
    await write('.kube/config', kubeconfig('before'));
    const store = await open();
    const seen: (readonly string[])[] = [];
    const stop = store.subscribe((state) => seen.push(names(state)));
    await poll(store);
    expect(seen).toEqual([]);
    await write('.kube/config', kubeconfig('after-it'));
    await poll(store);
    expect(seen).toEqual([['after-it']]);
    stop();
    await write('.kube/config', kubeconfig('later-on'));
    await poll(store);
    expect(seen).toHaveLength(1);
    expect(names(store.state)).toEqual(['later-on']);
  });

  it('by an atomic rename too, and a file that did not exist', async () => {
    const store = await open();
    const temporary = await write('.kube/tmp', kubeconfig('renamed'));
    await rename(temporary, join(home, '.kube/config'));
    await poll(store);
    expect(names(store.state)).toEqual(['renamed']);
    expect(store.state.sources[0]?.found).toBe(true);
  });

  it('that leaves half a file keeps the last good state and lists the problem', async () => {
    await write('.kube/config', kubeconfig('good'));
    const store = await open();
    await write('.kube/config', 'clusters:\n- name: "go');
    await poll(store);
    expect(names(store.state)).toEqual(['good']);
    expect(store.resolve('good').server).toBe('https://good.example.com');
    expect(store.state.problems[0]?.message).toMatch(
      /^The file is not valid YAML .* What it said before is still used\.$/,
    );
    await write('.kube/config', kubeconfig('whole'));
    await poll(store);
    expect(names(store.state)).toEqual(['whole']);
    expect(store.state.problems).toEqual([]);
  });

  it('that takes the file away counts after a moment', async () => {
    const file = await write('config', kubeconfig('good'));
    const store = await open({ argumentPaths: [file] });
    await unlink(file);
    await store.refresh();
    expect(names(store.state)).toEqual(['good']);
    await poll(store);
    expect(store.state).toMatchObject({ contexts: [], problems: [{ file, message: 'The file does not exist.' }] });
    expect(store.state.sources[0]?.found).toBe(false);
  });

  it('changes the credentials of a context', async () => {
    const file = await write('.kube/config', kubeconfig('a'));
    const store = await open();
    const before = store.resolve('a').credentials;
    await writeFile(file, kubeconfig('a').replace('token-of-a', 'another-one'));
    await poll(store);
    expect(store.resolve('a').credentials.equals(before)).toBe(false);
  });

  it('is heard of without waiting for the poll', async () => {
    const file = await write('.kube/config', kubeconfig('before'));
    // A clock on which the poll never comes.
    const never = 1_000_000;
    const setTimeout: Clock['setTimeout'] = (run, ms) => systemClock.setTimeout(run, ms === POLL_MS ? never : ms);
    const store = await open({ clock: { ...systemClock, setTimeout } });
    await writeFile(file, kubeconfig('after-it'));
    await until(() => names(store.state)[0] === 'after-it');
    expect(names(store.state)).toEqual(['after-it']);
  });
});

describe('a file that is added in the app', () => {
  it('is a configuration of its own: equal names stand beside each other', async () => {
    await write('.kube/config', kubeconfig('dev', ''));
    const added = await write('work/other', kubeconfig('dev').replace('dev.example.com', 'other.example.com'));
    const store = await open();
    expect(await store.addFile(added)).toEqual(['dev (other)']);
    expect(store.resolve('dev (other)').server).toBe('https://other.example.com');
    expect(store.resolve('dev').server).toBe('https://dev.example.com');
    expect(store.state.shadowed).toEqual([]);
    expect(store.addedPaths).toEqual([added]);
  });

  it('comes back from the settings, takes ~, and is added once', async () => {
    const added = await write('other', kubeconfig('other'));
    const store = await open({ addedPaths: [added] });
    expect(names(store.state)).toEqual(['other']);
    expect(await store.addFile('~/other')).toEqual(['other']);
    expect(store.state.sources.filter((source) => source.kind === 'added')).toHaveLength(1);
  });

  it('is refused with its reason when nothing can be read from it', async () => {
    const store = await open();
    const missing = await failureOf(store.addFile(join(home, 'gone')));
    expect(missing.data).toMatchObject({
      reason: 'KubeconfigInvalid',
      message: `${join(home, 'gone')}: The file does not exist.`,
    });
    const none = await write('none', 'clusters: [{name: a, cluster: {}}]');
    const error = await failureOf(store.addFile(none));
    expect(error.data.causes).toEqual([{ path: 'cluster a', message: 'it has no server.' }]);
    expect(store.state.sources).toHaveLength(1);
  });

  it('can be removed, which leaves the file', async () => {
    const added = await write('other', kubeconfig('other'));
    const store = await open({ addedPaths: [added] });
    await store.remove(`added:${added}`);
    expect(names(store.state)).toEqual([]);
    expect(store.addedPaths).toEqual([]);
    expect((await stat(added)).isFile()).toBe(true);
    const [byDefault] = store.state.sources;
    expect((await failureOf(store.remove(byDefault?.sourceId ?? ''))).message).toContain(
      'Only files and texts that were added here',
    );
  });
});

describe('an uploaded text', () => {
  it('stays in memory', async () => {
    const store = await open();
    expect(await store.addText('/tmp/my config.yaml', kubeconfig('up'), false)).toEqual(['up']);
    expect(store.resolve('up').file).toBe('my-config.yaml');
    expect(store.state.sources.at(-1)).toMatchObject({
      kind: 'uploaded',
      file: 'my-config.yaml',
      found: true,
      kept: false,
    });
    expect(await readdir(home)).toEqual([]);
    expect((await open()).state.contexts).toEqual([]);
  });

  it('is kept when asked, for the user alone, and is there after a restart', async () => {
    const store = await open();
    await store.addText('../../c.yaml', kubeconfig('kept'), true);
    const folder = join(home, 'data/kubeconfigs');
    const files = await readdir(folder);
    expect(files).toEqual([expect.stringMatching(/^c\.yaml~[0-9a-f]{8}\.yaml$/)]);
    expectMode(join(folder, files[0] ?? ''), 0o600);
    expectMode(folder, 0o700);
    expect(await readFile(join(folder, files[0] ?? ''), 'utf8')).toBe(kubeconfig('kept'));
    const later = await open();
    expect(names(later.state)).toEqual(['kept']);
    const source = later.state.sources.find((row) => row.kind === 'uploaded');
    expect(source).toMatchObject({ file: 'c.yaml', kept: true });
    await later.remove(source?.sourceId ?? '');
    expect(await readdir(folder)).toEqual([]);
    expect(names(later.state)).toEqual([]);
  });

  it('is refused when it is none, and nothing is kept', async () => {
    const store = await open();
    expect((await failureOf(store.addText('c', 'a: b', true))).reason).toBe('KubeconfigInvalid');
    expect((await failureOf(store.addText('c', '', true))).message).toBe('c: The file is empty.');
    expect(await readdir(home)).toEqual([]);
  });
});

describe('a context that cannot be opened', () => {
  it('says why', async () => {
    await write('.kube/config', 'contexts: [{name: a, context: {cluster: gone}}]');
    const store = await open();
    expect(() => store.resolve('a')).toThrow('The cluster "gone" of the context is not defined.');
    expect(() => store.resolve('b')).toThrow('No kubeconfig has a context "b".');
  });

  it('may be one whose file this user may not read', async () => {
    await write('.kube/config', kubeconfig('a'));
    const refuse = () => Promise.reject(Object.assign(new Error('permission denied'), { code: 'EACCES' }));
    const store = await open({ files: { ...nodeFiles, read: refuse } });
    expect(store.state).toMatchObject({ contexts: [], problems: [{ message: 'The file cannot be read (EACCES).' }] });
    const told: unknown[] = [];
    store.subscribe((state) => told.push(state));
    await poll(store);
    expect(told).toEqual([]);
  });
});

it('no credential stands in what the store shows', async () => {
  await write('.kube/config', kubeconfig('a'));
  expect(JSON.stringify((await open()).state)).not.toContain('token-of-a');
});
