import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aContext } from '../../../tests/fakes/contexts.ts';
import { impatientClock } from '../../../tests/fakes/impatient-clock.ts';
import {
  type ApiReply,
  type ApiRequest,
  ScriptedApiServer,
  replyJson,
  statusBody,
} from '../../../tests/fakes/scripted-api-server.ts';
import type { GuardLevel } from '../../shared/contract/context.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { createJournal } from '../journal.ts';
import { createConnection } from '../kubernetes/connection.ts';
import { createDecodePool } from '../kubernetes/decode-pool.ts';
import { systemClock } from '../system-clock.ts';
import { createDaemonSet } from './create-daemonset.ts';
import { deleteDaemonSet, restartDaemonSet, RESTARTED_AT } from './daemonset-changes.ts';
import type { OpenCluster } from './open-cluster.ts';
import { expectMode } from '../../../tests/fakes/expect-mode.ts';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What the script answers to one request: status and body (a string as it is), or a cut connection. */
type Answer = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>] | 'cut';

const target = { contextName: 'test', namespace: 'logging', name: 'agent', uid: 'u-1' };
const path = '/apis/apps/v1/namespaces/logging/daemonsets/agent';
const signal = new AbortController().signal;
const stored = (annotations: object = {}, uid = 'u-1') => ({
  kind: 'DaemonSet',
  metadata: { name: 'agent', namespace: 'logging', uid, resourceVersion: '7' },
  spec: { template: { metadata: { annotations }, spec: { containers: [{ env: [{ name: 'A', value: 'hush' }] }] } } },
});
const manifestText = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      containers:
        - name: agent
          image: ""
`;

let server: ScriptedApiServer;
let folder: string;
let sent: Sent[];
let answer: (request: Sent) => Answer;
let guardLevel: GuardLevel;
let cluster: OpenCluster;

beforeEach(async () => {
  sent = [];
  guardLevel = 'free';
  folder = await mkdtemp(join(tmpdir(), 'everynode-change-'));
  server = await ScriptedApiServer.start({}, (request, reply) => void respond(request, reply));
  const connection = createConnection(aContext(`http://127.0.0.1:${server.port}`), { clock: systemClock, env: {} });
  cluster = {
    contextName: 'test',
    connection,
    get guardLevel() {
      return guardLevel;
    },
    journal: createJournal(join(folder, 'journal.jsonl'), impatientClock),
    clock: impatientClock,
    random: () => 0,
    decode: createDecodePool({ size: 0 }),
    ended: signal,
    identity: () => ({ serverVersion: 'v1.37.2' }),
    rows: () => {
      throw new Error('no live reads here');
    },
    object: () => {
      throw new Error('no live reads here');
    },
  };
});

afterEach(async () => {
  await cluster.connection.dispose();
  await server.close();
  await rm(folder, { recursive: true });
});

async function respond(request: ApiRequest, reply: ApiReply): Promise<void> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const url = new URL(request.url ?? '/', 'http://test');
  const seen: Sent = {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    body: text === '' ? undefined : JSON.parse(text),
  };
  sent.push(seen);
  const said = answer(seen);
  if (said === 'cut') return void request.socket?.destroy();
  const [status, body, headers] = said;
  if (typeof body !== 'string') return replyJson(reply, status, body, headers);
  reply.writeHead(status, { 'content-type': 'application/json' });
  reply.end(body);
}

/** The right is there; everything else is up to the script. */
function allowing(rest: (request: Sent) => Answer): void {
  answer = (request) =>
    request.path.endsWith('/selfsubjectaccessreviews') ? [201, { status: { allowed: true } }] : rest(request);
}

/** The right is there and every dry run passes; what stores something is up to the script. */
function passing(rest: (request: Sent) => Answer): void {
  allowing((request) => (isDry(request) ? [200, stored()] : rest(request)));
}

/** A server reads the query only when there are no DeleteOptions. */
function isDry({ method, query, body }: Sent): boolean {
  return method === 'DELETE' ? JSON.stringify(body).includes('"dryRun":["All"]') : query.get('dryRun') === 'All';
}

