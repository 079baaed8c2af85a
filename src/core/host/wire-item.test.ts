import { StandardRPCJsonSerializer } from '@orpc/client/standard';
import { describe, expect, it } from 'vitest';
import { WireItem } from './wire-item.ts';

const item = {
  type: 'batch',
  state: { phase: 'live', since: 1 },
  upserted: [{ uid: '1', name: 'agent', labels: { app: 'agent' }, ready: true, restarts: 0, owner: undefined }],
  deletedUids: ['2'],
};

describe('an item of a stream on its way to a page', () => {
  it('is the same text as the item itself', () => {
    expect(JSON.stringify({ json: new WireItem(item) })).toBe(JSON.stringify({ json: item }));
  });

  it('passes the serializer as it is, and its text is what a copy would have been', () => {
    const serializer = new StandardRPCJsonSerializer();
    const wireItem = new WireItem(item);
    const [passed, meta] = serializer.serialize(wireItem);
    const [copied] = serializer.serialize(item);
    expect(passed).toBe(wireItem);
    expect(meta).toEqual([]);
    expect(JSON.stringify(passed)).toBe(JSON.stringify(copied));
  });
});
