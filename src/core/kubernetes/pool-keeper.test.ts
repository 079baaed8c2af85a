import { afterEach, describe, expect, it } from 'vitest';
import { testAuthority } from '../../../tests/fakes/connection-fixture.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import type { FileReader } from './file-reader.ts';
import { Attention } from '../attention.ts';
import { PoolKeeper } from './pool-keeper.ts';

const keepers: PoolKeeper[] = [];
afterEach(async () => {
  for (const keeper of keepers.splice(0)) await keeper.dispose();
});

function aKeeper(server: string) {
  const state = { version: 1, looks: 0, missing: false };
  const files: FileReader = {
    read: async () => Buffer.from(testAuthority.cert),
    size: async () => 1,
    version: async () => {
      state.looks++;
      if (state.missing) throw Object.assign(new Error('missing'), { code: 'ENOENT' });
      return `${state.version}`;
    },
  };
  const clock = new FakeClock();
  const keeper = new PoolKeeper({
    target: {
      server: new URL(server),
      cluster: { server, insecureSkipTlsVerify: false, certificateAuthority: '/ca.crt' },
      route: { kind: 'direct' },
      alpnProtocols: ['h2', 'http/1.1'],
      now: () => clock.now(),
    },
    user: {},
    files,
    clock,
    connectTimeoutMs: 10_000,
    attention: new Attention(),
    probe: () => Promise.reject(new Error('nobody looks')),
  });
  keepers.push(keeper);
  return { keeper, clock, state };
}

describe('the pools of a context', () => {
  it('are made once, also when several ask at the same time', async () => {
    const { keeper } = aKeeper('https://k8s.example.com');
    const [first, second] = await Promise.all([keeper.current(), keeper.current()]);
    expect(first).toBe(second);
    expect(await keeper.current()).toBe(first);
  });

  it('look at their files at most every 3 s, and are made anew when one changed', async () => {
    const { keeper, clock, state } = aKeeper('https://k8s.example.com');
    const first = await keeper.current();
    for (let turn = 0; turn < 10; turn++) await keeper.current();
    expect(state.looks).toBe(1);
    await clock.advance(3000);
    expect(await keeper.current()).toBe(first);
    expect(state.looks).toBe(2);
    state.version = 2;
    await clock.advance(3000);
    expect(await keeper.current()).not.toBe(first);
  });

  it('go on while a file is missing for a moment', async () => {
    const { keeper, clock, state } = aKeeper('https://k8s.example.com');
    const first = await keeper.current();
    state.missing = true;
    await clock.advance(3000);
    expect(await keeper.current()).toBe(first);
  });

  it('need no file for plain http', async () => {
    const { keeper, clock, state } = aKeeper('http://k8s.example.com');
    await keeper.current();
    await clock.advance(10_000);
    await keeper.current();
    expect(state.looks).toBe(0);
  });

  it('are not given up for silence before HTTP/2 is spoken', async () => {
    const { keeper } = aKeeper('https://k8s.example.com');
    const first = await keeper.current();
    keeper.suspect(first);
    expect(await keeper.current()).toBe(first);
    expect(keeper.httpVersion).toBeUndefined();
  });

  it('are refused once they are disposed of', async () => {
    const { keeper } = aKeeper('https://k8s.example.com');
    await keeper.current();
    await keeper.dispose();
    await expect(keeper.current()).rejects.toThrow('The connection was closed.');
  });
});
