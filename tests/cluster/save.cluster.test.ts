import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALIAS } from '../../src/shared/form/fields/base-fields.ts';
import { imageEdits, WORKERS } from '../../src/shared/form/fields/containers.ts';
import { addEnvEdits } from '../../src/shared/form/fields/env-fields.ts';
import { MIN_READY_SECONDS } from '../../src/shared/form/fields/strategy-fields.ts';
import { writeField } from '../../src/shared/form/field.ts';
import type { OpenForm } from '../../src/shared/form/open-form.ts';
import { at, text } from '../../src/shared/kubernetes/json-fields.ts';
import type { ManifestEdit } from '../../src/shared/manifest/manifest-edit.ts';
import { textToEdit } from '../../src/shared/manifest/server-fields.ts';
import { edited, formOf } from '../fakes/form-at-hand.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { aDaemonSet } from './manifests.ts';
import { openRealCore, type RealCore } from './real-core.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';

const PATH = '/apis/apps/v1/namespaces/default/daemonsets/agent';
const REF = { namespace: 'default', name: 'agent' };

let cluster: RealCluster;
let core: RealCore;
let opened: string;
let uid: string;

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 3, name: 'save' });
  core = await openRealCore(cluster);
}, 20 * 60_000);

afterAll(async () => {
  await core[Symbol.asyncDispose]();
  await cluster.stop();
});

beforeEach(async () => {
  await cluster.kubectl(['delete', 'daemonset', 'agent', '--ignore-not-found']);
  expect((await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(aDaemonSet('agent')) })).code).toBe(0);
  expect((await cluster.kubectl(['rollout', 'status', 'daemonset/agent', '--timeout=60s'])).code).toBe(0);
  opened = (await core.client.daemonSet.read({ contextName: core.contextName, ...REF })).jsonText;
  uid = text(at(JSON.parse(opened), 'metadata', 'uid'));
});

async function stored(): Promise<unknown> {
  return JSON.parse((await cluster.client.send('GET', PATH)).body);
}

function save(edit: (form: OpenForm) => readonly ManifestEdit[], dryRun = false) {
  const form = formOf(opened);
  const afterText = edited(form, edit(form)).text;
  return core.client.daemonSet.save({
    contextName: core.contextName,
    ...REF,
    uid,
    beforeText: opened,
    afterText,
    dryRun,
  });
}

const withAlias = (alias: string) => (form: OpenForm) => writeField(form, ALIAS, alias);

