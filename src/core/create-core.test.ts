import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ApiReply,
  type ApiRequest,
  replyJson,
  ScriptedApiServer,
  statusBody,
} from '../../tests/fakes/scripted-api-server.ts';
import { isAlive, PluginFolder } from '../../tests/fakes/plugin-script.ts';
import { until } from '../../tests/fakes/connection-fixture.ts';
import type { ContextsView, KubeContextRow } from '../shared/contract/context.ts';
import type { AppError } from '../shared/errors/app-error.ts';
import { type Core, type CoreOptions, createCore } from './create-core.ts';
import { type OpenSession, openSession } from './session.ts';
import { systemClock } from './system-clock.ts';
import { expectMode } from '../../tests/fakes/expect-mode.ts';

/** Of a demo process that goes on for as long as the test. */
const NEVER = new Promise<string>(() => undefined);

let folder: string;
let server: ScriptedApiServer;
let running: { readonly core: Core; readonly page: OpenSession }[];
let tokens: (string | undefined)[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everynode-core-'));
  tokens = [];
  running = [];
  server = await ScriptedApiServer.start({}, (request, reply) => {
    tokens.push(request.headers.authorization);
    answer(request, reply);
  });
});

afterEach(async () => {
  for (const { core, page } of running) {
    page.close();
    await core.dispose();
  }
  await server.close();
  await rm(folder, { recursive: true });
});

/** Good to "Bearer good" and "Bearer better", 401 to everyone else; a list of DaemonSets whose watch stays open. */
function answer(request: ApiRequest, reply: ApiReply): void {
  const url = new URL(request.url ?? '/', 'http://test');
  const isGood = /^Bearer (good|better)$/.test(request.headers.authorization ?? '');
  if (!isGood) return replyJson(reply, 401, statusBody(401, 'Unauthorized', 'Unauthorized'));
  if (url.pathname === '/version') return replyJson(reply, 200, { gitVersion: 'v1.37.2' });
  if (url.pathname.endsWith('/selfsubjectreviews')) {
    return replyJson(reply, 201, { status: { userInfo: { username: 'jane' } } });
  }
  if (url.pathname.endsWith('/selfsubjectaccessreviews')) return replyJson(reply, 201, { status: { allowed: false } });
  if (url.searchParams.get('watch')) {
    reply.writeHead(200, { 'content-type': 'application/json' });
    return reply.flushHeaders?.();
  }
  const items = [{ metadata: { uid: 'u-1', name: 'agent', namespace: 'logging', resourceVersion: '3' } }];
  return replyJson(reply, 200, { kind: 'DaemonSetList', metadata: { resourceVersion: '5' }, items });
}

function kubeconfig(contexts: Readonly<Record<string, { readonly token: string; readonly port?: number }>>): string {
  const entries = Object.entries(contexts);
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    contexts: entries.map(([name]) => ({ name, context: { cluster: name, user: name } })),
    clusters: entries.map(([name, { port }]) => ({
      name,
      cluster: { server: `http://127.0.0.1:${port ?? server.port}` },
    })),
    users: entries.map(([name, { token }]) => ({ name, user: { token } })),
  });
}

async function start(options: Partial<CoreOptions> = {}) {
  const core = await createCore({
    version: '1.2.3',
    host: 'server',
    platform: 'linux',
    dataDir: join(folder, 'data'),
    env: {},
    home: folder,
    clock: systemClock,
    log: () => undefined,
    demoProcess: async () => ({
      url: `http://127.0.0.1:${server.port}`,
      token: 'good',
      ended: NEVER,
      stop: async () => undefined,
    }),
    ...options,
  });
  const page = openSession('page');
  running.push({ core, page });
  return createRouterClient(core.router, { context: { session: page.session } });
}
type Client = Awaited<ReturnType<typeof start>>;

async function view(client: Client, wanted: (view: ContextsView) => boolean = () => true): Promise<ContextsView> {
  for await (const item of await client.context.watch()) if (wanted(item)) return item;
  throw new Error('the stream ended');
}

function row(contexts: ContextsView, contextName: string): KubeContextRow {
  const found = contexts.contexts.find((context) => context.contextName === contextName);
  if (!found) throw new Error(`no context ${contextName}`);
  return found;
}

async function failure(run: Promise<unknown>): Promise<AppError> {
  return run.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error as AppError,
  );
}

