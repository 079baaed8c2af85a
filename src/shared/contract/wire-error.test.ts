import { ORPCError } from '@orpc/contract';
import { describe, expect, it } from 'vitest';
import { AppError, APP_ERROR_REASONS, type AppErrorData } from '../errors/app-error.ts';
import { fromWireError, toWireError } from './wire-error.ts';

/** As oRPC's server encodes it and its client decodes it. */
function overTheWire(error: unknown): unknown {
  const json: unknown = JSON.parse(JSON.stringify(toWireError(error).toJSON()));
  const { code, ...options } = json as { code: string; message: string; data: unknown; status: number };
  return new ORPCError(code, options);
}

const FULL: AppErrorData = {
  reason: 'Invalid',
  message: 'DaemonSet.apps "agent" is invalid',
  contextName: 'prod',
  ref: { contextName: 'prod', namespace: 'logging', name: 'agent' },
  causes: [{ path: 'spec.selector', message: 'field is immutable', line: 12, column: 3 }],
  retryAfterSeconds: 3,
  retry: false,
  detail: 'the server said so',
};

describe('an error on the wire', () => {
  it('keeps every field of an AppError', () => {
    expect(fromWireError(overTheWire(new AppError(FULL)))?.data).toEqual(FULL);
  });

  it.each(APP_ERROR_REASONS)('keeps the reason %s', (reason) => {
    expect(fromWireError(overTheWire(new AppError({ reason, message: 'x' })))?.data).toEqual({ reason, message: 'x' });
  });

  it('is a Bug when a handler throws anything else, and carries no stack', () => {
    const received = fromWireError(overTheWire(new TypeError('cannot read x')));
    expect(received?.data).toEqual({
      reason: 'Bug',
      message: 'Everynode has met an error of its own.',
      detail: 'TypeError: cannot read x',
    });
  });

  it('is a ContractViolation with the paths of the input when oRPC refuses it', () => {
    const refusal = new ORPCError('BAD_REQUEST', {
      data: { issues: [{ path: ['targets', 0, { key: 'uid' }], message: 'Required' }, { message: 'Unknown key' }] },
    });
    expect(fromWireError(overTheWire(refusal))?.data).toMatchObject({
      reason: 'ContractViolation',
      causes: [
        { path: 'targets.0.uid', message: 'Required' },
        { path: '', message: 'Unknown key' },
      ],
    });
  });

  it('is a ContractViolation when the host has no such method', () => {
    expect(fromWireError(new ORPCError('NOT_FOUND'))?.reason).toBe('ContractViolation');
  });

  it('is a Bug when its data is not an AppError of ours', () => {
    const made = new ORPCError('INTERNAL_SERVER_ERROR', { data: { appError: { reason: 'Made', message: 'up' } } });
    expect(fromWireError(made)?.reason).toBe('Bug');
  });

  it('is nothing when no host sent it', () => {
    expect(fromWireError(new Error('closed'))).toBeUndefined();
  });
});
