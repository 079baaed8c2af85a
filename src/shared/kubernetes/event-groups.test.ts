import { describe, expect, it } from 'vitest';
import { anEvent } from '../../../tests/fakes/rows.ts';
import { toEventRow } from './event.ts';
import { filterEvents, groupEvents } from './event-groups.ts';

const backOff = (pod: string, lastSeen: number, count = 1) =>
  anEvent({
    uid: `of-${pod}`,
    reason: 'BackOff',
    message: `Back-off 5m0s restarting failed container main in pod ${pod}_logging(3f0b0a3e-1111-2222-3333-444455556666)`,
    about: { kind: 'Pod', name: pod, namespace: 'logging', uid: pod },
    firstSeen: lastSeen - 10,
    lastSeen,
    count,
  });

describe('events in groups', () => {
  it('are one for the same reason of the same kind, whatever the pods are called', () => {
    const [group, ...rest] = groupEvents([backOff('agent-x7k2p', 100, 4), backOff('agent-b5j4n', 300, 2)]);
    expect(rest).toEqual([]);
    expect(group).toMatchObject({ count: 6, firstSeen: 90, lastSeen: 300, objects: 2, reason: 'BackOff' });
    expect(group?.message).toContain('agent-b5j4n');
    expect(group?.events.map((event) => event.about.name)).toEqual(['agent-b5j4n', 'agent-x7k2p']);
  });

  it.each([
    ['another reason', { reason: 'Failed' }],
    ['another type', { type: 'Normal' }],
    ['another message', { message: 'Error: ImagePullBackOff' }],
    ['another kind', { about: { kind: 'Node', name: 'agent-x7k2p', namespace: 'logging' } }],
    ['another namespace', { about: { kind: 'Pod', name: 'agent-x7k2p', namespace: 'other' } }],
  ])('are two for %s', (_, other) => {
    const event = backOff('agent-x7k2p', 100);
    expect(groupEvents([event, { ...event, uid: 'other', ...other }])).toHaveLength(2);
  });

  it('differ in numbers, addresses and generated names alone', () => {
    const failed = (uid: string, message: string) => anEvent({ uid, message });
    const groups = groupEvents([
      failed('1', 'Readiness probe failed: Get "http://10.4.0.7:80/": dial tcp 10.4.0.7:80: refused'),
      failed('2', 'Readiness probe failed: Get "http://10.4.12.9:80/": dial tcp 10.4.12.9:80: refused'),
      failed('3', 'Created pod: agent-b5j4n'),
      failed('4', 'Created pod: agent-x7k2p'),
    ]);
    expect(groups.map((group) => group.events.length)).toEqual([2, 2]);
  });

  it('are the newest first', () => {
    const groups = groupEvents([anEvent({ uid: 'a', reason: 'Old', lastSeen: 1 }), anEvent({ uid: 'b', lastSeen: 2 })]);
    expect(groups.map((group) => group.lastSeen)).toEqual([2, 1]);
  });

  it('of 5,000 events are worded once, when each is first seen', () => {
    let read = 0;
    const events = Array.from({ length: 5000 }, (_, nth) => {
      const event = { ...backOff('agent-x7k2p', nth), uid: `${nth}` };
      return Object.defineProperty(event, 'message', { get: () => (read++, 'Back-off restarting'), enumerable: true });
    });
    groupEvents(events);
    const first = read;
    expect(groupEvents(events)).toHaveLength(1);
    expect([first >= 5000, read - first < 5000]).toEqual([true, true]);
  });
});

describe('a filter of events', () => {
  const events = [
    backOff('agent-x7k2p', 1),
    anEvent({ uid: 'n', type: 'Normal', reason: 'Pulled', source: 'kubelet' }),
  ];
  it.each([
    ['', undefined, 2],
    ['', 'Normal', 1],
    ['kubelet pulled', undefined, 1],
    ['back-off', 'Normal', 0],
  ])('for %j and type %s leaves %i', (words, type, left) => {
    expect(filterEvents(events, { words, type })).toHaveLength(left);
  });
});

describe('the row of an event', () => {
  const metadata = { uid: 'u', name: 'n', namespace: 'logging', resourceVersion: '7' };
  it('reads the old style', () => {
    const raw = {
      metadata,
      type: 'Warning',
      reason: 'FailedCreate',
      message: 'exceeded quota',
      count: 3,
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:00:05Z',
      involvedObject: { kind: 'DaemonSet', name: 'agent', namespace: 'logging', uid: 'ds' },
      source: { component: 'daemonset-controller' },
    };
    expect(toEventRow(raw)).toEqual({
      ...metadata,
      type: 'Warning',
      reason: 'FailedCreate',
      message: 'exceeded quota',
      count: 3,
      firstSeen: Date.parse('2026-01-01T00:00:00Z'),
      lastSeen: Date.parse('2026-01-01T00:00:05Z'),
      about: { kind: 'DaemonSet', name: 'agent', namespace: 'logging', uid: 'ds' },
      source: 'daemonset-controller',
    });
  });

  it.each([
    [
      'as v1 shows it',
      { involvedObject: { kind: 'Pod', name: 'p' }, message: 'said', reportingComponent: 'scheduler' },
    ],
    ['of events.k8s.io', { regarding: { kind: 'Pod', name: 'p' }, note: 'said', reportingController: 'scheduler' }],
  ])('reads the new style %s', (_, fields) => {
    const raw = {
      metadata,
      ...fields,
      eventTime: '2026-01-01T00:00:00.123456Z',
      series: { count: 8, lastObservedTime: '2026-01-01T00:01:00.5Z' },
      firstTimestamp: null,
      lastTimestamp: null,
    };
    expect(toEventRow(raw)).toMatchObject({
      message: 'said',
      count: 8,
      firstSeen: Date.parse('2026-01-01T00:00:00.123Z'),
      lastSeen: Date.parse('2026-01-01T00:01:00.5Z'),
      about: { kind: 'Pod', name: 'p' },
      source: 'scheduler',
    });
  });

  it('of something odd has no time and happened once', () => {
    expect(toEventRow(7)).toMatchObject({ firstSeen: 0, lastSeen: 0, count: 1, about: { kind: '', name: '' } });
  });
});
