import { describe, expect, it } from 'vitest';
import { parseDemoLine } from './demo-line.ts';

describe('parseDemoLine', () => {
  it('reads where the demo cluster listens', () => {
    expect(parseDemoLine('{"url":"http://127.0.0.1:4000","token":"t","pid":7}')).toEqual({
      url: 'http://127.0.0.1:4000',
      token: 't',
    });
  });

  it.each(['', 'null', '1', '[]', '{', '{"url":"http://127.0.0.1:1"}', '{"url":1,"token":"t"}', 'Error: EADDRINUSE'])(
    'takes nothing from %j',
    (line) => {
      expect(parseDemoLine(line)).toBeUndefined();
    },
  );
});