function writes(): readonly Sent[] {
  return sent.filter((request) => request.method !== 'GET' && !request.path.endsWith('accessreviews'));
}

function stores(): readonly Sent[] {
  return writes().filter((request) => !isDry(request));
}

async function failure(run: Promise<unknown>): Promise<AppError> {
  return run.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error as AppError,
  );
}

async function journal(): Promise<readonly Record<string, unknown>[]> {
  const text = await readFile(join(folder, 'journal.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('redeploy', () => {
  const restart = () => restartDaemonSet(cluster, target, signal);

  it('sends one annotation and the uid as precondition, and nothing else', async () => {
    allowing(({ method }) => (method === 'GET' ? [200, stored()] : [200, stored({ [RESTARTED_AT]: 'x' })]));
    const outcome = await restart();
    const [dry, real, ...more] = writes();
    expect([dry && isDry(dry), real && isDry(real), more]).toEqual([true, false, []]);
    expect(dry?.body).toEqual(real?.body);
    expect(real).toMatchObject({
      method: 'PATCH',
      path,
      body: {
        metadata: { uid: 'u-1' },
        spec: { template: { metadata: { annotations: { [RESTARTED_AT]: '2026-01-01T00:00:00Z' } } } },
      },
    });
    expect(outcome).toEqual({
      uid: 'u-1',
      resourceVersion: '7',
      warnings: [],
      kubectl: 'kubectl --context test -n logging rollout restart daemonset/agent',
    });
  });

  it('does nothing to a namesake that was made meanwhile', async () => {
    allowing(() => [200, stored({}, 'u-2')]);
    const error = await failure(restart());
    expect(error.reason).toBe('Conflict');
    expect(error.message).toContain('deleted and made again');
    expect(writes()).toEqual([]);
  });

  it('words a refused uid as the namesake that it is', async () => {
    const causes = [{ reason: 'FieldValueInvalid', field: 'metadata.uid', message: 'field is immutable' }];
    allowing(({ method }) =>
      method === 'GET'
        ? [200, stored()]
        : [422, statusBody(422, 'Invalid', 'metadata.uid: field is immutable', { causes })],
    );
    expect((await failure(restart())).message).toContain('deleted and made again');
  });

  it('reads back after a lost reply and says done when its own annotation is there', async () => {
    let patched = false;
    passing(({ method }) => {
      if (method === 'GET') return [200, stored(patched ? { [RESTARTED_AT]: '2026-01-01T00:00:00Z' } : {})];
      patched = true;
      return 'cut';
    });
    expect((await restart()).uid).toBe('u-1');
    expect(stores()).toHaveLength(1);
    expect((await journal())[0]).toMatchObject({ act: 'restart', outcome: 'done', uid: 'u-1' });
  });

  it('says that nothing was changed when the write never arrived, and does not repeat it', async () => {
    passing(({ method }) => (method === 'GET' ? [200, stored()] : 'cut'));
    const error = await failure(restart());
    expect(error.reason).toBe('Unreachable');
    expect(error.message).toContain('nothing was changed');
    expect(stores()).toHaveLength(1);
    expect((await journal())[0]).toMatchObject({ kind: 'DaemonSet', outcome: 'failed', reason: expect.any(String) });
  });

  it('leaves the outcome unknown when nothing can be read any more', async () => {
    let lost = false;
    passing(({ method }) => {
      if (method === 'PATCH') lost = true;
      return lost ? 'cut' : [200, stored()];
    });
    expect((await failure(restart())).reason).toBe('OutcomeUnknown');
    expect((await journal())[0]).toMatchObject({ outcome: 'unknown' });
  });

  it('sends nothing without the right, and names the verb and the resource', async () => {
    answer = ({ method }) => (method === 'GET' ? [200, stored()] : [201, { status: { allowed: false } }]);
    const error = await failure(restart());
    expect(error.reason).toBe('Forbidden');
    expect(error.message).toBe('You may not patch daemonsets.apps in namespace logging; nothing was sent.');
    expect(writes()).toEqual([]);
    expect(await journal()).toMatchObject([
      { act: 'restart', outcome: 'failed', reason: 'Forbidden', error: error.message },
    ]);
  });

  it('sends nothing for real that the dry run has not passed, and journals the refusal', async () => {
    const refusal = 'admission webhook "guard" denied the request: not on a Friday';
    allowing(({ method }) => (method === 'GET' ? [200, stored()] : [403, statusBody(403, 'Forbidden', refusal)]));
    expect((await failure(restart())).message).toContain('not on a Friday');
    expect([writes().length, stores().length]).toEqual([1, 0]);
    expect(await journal()).toMatchObject([{ act: 'restart', outcome: 'failed', reason: 'Forbidden' }]);
  });

  it('journals nothing that was called back before it was sent', async () => {
    const user = new AbortController();
    allowing(({ method }) => {
      if (method !== 'GET') user.abort();
      return [200, stored()];
    });
    expect((await failure(restartDaemonSet(cluster, target, user.signal))).reason).toBe('Cancelled');
    expect(stores()).toEqual([]);
    await expect(journal()).rejects.toThrow('ENOENT');
  });

  it('leaves the decision to the write where the server does not answer reviews', async () => {
    answer = ({ method, path: asked }) => {
      if (method === 'GET') return [200, stored()];
      return asked.endsWith('accessreviews') ? [404, statusBody(404, 'NotFound', 'not found')] : [200, stored()];
    };
    expect((await restart()).uid).toBe('u-1');
  });

  it('sends nothing in a read-only context', async () => {
    guardLevel = 'read-only';
    allowing(() => [200, stored()]);
    const error = await failure(restart());
    expect(error.message).toContain('read-only in Everynode');
    expect(await journal()).toMatchObject([{ outcome: 'failed', reason: 'Forbidden', error: error.message }]);
    expect(sent.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('delete', () => {
  const remove = (policy: 'Foreground' | 'Background' | 'Orphan') => deleteDaemonSet(cluster, target, policy, signal);

  it.each(['Foreground', 'Background', 'Orphan'] as const)('sends %s with the uid as precondition', async (policy) => {
    allowing(({ method }) => [200, method === 'GET' ? stored() : statusBody(200, '', '')]);
    const outcome = await remove(policy);
    const options = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: policy,
      preconditions: { uid: 'u-1' },
    };
    expect(writes().map(({ body }) => body)).toEqual([{ ...options, dryRun: ['All'] }, options]);
    expect(writes().every(({ query }) => query.size === 0)).toBe(true);
    expect(outcome.kubectl).toContain(`delete daemonset/agent --cascade=${policy.toLowerCase()}`);
  });

  it('answers the object as it was, every digit, also when the reply to the delete was lost', async () => {
    const asSent = JSON.stringify(stored()).replace('{', '{"large":12345678901234567890,');
    let deletes = 0;
    passing(({ method }) => {
      if (method === 'GET') return deletes < 2 ? [200, asSent] : [404, statusBody(404, 'NotFound', 'not found')];
      deletes += 1;
      return deletes === 1 ? [200, statusBody(200, '', '')] : 'cut';
    });
    expect((await remove('Background')).jsonText).toBe(asSent);
    expect((await remove('Background')).jsonText).toBe(asSent);
  });

  it('takes a vanished object after a lost reply as done', async () => {
    let gone = false;
    passing(({ method }) => {
      if (method === 'GET') return gone ? [404, statusBody(404, 'NotFound', 'not found')] : [200, stored()];
      gone = true;
      return 'cut';
    });
    expect((await remove('Background')).uid).toBe('u-1');
  });

  it('writes the object as it was to the journal, env values redacted, readable by its owner only', async () => {
    allowing(({ method }) => [200, method === 'GET' ? stored() : statusBody(200, '', '')]);
    await remove('Background');
    const [line] = await journal();
    expect(line).toMatchObject({ act: 'delete', outcome: 'done', ref: { namespace: 'logging', name: 'agent' } });
    expect(JSON.stringify(line)).toContain('[redacted]');
    expect(JSON.stringify(line)).not.toContain('hush');
    expectMode(join(folder, 'journal.jsonl'), 0o600);
  });
});

describe('create from YAML', () => {
  const create = (text: string, dryRun: boolean) =>
    createDaemonSet(cluster, { contextName: 'test', manifestText: text, namespace: 'logging', dryRun }, signal);
  const valid = manifestText.replace('image: ""', 'image: agent:1');
  const made = { metadata: { name: 'agent', namespace: 'logging', uid: 'u-9', resourceVersion: '3' } };

  it('stores nothing in a dry run, refuses unknown fields and shows the warnings', async () => {
    allowing(() => [201, made, { warning: '299 - "be careful"' }]);
    const outcome = await create(valid, true);
    expect(outcome).toMatchObject({ namespace: 'logging', name: 'agent', warnings: ['be careful'] });
    expect(writes()).toHaveLength(1);
    expect(Object.fromEntries(writes()[0]?.query ?? [])).toEqual({
      dryRun: 'All',
      fieldManager: 'everynode',
      fieldValidation: 'Strict',
    });
  });

  it('is allowed as a dry run in a read-only context, and not for real', async () => {
    guardLevel = 'read-only';
    allowing(() => [201, made]);
    expect((await create(valid, true)).name).toBe('agent');
    expect((await failure(create(valid, false))).message).toContain('read-only');
  });

  it('runs a dry run before the real one', async () => {
    allowing(() => [201, made]);
    expect((await create(valid, false)).uid).toBe('u-9');
    expect(writes().map(({ query }) => query.get('dryRun'))).toEqual(['All', null]);
  });

  it("shows the server's causes at the lines of the text", async () => {
    const causes = [
      { reason: 'FieldValueRequired', field: 'spec.template.spec.containers[0].image', message: 'Required value' },
    ];
    allowing(() => [422, statusBody(422, 'Invalid', 'DaemonSet.apps "agent" is invalid', { causes })]);
    const error = await failure(create(manifestText, true));
    expect(error.reason).toBe('Invalid');
    expect(error.data.causes?.[0]).toMatchObject({ path: causes[0]?.field, message: 'Required value', line: 12 });
  });

  it('finds the line of a field that only the words of a decoding error name', async () => {
    const said = 'cannot be handled as a DaemonSet: strict decoding error: unknown field "spec.template.spec.oops"';
    allowing(() => [400, statusBody(400, 'BadRequest', said)]);
    const error = await failure(create(`${valid}      oops: 1\n`, true));
    expect(error.data.causes).toMatchObject([{ path: 'spec.template.spec.oops', message: 'unknown field', line: 13 }]);
  });

  it('sends nothing that is no DaemonSet, and says the line', async () => {
    allowing(() => [201, made]);
    const error = await failure(create(valid.replace('kind: DaemonSet', 'kind: Deployment'), true));
    expect(error.reason).toBe('ManifestSyntax');
    expect(error.data.causes?.[0]?.line).toBe(2);
    expect(sent).toEqual([]);
  });

  it('never creates twice: a lost reply is read back and compared', async () => {
    let body: unknown;
    allowing((request) => {
      if (request.query.get('dryRun')) return [201, made];
      if (request.method === 'GET') return [200, { ...(body as object), ...made }];
      body = request.body;
      return 'cut';
    });
    // What is stored lacks what was sent under metadata, which the script overwrites with the server's own.
    expect((await create(valid, false)).uid).toBe('u-9');
    expect(writes().filter(({ query }) => !query.get('dryRun'))).toHaveLength(1);
  });

  it('does not take another one’s object of that name for its own', async () => {
    allowing((request) => {
      if (request.query.get('dryRun')) return [201, made];
      return request.method === 'GET' ? [200, { ...made, spec: { selector: {} } }] : 'cut';
    });
    expect((await failure(create(valid, false))).message).toContain('nothing was changed');
  });
});
