import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConnection } from '../../src/core/kubernetes/connection.ts';
import { createAccessService } from '../../src/core/services/access.ts';
import { createOffersService } from '../../src/core/services/offers/offers.ts';
import { systemClock } from '../../src/core/system-clock.ts';
import type { DemoUser } from '../../src/demo/api/authorizer.ts';
import { type DemoCluster, startDemoCluster } from '../../src/demo/start-demo.ts';
import { TEAM_ROLE } from '../cluster/access.ts';
import { ClusterFixture } from '../fakes/cluster-fixture.ts';
import { aContext } from '../fakes/contexts.ts';

const groups = ['system:authenticated'];
const namespaces = { verbs: ['list'], apiGroups: [''], resources: ['namespaces'] };
const USERS: readonly DemoUser[] = [
  { username: 'reader', groups, grants: [{ rules: [namespaces] }] },
  { username: 'team', groups, grants: [{ rules: [namespaces] }, { namespace: 'logging', rules: TEAM_ROLE.rules }] },
  { username: 'team-alone', groups, grants: [{ namespace: 'logging', rules: TEAM_ROLE.rules }] },
];

let demo: DemoCluster;
let fixture: ClusterFixture;

beforeAll(async () => {
  demo = await startDemoCluster({ nodes: 3, users: USERS });
  fixture = await ClusterFixture.open();
});
afterAll(async () => {
  await fixture.close();
  await demo.close();
});

/** What a user of the demo cluster is offered: the rights by namespace, or why there is nothing. */
async function offered(token: string | undefined): Promise<unknown> {
  const connection = createConnection(aContext(demo.url, {}, { token: token ?? '' }), { clock: systemClock, env: {} });
  const findCluster = () => ({ ...fixture.cluster, connection });
  const access = createAccessService(findCluster);
  const offers = createOffersService({
    findCluster,
    draftTexts: () => Promise.resolve([]),
    askRight: (contextName) => (check) => access.askLater(contextName, check),
  });
  try {
    const answer = await offers.namespaces({ contextName: 'test' }, new AbortController().signal);
    return 'none' in answer ? answer.none : new Set(answer.items.map(({ name, mayCreate }) => `${name} ${mayCreate}`));
  } finally {
    await connection.dispose();
  }
}

describe('a user of the demo cluster is offered', () => {
  it('every namespace as its administrator', async () => {
    expect(await offered(demo.token)).toEqual(
      new Set(demo.store.namespaces.items().map(({ metadata }) => `${metadata.name} allowed`)),
    );
  });

  it('those that a role lets it create DaemonSets in, the others as denied', async () => {
    const names = demo.store.namespaces.items().map(({ metadata }) => metadata.name);
    expect(names.length).toBeGreaterThan(1);
    expect(await offered(demo.tokens.get('team'))).toEqual(
      new Set(names.map((name) => `${name} ${name === 'logging' ? 'allowed' : 'denied'}`)),
    );
    expect(await offered(demo.tokens.get('reader'))).toEqual(new Set(names.map((name) => `${name} denied`)));
  });

  it('none where it may not list them, which is said', async () => {
    expect(await offered(demo.tokens.get('team-alone'))).toBe('You may not list namespaces in the whole cluster.');
  });
});
