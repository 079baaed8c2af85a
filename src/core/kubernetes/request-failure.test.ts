import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { ConnectFailure } from './connect-failure.ts';
import { nodeFiles } from './file-reader.ts';
import { RequestCredentials } from './request-credentials.ts';
import { RequestFailure } from './request-failure.ts';

function aRequest(
  more: { readonly writes?: boolean; readonly sent?: boolean; readonly server?: string } = {},
): RequestFailure {
  const failure = new RequestFailure({
    contextName: 'prod',
    server: new URL(more.server ?? 'https://k8s.example.com:6443'),
    writes: more.writes ?? false,
    timeoutMs: 10_000,
    credentials: new RequestCredentials({ token: 'very-secret' }, nodeFiles, new FakeClock()),
  });
  if (more.sent) failure.markSent();
  return failure;
}

const lost = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });

describe('what ended a read', () => {
  it.each<[string, unknown, 'timeout' | 'cancelled' | 'disposed' | undefined, string, string]>([
    ['its time', lost, 'timeout', 'Unreachable', 'The API server k8s.example.com:6443 did not answer within 10 s.'],
    ['its user', lost, 'cancelled', 'Cancelled', 'The request was cancelled.'],
    ['its connection', lost, 'disposed', 'Cancelled', 'The connection to prod was closed.'],
    [
      'the network',
      lost,
      undefined,
      'Unreachable',
      'The API server k8s.example.com:6443 closed the connection before it answered.',
    ],
    ['no connection', new ConnectFailure('No route.'), undefined, 'Unreachable', 'No route.'],
    [
      'a plugin',
      new ConnectFailure('No plugin.', { reason: 'CredentialPluginFailed' }),
      undefined,
      'CredentialPluginFailed',
      'No plugin.',
    ],
    [
      'something else',
      new Error('odd very-secret thing'),
      undefined,
      'Unreachable',
      'The request to k8s.example.com:6443 failed (odd [redacted] thing).',
    ],
  ])('is %s', (_name, error, end, reason, message) => {
    expect(aRequest({ sent: true }).toAppError(error, end).data).toMatchObject({
      reason,
      message,
      contextName: 'prod',
    });
  });

  it('is passed on when it is an AppError already', () => {
    const error = new AppError({ reason: 'NotFound', message: 'x' });
    expect(aRequest().toAppError(error, 'timeout')).toBe(error);
    expect(aRequest().streamError(error, undefined)).toBe(error);
  });

  it('is guessed at when the answer is no HTTP', () => {
    const parse = Object.assign(new Error('Parse Error'), { name: 'HTTPParserError' });
    expect(aRequest({ server: 'http://k8s:80' }).toAppError(parse, undefined).message).toBe(
      'The server k8s does not answer in HTTP: the kubeconfig says http://, but is it an https server?',
    );
    expect(aRequest().toAppError(parse, undefined).message).toBe(
      'The server k8s.example.com:6443 does not answer in HTTP.',
    );
  });
});

describe('what ended a write', () => {
  it.each<['timeout' | 'cancelled' | 'disposed' | undefined, string]>([
    ['timeout', 'no answer came within 10 s'],
    ['cancelled', 'it was cancelled before the answer came'],
    ['disposed', 'the connection was closed before the answer came'],
    [undefined, 'the connection broke before the answer came'],
  ])('leaves its outcome unknown once it was sent (%s)', (end, words) => {
    const error = aRequest({ writes: true, sent: true }).toAppError(lost, end);
    expect(error.data).toMatchObject({ reason: 'OutcomeUnknown', retry: false, contextName: 'prod' });
    expect(error.message).toBe(
      `The change was sent to k8s.example.com:6443, but ${words}: whether it was made is not known.`,
    );
  });

  it('is known when nothing was sent, or TLS refused it', () => {
    expect(aRequest({ writes: true }).toAppError(lost, undefined).reason).toBe('Unreachable');
    expect(aRequest({ writes: true }).toAppError(lost, 'timeout').reason).toBe('Unreachable');
    const alert = Object.assign(new Error('alert'), { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' });
    expect(aRequest({ writes: true, sent: true }).toAppError(alert, undefined).data).toMatchObject({
      reason: 'Unreachable',
      message:
        'The API server at k8s.example.com:6443 asks for a client certificate, and this user has none (TLS alert certificate required).',
    });
  });
});

describe('how far a request came', () => {
  it('tells lost connections from others', () => {
    const failure = aRequest();
    expect(failure.isLostConnection(lost)).toBe(true);
    expect(failure.isLostConnection(new Error('x', { cause: lost }))).toBe(true);
    expect(failure.isLostConnection(new ConnectFailure('x'))).toBe(false);
    expect(failure.answered).toBe(false);
    failure.markAnswered();
    expect(failure.answered).toBe(true);
  });

  it('refuses a web page under a JSON type, and lets JSON pass', () => {
    const page = new TextEncoder().encode('<!doctype html>');
    expect(() => aRequest().refuseWebPage(200, page, { 'content-type': 'application/json' })).toThrow(
      'answered 200 with a web page',
    );
    aRequest().refuseWebPage(200, new TextEncoder().encode('{}'), { 'content-type': 'application/json' });
    aRequest().refuseWebPage(200, page, { 'content-type': 'text/plain' });
  });

  it('breaks in the middle of a stream as Disconnected', () => {
    expect(aRequest().streamError(lost, undefined).data).toMatchObject({
      reason: 'Disconnected',
      message: 'The connection to k8s.example.com:6443 broke in the middle of the stream.',
      detail: 'UND_ERR_SOCKET: other side closed',
      retry: true,
    });
    expect(aRequest().streamError(lost, 'disposed').reason).toBe('Cancelled');
  });
});
