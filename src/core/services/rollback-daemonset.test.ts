import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClusterFixture, type Said, type Sent } from '../../../tests/fakes/cluster-fixture.ts';
import { impatientClock } from '../../../tests/fakes/impatient-clock.ts';
import { statusBody } from '../../../tests/fakes/scripted-api-server.ts';
import { revisionsView, revisionTemplateText } from './revisions.ts';
import { rollbackDaemonSet } from './rollback-daemonset.ts';

const signal = new AbortController().signal;
const NAMESPACE = '/apis/apps/v1/namespaces/logging';
const OBJECT = `${NAMESPACE}/daemonsets/agent`;
const REVISION = `${NAMESPACE}/controllerrevisions/agent-old`;
const GENERATION = 'deprecated.daemonset.template.generation';
const target = { contextName: 'test', namespace: 'logging', name: 'agent', uid: 'u-1' };
const revision = { name: 'agent-old', uid: 'r-1' };

const template = (image: string, annotations?: object) => ({
  metadata: { labels: { app: 'agent' }, ...(annotations && { annotations }) },
  spec: { containers: [{ name: 'main', image, env: [{ name: 'A', value: 'hush' }] }] },
});
const NEW = template('agent:2', { later: 'yes' });
const OLD = template('agent:1');
const stored = (spec: object, generation: number, uid = 'u-1') => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: {
    name: 'agent',
    namespace: 'logging',
    uid,
    resourceVersion: '7',
    annotations: { [GENERATION]: `${generation}` },
  },
  spec: { selector: { matchLabels: { app: 'agent' } }, template: spec },
});
const kept = (owner = 'u-1') => ({
  metadata: {
    ...{ name: 'agent-old', namespace: 'logging', uid: 'r-1', resourceVersion: '3' },
    ownerReferences: [{ uid: owner, controller: true }],
  },
  revision: 4,
  data: { spec: { template: { $patch: 'replace', ...OLD } } },
});

let fixture: ClusterFixture;
/** What the server has, and how it answers a patch that is sent (a dry run is always taken). */
let now: object;
let patched: () => Said;
let revisionAnswer: Said;

beforeEach(async () => {
  fixture = await ClusterFixture.open();
  now = stored(NEW, 5);
  patched = () => [200, (now = stored(OLD, 6))];
  revisionAnswer = [200, kept()];
  fixture.answer = ({ path, method, query }: Sent) => {
    if (path.endsWith('/selfsubjectaccessreviews')) return [201, { status: { allowed: true } }];
    if (path === REVISION) return revisionAnswer;
    if (path !== OBJECT) return [404, statusBody(404, 'NotFound', 'no')];
    if (method === 'GET') return [200, now];
    return query.get('dryRun') === 'All' ? [200, stored(OLD, 6)] : patched();
  };
});
afterEach(() => fixture.close());

function rollback(dryRun = false, shown: object = stored(NEW, 5)) {
  const input = { ...target, revision, beforeText: JSON.stringify(shown), dryRun };
  // Waits between reads of what a lost reply left are over at once.
  return rollbackDaemonSet({ ...fixture.cluster, clock: impatientClock }, input, signal);
}
const patches = () => fixture.requests(OBJECT).filter(({ method }) => method === 'PATCH');
const kinds = () => patches().map(({ query }) => query.get('dryRun') ?? 'sent');

