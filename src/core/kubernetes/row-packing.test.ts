import { describe, expect, it } from 'vitest';
import { toPodRow } from '../../shared/kubernetes/pod-row.ts';
import type { NodeRow, PodRow } from '../../shared/kubernetes/rows.ts';
import { packRows, RowUnpacker } from './row-packing.ts';

const aPod = (uid: string, change: Partial<PodRow> = {}): PodRow => ({
  ...toPodRow({
    metadata: { uid, name: uid, namespace: 'logging', resourceVersion: '7', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { nodeName: `node-${uid}`, containers: [{ name: 'agent' }] },
    status: { phase: 'Running', containerStatuses: [{ name: 'agent', ready: true, state: { running: {} } }] },
  }),
  ...change,
});

const aNode = (uid: string, taints: NodeRow['taints']): NodeRow => ({
  uid,
  name: uid,
  resourceVersion: '1',
  creationTimestamp: '',
  labels: {},
  taints,
  unschedulable: false,
  ready: true,
});

describe('packed rows', () => {
  it('are the same rows when they are unpacked, whatever is absent', () => {
    const rows = [
      aPod('1'),
      aPod('2', { ownerUid: 'owner', reason: 'CrashLoopBackOff', revisionHash: 'abc', restarts: 4 }),
      aPod('3', { conditions: [{ type: 'Ready', status: 'False', message: 'é "quoted" 🙂' }] }),
      aPod('4', { phase: '', containers: [] }),
    ];
    expect(new RowUnpacker().unpack('pods', packRows('pods', rows))).toEqual(rows);
  });

  it('are none when there were none', () => {
    expect(new RowUnpacker().unpack('pods', packRows('pods', []))).toEqual([]);
  });

  it('carry a value that many rows have in common once', () => {
    const { text, values } = packRows(
      'pods',
      Array.from({ length: 50 }, (_, index) => aPod(`${index}`)),
    );
    expect(values.filter((value) => value === '"logging"')).toHaveLength(1);
    expect(text).not.toContain('agent');
  });

  it('share equal values over pages, and cannot be changed through them', () => {
    const unpacker = new RowUnpacker();
    const [first] = unpacker.unpack('pods', packRows('pods', [aPod('1')]));
    const [second] = unpacker.unpack('pods', packRows('pods', [aPod('2')]));
    expect(second?.containers).toBe(first?.containers);
    expect(Object.isFrozen(first?.containers)).toBe(true);
    expect(Object.isFrozen(first?.containers[0])).toBe(true);
  });

  it('keep a field that is no shared one as it is, also where it is a number', () => {
    const nodes = [aNode('1', [{ key: 'dedicated', effect: 'NoSchedule' }]), aNode('2', [])];
    expect(new RowUnpacker().unpack('nodes', packRows('nodes', nodes))).toEqual(nodes);
    const pods = [aPod('1', { restarts: 0, readyContainers: 0, totalContainers: 1 })];
    expect(new RowUnpacker().unpack('pods', packRows('pods', pods))).toEqual(pods);
  });
});
