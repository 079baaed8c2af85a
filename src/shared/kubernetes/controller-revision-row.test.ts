import { describe, expect, it } from 'vitest';
import { toControllerRevisionRow } from './controller-revision-row.ts';

describe('a revision’s row', () => {
  it('holds number, hash, cause, images and owner', () => {
    expect(
      toControllerRevisionRow({
        metadata: {
          uid: 'u',
          name: 'agent-5d4f',
          namespace: 'logging',
          resourceVersion: '9',
          creationTimestamp: '2026-01-01T00:00:00Z',
          labels: { app: 'agent', 'controller-revision-hash': '5d4f' },
          annotations: { 'kubernetes.io/change-cause': 'a new image' },
          ownerReferences: [{ uid: 'other' }, { uid: 'owner', controller: true }],
        },
        revision: 7,
        data: {
          spec: {
            template: { spec: { containers: [{ image: 'a:1' }, { image: 'b:2' }], initContainers: [{ image: 'i' }] } },
          },
        },
      }),
    ).toEqual({
      uid: 'u',
      name: 'agent-5d4f',
      namespace: 'logging',
      resourceVersion: '9',
      ownerUid: 'owner',
      revision: 7,
      hash: '5d4f',
      creationTimestamp: '2026-01-01T00:00:00Z',
      changeCause: 'a new image',
      images: ['a:1', 'b:2', 'i'],
    });
  });

  it('of an odd object has nothing, and does not throw', () => {
    expect(toControllerRevisionRow({ data: 'text', revision: 'seven' })).toMatchObject({ revision: 0, images: [] });
  });
});
