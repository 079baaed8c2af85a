import { describe, expect, it } from 'vitest';
import { aPodRow, aRevisionRow } from '../../../tests/fakes/rows.ts';
import { currentRevision, nodesByRevision, oldRevisions } from './revision.ts';

const revisions = [2, 9, 4].map((revision) => aRevisionRow({ revision, hash: `h${revision}` }));

describe('the revisions of a DaemonSet', () => {
  it('have the highest number as the current one, whatever their age', () => {
    expect(currentRevision(revisions)?.revision).toBe(9);
    expect(oldRevisions(revisions).map(({ revision }) => revision)).toEqual([4, 2]);
  });

  it('have no current one when there are none', () => {
    expect(currentRevision([])).toBeUndefined();
    expect(oldRevisions([])).toEqual([]);
  });

  it('run on the nodes of their pods, each counted once', () => {
    const { nodeName: _, ...nowhere } = aPodRow({ name: 'x', revisionHash: 'h9' });
    const pods = [
      aPodRow({ name: 'a', nodeName: 'n1', revisionHash: 'h9' }),
      aPodRow({ name: 'b', nodeName: 'n1', revisionHash: 'h9', deletionTimestamp: '2026-01-01T00:00:00Z' }),
      aPodRow({ name: 'c', nodeName: 'n2', revisionHash: 'h9' }),
      aPodRow({ name: 'd', nodeName: 'n2', revisionHash: 'h4' }),
      aPodRow({ name: 'e', nodeName: 'n3' }),
      nowhere,
    ];
    expect(nodesByRevision(pods)).toEqual(
      new Map([
        ['h9', 2],
        ['h4', 1],
      ]),
    );
  });
});
