import { describe, expect, it } from 'vitest';
import { describeSocketFailure, errorCode } from './socket-failure.ts';

const withCode = (code: string, cause?: unknown) => Object.assign(new Error(code, { cause }), { code });

describe("Node's error code", () => {
  it('is found through causes and the list of a dual-stack connect', () => {
    expect(errorCode(withCode('EPIPE'))).toBe('EPIPE');
    expect(errorCode(new Error('fetch failed', { cause: withCode('ECONNRESET') }))).toBe('ECONNRESET');
    expect(errorCode(new AggregateError([new Error('x'), withCode('EHOSTUNREACH')]))).toBe('EHOSTUNREACH');
    expect(errorCode(new Error('none'))).toBeUndefined();
    expect(errorCode('text')).toBeUndefined();
  });
});

describe('the cause of a failed connection', () => {
  it.each([
    ['ENOTFOUND', 'The API server cannot be found: no DNS entry for k8s (ENOTFOUND).'],
    ['EAI_AGAIN', 'The API server cannot be found: the DNS server gives no answer about k8s (EAI_AGAIN).'],
    ['ECONNREFUSED', 'The API server at k8s:443 refuses the connection (ECONNREFUSED): nothing listens there.'],
    ['ECONNRESET', 'The API server at k8s:443 has reset the connection (ECONNRESET).'],
    ['ETIMEDOUT', 'The API server at k8s:443 did not answer (ETIMEDOUT).'],
    ['ENETUNREACH', 'The API server at k8s:443 has no route from this machine (ENETUNREACH).'],
    ['EACCES', 'The API server at k8s:443: this machine does not allow the connection (EACCES).'],
    ['ESOMETHING', 'The API server at k8s:443 cannot be reached (ESOMETHING).'],
  ])('%s is one sentence', (code, sentence) => {
    expect(describeSocketFailure(withCode(code), 'The API server', 'k8s', 443)).toBe(sentence);
  });

  it('falls back to the message of an error without a code', () => {
    expect(describeSocketFailure(new Error('odd'), 'The proxy', '::1', 1080)).toBe(
      'The proxy at [::1]:1080 cannot be reached (odd).',
    );
  });
});
