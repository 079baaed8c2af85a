import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seriousFaults } from './fixtures/accessibility.ts';
import { type ApiClient, daemonSetPath, podPath } from './fixtures/api-client.ts';
import { ENV_VALUE } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { withoutColours } from './fixtures/without-colours.ts';
import { CreatePage } from './pages/create-page.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { LogViewer } from './pages/log-viewer.ts';
import { Rail } from './pages/rail.ts';
import { expectMode } from '../tests/fakes/expect-mode.ts';

const NAMESPACE = 'workshop';
const NAME = 'heron';
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/** The label of the template is on line 19. A pod takes 5 s to be ready: by its annotation without a kubelet, by its probe on the demo cluster. */
function manifest({ label = NAME } = {}): string {
  return `# kept by the team that watches birds
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: ${NAME}
  namespace: ${NAMESPACE}
spec:
  selector:
    matchLabels:
      app: ${NAME}
  updateStrategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 50%
  template:
    metadata:
      annotations:
        everynode.test/ready-delay: 5s
      labels: { app: ${label} }
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: main
          image: registry.test/heron:1
          env:
            - name: TOKEN
              value: ${ENV_VALUE}
          ports: [{ containerPort: 8080, name: http }]
          readinessProbe: { tcpSocket: { port: http }, initialDelaySeconds: 5 }
        - name: side
          image: registry.test/side:2
`;
}