async function withConfig(text: string): Promise<string> {
  const path = join(folder, 'config.yaml');
  await writeFile(path, text);
  return path;
}

describe('opening a context', () => {
  it('contacts nothing before, and then knows the version and the user', async () => {
    const path = await withConfig(kubeconfig({ prod: { token: 'good' } }));
    const client = await start({ kubeconfigArgs: [path] });
    expect(row(await view(client), 'prod').connection).toEqual({ phase: 'closed' });
    expect(server.accepted).toBe(0);
    expect(await client.context.open({ contextName: 'prod' })).toMatchObject({
      phase: 'live',
      serverVersion: 'v1.37.2',
      userName: 'jane',
    });
    expect(row(await view(client), 'prod').connection.phase).toBe('live');
  });

  it('keeps the cause of a refusal and leaves the other contexts undisturbed', async () => {
    const path = await withConfig(kubeconfig({ prod: { token: 'good' }, wrong: { token: 'bad' } }));
    const client = await start({ kubeconfigArgs: [path] });
    await client.context.open({ contextName: 'prod' });
    const error = await failure(client.context.open({ contextName: 'wrong' }));
    expect(error.reason).toBe('Unauthorized');
    const contexts = await view(client);
    expect(row(contexts, 'wrong').connection).toMatchObject({ phase: 'refused', error: { reason: 'Unauthorized' } });
    expect(row(contexts, 'prod').connection.phase).toBe('live');
    expect(JSON.stringify(contexts)).not.toContain('good');
  });

  it('says that an unknown context is unknown, and one that is not open is not open', async () => {
    const client = await start();
    expect((await failure(client.context.open({ contextName: 'nobody' }))).reason).toBe('KubeconfigInvalid');
    const list = await client.daemonSet.watchList({ contextName: 'nobody', namespaces: 'all' });
    expect((await failure(list.next())).reason).toBe('Disconnected');
  });

  it('shares one attempt between two callers', async () => {
    const path = await withConfig(kubeconfig({ prod: { token: 'good' } }));
    const client = await start({ kubeconfigArgs: [path] });
    await Promise.all([client.context.open({ contextName: 'prod' }), client.context.open({ contextName: 'prod' })]);
    expect(server.requests.filter(({ url }) => url === '/version')).toHaveLength(1);
  });
});

describe('an open context', () => {
  it('ends its streams as disconnected when it is closed, and leaves no socket behind', async () => {
    const path = await withConfig(kubeconfig({ prod: { token: 'good' } }));
    const client = await start({ kubeconfigArgs: [path] });
    await client.context.open({ contextName: 'prod' });
    const rows = await client.daemonSet.watchList({ contextName: 'prod', namespaces: 'all' });
    let item = await rows.next();
    while (!item.done && item.value.state.phase !== 'live') item = await rows.next();
    await client.context.close({ contextName: 'prod' });
    const end = (async () => {
      while (!(await rows.next()).done);
    })();
    expect((await failure(end)).reason).toBe('Disconnected');
    expect(row(await view(client), 'prod').connection).toEqual({ phase: 'closed' });
    await expect.poll(() => server.openSockets).toBe(0);
  });

  it('connects anew when its kubeconfig changes on disk, with the new token', async () => {
    const path = await withConfig(kubeconfig({ prod: { token: 'good' } }));
    const client = await start({ kubeconfigArgs: [path] });
    await client.context.open({ contextName: 'prod' });
    await writeFile(path, kubeconfig({ prod: { token: 'better' } }));
    await expect.poll(() => tokens.at(-1), { timeout: 5000 }).toBe('Bearer better');
    await view(client, (contexts) => row(contexts, 'prod').connection.phase === 'live');
  });

  it('answers which right is missing, once a minute for each question', async () => {
    const path = await withConfig(kubeconfig({ prod: { token: 'good' } }));
    const client = await start({ kubeconfigArgs: [path] });
    await client.context.open({ contextName: 'prod' });
    const checks = [{ verb: 'delete', group: 'apps', resource: 'daemonsets', namespace: 'logging' }];
    for (let time = 0; time < 3; time++) {
      expect(await client.access.review({ contextName: 'prod', checks })).toEqual([
        { allowed: false, reason: 'may not delete daemonsets.apps in namespace logging' },
      ]);
    }
    expect(server.requests.filter(({ url }) => url?.includes('accessreviews'))).toHaveLength(1);
  });
});