describe('an edit of a live DaemonSet', () => {
  it('is said by its dry run to restart nothing, or the pods, and stores nothing there', async () => {
    const before = await stored();
    expect(await save(withAlias('a'), true)).toMatchObject({
      restarts: false,
      changed: ['/metadata/annotations/kubesphere.io~1alias-name'],
    });
    const image = await save((form) => imageEdits(form, [...WORKERS, 0], 'registry.test/other:2'), true);
    expect(image).toMatchObject({ restarts: true });
    expect(at(await stored(), 'metadata', 'generation')).toBe(at(before, 'metadata', 'generation'));
  });

  it('is done alike by the kubectl line that is shown with it, which somebody else’s change refuses', async () => {
    const { kubectl } = await save((form) => writeField(form, MIN_READY_SECONDS, 3), true);
    const [, words = '', patch = ''] = / (-n .* --type=json -p) '(.*)'$/.exec(kubectl) ?? [];
    const pasted = () => cluster.kubectl([...words.split(' '), patch]);
    expect((await pasted()).code).toBe(0);
    expect(at(await stored(), 'spec', 'minReadySeconds')).toBe(3);
    expect(await pasted()).toMatchObject({ code: 1, stderr: expect.stringContaining('request is invalid') });
  });

  it('of its YAML, which lacks what only the server writes, changes that one place', async () => {
    const afterText = textToEdit(opened).replace('revisionHistoryLimit: 10', 'revisionHistoryLimit: 4');
    const input = { contextName: core.contextName, ...REF, uid, beforeText: opened };
    const untouched = await core.client.daemonSet.save({ ...input, afterText: textToEdit(opened), dryRun: false });
    expect(untouched.changed).toEqual([]);
    const saved = await core.client.daemonSet.save({ ...input, afterText, dryRun: false });
    expect(saved.changed).toEqual(['/spec/revisionHistoryLimit']);
    expect(at(await stored(), 'spec', 'revisionHistoryLimit')).toBe(4);
  });

  it('changes what was touched and nothing else', async () => {
    const before = await stored();
    await save((form) => writeField(form, MIN_READY_SECONDS, 2));
    const after = await stored();
    expect(at(after, 'spec', 'minReadySeconds')).toBe(2);
    expect(at(after, 'spec', 'template')).toEqual(at(before, 'spec', 'template'));
    expect(at(after, 'metadata', 'labels')).toEqual(at(before, 'metadata', 'labels'));
  });

  it('is no conflict with a status that is written fifty times meanwhile, nor with another field', async () => {
    for (let nth = 0; nth < 50; nth += 1) {
      const annotations = { [`example.com/other-${nth}`]: 'x' };
      await cluster.client.mergePatch(PATH, { metadata: { annotations } });
    }
    await save(withAlias('mine'));
    expect(at(await stored(), 'metadata', 'annotations', 'kubesphere.io/alias-name')).toBe('mine');
    expect(at(await stored(), 'metadata', 'annotations', 'example.com/other-49')).toBe('x');
  });

  it('that overlaps is refused, names the field and who has changed it, and overwrites nothing', async () => {
    await cluster.kubectl(['annotate', 'daemonset', 'agent', 'kubesphere.io/alias-name=theirs']);
    await expect(save(withAlias('mine'))).rejects.toMatchObject({
      data: {
        reason: 'Conflict',
        message: expect.stringContaining('last by kubectl-annotate') as string,
        causes: [
          {
            path: 'metadata.annotations[kubesphere.io/alias-name]',
            message: 'changed by somebody else meanwhile: it is "theirs" now',
          },
        ],
      },
    });
    expect(at(await stored(), 'metadata', 'annotations', 'kubesphere.io/alias-name')).toBe('theirs');
  });

  it('stands in the journal with before and after, and without the values of variables', async () => {
    await save(() => addEnvEdits([...WORKERS, 0], 'PASSWORD', { type: 'value', value: 'hush-hush' }));
    const journal = await readFile(join(core.dataDir, 'journal.jsonl'), 'utf8');
    const last: unknown = JSON.parse(journal.trim().split('\n').at(-1) ?? '{}');
    expect(last).toMatchObject({ act: 'edit', outcome: 'done', uid, after: { kind: 'DaemonSet' } });
    expect(journal).toContain('PASSWORD');
    expect(journal).not.toContain('hush-hush');
  });

  it('never hits a namesake that was made meanwhile', async () => {
    await cluster.kubectl(['delete', 'daemonset', 'agent']);
    await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(aDaemonSet('agent')) });
    await expect(save(withAlias('mine'))).rejects.toMatchObject({
      data: { reason: 'Conflict', message: expect.stringContaining('deleted and made again') as string },
    });
    expect(at(await stored(), 'metadata', 'annotations', 'kubesphere.io/alias-name')).toBeUndefined();
  });

  it('that the server refuses says why at its field', async () => {
    await expect(save((form) => writeField(form, MIN_READY_SECONDS, -1), true)).rejects.toMatchObject({
      data: { reason: 'Invalid', causes: [{ path: 'spec.minReadySeconds' }] },
    });
  });

  it('of nothing sends nothing', async () => {
    const before = at(await stored(), 'metadata', 'resourceVersion');
    expect(await save(() => [])).toMatchObject({ changed: [], restarts: false });
    expect(at(await stored(), 'metadata', 'resourceVersion')).toBe(before);
  });
});
