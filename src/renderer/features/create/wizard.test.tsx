// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { AccessCache } from '../../live/access-cache.ts';
import { LiveRegistry } from '../../live/live-registry.ts';
import { ServicesProvider } from '../../live/services.ts';
import { aContext, aContextsView, FakeCore } from '../../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../../testing/fake-transport.ts';
import { CreatePage } from './CreatePage.tsx';
import { answersHere } from '../../testing/answers-here.ts';
import type { ManifestChecker } from './manifest-checker.ts';

/** Reads in the same thread what the page reads in a worker. */
const checker: ManifestChecker = { ...answersHere(), check: () => Promise.resolve([]) };

const LIVE = { phase: 'live', since: 0, serverVersion: 'v1.37.2' } as const;

let core: FakeCore;
let clock: FakeClock;
let frames: FakeFrames;

async function settle(ms = 500): Promise<void> {
  await act(async () => clock.advance(ms));
  await act(async () => {
    frames.run();
    await clock.advance(0);
  });
}

async function open(reading: Partial<ManifestChecker> = {}): Promise<void> {
  const client = core.client();
  const transport = new FakeTransport(client);
  const live = new LiveRegistry({ client, transport, clock, frames });
  const services = { client, transport, clock, live, access: new AccessCache(client, clock) };
  render(
    <MantineProvider env="test">
      <ServicesProvider value={services}>
        <CreatePage contextName="prod" namespace="logging" createChecker={() => ({ ...checker, ...reading })} />
      </ServicesProvider>
    </MantineProvider>,
  );
  await settle();
  await act(async () => core.contexts.push(aContextsView([aContext('prod', { connection: LIVE })])));
  await settle();
}

function type(name: string, value: string): void {
  fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } });
}

function press(name: string | RegExp): void {
  fireEvent.click(screen.getByRole('button', { name }));
}

/** The text that a check would send. */
async function sentText(): Promise<string> {
  press('Check');
  await settle();
  const [last] = core.calledWith('daemonSet.create').slice(-1);
  return (last as { manifestText: string }).manifestText;
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  // happy-dom has no fonts, whose loading a text area listens for.
  Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });
  sessionStorage.clear();
  core = new FakeCore();
  clock = new FakeClock();
  frames = new FakeFrames();
});
afterEach(cleanup);