describe('what the user sets', () => {
  it('survives a restart, in a file that only its owner reads', async () => {
    const path = await withConfig(kubeconfig({ prod: { token: 'good' } }));
    const client = await start({ kubeconfigArgs: [path] });
    const wanted = {
      contextName: 'prod',
      displayName: 'Production',
      color: '#c92a2a',
      guardLevel: 'read-only',
    } as const;
    await client.context.setPreferences(wanted);
    expectMode(join(folder, 'data', 'settings.json'), 0o600);
    const again = await start({ kubeconfigArgs: [path] });
    expect(row(await view(again), 'prod')).toMatchObject({
      displayName: 'Production',
      color: '#c92a2a',
      guardLevel: 'read-only',
    });
  });

  it('keeps a settings file that it cannot use, says so, and goes on with the defaults', async () => {
    const path = join(folder, 'data', 'settings.json');
    const first = await start();
    await first.context.setPreferences({ contextName: 'x', hidden: true });
    await writeFile(path, '{"contexts": 7}');
    const { problems } = await view(await start());
    expect(problems[0]).toMatchObject({ file: path });
    expect(problems[0]?.message).toContain('.bad');
    expect(await readFile(`${path}.bad`, 'utf8')).toBe('{"contexts": 7}');
  });

  it('remembers a file that was opened by its path, and forgets an uploaded text', async () => {
    const path = await withConfig(kubeconfig({ prod: { token: 'good' } }));
    const client = await start();
    expect(await client.kubeconfig.addFile({ path })).toEqual({ contextNames: ['prod'] });
    const text = kubeconfig({ pasted: { token: 'good' } });
    expect(await client.kubeconfig.addText({ fileName: 'pasted', text, keep: false })).toEqual({
      contextNames: ['pasted'],
    });
    const again = await start();
    expect((await view(again)).contexts.map(({ contextName }) => contextName)).toEqual(['prod']);
    const source = (await view(again)).sources.find(({ kind }) => kind === 'added');
    await again.kubeconfig.remove({ sourceId: source?.sourceId ?? '' });
    expect((await view(await start())).contexts).toEqual([]);
  });

  it('leaves remembered files alone in a start with --kubeconfig', async () => {
    const path = await withConfig(kubeconfig({ prod: { token: 'good' } }));
    await (await start()).kubeconfig.addFile({ path });
    const other = join(folder, 'other.yaml');
    const third = join(folder, 'third.yaml');
    await writeFile(other, kubeconfig({ other: { token: 'good' } }));
    await writeFile(third, kubeconfig({ third: { token: 'good' } }));
    const limited = await start({ kubeconfigArgs: [other] });
    expect((await view(limited)).contexts.map(({ contextName }) => contextName)).toEqual(['other']);
    await limited.kubeconfig.addFile({ path: third });
    expect((await view(await start())).contexts.map(({ contextName }) => contextName)).toEqual(['prod', 'third']);
  });
});

describe("the host's dialog for choosing files", () => {
  it('is a capability where there is one, and answers paths without opening them', async () => {
    const client = await start({ chooseFiles: async () => ['/nowhere/a', '/nowhere/b'] });
    expect((await client.app.info()).capabilities).toEqual(['openFileDialog']);
    expect(await client.kubeconfig.chooseFiles()).toEqual({ paths: ['/nowhere/a', '/nowhere/b'] });
    expect((await view(client)).contexts).toEqual([]);
  });

  it('is lacking elsewhere, and said so', async () => {
    const client = await start();
    expect((await client.app.info()).capabilities).toEqual([]);
    expect(await failure(client.kubeconfig.chooseFiles())).toMatchObject({ reason: 'HostLacks' });
  });
});

