import { describe, expect, it } from 'vitest';
import { aBookmark, aDaemonSetList, aDaemonSetObject } from '../../../tests/fakes/objects.ts';
import { decodeList, decodeWatch } from './decode.ts';

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const lines = (...values: readonly unknown[]): Uint8Array =>
  new TextEncoder().encode(
    values.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value)}\n`).join(''),
  );

describe('a list', () => {
  it('becomes rows, its version, its continue token and how many remain', () => {
    const list = aDaemonSetList([aDaemonSetObject('agent')], {
      resourceVersion: '9',
      continue: 'abc',
      remainingItemCount: 3,
    });
    const page = decodeList('daemonsets', encode(list));
    expect(page).toMatchObject({ resourceVersion: '9', continueToken: 'abc', remaining: 3 });
    expect(page.rows.map((row) => row.name)).toEqual(['agent']);
  });

  it('is read the same with its version behind its items, and without what is no object', () => {
    const text = `{"items":[${JSON.stringify(aDaemonSetObject('agent'))}, 7],"metadata":{"resourceVersion":"9"}}`;
    const page = decodeList('daemonsets', new TextEncoder().encode(text));
    expect(page.resourceVersion).toBe('9');
    expect(page.rows.map((row) => row.name)).toEqual(['agent']);
  });

  it.each([
    ['<html>', 'no JSON'],
    ['{"kind":"Status"}', 'no Kubernetes list'],
    ['[]', 'no Kubernetes list'],
    ['', 'no JSON'],
    ['{"items":[{"metadata":]}]}', 'no JSON'],
    ['{"items":[{}],"metadata":}', 'no JSON'],
    ['{"items":{}}', 'no Kubernetes list'],
  ])('is refused when it is %j', (text, words) => {
    expect(() => decodeList('pods', new TextEncoder().encode(text))).toThrow(words);
  });
});

describe('watch events', () => {
  it('are read in order', () => {
    const agent = aDaemonSetObject('agent');
    const { events, unparsable } = decodeWatch(
      'daemonsets',
      lines(
        { type: 'ADDED', object: agent },
        { type: 'DELETED', object: agent },
        { type: 'BOOKMARK', object: aBookmark('77', { 'k8s.io/initial-events-end': 'true' }) },
        { type: 'ERROR', object: { kind: 'Status', code: 410 } },
      ),
    );
    expect(unparsable).toBe(0);
    expect(events.map((event) => event.type)).toEqual(['upsert', 'delete', 'bookmark', 'error']);
    expect(events[2]).toEqual({ type: 'bookmark', resourceVersion: '77', initialEventsEnd: true });
    expect(events[3]).toEqual({ type: 'error', status: { kind: 'Status', code: 410 } });
  });

  it.each([
    ['{"type":"ADDED","object":{"meta'],
    ['{"type":"RENAMED","object":{}}'],
    ['{"type":"ADDED"}'],
    ['{"type":"ADDED","object":{"metadata":{"name":"no-uid"}}}'],
    ['null'],
    ['{"type":"BOOKMARK","object":{"metadata":{}}}'],
  ])('end before a line that cannot be read: %s', (line) => {
    const { events, unparsable } = decodeWatch(
      'daemonsets',
      lines({ type: 'ADDED', object: aDaemonSetObject('a') }, line, { type: 'ADDED', object: aDaemonSetObject('b') }),
    );
    expect(events).toHaveLength(1);
    expect(unparsable).toBe(1);
  });
});
