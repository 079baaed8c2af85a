// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { aPodRow } from '../../../tests/fakes/rows.ts';
import type { NodeRow } from '../../shared/kubernetes/rows.ts';
import type { JsonObject } from '../../shared/manifest/json-value.ts';
import { AccessCache } from '../live/access-cache.ts';
import { LiveRegistry } from '../live/live-registry.ts';
import { ServicesProvider } from '../live/services.ts';
import { FakeCore } from '../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../testing/fake-transport.ts';
import { PlacementChange } from './PlacementChange.tsx';

const manifestOf = (disk: string) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  spec: { template: { spec: { nodeSelector: { disk }, containers: [{ name: 'main', image: 'a:1' }] } } },
});
const aNode = (name: string, disk: string): NodeRow => ({
  uid: name,
  name,
  resourceVersion: '1',
  creationTimestamp: '',
  labels: { disk },
  taints: [],
  unschedulable: false,
  ready: true,
});

let core: FakeCore;
let clock: FakeClock;
let frames: FakeFrames;

async function settle(): Promise<void> {
  await act(async () => clock.advance(500));
  act(() => frames.run());
}

async function show(edited: string): Promise<void> {
  await showChange(manifestOf('hdd'), manifestOf(edited));
}

async function showChange(before: JsonObject, manifest: JsonObject): Promise<void> {
  const client = core.client();
  const transport = new FakeTransport(client);
  const live = new LiveRegistry({ client, transport, clock, frames });
  render(
    <MantineProvider>
      <ServicesProvider value={{ client, transport, clock, live, access: new AccessCache(client, clock) }}>
        <PlacementChange
          contextName="prod"
          daemonSet={{ namespace: 'logging', name: 'agent', uid: 'uid-agent' }}
          beforeText={JSON.stringify(before)}
          manifest={manifest}
        />
      </ServicesProvider>
    </MantineProvider>,
  );
  await settle();
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  core = new FakeCore();
  clock = new FakeClock();
  frames = new FakeFrames();
});
afterEach(cleanup);

it('names the nodes that an edit of the node selector would gain and lose, once the nodes are known', async () => {
  await show('ssd');
  expect(screen.getByText(/^The nodes are not known/)).toBeDefined();
  const rows = [aNode('a', 'hdd'), aNode('b', 'hdd'), aNode('c', 'ssd')];
  core.nodes.push({ type: 'full', state: { phase: 'live', since: 0 }, rows });
  await settle();
  expect(screen.getByText('2 nodes would lose their pod: a, b; 1 would gain one: c.')).toBeDefined();
});

it.each([
  ['RollingUpdate', '1 node would lose its pod: a.'],
  ['OnDelete', undefined],
])('under %s says of a pod that is no longer tolerated: %s', async (type, words) => {
  const manifest = (tolerations: JsonObject[]) => ({
    spec: { updateStrategy: { type }, template: { spec: { tolerations } } },
  });
  await showChange(manifest([{ operator: 'Exists' }]), manifest([]));
  const taints = [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }];
  core.nodes.push({ type: 'full', state: { phase: 'live', since: 0 }, rows: [{ ...aNode('a', 'ssd'), taints }] });
  await settle();
  expect(screen.queryByText(/node/)?.textContent.trim()).toBe(words);
});

it('counts a pod that only may stay on its node: it is lost with the template', async () => {
  await showChange({ spec: { template: { spec: {} } } }, { spec: { template: { spec: { nodeSelector: {} } } } });
  const taints = [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }];
  const live = { phase: 'live', since: 0 } as const;
  core.nodes.push({ type: 'full', state: live, rows: [{ ...aNode('a', 'ssd'), taints }, aNode('b', 'ssd')] });
  await settle();
  expect(screen.queryByText(/node/)).toBeNull();
  core.pods.push({ type: 'full', state: live, rows: [aPodRow({ nodeName: 'a' }), aPodRow({ nodeName: 'b' })] });
  await settle();
  expect(screen.getByText('1 node would lose its pod: a.')).toBeDefined();
});

it('says nothing where the placement is as it was', async () => {
  await show('hdd');
  expect(screen.queryByText(/node/)).toBeNull();
});

it('unfolds the names of more nodes than its sentence has', async () => {
  await show('ssd');
  const rows = ['a', 'b', 'c', 'd'].map((name) => aNode(name, 'hdd'));
  core.nodes.push({ type: 'full', state: { phase: 'live', since: 0 }, rows: [...rows, aNode('e', 'ssd')] });
  await settle();
  expect(screen.getByText(/^4 nodes would lose their pod: a, b, c and 1 more; 1 would gain one: e\.$/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'All of them' }));
  const lost = within(await screen.findByRole('region', { name: 'Would lose their pod', hidden: true }));
  expect(lost.getByText(/^a b c d$/)).toBeDefined();
  expect((await screen.findByRole('region', { name: 'Would gain a pod', hidden: true })).textContent).toContain('e');
});
