import { daemonSetPath } from './fixtures/api-client.ts';
import { expect, test } from './fixtures/test.ts';
import { CreatePage } from './pages/create-page.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';
import { Wizard } from './pages/wizard.ts';

test.use({ actionTimeout: 15_000 });

const NAMESPACE = 'workshop';
const NAME = 'kingfisher';

/** What the form writes of each field, as the server must have it: nothing but what was set, and the defaults that it adds. */
const EXPECTED = {
  metadata: {
    labels: { tier: 'node' },
    annotations: {
      'kubesphere.io/alias-name': '翠鸟',
      'kubesphere.io/description': 'Watches: every node',
      'example.com/runbook': 'https://example.com/kingfisher',
    },
  },
  spec: {
    selector: { matchLabels: { app: NAME } },
    minReadySeconds: 3,
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '30%' } },
    template: {
      metadata: { labels: { app: NAME } },
      spec: {
        imagePullSecrets: [{ name: 'registry-login' }],
        securityContext: { runAsNonRoot: true, fsGroup: 2000 },
        dnsConfig: { nameservers: ['10.9.8.7'] },
        hostAliases: [{ ip: '10.0.0.1' }],
        affinity: {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 100,
                podAffinityTerm: {
                  labelSelector: { matchLabels: { app: NAME } },
                  topologyKey: 'kubernetes.io/hostname',
                },
              },
            ],
          },
        },
        initContainers: [{ name: 'prepare', image: 'registry.test/prepare:1', command: ['sh', '-c', 'echo ready'] }],
        containers: [
          {
            name: 'watcher',
            image: 'registry.test/watcher:2',
            imagePullPolicy: 'Always',
            resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '50m', memory: '64Mi' } },
            args: ['--node=$(NODE)', '--verbose'],
            env: [
              { name: 'MODE', value: 'on' },
              { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
              { name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'watch-config', key: 'level' } } },
              { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'watch-login', key: 'password' } } },
            ],
            envFrom: [{ configMapRef: { name: 'watch-env' } }, { secretRef: { name: 'watch-secret' } }],
            livenessProbe: { httpGet: { path: '/live', port: 8080 }, periodSeconds: 20, failureThreshold: 5 },
            readinessProbe: {
              tcpSocket: { port: 8080 },
              initialDelaySeconds: 2,
              timeoutSeconds: 4,
              successThreshold: 2,
            },
            startupProbe: { exec: { command: ['true'] } },
            securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
            volumeMounts: [
              { name: 'host-time', mountPath: '/etc/localtime', readOnly: true },
              { name: 'host', mountPath: '/var/log', readOnly: true },
              { name: 'tmp', mountPath: '/tmp' },
              { name: 'data', mountPath: '/data' },
              { name: 'watch-files', mountPath: '/etc/watch', readOnly: true },
              { name: 'secret', mountPath: '/etc/keys' },
            ],
          },
        ],
        volumes: [
          { name: 'host-time', hostPath: { path: '/etc/localtime' } },
          { name: 'host', hostPath: { path: '/var/log' } },
          { name: 'tmp', emptyDir: {} },
          { name: 'data', persistentVolumeClaim: { claimName: 'watch-data' } },
          { name: 'watch-files', configMap: { name: 'watch-files' } },
          { name: 'secret', secret: { secretName: 'watch-keys' } },
        ],
      },
    },
  },
};

