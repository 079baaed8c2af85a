import { describe, expect, it } from 'vitest';
import { aContext, aContextsView } from '../testing/fake-core.ts';
import { contextsAsOf } from './contexts-as-of.ts';

const error = { reason: 'Disconnected', message: 'Not connected to the core.' } as const;
const live = { phase: 'live', since: 1, serverVersion: 'v1.37.2' } as const;
const refused = { phase: 'refused', error: { reason: 'Unauthorized', message: 'who are you?' } } as const;

describe('the contexts', () => {
  const view = aContextsView([
    aContext('prod', { connection: live }),
    aContext('lab'),
    aContext('old', { connection: refused }),
  ]);

  it('are what the core says while it can say it', () => {
    expect(contextsAsOf(view, { phase: 'live', since: 2 })).toBe(view);
  });

  it('are not said to be live while the core cannot be heard: since then they are stale', () => {
    const { contexts } = contextsAsOf(view, { phase: 'stale', since: 7, error });
    expect(contexts.map(({ connection }) => connection)).toEqual([
      { phase: 'stale', since: 7, error },
      { phase: 'closed' },
      refused,
    ]);
  });
});