describe('the wizard', () => {
  it('writes what is typed into one text, and selector and pods follow the name', async () => {
    await open();
    type('Name', 'agent');
    type('Alias', 'logs: all');
    expect(await sentText()).toBe(`apiVersion: apps/v1
kind: DaemonSet
metadata:
  namespace: logging
  name: agent
  annotations:
    kubesphere.io/alias-name: "logs: all"
spec:
  minReadySeconds: 0
  updateStrategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 20%
  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels:
        app: agent
    spec:
      containers: []
`);
  });

  it('says what is missing once the step was left, and what is wrong at once', async () => {
    await open();
    expect(screen.queryByText('A name is needed.')).toBeNull();
    type('Name', 'Agent');
    expect(screen.getByText(/^The name must consist of lower case letters/)).toBeDefined();
    type('Name', '');
    press('Next: Containers');
    press('Back');
    await settle();
    expect(screen.getByText('A name is needed.')).toBeDefined();
  });

  it('says at the amounts of a container what is wrong with them', async () => {
    await open();
    press('Next: Containers');
    await settle();
    press('+ Add container');
    await settle();
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Worker' }));
    await settle();
    type('CPU request', '2');
    type('CPU limit', '1');
    await settle();
    expect(screen.getByText('The request is more than the limit, 1.')).toBeDefined();
    type('CPU limit', 'much');
    await settle();
    expect(screen.getByText('A quantity such as 100m, 2 or 200Mi is expected.')).toBeDefined();
  });

  it('takes one change after the other back and does it again, wherever it was made', async () => {
    await open();
    type('Name', 'a');
    await settle(2000);
    type('Alias', 'b');
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Alias' }), { key: 'z', ctrlKey: true });
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Alias' }).value).toBe('');
    press('Undo');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('');
    press('Redo');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('a');
  });

  it('keeps a number on screen that cannot be written, says so, and leaves the manifest as it was', async () => {
    await open();
    type('Name', 'agent');
    press('Next: Containers');
    press('Update strategy');
    type('Min ready seconds', '5x');
    expect(screen.getByText('A whole number is expected.')).toBeDefined();
    expect(await sentText()).toContain('minReadySeconds: 0');
    type('Min ready seconds', '5');
    expect(await sentText()).toContain('minReadySeconds: 5');
  });

  it('says how many nodes would run a pod, and why it is not known where nodes may not be listed', async () => {
    core.offers = { nodeLabels: { none: 'may not list nodes' } };
    await open();
    press('Next: Containers');
    press('Scheduling');
    await settle();
    expect(screen.getByText('may not list nodes')).toBeDefined();
  });

  it('warns at the selector of another DaemonSet that selects the same pods', async () => {
    const selector = { matchExpressions: [{ key: 'app', operator: 'In', values: ['agent'] }] };
    core.offers = {
      daemonSets: { items: [{ name: 'shipper', uid: 'u', selector, podLabels: { app: 'shipper' } }], more: false },
    };
    await open();
    type('Name', 'agent');
    await settle();
    expect(
      screen.getByText(
        'The DaemonSet shipper selects these pods too, by app=agent: give the pods a label value of their own.',
      ),
    ).toBeDefined();
    expect(core.calledWith('offers.daemonSets')).toEqual([{ contextName: 'prod', namespace: 'logging' }]);
    type('Name', 'other');
    await settle();
    expect(screen.queryByText(/shipper selects these pods too/)).toBeNull();
  });

  it('offers the projects in which one may create, and says at another one which right is missing', async () => {
    const namespace = (name: string, mayCreate: string) => ({ name, phase: 'Active', mayCreate });
    core.offers = {
      namespaces: {
        items: [namespace('default', 'denied'), namespace('logging', 'allowed'), namespace('other', 'unasked')],
        more: false,
      },
    };
    core.access = ({ namespace: asked }) =>
      asked === 'default'
        ? { allowed: false, reason: 'may not create daemonsets.apps in namespace default' }
        : { allowed: true };
    await open();
    const project = screen.getByRole('combobox', { name: 'Project (namespace)' });
    expect(
      screen.getByText(
        'Those in which you may not create DaemonSets are not offered (1). Your right was not asked for in 1 more, which are offered.',
      ),
    ).toBeDefined();
    fireEvent.change(project, { target: { value: '' } });
    fireEvent.click(project);
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['logging', 'other']);
    fireEvent.change(project, { target: { value: 'default' } });
    expect(screen.queryByText(/You may not create/)).toBeNull();
    await settle();
    await settle();
    expect(screen.getByText('You may not create daemonsets.apps in namespace default.')).toBeDefined();
    expect(screen.getByRole('button', { name: /^Create may not create/ }).getAttribute('aria-disabled')).toBe('true');
    fireEvent.change(project, { target: { value: 'logging' } });
    expect(screen.queryByText(/You may not create/)).toBeNull();
  });

  it('asks for what a namespace has once it is typed, and forgets what another one had', async () => {
    core.offers = {
      daemonSets: {
        items: [{ name: 'shipper', uid: 'u', selector: { matchLabels: { app: 'agent' } }, podLabels: {} }],
        more: false,
      },
    };
    await open();
    type('Name', 'agent');
    await settle();
    core.offers = { daemonSets: { none: 'You may not list daemonsets.apps in namespace b.' } };
    for (const typed of ['logging-', 'logging-b']) {
      fireEvent.change(screen.getByRole('combobox', { name: 'Project (namespace)' }), { target: { value: typed } });
    }
    expect(screen.queryByText(/shipper selects these pods too/)).toBeNull();
    await settle();
    expect(core.calledWith('offers.daemonSets').map((input) => (input as { namespace: string }).namespace)).toEqual([
      'logging',
      'logging-b',
    ]);
    expect(screen.queryByText(/shipper selects these pods too/)).toBeNull();
  });

  it('says at an amount what a LimitRange of the namespace does not let pass', async () => {
    const empty = { default: {}, defaultRequest: {}, min: {}, maxLimitRequestRatio: {} };
    const bounds = { ...empty, name: 'bounds', type: 'Container', max: { cpu: '2' } };
    core.offers = { limitRanges: { items: [bounds], more: false } };
    await open();
    press('Next: Containers');
    press('+ Add container');
    await settle();
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Worker' }));
    await settle();
    type('CPU limit', '3');
    expect(
      screen.getByText('The limit is 3: the LimitRange bounds lets pass at most 2 of cpu per Container.'),
    ).toBeDefined();
    type('CPU limit', '2');
    expect(screen.queryByText(/^The limit is/)).toBeNull();
    expect(screen.getByText('LimitRange of this namespace: max 2.')).toBeDefined();
  });

  it('prefers nodes by weight, and leaves nothing behind when the last requirement goes', async () => {
    await open();
    const before = await sentText();
    press('Next: Containers');
    press('Scheduling');
    press('+ Add preference');
    const added = screen.getByRole('group', { name: 'New preference' });
    fireEvent.change(within(added).getByRole('combobox', { name: 'Label' }), { target: { value: 'disk' } });
    fireEvent.click(within(added).getByRole('combobox', { name: 'Operator' }));
    fireEvent.click(screen.getByRole('option', { name: 'Exists' }));
    fireEvent.click(within(added).getByRole('button', { name: 'Add' }));
    type('Preference 1, weight', '101');
    expect(screen.getByText('A weight is between 1 and 100.')).toBeDefined();
    type('Preference 1, weight', '40');
    expect(await sentText()).toContain(`            - weight: 40
              preference:
                matchExpressions:
                  - key: disk
                    operator: Exists
`);
    press('Remove requirement of preference 1: 1');
    expect(await sentText()).toBe(before);
  });

  it('has name servers, options and host aliases, says of each what is wrong, and is as before without them', async () => {
    await open();
    const before = await sentText();
    press('Next: Containers');
    press('Host access');
    press('+ Add name server');
    type('Name servers, name server 1', 'ten');
    expect(screen.getByText(/^The IP address must be one such as/)).toBeDefined();
    type('Name servers, name server 1', '10.0.0.10');
    expect(screen.queryByText(/^The IP address must be one such as/)).toBeNull();
    press('+ Add DNS option');
    expect(screen.getByText('An option needs a name.')).toBeDefined();
    type('DNS option 1, name', 'ndots');
    type('DNS option 1, value', '2');
    press('+ Add host alias');
    type('Host alias 1, IP address', '10.0.0.1');
    const names = screen.getByRole('combobox', { name: 'Host alias 1, host names' });
    act(() => names.focus());
    fireEvent.change(names, { target: { value: 'Registry' } });
    fireEvent.keyDown(names, { key: 'Enter' });
    expect(screen.getByText(/^The host name "Registry" must consist/)).toBeDefined();
    expect(await sentText()).toContain(`      dnsConfig:
        nameservers:
          - "10.0.0.10"
        options:
          - name: "ndots"
            value: "2"
      hostAliases:
        - ip: "10.0.0.1"
          hostnames:
            - Registry
`);
    press('Remove host alias 1');
    press('Remove DNS option 1');
    press('Remove name server 1');
    expect(await sentText()).toBe(before);
  });

  it('says what a resize in place does to a container', async () => {
    await open();
    press('Next: Containers');
    press('+ Add container');
    await settle();
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Worker' }));
    await settle();
    const before = await sentText();
    press(/^Resize in place/);
    const choose = (option: string) => {
      fireEvent.click(screen.getByRole('combobox', { name: 'Memory resize' }));
      fireEvent.click(screen.getByRole('option', { name: option }));
    };
    choose('Restarts the container');
    expect(await sentText()).toContain(
      'resizePolicy:\n            - resourceName: memory\n              restartPolicy: RestartContainer\n',
    );
    choose('Default (goes on running)');
    expect(await sentText()).toBe(before);
  });

  it('a step counts its problems, and one of them leads to its field', async () => {
    await open();
    type('Name', 'agent');
    press('Next: Containers');
    press(/^Next: Volumes/);
    const steps = screen.getByRole('navigation', { name: 'Steps' });
    expect(within(steps).getByRole('button', { name: /Containers.*1 problem/ })).toBeDefined();
    press('1 problem');
    await settle();
    fireEvent.click(screen.getByRole('menuitem', { name: /At least one worker container is needed/ }));
    expect(screen.getByText(/Add one to the left/)).toBeDefined();
  });
});