test('a DaemonSet is created from YAML, rolls out, is redeployed and deleted, all in the page', async ({
  clusters,
  everynode,
  page,
}) => {
  test.setTimeout(180_000);
  const { alpha } = clusters;
  const path = daemonSetPath(NAMESPACE, NAME);
  await alpha.api.remove(path);
  const rail = new Rail(page);
  const list = new DaemonSetList(page);
  const create = new CreatePage(page);
  const detail = new DetailPage(page);
  await rail.open('alpha');

  await test.step('a mistake that only the server knows is shown at its line, and nothing is created', async () => {
    await list.create.click();
    await expect(create.heading).toBeVisible();
    await create.paste(manifest({ label: 'egret' }));
    await create.create.click();
    await expect(create.problems.getByRole('heading', { name: 'The server refuses these values' })).toBeVisible();
    await expect(create.problemsByLine).toContainText(['spec.template.metadata.labels']);
    await expect(create.problemsByLine.first()).toContainText('line 19');
    await expect(create.problemsByLine.first()).toContainText('`selector` does not match template `labels`');
    expect(await create.text()).toBe(manifest({ label: 'egret' }));
    expect(await alpha.api.exists(path)).toBe(false);
  });

  await test.step('the right text is created, and the page follows the rollout', async () => {
    await create.paste(manifest());
    // Looked for before the click: a rollout is over in seconds.
    await Promise.all([
      expect(detail.heading(NAME)).toBeVisible(),
      expect(page.getByText('Progressing').first()).toBeVisible(),
      expect(detail.progress).toBeVisible(),
      create.create.click(),
    ]);
    const desired = await desiredOf(alpha.api, path);
    await detail.expectCounts(desired);
    await expect(detail.progress).toBeHidden();
    await expect(page.getByText('Rolled out').first()).toBeVisible();
    await expect(detail.revision).toContainText('Revision 1');
    const pods = await alpha.api.items(`${podPath(NAMESPACE)}?labelSelector=app%3D${NAME}`);
    expect(pods).toHaveLength(desired);
    await expect(page.getByRole('region', { name: 'Pods' })).toContainText(`Pods${desired}`);
    await expect(detail.pods).toHaveAttribute('aria-rowcount', String(desired + 1));
    for (const pod of pods.slice(0, 3)) {
      await page.getByRole('textbox', { name: 'Filter pods' }).fill(pod.metadata.name);
      await expect(detail.podRows).toHaveCount(1);
      await expect(detail.podRows).toContainText('Running');
      await expect(detail.podRows).toContainText(String(pod.spec['nodeName']));
    }
    await page.getByRole('textbox', { name: 'Filter pods' }).fill('');
  });

  await test.step('what was stored is what was written', async () => {
    const stored = JSON.stringify(await alpha.api.get(path));
    expect(stored).toContain('"maxUnavailable":"50%"');
    expect(stored).toContain('"containerPort":8080');
  });

  await test.step('its tabs say where variables come from, who wrote it, and what the pods use', async () => {
    await page.getByRole('tab', { name: 'Environment' }).click();
    const token = page.getByRole('table', { name: 'Environment of main' }).getByRole('row', { name: /^TOKEN/ });
    await expect(token).toContainText(ENV_VALUE);
    await expect(page.getByRole('region', { name: 'Container side' })).toContainText('It declares no variable.');
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Metadata' }).click();
    await expect(page.getByRole('table', { name: 'Labels' }).getByRole('row', { name: /^app/ })).toContainText(NAME);
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Monitoring' }).click();
    // Of pods this young there are no figures yet; the real cluster has no metrics-server.
    await expect(
      page.getByText(/No figures yet|samples? since|no metrics API .* Install metrics-server/),
    ).toBeVisible();
    await page.getByRole('tab', { name: 'Resource status' }).click();
    await expect(detail.revision).toContainText('Revision 1');
  });

  let before = await alpha.api.get(path);
  await test.step('redeploy sets the one annotation and rolls out a new revision', async () => {
    await detail.button('Redeploy').click();
    const dialog = page.getByRole('dialog', { name: `Redeploy ${NAME}` });
    await expect(dialog).toContainText(`kubectl --context alpha -n ${NAMESPACE} rollout restart daemonset/${NAME}`);
    before = await alpha.api.get(path);
    await Promise.all([
      expect(detail.revision).toContainText(/Rollout to/),
      dialog.getByRole('button', { name: 'Redeploy' }).click(),
    ]);
    await expect(dialog).toBeHidden();
    await expect(detail.revision).toContainText('Revision 2', { timeout: 60_000 });
    await detail.expectCounts(await desiredOf(alpha.api, path));
    await expect(page.getByText('Rolled out').first()).toBeVisible();
    await expect(detail.podRows.filter({ hasText: '#1' })).toHaveCount(0);
    await expect(detail.podRows.first().getByRole('gridcell', { name: '#2', exact: true })).toBeVisible();
    const after = await alpha.api.get(path);
    expect(changedSpec(before.spec)).toEqual(changedSpec(after.spec));
    expect(templateAnnotations(before.spec)).not.toHaveProperty([RESTARTED_AT]);
    expect(templateAnnotations(after.spec)).toEqual({
      ...templateAnnotations(before.spec),
      [RESTARTED_AT]: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(after.metadata.labels).toEqual(before.metadata.labels);
  });

  await test.step('pause switches the strategy to OnDelete and resume back, with rollingUpdate kept', async () => {
    for (const [verb, type] of [
      ['Pause', 'OnDelete'],
      ['Resume', 'RollingUpdate'],
    ] as const) {
      const { updateStrategy: had } = (await alpha.api.get(path)).spec;
      await detail.choose(`${verb}…`);
      const dialog = page.getByRole('dialog', { name: `${verb} ${NAME}` });
      await expect(dialog).toContainText('A DaemonSet has no pause.');
      await dialog.getByRole('button', { name: verb }).click();
      await expect(dialog).toBeHidden();
      await expect(page.getByLabel('Facts')).toContainText(`Strategy${type}`);
      expect((await alpha.api.get(path)).spec['updateStrategy']).toEqual({ ...(had as object), type });
    }
  });

  await test.step('delete asks for the name, and leads back to the list', async () => {
    await detail.choose('Delete…');
    const dialog = page.getByRole('dialog', { name: `Delete ${NAME}` });
    const confirm = dialog.getByRole('button', { name: 'Delete' });
    await expect(confirm).toBeDisabled();
    await dialog.getByRole('textbox', { name: `Type ${NAME} to confirm` }).fill('heroN');
    await expect(confirm).toBeDisabled();
    await dialog.getByRole('textbox', { name: `Type ${NAME} to confirm` }).press('Enter');
    expect(await alpha.api.exists(path)).toBe(true);
    await dialog.getByRole('textbox', { name: `Type ${NAME} to confirm` }).fill(NAME);
    await confirm.click();
    await expect(page).toHaveURL(/#\/c\/alpha\/daemonsets(\?.*)?$/);
    await expect(list.grid).toBeVisible();
    await expect(list.row(NAME)).toBeHidden();
    await expect.poll(() => alpha.api.exists(path)).toBe(false);
  });

  await test.step('the journal has every change, for its owner alone, and no secret', async () => {
    const file = join(everynode.dataDir, 'journal.jsonl');
    expectMode(file, 0o600);
    const text = await readFile(file, 'utf8');
    const entries = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries.map(({ act, outcome, ref }) => ({ act, outcome, ref }))).toEqual(
      ['create', 'restart', 'pause', 'resume', 'delete'].map((act) => ({
        act,
        outcome: 'done',
        ref: { contextName: 'alpha', namespace: NAMESPACE, name: NAME },
      })),
    );
    expect(text).not.toContain(ENV_VALUE);
    for (const secret of alpha.secrets) expect(text.includes(secret), 'a credential in the journal').toBe(false);
  });
});

test("a container's log is read, followed and downloaded", async ({ clusters, everynode, page }) => {
  const { alpha } = clusters;
  const list = new DaemonSetList(page);
  const detail = new DetailPage(page);
  const log = new LogViewer(page);
  await new Rail(page).open('alpha');
  await list.row('agent').getByRole('link').click();
  await detail.expectCounts(await desiredOf(alpha.api, daemonSetPath('logging', 'agent')));

  const pod = (await detail.podRows.first().getByRole('gridcell').first().innerText()).trim();
  await detail.openFirstPod();
  await expect(detail.containers).toContainText(`Containers of ${pod}`);
  const card = detail.containers.getByRole('region', { name: 'Container main' });
  await expect(card).toContainText('registry.test/agent:1');
  await expect(card).toContainText('Running', { ignoreCase: true });
  await card.getByRole('button', { name: 'Logs of container main' }).click();

  const screen = log.screen(pod, 'main');
  await expect(page).toHaveURL(new RegExp(`/logs\\?pod=${pod}&container=main$`));
  const first = await alpha.nextLogLine({ namespace: 'logging', pod, container: 'main' });
  await expect(screen).toContainText(first);
  await log.expectFollowing();
  const second = await alpha.nextLogLine({ namespace: 'logging', pod, container: 'main' });
  await expect(screen).toContainText(second);

  const { name, text } = await log.download();
  expect(name).toBe(`${pod}.main.log`);
  expect(withoutColours(text)).toContain(`${second}\n`);
  const whole = await alpha.api.text(`${podPath('logging', pod)}/log?container=main`);
  expect(whole.startsWith(text), 'the file is the log, from its first line on').toBe(true);

  await page.reload();
  await log.expectFollowing();
  await expect(screen).toContainText(second);
  expect(everynode.host.stderr()).toBe('');
});

test('a pod and its node have pages: conditions, what a taint keeps away, cordon', async ({
  clusters,
  everynode,
  page,
}) => {
  const { alpha } = clusters;
  const list = new DaemonSetList(page);
  const detail = new DetailPage(page);
  await new Rail(page).open('alpha');
  await list.row('agent').getByRole('link').click();
  await detail.expectCounts(await desiredOf(alpha.api, daemonSetPath('logging', 'agent')));

  const pod = (await detail.podRows.first().getByRole('gridcell').first().innerText()).trim();
  const nodeName = String((await alpha.api.get(podPath('logging', pod))).spec['nodeName']);
  await detail.podRows.first().getByRole('link', { name: pod }).click();
  await expect(detail.heading(pod)).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'Conditions' }).getByRole('row', { name: /^Ready True/ }),
  ).toBeVisible();
  await expect(page.getByRole('region', { name: 'Scheduling' })).toContainText(`metadata.name=${nodeName}`);
  await expect(page.getByRole('region', { name: 'Container main' })).toContainText('registry.test/agent:1');
  await expect(page.getByRole('link', { name: 'Logs' })).toHaveAttribute('href', new RegExp(`/logs\\?pod=${pod}$`));

  await page.getByRole('link', { name: nodeName, exact: true }).click();
  await expect(detail.heading(nodeName)).toBeVisible();
  const onNode = page.getByRole('table', { name: 'DaemonSets on this node' });
  await expect(onNode.getByRole('row', { name: new RegExp(`^agent logging Runs ${pod}`) })).toBeVisible();
  const path = `/api/v1/nodes/${nodeName}`;
  const { taints = [] } = (await alpha.api.get(path)).spec as { readonly taints?: readonly object[] };
  await alpha.api.mergePatch(path, {
    spec: { taints: [...taints, { key: 'everynode.test/quiet', effect: 'NoSchedule' }] },
  });
  // The taint keeps new pods away; the one that is there may stay.
  const kept = onNode.getByRole('row', { name: /untolerated taint everynode\.test\/quiet:NoSchedule/ });
  await expect(kept.first()).toContainText('Runs, should not');

  await detail.button('Cordon').click();
  const dialog = page.getByRole('dialog', { name: `Cordon ${nodeName}` });
  await expect(dialog).toContainText(`kubectl --context alpha cordon ${nodeName}`);
  await dialog.getByRole('button', { name: 'Cordon' }).click();
  await expect(page.getByText('cordoned', { exact: true })).toBeVisible();
  expect((await alpha.api.get(path)).spec['unschedulable']).toBe(true);
  await detail.button('Uncordon').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Uncordon' }).click();
  await expect(detail.button('Cordon')).toBeVisible();
  expect((await alpha.api.get(path)).spec['unschedulable'] ?? false).toBe(false);
  await alpha.api.mergePatch(path, { spec: { taints: taints.length === 0 ? null : taints } });
  expect(everynode.host.stderr()).toBe('');
});

/** What the controller wants, by the server's own status. */
async function desiredOf(api: ApiClient, path: string): Promise<number> {
  const desired = async () => Number((await api.get(path)).status?.['desiredNumberScheduled'] ?? 0);
  await expect.poll(desired).toBeGreaterThan(1);
  return desired();
}

interface Template {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
}

function templateAnnotations(spec: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return (spec['template'] as Template).metadata.annotations ?? {};
}

/** The spec without the annotations of its template. */
function changedSpec(spec: Readonly<Record<string, unknown>>): unknown {
  const template = spec['template'] as Template;
  return { ...spec, template: { ...template, metadata: { ...template.metadata, annotations: null } } };
}
