import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  answering,
  refusing,
  silent,
  statusBody,
  withExpiredCertificate,
  withOtherName,
  withUnknownAuthority,
} from './fixtures/bad-servers.ts';
import { kubeconfigText, writeKubeconfig } from './fixtures/kubeconfig.ts';
import { SEEDED } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { CreatePage } from './pages/create-page.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { Rail } from './pages/rail.ts';
import { FaultProxy } from '../tests/faults/fault-proxy.ts';

/** A never-answering server is given up after 10 s, as its sentence says; the rest is for a busy machine. */
const ANSWER_WITHIN_MS = 20_000;

test('the good entries of bad kubeconfigs load, and each bad one is listed with file and reason', async ({
  clusters,
  folder,
  launch,
  page,
}) => {
  const good = clusters.alpha.entry;
  const write = async (name: string, content: string | Buffer) => {
    await writeFile(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const text = kubeconfigText({ good });
  const broken = kubeconfigText({ 'lacks-cluster': good, 'lacks-user': good, whole: good })
    .replace('cluster: lacks-cluster', 'cluster: nowhere')
    .replace('user: lacks-user', 'user: nobody');
  const files = {
    missing: join(folder, 'missing'),
    empty: await write('empty', ''),
    binary: await write('binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 0xff, 0xfe, 0, 0, 0x80])),
    half: await write('half', `${text.slice(0, text.indexOf('users:'))}users:\n  - name: "half`),
    bom: await write(
      'bom',
      `\uFEFF${kubeconfigText({ bom: good }).replace('kind: Config', 'kind: Config\nnewField: 1')}`,
    ),
    broken: await write('broken', broken),
    first: await write('first', kubeconfigText({ twice: good })),
    second: await write('second', kubeconfigText({ twice: clusters.beta.entry })),
  };
  await launch({ kubeconfigs: Object.values(files), hash: '#/' });
  const rail = new Rail(page);
  const problems = page.getByRole('region', { name: 'Problems' });

  for (const file of [files.binary, files.half]) {
    await expect(problems.getByRole('listitem').filter({ hasText: file })).toHaveCount(1);
  }
  const sources = page.getByRole('table', { name: 'Sources' });
  await expect(sources.getByRole('row').filter({ hasText: files.missing })).toContainText('not found');
  const contexts = page.getByRole('table', { name: 'Contexts' });
  await expect(contexts.getByRole('row').filter({ hasText: 'lacks-cluster' })).toContainText('nowhere');
  await expect(contexts.getByRole('row').filter({ hasText: 'lacks-user' })).toContainText('nobody');
  await expect(page.getByRole('region', { name: 'Shadowed entries' })).toContainText(`shadowed by ${files.first}`);
  await expect(contexts.getByRole('row').filter({ hasText: files.second })).toContainText(`shadowed by ${files.first}`);

  await rail.expectState('lacks-cluster', 'cannot be opened');
  await rail.tile('lacks-cluster').click();
  await expect(page.getByRole('alert')).toContainText('nowhere');
  for (const name of ['bom', 'whole', 'twice']) await rail.open(name);
  await expect(new DaemonSetList(page).row(SEEDED.agent.name)).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Context twice' })).toContainText(
    `${clusters.alpha.nodes} nodes`,
  );

  // The shadowed one is there too, under a name of its own.
  await rail.tiles.last().click();
  await expect(page.getByRole('complementary', { name: /^Context twice / })).toContainText(
    `${clusters.beta.nodes} nodes`,
  );
});

test('every way in which a server can fail is said in one sentence with its cause, and other contexts go on', async ({
  clusters,
  folder,
  launch,
  page,
}) => {
  const forbidden = statusBody(403, 'Forbidden', 'daemonsets.apps is forbidden: User "someone" cannot list resource');
  const servers = {
    refusing: await refusing(),
    silent: await silent(),
    stranger: await withUnknownAuthority(),
    expired: await withExpiredCertificate(),
    misnamed: await withOtherName(),
    unauthorized: await answering(401, 'application/json', statusBody(401, 'Unauthorized', 'Unauthorized')),
    forbidden: await answering(403, 'application/json', forbidden),
    webpage: await answering(200, 'text/html', '<!doctype html><title>Sign in</title><p>Please sign in'),
  };
  const causes: Readonly<Record<keyof typeof servers, RegExp>> = {
    refusing: /refused/i,
    silent: /did not answer within 10 s/,
    stranger: /certificate.*(authority|unknown|trust|signed)/i,
    expired: /certificate.*expired/i,
    misnamed: /certificate.*(not for 127\.0\.0\.1|kubernetes\.other\.test)/i,
    unauthorized: /401|Unauthorized|credentials/,
    forbidden: /daemonsets\.apps is forbidden/,
    webpage: /HTML|web page/i,
  };
  const entries = Object.fromEntries(Object.entries(servers).map(([name, { entry }]) => [name, entry]));
  const kubeconfig = await writeKubeconfig(join(folder, 'kubeconfig'), { alpha: clusters.alpha.entry, ...entries });
  await launch({ kubeconfigs: [kubeconfig] });
  const rail = new Rail(page);
  const list = new DaemonSetList(page);
  await rail.open('alpha');
  await expect(list.row(SEEDED.agent.name)).toBeVisible();

  for (const [name, cause] of Object.entries(causes)) {
    await test.step(name, async () => {
      await rail.tile(name).click();
      const alert = page.getByRole('main').getByRole('alert');
      await expect(alert).toContainText(cause, { timeout: ANSWER_WITHIN_MS });
      await expect(alert.getByRole('button', { name: 'Try again' })).toBeEnabled();
      await rail.expectState('alpha', 'live');
    });
  }

  await test.step('a retry connects as soon as the server is there', async () => {
    const port = Number(new URL(clusters.alpha.entry.cluster.server).port);
    const relay = await FaultProxy.start(port, { listenOn: servers.refusing.port });
    await rail.tile('alpha').click();
    await expect(list.row(SEEDED.agent.name)).toBeVisible();
    await rail.tile('refusing').click();
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    // A real API server is not reached by plain http, and then its own words are shown.
    await expect(page.getByRole('alert').filter({ hasText: /refused the connection/i })).toBeHidden();
    await expect.poll(() => relay.accepted).toBeGreaterThan(0);
    await relay.close();
  });
  await Promise.all(Object.values(servers).map((server) => server.close()));
});

test('a manifest that cannot be sent is said at its line, and the text stays', async ({
  clusters,
  everynode,
  folder,
  page,
}) => {
  await new Rail(page).open('alpha');
  await page.goto(`${everynode.origin}/#/c/alpha/create`);
  const create = new CreatePage(page);
  const named = (kind: string) =>
    `apiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: never-made\n  namespace: workshop\n`;

  await test.step('it does not parse', async () => {
    const text = `${named('DaemonSet')}spec:\n  selector: {matchLabels: {app: x\n  template: [`;
    await create.paste(text);
    await expect(create.problemsByLine.first()).toContainText(/line [78]/);
    await create.create.click();
    await expect(create.problems).toBeVisible();
    expect(await create.text()).toBe(text);
  });

  await test.step('it is not a DaemonSet', async () => {
    const text = `${named('Deployment')}spec: {}\n`;
    await create.paste(text);
    await expect(create.problemsByLine.first()).toContainText('line 2');
    await expect(create.problemsByLine.first()).toContainText('Deployment');
    expect(await create.text()).toBe(text);
  });

  await test.step('it is over 3 MB', async () => {
    const large = join(folder, 'large.yaml');
    await writeFile(large, `${named('DaemonSet')}# ${'x'.repeat(3_300_000)}\n`);
    const before = await create.text();
    await create.upload(large);
    await expect(page.getByRole('alert').filter({ hasText: /large\.yaml has 3\.\d MB/ })).toBeVisible();
    expect(await create.text()).toBe(before);
  });

  await test.step('an upload of the right size is taken as it is', async () => {
    const small = join(folder, 'small.yaml');
    await writeFile(small, `# from a file\r\n${named('DaemonSet')}`);
    await create.upload(small);
    await expect.poll(() => create.text()).toContain('# from a file');
    await create.check.click();
    await expect(create.problemsByLine.filter({ hasText: 'spec.template.spec.containers' })).toBeVisible();
  });
  expect(await clusters.alpha.api.exists('/apis/apps/v1/namespaces/workshop/daemonsets/never-made')).toBe(false);
});