function upload(text: string): void {
  const input = document.querySelector('input[type=file]');
  if (!input) throw new Error('no upload');
  fireEvent.change(input, { target: { files: [new File([text], 'x.yaml')] } });
}

describe('a large text', () => {
  const LARGE = `apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: large\n${'# a comment\n'.repeat(20_000)}`;

  it('has its YAML on screen before its form, which comes when the worker has answered', async () => {
    const answer = Promise.withResolvers<void>();
    const asked: string[] = [];
    const here = answersHere();
    await open({
      open: async (text) => {
        asked.push(text);
        await answer.promise;
        return here.open(text);
      },
    });
    upload(LARGE);
    await settle(0);
    expect(asked).toEqual([]);
    expect(screen.getByText('Loading the editor…')).toBeDefined();
    await settle(200);
    expect(asked).toEqual([LARGE]);
    expect(screen.getByText(/^This text is being read/).getAttribute('role')).toBe('status');
    expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull();
    answer.resolve();
    await settle(0);
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('large');
    expect(await sentText()).toBe(LARGE);
  });

  it('is edited by its form as any other, and taken back', async () => {
    await open();
    upload(LARGE);
    await settle(200);
    type('Alias', 'changed');
    expect(await sentText()).toBe(
      LARGE.replace('name: large', 'name: large\n  annotations:\n    kubesphere.io/alias-name: changed'),
    );
    press('Undo');
    expect(await sentText()).toBe(LARGE);
  });
});

