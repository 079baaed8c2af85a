import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';
import { isResourceVersionTooLarge, reasonOfCode, statusObjectToError, statusToError } from './status-to-error.ts';
import { parseWarnings } from './warning-header.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const NOW = Date.parse('2026-01-01T00:00:00Z');

function errorOf(status: number, body: unknown, headers: Record<string, string> = JSON_TYPE) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return statusToError(status, new TextEncoder().encode(text), headers, { contextName: 'prod', now: NOW }).data;
}

function aStatus(code: number, reason: string | undefined, message: string, details?: unknown) {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message, details };
}

describe('a Status as an error', () => {
  it.each([
    [401, 'Unauthorized', 'Unauthorized'],
    [403, 'Forbidden', 'Forbidden'],
    [404, 'NotFound', 'NotFound'],
    [409, 'AlreadyExists', 'AlreadyExists'],
    [409, 'Conflict', 'Conflict'],
    [410, 'Expired', 'Expired'],
    [410, 'Gone', 'Expired'],
    [422, 'Invalid', 'Invalid'],
    [400, 'BadRequest', 'Invalid'],
    [413, 'RequestEntityTooLarge', 'Invalid'],
    [415, 'UnsupportedMediaType', 'Invalid'],
    [429, 'TooManyRequests', 'TooManyRequests'],
    [500, 'InternalError', 'InternalError'],
    [500, 'ServerTimeout', 'Timeout'],
    [503, 'ServiceUnavailable', 'ServiceUnavailable'],
    [504, 'Timeout', 'Timeout'],
  ])('%d %s has the reason %s', (code, reason, expected) => {
    expect(errorOf(code, aStatus(code, reason, 'words'))).toMatchObject({ reason: expected, contextName: 'prod' });
  });

  it('goes by its code when the reason is a new one or none', () => {
    expect(errorOf(409, aStatus(409, 'SomethingOf2030', 'words')).reason).toBe('Conflict');
    expect(errorOf(403, aStatus(403, undefined, 'words')).reason).toBe('Forbidden');
    expect(reasonOfCode(418)).toBe('Invalid');
    expect(reasonOfCode(599)).toBe('InternalError');
  });

  it("keeps the server's words and the fields that it names", () => {
    const details = {
      name: 'x',
      causes: [
        { reason: 'FieldValueInvalid', message: 'Invalid value: 0', field: 'spec.minReadySeconds' },
        { reason: 'FieldValueForbidden', message: 'may not', field: 'spec.template.spec.containers[0].image' },
        'nonsense',
      ],
    };
    expect(errorOf(422, aStatus(422, 'Invalid', 'DaemonSet.apps "x" is invalid: …', details))).toEqual({
      reason: 'Invalid',
      message: 'DaemonSet.apps "x" is invalid: …',
      contextName: 'prod',
      retry: false,
      causes: [
        { path: 'spec.minReadySeconds', message: 'Invalid value: 0' },
        { path: 'spec.template.spec.containers[0].image', message: 'may not' },
      ],
    });
  });

  it('takes the seconds of its details before those of the header, and a date in the header too', () => {
    const status = aStatus(429, 'TooManyRequests', 'words', { retryAfterSeconds: 3 });
    expect(errorOf(429, status, { ...JSON_TYPE, 'retry-after': '9' }).retryAfterSeconds).toBe(3);
    const date = { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' };
    expect(errorOf(503, aStatus(503, 'ServiceUnavailable', 'words'), { ...JSON_TYPE, ...date })).toMatchObject({
      retryAfterSeconds: 30,
      retry: true,
    });
  });

  it('reckons a date by the clock of the server that wrote it, when it says its time', () => {
    const headers = {
      ...JSON_TYPE,
      date: 'Thu, 01 Jan 2026 05:00:00 GMT',
      'retry-after': 'Thu, 01 Jan 2026 05:00:12 GMT',
    };
    expect(errorOf(503, aStatus(503, 'ServiceUnavailable', 'words'), headers).retryAfterSeconds).toBe(12);
  });

  it('knows a resource version that is too large by its cause or its words, and no other timeout', () => {
    const words = 'Too large resource version: 10, current: 3';
    const cause = { reason: 'ResourceVersionTooLarge', message: 'Too large resource version' };
    const asked = (reason: string, message: string, details: object = {}) =>
      isResourceVersionTooLarge(errorOf(504, aStatus(504, reason, message, details), JSON_TYPE));
    expect(asked('Timeout', 'anything', { causes: [cause] })).toBe(true);
    expect(asked('Timeout', words)).toBe(true);
    expect(asked('Timeout', 'etcdserver: request timed out')).toBe(false);
    expect(asked('TooManyRequests', words)).toBe(false);
  });

  it('carries the object that the request was about', () => {
    const ref = { contextName: 'prod', namespace: 'kube-system', name: 'fluentd' };
    const error = statusToError(404, new TextEncoder().encode('{}'), JSON_TYPE, { contextName: 'prod', ref });
    expect(error.data.ref).toEqual(ref);
  });

  it('is read from a watch event too', () => {
    const error = statusObjectToError(aStatus(410, 'Expired', 'too old resource version: 1 (2)'), 200, {
      contextName: 'prod',
    });
    expect(error.data).toMatchObject({ reason: 'Expired', message: 'too old resource version: 1 (2)' });
    expect(statusObjectToError('nonsense', 500, { contextName: 'prod' }).reason).toBe('InternalError');
  });

  it('says the code when there are no words', () => {
    expect(errorOf(500, aStatus(500, 'InternalError', '')).message).toBe(
      'The API server answered 500 Internal Server Error without a reason.',
    );
  });
});

describe('an answer that is no Status', () => {
  it('is quoted, shortened and without control characters', () => {
    const error = errorOf(503, `upstream\u001b[31m connect error\n${'x'.repeat(500)}`, {
      'content-type': 'text/plain',
    });
    expect(error.reason).toBe('ServiceUnavailable');
    expect(error.message).toMatch(
      /^The API server answered 503 Service Unavailable: upstream \[31m connect error x+…$/,
    );
    expect(error.message.length).toBeLessThan(400);
  });

  it('that is empty or half a JSON says its code', () => {
    expect(errorOf(502, '', {}).message).toBe('The API server answered 502 Bad Gateway without a reason.');
    expect(errorOf(500, '{"kind":"Sta').message).toContain('500 Internal Server Error: {"kind":"Sta');
  });

  it('that is a web page says so, with the reason of its code', () => {
    expect(errorOf(403, '<html>', { 'content-type': 'text/html' })).toMatchObject({ reason: 'Forbidden' });
    expect(errorOf(404, '  <!DOCTYPE html>', {})).toMatchObject({ reason: 'Unreachable' });
  });
});

describe('headers', () => {
  it('Retry-After is seconds, a date or nothing', () => {
    expect(parseRetryAfter('120', NOW)).toBe(120);
    expect(parseRetryAfter('Thu, 01 Jan 2026 00:01:00 GMT', NOW)).toBe(60);
    expect(parseRetryAfter('Wed, 31 Dec 2025 00:00:00 GMT', NOW)).toBe(0);
    expect(parseRetryAfter('soon', NOW)).toBeUndefined();
    expect(parseRetryAfter(undefined, NOW)).toBeUndefined();
    expect(parseRetryAfter(' ', NOW)).toBeUndefined();
  });

  it('Warning holds one text or several', () => {
    expect(parseWarnings('299 - "one"')).toEqual(['one']);
    expect(parseWarnings(['299 - "one, with a comma"', '299 everynode "two \\"quoted\\" \\\\"'])).toEqual([
      'one, with a comma',
      'two "quoted" \\',
    ]);
    expect(parseWarnings('nonsense')).toEqual([]);
    expect(parseWarnings(undefined)).toEqual([]);
  });
});