describe('a rollback', () => {
  it('replaces the template as a whole after a dry run, and tests uid and template but no version', async () => {
    expect(await rollback()).toEqual({
      uid: 'u-1',
      resourceVersion: '7',
      warnings: [],
      kubectl: 'kubectl --context test -n logging rollout undo daemonset/agent --to-revision=4',
      changed: ['/spec/template'],
      restarts: true,
      revision: 4,
    });
    expect(kinds()).toEqual(['All', 'sent']);
    expect(patches()[1]?.body).toEqual([
      { op: 'test', path: '/metadata/uid', value: 'u-1' },
      { op: 'test', path: '/spec/template', value: NEW },
      { op: 'replace', path: '/spec/template', value: OLD },
    ]);
  });

  it('stores nothing in a dry run, and says there that pods restart', async () => {
    expect(await rollback(true)).toMatchObject({ restarts: true, changed: ['/spec/template'] });
    expect(kinds()).toEqual(['All']);
    expect(await fixture.journal()).toBe('');
  });

  it('to the template that is there sends nothing and says so', async () => {
    now = stored(OLD, 5);
    expect(await rollback(false, now)).toMatchObject({ changed: [], restarts: false });
    expect(patches()).toEqual([]);
  });

  it('that is asked for twice is done once', async () => {
    await rollback();
    expect(await rollback()).toMatchObject({ changed: [], restarts: false });
    expect(kinds()).toEqual(['All', 'sent']);
  });

  it('whose second press overtakes it finds its own work done', async () => {
    patched = () => {
      now = stored(OLD, 6);
      return [422, statusBody(422, 'Invalid', 'the server rejected our request due to an error in our request')];
    };
    expect(await rollback()).toMatchObject({ revision: 4, changed: ['/spec/template'] });
  });

  it('does not replace a template that nobody saw, and names what is another', async () => {
    now = stored(template('agent:3', { later: 'yes' }), 6);
    await expect(rollback()).rejects.toMatchObject({
      data: {
        reason: 'Conflict',
        message: expect.stringContaining('The pod template of logging/agent was changed meanwhile') as string,
        causes: [
          { path: 'spec.template.spec.containers[0].image', message: expect.stringContaining('"agent:3"') as string },
        ],
      },
    });
    expect(patches()).toEqual([]);
  });

  it('never hits a namesake', async () => {
    now = stored(NEW, 5, 'u-2');
    await expect(rollback()).rejects.toMatchObject({
      data: { reason: 'Conflict', message: expect.stringContaining('deleted and made again') as string },
    });
    expect(patches()).toEqual([]);
  });

  it('is read back after a lost reply', async () => {
    patched = () => {
      now = stored(OLD, 6);
      return 'cut';
    };
    expect(await rollback()).toMatchObject({ uid: 'u-1', revision: 4 });
    expect(kinds()).toEqual(['All', 'sent']);
  });

  it('whose template got the server’s later defaults is found by the reading back', async () => {
    const withDefaults = { ...OLD, spec: { ...OLD.spec, hostUsers: true } };
    patched = () => {
      now = stored(withDefaults, 6);
      return 'cut';
    };
    expect(await rollback()).toMatchObject({ uid: 'u-1' });
  });

  it('that never arrived says that nothing was changed', async () => {
    patched = () => 'cut';
    await expect(rollback()).rejects.toMatchObject({
      data: { reason: 'Unreachable', message: expect.stringContaining('nothing was changed') as string },
    });
  });

  it('stands in the journal, without the values of variables', async () => {
    await rollback();
    const journal = await fixture.journal();
    expect(JSON.parse(journal)).toMatchObject({
      act: 'rollback',
      outcome: 'done',
      uid: 'u-1',
      kubectl: expect.stringContaining('rollout undo daemonset/agent --to-revision=4') as string,
      before: { spec: { template: { metadata: { annotations: { later: 'yes' } } } } },
    });
    expect(journal).not.toContain('hush');
  });

  it.each([
    ['is gone', [404, statusBody(404, 'NotFound', 'controllerrevisions.apps "agent-old" not found')] as const],
    ['is another of that name', [200, { ...kept(), metadata: { ...kept().metadata, uid: 'r-2' } }] as const],
    ['belongs to another DaemonSet', [200, kept('u-9')] as const],
  ])('to a revision that %s sends nothing and says that it is not kept', async (_, said) => {
    revisionAnswer = said;
    await expect(rollback()).rejects.toMatchObject({
      data: { reason: 'NotFound', message: expect.stringContaining('agent-old is no longer kept') as string },
    });
    expect(patches()).toEqual([]);
  });
});

describe('the revisions of a DaemonSet', () => {
  it('answer a template without the directive', async () => {
    const { templateText } = await revisionTemplateText(fixture.cluster, { ...target, revision }, signal);
    expect(JSON.parse(templateText)).toEqual(OLD);
  });

  it.each([
    ['is gone', [404, statusBody(404, 'NotFound', 'controllerrevisions.apps "agent-old" not found')] as const],
    ['belongs to the new one', [200, kept('u-9')] as const],
  ])('of one that was made again are not said to be over the limit, when the revision %s', async (_, said) => {
    now = stored(NEW, 1, 'u-9');
    revisionAnswer = said;
    const madeAgain = { message: expect.stringContaining('was deleted and made again') as string };
    const look = revisionTemplateText(fixture.cluster, { ...target, revision }, signal);
    await expect(look).rejects.toMatchObject({ data: { reason: 'NotFound', ...madeAgain } });
    await expect(rollback()).rejects.toMatchObject({ data: { reason: 'Conflict', ...madeAgain } });
    expect(patches()).toEqual([]);
  });

  it('are those of its uid, newest first', async () => {
    const row = (uid: string, number: number, owner = 'u-1') => ({
      ...kept(owner),
      revision: number,
      metadata: { ...kept(owner).metadata, uid, name: uid },
    });
    fixture.answer = ({ path, query }: Sent) => {
      if (path === OBJECT) return [200, now];
      if (query.has('watch')) return 'silent';
      const items = [row('a', 2), row('b', 9), row('c', 5), row('foreign', 12, 'u-9')];
      return [200, { metadata: { resourceVersion: '9' }, items }];
    };
    const view = await revisionsView(fixture.cluster, target, signal);
    const { promise, resolve } = Promise.withResolvers<void>();
    view.subscribe(() => view.read().state.phase === 'live' && resolve());
    await promise;
    expect(view.read().value?.map((each) => each.revision)).toEqual([9, 5, 2]);
    const [list] = fixture.requests(`${NAMESPACE}/controllerrevisions`);
    expect(list?.query.get('labelSelector')).toBe('app=agent');
    view.release();
  });
});