describe('a text that the form cannot show', () => {
  it('is said with its line, and is not lost', async () => {
    sessionStorage.clear();
    await open();
    const file = new File(['kind: Deployment\n'], 'x.yaml');
    const input = document.querySelector('input[type=file]');
    if (!input) throw new Error('no upload');
    fireEvent.change(input, { target: { files: [file] } });
    await settle();
    expect(screen.getByText('The form cannot show this text')).toBeDefined();
    expect(screen.getByText(/Line 1: there is no DaemonSet in this text/)).toBeDefined();
    expect(await sentText()).toBe('kind: Deployment\n');
  });

  it('what an alias decides is shown, and never written', async () => {
    await open();
    const text = `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a, namespace: x}\nx-shared: &five 5\nspec:\n  minReadySeconds: *five\n`;
    const input = document.querySelector('input[type=file]');
    if (!input) throw new Error('no upload');
    fireEvent.change(input, { target: { files: [new File([text], 'x.yaml')] } });
    await settle();
    press('Next: Containers');
    press('Update strategy');
    const note = screen.getByRole('note', { name: 'Min ready seconds' });
    expect(within(note).getByRole('button', { name: 'Edit in YAML' })).toBeDefined();
  });
});

describe('the search for an image', () => {
  async function openSearch(): Promise<HTMLElement> {
    await open();
    press('Next: Containers');
    press('+ Add container');
    await settle();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Worker' }));
    await settle();
    expect(core.calledWith('imageSearch.repositories')).toEqual([]);
    press('Search for an image');
    return screen.findByRole('dialog');
  }

  const words = (dialog: HTMLElement, value: string) =>
    fireEvent.change(within(dialog).getByRole('textbox', { name: 'Words' }), { target: { value } });
  const search = async (dialog: HTMLElement) => {
    fireEvent.click(within(dialog).getByRole('button', { name: 'Search' }));
    await settle();
  };

  it('asks on a click alone, and what is chosen names the container too', async () => {
    core.repositories = () => ({ items: [{ name: 'grafana/alloy', description: 'Collects <b>all</b>' }], more: true });
    const dialog = await openSearch();
    words(dialog, 'alloy');
    await settle();
    expect(core.calledWith('imageSearch.repositories')).toEqual([]);
    await search(dialog);
    expect(core.calledWith('imageSearch.repositories')).toEqual([{ registry: 'docker.io', query: 'alloy' }]);
    expect(within(dialog).getByText('Collects <b>all</b>')).toBeDefined();
    fireEvent.click(within(dialog).getByRole('button', { name: /grafana\/alloy/ }));
    await settle();
    expect(await sentText()).toContain('- name: alloy\n          image: grafana/alloy\n');
  });

  it('says in one line why nothing comes, and typing works', async () => {
    core.repositories = () => ({ none: 'registry-1.docker.io cannot be reached: no network.' });
    const dialog = await openSearch();
    await search(dialog);
    expect(within(dialog).getByText('registry-1.docker.io cannot be reached: no network.')).toBeDefined();
    fireEvent.keyDown(dialog, { key: 'Escape' });
    await settle();
    fireEvent.change(screen.getByRole('combobox', { name: 'Image' }), { target: { value: 'agent:1' } });
    expect(await sentText()).toContain('image: agent:1');
  });

  it('sends a login to a foreign place only after the user said so', async () => {
    core.repositories = (input) =>
      (input as { approvedRealm?: string }).approvedRealm === undefined
        ? { askRealm: 'https://auth.example.com' }
        : { items: [{ name: 'team/agent' }], more: false };
    const dialog = await openSearch();
    await search(dialog);
    expect(within(dialog).getByRole('alert').textContent).toContain('https://auth.example.com');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Send the login there' }));
    await settle();
    expect(core.calledWith('imageSearch.repositories').at(-1)).toMatchObject({
      approvedRealm: 'https://auth.example.com',
    });
    expect(within(dialog).getByRole('button', { name: /team\/agent/ })).toBeDefined();
  });
});