describe('the demo cluster', () => {
  it('is one more context, started once', async () => {
    let starts = 0;
    const demoProcess = async () => {
      starts++;
      return { url: `http://127.0.0.1:${server.port}`, token: 'good', ended: NEVER, stop: async () => undefined };
    };
    const client = await start({ demoProcess });
    const [first, second] = await Promise.all([client.demo.start({}), client.demo.start({})]);
    expect([first, second, starts]).toEqual([{ contextName: 'demo' }, { contextName: 'demo' }, 1]);
    await client.context.open({ contextName: 'demo' });
    expect(row(await view(client), 'demo')).toMatchObject({ isDemo: true, connection: { phase: 'live' } });
  });

  it('opens by itself when asked for at the start, beside a context of its name', async () => {
    const path = await withConfig(kubeconfig({ demo: { token: 'good' } }));
    const client = await start({ kubeconfigArgs: [path], demo: { open: true } });
    const contexts = await view(client, (item) => item.contexts.some(({ connection }) => connection.phase === 'live'));
    expect(contexts.contexts.map(({ contextName, isDemo }) => [contextName, isDemo])).toEqual([
      ['demo', false],
      ['demo (Everynode)', true],
    ]);
  });

  it('that ended by itself says so at its context, is closed, and can be started again', async () => {
    const { promise: ended, resolve: end } = Promise.withResolvers<string>();
    const url = `http://127.0.0.1:${server.port}`;
    const starts = [ended, NEVER];
    const demoProcess = async () => ({
      url,
      token: 'good',
      ended: starts.shift() ?? NEVER,
      stop: async () => undefined,
    });
    const client = await start({ demoProcess });
    await client.demo.start({});
    await client.context.open({ contextName: 'demo' });
    end('code 70');
    const after = row(await view(client, (item) => item.contexts.some(({ problem }) => problem !== undefined)), 'demo');
    expect(after.problem).toMatchObject({ reason: 'Unreachable', message: expect.stringContaining('code 70') });
    expect(after.connection).toEqual({ phase: 'closed' });
    expect(await failure(client.context.open({ contextName: 'demo' }))).toMatchObject({ reason: 'Unreachable' });

    await client.demo.start({});
    await client.context.open({ contextName: 'demo' });
    expect(row(await view(client), 'demo')).toMatchObject({ connection: { phase: 'live' } });
    expect(row(await view(client), 'demo')).not.toHaveProperty('problem');
  });

  it('can be tried again after it did not start', async () => {
    let starts = 0;
    const demoProcess = async () => {
      if (++starts === 1) throw new Error('no port');
      return { url: `http://127.0.0.1:${server.port}`, token: 'good', ended: NEVER, stop: async () => undefined };
    };
    const client = await start({ demoProcess });
    expect((await failure(client.demo.start({}))).message).toContain('no port');
    expect(await client.demo.start({})).toEqual({ contextName: 'demo' });
  });
});

