import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspect } from 'node:util';
import { PluginFolder } from '../../../tests/fakes/plugin-script.ts';
import { systemClock } from '../system-clock.ts';
import { ConnectFailure } from './connect-failure.ts';
import type { ExecPlugin } from './exec-plugin.ts';
import { runExecPlugin } from './exec-plugin-run.ts';
import type { PluginRun } from './exec-plugin-run.ts';

let folder: PluginFolder;
beforeEach(() => {
  folder = new PluginFolder();
});
afterEach(() => folder.remove());

function run(plugin: ExecPlugin, more: Partial<PluginRun> = {}) {
  return runExecPlugin({
    plugin,
    execInfo: '{}',
    search: { platform: process.platform, path: process.env['PATH'] ?? '', env: process.env },
    clock: systemClock,
    signal: new AbortController().signal,
    ...more,
  });
}

async function failureOf(plugin: ExecPlugin, more: Partial<PluginRun> = {}): Promise<ConnectFailure> {
  const error = await run(plugin, more).catch((thrown: unknown) => thrown);
  if (error instanceof ConnectFailure) return error;
  throw new Error('it did not fail as a ConnectFailure');
}

describe('a run of an exec plugin', () => {
  it('gives a token, or a certificate with its key, and when it ends', async () => {
    expect(await run(folder.plugin(folder.answering({ token: 'a-token' })))).toEqual({ token: 'a-token' });
    const status = {
      clientCertificateData: 'CERT',
      clientKeyData: 'KEY',
      expirationTimestamp: '2026-01-01T00:00:00Z',
    };
    expect(await run(folder.plugin(folder.answering(status)))).toEqual({
      clientCertificateData: 'CERT',
      clientKeyData: 'KEY',
      expiresAt: Date.parse('2026-01-01T00:00:00Z'),
    });
  });

  it('speaks v1beta1 with a plugin of v1beta1', async () => {
    const apiVersion = 'client.authentication.k8s.io/v1beta1';
    const plugin = folder.plugin(folder.answering({ token: 'a-token' }, apiVersion), { apiVersion });
    expect(await run(plugin)).toEqual({ token: 'a-token' });
  });

  it('hands on each argument and variable as it is written: no shell reads them', async () => {
    const odd = ['$(id)', '`id`', 'a b', '"; exit 1', '*', '%PATH%', ''];
    const plugin = folder.plugin(
      `const given = [...process.argv.slice(2), process.env.PLUGIN_VALUE];
process.stdout.write(JSON.stringify({ kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1',
  status: { token: JSON.stringify(given) } }));\n`,
    );
    const env = [{ name: 'PLUGIN_VALUE', value: '$HOME' }];
    const given = await run({ ...plugin, args: [...plugin.args, ...odd], env });
    expect(JSON.parse(given.token ?? '')).toEqual([...odd, '$HOME']);
  });

  it.each([
    ['process.stdout.write("no json a-secret-token");', 'did not answer with an ExecCredential in JSON'],
    ['process.stdout.write("{}");', 'answered with something that is no ExecCredential'],
    [
      `process.stdout.write('{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1"}');`,
      'answered in another apiVersion',
    ],
    [
      `process.stdout.write('{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1"}');`,
      'answered without a status',
    ],
    ['process.exit(3);', 'failed with exit code 3'],
    ['process.kill(process.pid, "SIGTERM"); setInterval(() => undefined, 1000);', 'was ended by SIGTERM'],
    ['process.stdout.write("x".repeat(3_000_000)); setInterval(() => undefined, 1000);', 'wrote more than 1 MB'],
  ])('%s is worded', async (source, words) => {
    const error = await failureOf(folder.plugin(source));
    expect(error.message).toContain(words);
    expect(error.reason).toBe('CredentialPluginFailed');
    expect(inspect(error, { depth: 9 })).not.toContain('a-secret-token');
  });

  it.each([
    [{}, 'gave neither a token nor a certificate'],
    [{ clientCertificateData: 'CERT' }, 'gave only one of client certificate and client key'],
    [{ token: 'x', expirationTimestamp: 'soon' }, 'gave an expirationTimestamp that is no time'],
  ])('with the status %j is refused', async (status, words) => {
    expect((await failureOf(folder.plugin(folder.answering(status)))).message).toContain(words);
  });

  it('shows what the plugin said on standard error, without a credential', async () => {
    const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl';
    const plugin = folder.plugin(
      `process.stderr.write('\\u001b[31mSSO session expired\\u001b[0m, run aws sso login\\n${jwt}\\npassword: hunter22\\n' +
  process.env.PLUGIN_SECRET + '\\nprinted-to-stdout');
process.stdout.write('half an answer: printed-to-stdout');
process.exitCode = 255;\n`,
      { env: [{ name: 'PLUGIN_SECRET', value: 'env-secret' }] },
    );
    const error = await failureOf(plugin);
    expect(error.detail).toBe('SSO session expired, run aws sso login\n[redacted]\n[redacted]\n[redacted]\n[redacted]');
    for (const secret of ['env-secret', 'eyJ', 'hunter22', 'printed-to-stdout']) {
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
    }
  });

  it('that is not on the PATH says where it was looked for, and how to install it', async () => {
    const plugin = folder.plugin('', {
      command: 'kubelogin-of-nobody',
      installHint: 'Run \u001b[1mbrew install\u001b[0m it.',
    });
    const search = { platform: process.platform, path: '/opt/one:relative:/opt/two', env: {} };
    const error = await failureOf(plugin, { search });
    expect(error.message).toBe('The credential plugin "kubelogin-of-nobody" was not found on the PATH.');
    expect(error.detail).toBe('Run brew install it.\n\nSearched:\n  /opt/one\n  /opt/two');
  });

  it('whose path leads nowhere is named by it', async () => {
    const error = await failureOf(folder.plugin('', { command: `${folder.path}/bin/none` }));
    expect(error.message).toBe(`The credential plugin ${folder.path}/bin/none does not exist or cannot be run.`);
  });
});
