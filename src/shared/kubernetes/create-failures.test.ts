import { describe, expect, it } from 'vitest';
import { anEvent } from '../../../tests/fakes/rows.ts';
import { createFailures } from './create-failures.ts';

const failed = (message: string, lastSeen = 100_000) => anEvent({ reason: 'FailedCreate', message, lastSeen });
const forbidden = (words: string) => `Error creating: pods "agent-" is forbidden: ${words}`;

describe('why pods of a DaemonSet are not made', () => {
  it.each([
    [
      forbidden('exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0'),
      'a ResourceQuota refuses its pod: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0',
    ],
    [
      forbidden('violates PodSecurity "restricted:latest": privileged (container "a" must not set it)'),
      'PodSecurity refuses its pod: violates PodSecurity "restricted:latest": privileged (container "a" must not set it)',
    ],
    [
      'Error creating: admission webhook "guard.example" denied the request: no',
      'an admission webhook refuses its pod: admission webhook "guard.example" denied the request: no',
    ],
    [
      forbidden('no PriorityClass with name high was found'),
      'its pod is refused for its PriorityClass: no PriorityClass with name high was found',
    ],
    [
      forbidden('error looking up service account a/b: serviceaccount "b" not found'),
      'its pod is refused for its ServiceAccount: error looking up service account a/b: serviceaccount "b" not found',
    ],
    ['Error creating: the server is away', 'its pod cannot be created: the server is away'],
  ])('%s', (message, words) => {
    expect(createFailures([failed(message)]).words).toBe(words);
  });

  it('is what the newest refusal says, unless pods were made long after it', () => {
    const made = (lastSeen: number) => anEvent({ type: 'Normal', reason: 'SuccessfulCreate', lastSeen });
    const both = [failed('Error creating: first', 1000), failed('Error creating: second', 100_000)];
    expect(createFailures([...both, made(130_000)]).words).toBe('its pod cannot be created: second');
    expect(createFailures([...both, made(200_000)]).words).toBeUndefined();
    expect(createFailures([anEvent()]).words).toBeUndefined();
  });

  it('names the nodes whose pod has failed', () => {
    const message = 'Found failed daemon pod logging/agent-x7k2p on node n1, will try to kill it';
    expect([...createFailures([anEvent({ reason: 'FailedDaemonPod', message })]).failedNodes]).toEqual(['n1']);
  });
});
