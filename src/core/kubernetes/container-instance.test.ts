import { describe, expect, it } from 'vitest';
import { containerInstance } from './container-instance.ts';

function aPod(status: object, spec: object = {}, phase = 'Running') {
  return {
    metadata: { uid: 'uid-pod' },
    spec: {
      containers: [{ name: 'main' }],
      initContainers: [{ name: 'setup' }, { name: 'proxy', restartPolicy: 'Always' }],
      ...spec,
    },
    status: { phase, ...status },
  };
}

const done = { terminated: { exitCode: 0 } };
const failed = { terminated: { exitCode: 1 } };

describe('the present run of a container', () => {
  it.each<[string, string, unknown, object]>([
    [
      'runs',
      'main',
      aPod({ containerStatuses: [{ name: 'main', restartCount: 2, state: { running: {} } }] }),
      { restartCount: 2, state: 'running', final: false },
    ],
    ['has no status yet', 'main', aPod({}, {}, 'Pending'), { restartCount: 0, state: 'waiting', final: false }],
    [
      'is between two runs, with the kubelet’s words',
      'main',
      aPod({
        containerStatuses: [
          {
            name: 'main',
            restartCount: 3,
            state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' } },
          },
        ],
      }),
      { restartCount: 3, state: 'waiting', message: 'back-off 40s', final: false },
    ],
    [
      'waits without a message',
      'main',
      aPod({ containerStatuses: [{ name: 'main', state: { waiting: { reason: 'ContainerCreating' } } }] }),
      { state: 'waiting', message: 'ContainerCreating' },
    ],
    [
      'ended and will be restarted',
      'main',
      aPod({ containerStatuses: [{ name: 'main', state: done }] }),
      { state: 'ended', final: false },
    ],
    [
      'ended and will not',
      'main',
      aPod({ containerStatuses: [{ name: 'main', state: failed }] }, { restartPolicy: 'Never' }),
      { state: 'ended', final: true },
    ],
    [
      'failed and is tried again',
      'main',
      aPod({ containerStatuses: [{ name: 'main', state: failed }] }, { restartPolicy: 'OnFailure' }),
      { state: 'ended', final: false },
    ],
    [
      'was an init container that did its work',
      'setup',
      aPod({ initContainerStatuses: [{ name: 'setup', state: done }] }),
      { state: 'ended', final: true },
    ],
    [
      'is an init container that failed',
      'setup',
      aPod({ initContainerStatuses: [{ name: 'setup', state: failed }] }),
      { state: 'ended', final: false },
    ],
    [
      'is a sidecar, which comes back',
      'proxy',
      aPod({ initContainerStatuses: [{ name: 'proxy', state: done }] }),
      { state: 'ended', final: false },
    ],
    [
      'was of a pod that has ended',
      'main',
      aPod({ containerStatuses: [{ name: 'main', state: failed }] }, {}, 'Failed'),
      { final: true },
    ],
    [
      'is an ephemeral container',
      'debug',
      aPod({ ephemeralContainerStatuses: [{ name: 'debug', restartCount: 0, state: { running: {} } }] }),
      { state: 'running' },
    ],
    ['is of something that is no pod', 'main', null, { podUid: '', state: 'waiting' }],
  ])('%s', (_what, name, pod, expected) => {
    expect(containerInstance(pod, name)).toMatchObject(expected);
  });
});