test('every field of the guide is set in the wizard, created, and read back as it was set', async ({
  clusters,
  everynode: _,
  page,
}) => {
  test.setTimeout(180_000);
  const { api } = clusters.alpha;
  await api.remove(daemonSetPath(NAMESPACE, NAME));
  await new Rail(page).open('alpha');
  await new DaemonSetList(page).create.click();
  const create = new CreatePage(page);
  const form = new Wizard(page);
  await expect(create.heading).toBeVisible();

  await test.step('base info', async () => {
    await form.fill('Name', NAME);
    await form.fill('Alias', '翠鸟');
    await form.fill('Project (namespace)', NAMESPACE);
    await form.fill('Description', 'Watches: every node');
    await expect(form.field('Selector value of app')).toHaveValue(NAME);
    await form.next('Containers');
  });

  await test.step('a worker and an init container', async () => {
    await form.fromMenu('+ Add container', 'Worker');
    await form.fill('Image', 'registry.test/watcher');
    await form.fill('Tag', '2');
    await expect(form.field('Container name')).toHaveValue('watcher');
    await form.choose('Image pull policy', 'Redownload (Always)');
    await form.fill('Registry secret', 'registry-login');
    await form.field('Registry secret').press('Enter');
    await form.fill('CPU request', '10m');
    await form.fill('CPU limit', '50m');
    await form.fill('Memory request', '16Mi');
    await form.fill('Memory limit', '64Mi');
    await page.getByRole('switch', { name: 'Sync host timezone' }).check();
    await form.fromMenu('+ Add container', 'Init container');
    await form.fill('Image', 'registry.test/prepare:1');
    await form.unfold('Command and arguments');
    await form.press('+ Add word');
    await pasteInto(form.field('Command, word 1'), "sh -c 'echo ready'");
    await expect(form.field('Command, word 3')).toHaveValue('echo ready');
    await page.getByRole('navigation', { name: 'Containers and pod' }).getByRole('button', { name: 'watcher' }).click();
  });

  await test.step('health checks', async () => {
    await form.choose('Liveness probe', 'HTTP GET');
    const liveness = form.within(page.getByRole('group', { name: 'Liveness probe' }));
    await liveness.fill('Path', '/live');
    await liveness.fill('Port', '8080');
    await liveness.fill('Period (s)', '20');
    await liveness.fill('Failure threshold', '5');
    await form.choose('Readiness probe', 'TCP socket');
    const readiness = form.within(page.getByRole('group', { name: 'Readiness probe' }));
    await readiness.fill('Port', '8080');
    await readiness.fill('Initial delay (s)', '2');
    await readiness.fill('Timeout (s)', '4');
    await readiness.fill('Success threshold', '2');
    await form.choose('Startup probe', 'Exec (command)');
    const startup = form.within(page.getByRole('group', { name: 'Startup probe' }));
    await startup.press('+ Add argument');
    await startup.fill('Probe command, argument 1', 'true');
  });

  await test.step('environment', async () => {
    await form.unfold('Environment');
    const variables = form.within(page.getByRole('group', { name: 'Variables' }));
    const add = async (nth: number, name: string, type?: string) => {
      await variables.press('+ Add variable');
      await form.fill(`Variable ${nth}, name`, name);
      if (type !== undefined) await form.choose(`Variable ${nth}, type`, type);
    };
    await add(1, 'MODE');
    await form.fill('Variable 1, value', 'on');
    await add(2, 'NODE', 'Pod field');
    await form.fill('Variable 2, pod field', 'spec.nodeName');
    await add(3, 'LEVEL', 'ConfigMap key');
    await form.fill('Variable 3, ConfigMap', 'watch-config');
    await form.fill('Variable 3, key', 'level');
    await add(4, 'PASSWORD', 'Secret key');
    await form.fill('Variable 4, Secret', 'watch-login');
    await form.fill('Variable 4, key', 'password');
    await form.press('+ Add whole ConfigMap');
    await form.fill('ConfigMap 1, name', 'watch-env');
    await form.press('+ Add whole Secret');
    await form.fill('Secret 2, name', 'watch-secret');
  });

  await test.step('arguments and security', async () => {
    await form.unfold('Command and arguments');
    const args = form.within(page.getByRole('group', { name: 'Arguments', exact: true }));
    await args.press('+ Add argument');
    await args.fill('Arguments, argument 1', '--node=$(NODE)');
    await args.press('+ Add argument');
    await args.fill('Arguments, argument 2', '--verbose');
    await form.unfold('Security context');
    await form.pick('Read-only root filesystem', 'Yes');
    await form.pick('Allow privilege escalation', 'No');
  });

  await test.step('the pod', async () => {
    const nav = form.within(page.getByRole('navigation', { name: 'Containers and pod' }));
    await nav.press('Update strategy');
    await form.fill('Maximum unavailable', '30%');
    await expect(page.getByText(/pods? at a time, of \d+ here/)).toBeVisible();
    await form.fill('Min ready seconds', '3');
    await nav.press('Scheduling');
    const matching = page.getByText(/Would run on \d+ of \d+ nodes/);
    const [, count] = /on (\d+) of/.exec((await matching.textContent()) ?? '') ?? [];
    await form.press('Which nodes');
    const names = page.getByRole('region', { name: 'Would run a pod' }).getByRole('paragraph');
    expect((await names.innerText()).split('\n')).toHaveLength(Number(count));
    await page.keyboard.press('Escape');
    await expect(names).toBeHidden();
    await form.choose('Deployment mode', 'Decentralized: away from its like');
    await nav.press('Pod security');
    await form.pick('Run as non-root', 'Yes');
    await form.fill('Group of volumes (fsGroup)', '2000');
    await nav.press('Host access');
    await form.press('+ Add name server');
    await form.fill('Name servers, name server 1', '10.9.8.7');
    await form.press('+ Add host alias');
    await form.fill('Host alias 1, IP address', '10.0.0.1');
    await form.next('Volumes');
  });

  await test.step('volumes', async () => {
    const volume = (name: string) => form.within(page.getByRole('region', { name: `Volume ${name}`, exact: true }));
    await form.fromMenu('+ Add volume', 'HostPath');
    await volume('host').fill('Path on the node', '/var/log');
    await volume('host').fromMenu('+ Mount in a container', 'watcher');
    await volume('host').pick('Read-only', 'Yes');
    await form.fromMenu('+ Add volume', 'Temporary volume');
    await volume('tmp').fromMenu('+ Mount in a container', 'watcher');
    await volume('tmp').fill('Mount path in watcher', '/tmp');
    await form.fromMenu('+ Add volume', 'Existing volume (PVC)');
    await volume('data').fill('PersistentVolumeClaim', 'watch-data');
    await volume('data').fromMenu('+ Mount in a container', 'watcher');
    await volume('data').fill('Mount path in watcher', '/data');
    await form.press('Use a ConfigMap or Secret…');
    const dialog = form.within(page.getByRole('dialog'));
    await page.getByRole('dialog').getByText('Config files', { exact: true }).click();
    await dialog.choose('Container', 'watcher');
    await dialog.fill('ConfigMap name', 'watch-files');
    await dialog.fill('Mount path', '/etc/watch');
    await dialog.press('Use it');
    await form.fromMenu('+ Add volume', 'Secret');
    await volume('secret').fill('Secret', 'watch-keys');
    await volume('secret').fromMenu('+ Mount in a container', 'watcher');
    await volume('secret').fill('Mount path in watcher', '/etc/keys');
    await form.next('Advanced');
  });

  await test.step('labels and annotations', async () => {
    await form.press('+ Add label');
    await form.fill('Labels, new key', 'tier');
    await form.fill('Labels, new value', 'node');
    await form.field('Labels, new value').press('Enter');
    await form.press('+ Add annotation');
    await form.fill('Annotations, new key', 'example.com/runbook');
    await form.fill('Annotations, new value', 'https://example.com/kingfisher');
    await form.field('Annotations, new value').press('Enter');
  });

  let text = '';
  await test.step('the form and its YAML are one text with one undo', async () => {
    text = await create.text();
    expect(text).toContain('maxUnavailable: 30%');
    await create.showForm();
    await create.step('Base info').click();
    await form.fill('Description', 'Watches: every node and more');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(form.field('Description')).toHaveValue('Watches: every node');
    expect(await create.text()).toBe(text);
    await create.showForm();
  });

  await test.step('the review asks the server, and creates', async () => {
    await create.step('Review').click();
    await expect(page.getByText(`the server would create ${NAMESPACE}/${NAME}`)).toBeVisible();
    expect(await api.exists(daemonSetPath(NAMESPACE, NAME))).toBe(false);
    await create.create.click();
    await expect(new DetailPage(page).heading(NAME)).toBeVisible();
  });

  const stored = await api.get(daemonSetPath(NAMESPACE, NAME));
  expect(stored).toMatchObject(EXPECTED);
  await api.remove(daemonSetPath(NAMESPACE, NAME));
});

/** Pastes by the event that a browser makes of the user's paste. */
async function pasteInto(field: ReturnType<Wizard['field']>, text: string): Promise<void> {
  await field.evaluate((element, pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}
