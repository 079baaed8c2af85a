import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, text } from '../../src/shared/kubernetes/json-fields.ts';
import type { ControllerRevisionRow } from '../../src/shared/kubernetes/rows.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { aDaemonSet } from './manifests.ts';
import { openRealCore, type RealCore } from './real-core.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';

const PATH = '/apis/apps/v1/namespaces/default/daemonsets';
const CAUSE = 'kubernetes.io/change-cause';

let cluster: RealCluster;
let core: RealCore;

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 3, name: 'revisions' });
  core = await openRealCore(cluster);
}, 20 * 60_000);

afterAll(async () => {
  await core[Symbol.asyncDispose]();
  await cluster.stop();
});

async function run(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await cluster.kubectl(args);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return stdout;
}

const stored = (name: string): Promise<unknown> => cluster.client.read(`${PATH}/${name}`);

/** Three templates, of which the later ones have a key more each. */
async function withThree(name: string): Promise<void> {
  await run('delete', 'daemonset', name, '--ignore-not-found');
  await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(aDaemonSet(name)) });
  await rolledOut(name);
  for (const nth of [2, 3]) {
    await cluster.client.mergePatch(`${PATH}/${name}`, {
      metadata: { annotations: { [CAUSE]: `change ${nth}` } },
      spec: { template: { metadata: { annotations: { [`later-${nth}`]: 'yes' } } } },
    });
    await rolledOut(name);
  }
}

function rolledOut(name: string): Promise<string> {
  return run('rollout', 'status', `daemonset/${name}`, '--timeout=90s');
}

async function targetOf(name: string) {
  const uid = text(at(await stored(name), 'metadata', 'uid'));
  return { contextName: core.contextName, namespace: 'default', name, uid };
}

async function revisionsOf(
  name: string,
  wanted: (rows: readonly ControllerRevisionRow[]) => boolean = () => true,
): Promise<readonly ControllerRevisionRow[]> {
  for await (const { value } of await core.client.daemonSet.watchRevisions(await targetOf(name))) {
    if (value && wanted(value)) return value;
  }
  throw new Error('the stream ended');
}

async function rollBack(name: string, number: number, dryRun = false) {
  const revision = (await revisionsOf(name)).find((each) => each.revision === number);
  if (!revision) throw new Error(`no revision ${number}`);
  const target = await targetOf(name);
  const beforeText = (await core.client.daemonSet.read(target)).jsonText;
  const { name: revisionName, uid } = revision;
  const send = () =>
    core.client.daemonSet.rollback({ ...target, revision: { name: revisionName, uid }, beforeText, dryRun });
  return { outcome: await send(), again: send };
}

/** Numbers and causes as `kubectl rollout history` prints them, newest first. */
async function history(name: string): Promise<readonly { revision: number; changeCause: string | undefined }[]> {
  const lines = (await run('rollout', 'history', `daemonset/${name}`)).trim().split('\n').slice(2);
  return lines
    .map((line) => /^(\d+)\s+(.*)$/.exec(line.trim()))
    .map((match) => ({ revision: Number(match?.[1]), changeCause: match?.[2] === '<none>' ? undefined : match?.[2] }))
    .toReversed();
}

const told = (rows: readonly ControllerRevisionRow[]) =>
  rows.map(({ revision, changeCause }) => ({ revision, changeCause }));

