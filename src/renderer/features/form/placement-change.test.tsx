// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import type { NodeRow } from '../../../shared/kubernetes/rows.ts';
import { AccessCache } from '../../live/access-cache.ts';
import { LiveRegistry } from '../../live/live-registry.ts';
import { ServicesProvider } from '../../live/services.ts';
import { FakeCore } from '../../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../../testing/fake-transport.ts';
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
  const client = core.client();
  const transport = new FakeTransport(client);
  const live = new LiveRegistry({ client, transport, clock, frames });
  render(
    <ServicesProvider value={{ client, transport, clock, live, access: new AccessCache(client, clock) }}>
      <PlacementChange
        contextName="prod"
        beforeText={JSON.stringify(manifestOf('hdd'))}
        manifest={manifestOf(edited)}
      />
    </ServicesProvider>,
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

it('says nothing where the placement is as it was', async () => {
  await show('hdd');
  expect(screen.queryByText(/node/)).toBeNull();
});