describe('a context whose user has an exec plugin', () => {
  let scripts: PluginFolder;
  beforeEach(() => {
    scripts = new PluginFolder();
  });
  afterEach(() => scripts.remove());

  async function withPlugin(args: readonly string[] = [], source = scripts.answering({ token: 'good' })) {
    const { command, args: script, apiVersion, interactiveMode } = scripts.plugin(source);
    const env = [{ name: 'PLUGIN_SECRET', value: 'value-of-the-env' }];
    const config = JSON.parse(kubeconfig({ eks: { token: '' } })) as { users: unknown[] };
    const exec = { command, args: [...script, ...args], env, apiVersion, interactiveMode };
    config.users = [{ name: 'eks', user: { exec } }];
    return withConfig(JSON.stringify(config));
  }

  it('stays closed and runs nothing until the user has approved what was shown, and remembers it', async () => {
    const path = await withPlugin();
    const client = await start({ kubeconfigArgs: [path] });
    const { plugin, connection } = row(await view(client), 'eks');
    expect(connection).toEqual({ phase: 'closed' });
    expect(plugin).toMatchObject({
      command: process.execPath,
      envNames: ['PLUGIN_SECRET'],
      file: path,
      approval: 'waiting',
    });
    expect(JSON.stringify(await view(client))).not.toContain('value-of-the-env');
    const refused = await failure(client.context.open({ contextName: 'eks' }));
    expect(refused.data).toMatchObject({ reason: 'CredentialPluginFailed', contextName: 'eks' });
    expect(refused.message).toContain('waits for your approval');
    expect(row(await view(client), 'eks').connection).toEqual({ phase: 'closed' });
    expect(scripts.runs).toHaveLength(0);

    const other = await failure(client.context.approvePlugin({ contextName: 'eks', fingerprint: '0'.repeat(64) }));
    expect(other.reason).toBe('Conflict');
    await client.context.approvePlugin({ contextName: 'eks', fingerprint: plugin?.fingerprint ?? '' });
    expect(scripts.runs, 'an approval alone').toHaveLength(0);
    expect(await client.context.open({ contextName: 'eks' })).toMatchObject({ phase: 'live', userName: 'jane' });
    expect(tokens.every((token) => token === 'Bearer good')).toBe(true);
    expect(scripts.runs).toHaveLength(1);

    const kept = await readFile(join(folder, 'data', 'settings.json'), 'utf8');
    expect(kept).toContain(plugin?.fingerprint);
    expect(kept).not.toContain('value-of-the-env');
    const again = await start({ kubeconfigArgs: [path] });
    expect(row(await view(again), 'eks').plugin?.approval).toBe('approved');
  });

  it('asks again when an argument changes', async () => {
    const client = await start({ kubeconfigArgs: [await withPlugin()] });
    const before = row(await view(client), 'eks').plugin;
    await client.context.approvePlugin({ contextName: 'eks', fingerprint: before?.fingerprint ?? '' });
    const changed = await start({ kubeconfigArgs: [await withPlugin(['--profile', 'prod'])] });
    expect(row(await view(changed), 'eks').plugin).toMatchObject({ approval: 'waiting' });
  });

  it('follows the words of the policy', async () => {
    const client = await start({ kubeconfigArgs: [await withPlugin()] });
    await client.context.setPluginPolicy({ policy: 'DenyAll' });
    expect((await view(client)).pluginPolicy).toBe('DenyAll');
    expect((await failure(client.context.open({ contextName: 'eks' }))).message).toContain('DenyAll');
    expect(scripts.runs).toHaveLength(0);
    await client.context.setPluginPolicy({ policy: 'AllowAll' });
    expect(await client.context.open({ contextName: 'eks' })).toMatchObject({ phase: 'live' });
  });

  it('stands in the list of what was approved until it is forgotten, and is asked for again then', async () => {
    const path = await withPlugin();
    const client = await start({ kubeconfigArgs: [path] });
    expect((await view(client)).approvedPlugins).toEqual([]);
    const plugin = row(await view(client), 'eks').plugin;
    const fingerprint = plugin?.fingerprint ?? '';
    await client.context.approvePlugin({ contextName: 'eks', fingerprint });
    expect((await view(client)).approvedPlugins).toEqual([
      { fingerprint, contextNames: ['eks'], plugin: { ...plugin, approval: 'approved' } },
    ]);
    await withPlugin(['--profile', 'prod']);
    const changed = await start({ kubeconfigArgs: [path] });
    expect((await view(changed)).approvedPlugins, 'no kubeconfig names it now').toEqual([
      { fingerprint, contextNames: [] },
    ]);
    await changed.context.forgetPlugin({ fingerprint });
    expect((await view(changed)).approvedPlugins).toEqual([]);
    expect(await readFile(join(folder, 'data', 'settings.json'), 'utf8')).not.toContain(fingerprint);
    await withPlugin();
    const again = await start({ kubeconfigArgs: [path] });
    expect(row(await view(again), 'eks').plugin?.approval).toBe('waiting');
    expect(scripts.runs).toHaveLength(0);
  });

  it('says what it waits for, and closing ends the plugin', async () => {
    const path = await withPlugin([], 'setInterval(() => undefined, 1000);\n');
    const client = await start({ kubeconfigArgs: [path] });
    await client.context.setPluginPolicy({ policy: 'AllowAll' });
    const opening = failure(client.context.open({ contextName: 'eks' }));
    await view(client, (seen) => {
      const { connection } = row(seen, 'eks');
      return connection.phase === 'connecting' && connection.waitingFor === process.execPath;
    });
    await until(() => scripts.runs.length === 1);
    await client.context.close({ contextName: 'eks' });
    expect((await opening).reason).toBe('Cancelled');
    expect(row(await view(client), 'eks').connection).toEqual({ phase: 'closed' });
    await until(() => scripts.runs.every(({ pid }) => !isAlive(pid)));
    expect(scripts.runs).toHaveLength(1);
  });

  it('that asks for a terminal is told so', async () => {
    const path = await withPlugin();
    const text = (await readFile(path, 'utf8')).replace('"Never"', '"Always"');
    const client = await start({ kubeconfigArgs: [await withConfig(text)] });
    const refused = await failure(client.context.open({ contextName: 'eks' }));
    expect(refused.message).toContain('interactiveMode Always');
    expect(row(await view(client), 'eks').plugin).toBeUndefined();
  });
});