describe('revision records on a real control plane', () => {
  beforeEach(async () => {
    await withThree('ours');
  });

  it('are what kubectl rollout history lists, before a rollback and after it', async () => {
    expect(told(await revisionsOf('ours'))).toEqual(await history('ours'));
    const { outcome } = await rollBack('ours', 1);
    expect(outcome).toMatchObject({ changed: ['/spec/template'], restarts: true, revision: 1 });
    await rolledOut('ours');
    const after = await revisionsOf('ours', (rows) => rows[0]?.revision === 4);
    expect(told(after)).toEqual(await history('ours'));
    expect(after.map(({ revision }) => revision)).toEqual([4, 3, 2]);
  });

  it('are rolled back to with the result of kubectl rollout undo', async () => {
    await withThree('theirs');
    await run('rollout', 'undo', 'daemonset/theirs', '--to-revision=1');
    await rollBack('ours', 1);
    await Promise.all([rolledOut('ours'), rolledOut('theirs')]);
    const [ours, theirs] = await Promise.all([stored('ours'), stored('theirs')]);
    const named = (object: unknown) => JSON.stringify(at(object, 'spec', 'template')).replaceAll('theirs', 'ours');
    expect(JSON.parse(named(ours))).toEqual(JSON.parse(named(theirs)));
    expect(at(ours, 'spec', 'template', 'metadata', 'annotations')).toBeUndefined();
    const numbers = async (name: string) => (await history(name)).map(({ revision }) => revision);
    expect(await numbers('ours')).toEqual(await numbers('theirs'));
  });

  it('of which one has the present template are left alone, as kubectl leaves them', async () => {
    expect(await run('rollout', 'undo', 'daemonset/ours', '--to-revision=3')).toContain('skipped rollback');
    const before = await stored('ours');
    expect((await rollBack('ours', 3)).outcome).toMatchObject({ changed: [], restarts: false });
    expect(at(await stored('ours'), 'metadata', 'resourceVersion')).toBe(at(before, 'metadata', 'resourceVersion'));
  });

  it('are rolled back to once, though asked for at once and again', async () => {
    const { again } = await rollBack('ours', 2, true);
    const generation = Number(at(await stored('ours'), 'metadata', 'generation'));
    await again();
    expect(at(await stored('ours'), 'metadata', 'generation')).toBe(generation);
    const target = await targetOf('ours');
    const beforeText = (await core.client.daemonSet.read(target)).jsonText;
    const { name, uid } = (await revisionsOf('ours')).find((each) => each.revision === 2) ?? { name: '', uid: '' };
    const press = () =>
      core.client.daemonSet.rollback({ ...target, revision: { name, uid }, beforeText, dryRun: false });
    await Promise.all([press(), press()]);
    expect(await press()).toMatchObject({ changed: [], restarts: false });
    expect(at(await stored('ours'), 'metadata', 'generation')).toBe(generation + 1);
  });

  it('are rolled back to while the status is written fifty times a second', async () => {
    const writing = new AbortController();
    let written = 0;
    const writer = (async () => {
      while (!writing.signal.aborted) {
        const started = performance.now();
        await cluster.client.mergePatch(`${PATH}/ours/status`, { status: { numberMisscheduled: written % 7 } });
        written += 1;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, 20 - (performance.now() - started))));
      }
    })();
    const target = await targetOf('ours');
    const refs = (await revisionsOf('ours')).map(({ name, uid }) => ({ name, uid }));
    const outcomes: unknown[] = [];
    try {
      for (const revision of [...refs.slice(1), ...refs]) {
        const { jsonText: beforeText } = await core.client.daemonSet.read(target);
        outcomes.push(await core.client.daemonSet.rollback({ ...target, revision, beforeText, dryRun: false }));
      }
    } finally {
      writing.abort();
      await writer;
    }
    expect(outcomes).toMatchObject(outcomes.map(() => ({ changed: ['/spec/template'], restarts: true })));
    expect(written).toBeGreaterThan(outcomes.length);
    expect(at(await stored('ours'), 'spec', 'template', 'metadata', 'annotations')).toBeUndefined();
  });

  it('answer their template, and do not replace one that nobody saw', async () => {
    const target = await targetOf('ours');
    const [newest, previous] = await revisionsOf('ours');
    const of = (row = newest) => ({ name: row?.name ?? '', uid: row?.uid ?? '' });
    const { templateText } = await core.client.daemonSet.readRevision({ ...target, revision: of() });
    expect(JSON.parse(templateText)).toEqual(at(await stored('ours'), 'spec', 'template'));
    const beforeText = (await core.client.daemonSet.read(target)).jsonText;
    await run('set', 'image', 'daemonset/ours', 'main=registry.test/theirs:9');
    const late = { ...target, revision: of(previous), beforeText, dryRun: false };
    await expect(core.client.daemonSet.rollback(late)).rejects.toMatchObject({
      data: {
        reason: 'Conflict',
        message: expect.stringContaining('was changed meanwhile, last by kubectl-') as string,
        causes: [{ path: 'spec.template.spec.containers[0].image' }],
      },
    });
    expect(JSON.stringify(await stored('ours'))).toContain('registry.test/theirs:9');
  });

  it('that are deleted are told live, and cannot be rolled back to', async () => {
    const target = await targetOf('ours');
    const revision = (await revisionsOf('ours')).at(-1);
    const ref = { name: revision?.name ?? '', uid: revision?.uid ?? '' };
    const watching = revisionsOf('ours', (rows) => rows.length === 2);
    await run('delete', 'controllerrevision', ref.name);
    expect((await watching).map((each) => each.revision)).toEqual([3, 2]);
    const beforeText = (await core.client.daemonSet.read(target)).jsonText;
    await expect(
      core.client.daemonSet.rollback({ ...target, revision: ref, beforeText, dryRun: true }),
    ).rejects.toMatchObject({ data: { reason: 'NotFound' } });
  });

  it('of the history limit: a lower one deletes the oldest', async () => {
    const target = await targetOf('ours');
    const beforeText = (await core.client.daemonSet.read(target)).jsonText;
    const afterText = beforeText.replace('"revisionHistoryLimit":10', '"revisionHistoryLimit":1');
    await core.client.daemonSet.save({ ...target, beforeText, afterText, dryRun: false });
    const left = await revisionsOf('ours', (rows) => rows.length === 2);
    expect(left.map(({ revision }) => revision)).toEqual([3, 2]);
    const [newest] = (await core.client.journal.page({ limit: 1 })).rows;
    expect(newest).toMatchObject({ act: 'set history limit', kind: 'DaemonSet', outcome: 'done' });
    const { fields } = await core.client.journal.detail({ id: newest?.id ?? '' });
    expect(fields).toEqual([{ path: 'spec.revisionHistoryLimit', before: '10', after: '1' }]);
  });

  it('stand in the journal with kubectl’s words', async () => {
    await rollBack('ours', 2);
    const journal = await readFile(join(core.dataDir, 'journal.jsonl'), 'utf8');
    expect(JSON.parse(journal.trim().split('\n').at(-1) ?? '{}')).toMatchObject({
      act: 'rollback',
      outcome: 'done',
      kubectl: expect.stringContaining('rollout undo daemonset/ours --to-revision=2') as string,
    });
  });
});
