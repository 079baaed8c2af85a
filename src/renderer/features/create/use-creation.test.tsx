// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useEffect, useState } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import type { CreateOutcome } from '../../../shared/contract/daemonset.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { AccessCache } from '../../live/access-cache.ts';
import { LiveRegistry } from '../../live/live-registry.ts';
import { ServicesProvider } from '../../live/services.ts';
import { FakeCore } from '../../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../../testing/fake-transport.ts';
import { createFormStore } from '../form/index.ts';
import { Findings } from './Findings.tsx';
import { answersHere } from '../../testing/answers-here.ts';
import { useCreation } from './use-creation.ts';
import { useLiveCauses } from './use-live-causes.ts';

const text = 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec: {}\n';
const ref = { contextName: 'prod', namespace: 'logging', name: 'agent' };

/** Reads in the same thread what the page reads in a worker. */
const checker = answersHere();

let core: FakeCore;
let clock: FakeClock;
let created: CreateOutcome[];
let revealed: (number | undefined)[][];

function Harness({ manifest }: { readonly manifest: string }) {
  const creation = useCreation({ contextName: 'prod', checker, onCreated: (outcome) => created.push(outcome) });
  const [{ store, actions }] = useState(() => createFormStore(manifest, clock, checker));
  useEffect(() => actions.setText(manifest), [actions, manifest]);
  const liveCauses = useLiveCauses(checker, store);
  const draft = { text: manifest, namespace: 'logging' };
  return (
    <>
      <button type="button" onClick={() => creation.check(draft)}>
        check
      </button>
      <button type="button" onClick={() => creation.create(draft)}>
        create
      </button>
      <Findings
        contextName="prod"
        state={creation.state}
        liveCauses={liveCauses}
        store={store}
        onReveal={(line, column) => revealed.push([line, column])}
        onCreateAnyway={() => creation.create(draft)}
      />
    </>
  );
}

function page(manifest: string) {
  const client = core.client();
  const transport = new FakeTransport(client);
  const live = new LiveRegistry({ client, transport, clock, frames: new FakeFrames() });
  const services = { client, transport, clock, live, access: new AccessCache(client, clock) };
  return (
    <MantineProvider>
      <ServicesProvider value={services}>
        <Harness manifest={manifest} />
      </ServicesProvider>
    </MantineProvider>
  );
}

async function settle(): Promise<void> {
  await act(async () => clock.advance(500));
}

async function press(name: string): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

function sent(): readonly unknown[] {
  return core.calledWith('daemonSet.create').map((input) => (input as { dryRun: boolean }).dryRun);
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  core = new FakeCore();
  core.createOutcome = { uid: 'u', namespace: 'logging', name: 'agent', warnings: [], kubectl: 'kubectl create' };
  clock = new FakeClock();
  created = [];
  revealed = [];
});
afterEach(cleanup);

describe('Check', () => {
  it('is a dry run alone', async () => {
    render(page(text));
    await press('check');
    expect(core.calledWith('daemonSet.create')).toEqual([
      { contextName: 'prod', manifestText: text, namespace: 'logging', dryRun: true },
    ]);
    expect(screen.getByText('the server would create logging/agent')).toBeDefined();
    expect(created).toEqual([]);
  });

  it('says nothing of a text that was edited since', async () => {
    const { rerender } = render(page(text));
    await press('check');
    rerender(page(`${text}# more\n`));
    await settle();
    expect(screen.getByText('since the last check')).toBeDefined();
  });
});

describe('Create', () => {
  it('runs the dry run first, then creates', async () => {
    render(page(text));
    await press('create');
    expect(sent()).toEqual([true, false]);
    expect(created).toEqual([core.createOutcome]);
  });

  it('stops at warnings until the user has seen them', async () => {
    core.createOutcome = { ...core.createOutcome, warnings: ['spec.x: deprecated'] };
    render(page(text));
    await press('create');
    expect(sent()).toEqual([true]);
    expect(screen.getByText('spec.x: deprecated')).toBeDefined();
    expect(screen.getByText('logging/agent is not created yet')).toBeDefined();
    await press('Create anyway');
    expect(sent()).toEqual([true, true, false]);
    expect(created).toHaveLength(1);
  });

  it('stops when the pods would be refused, and creates when that is wanted', async () => {
    const path = 'spec.template.spec.hostNetwork';
    core.podCheck = {
      checked: true,
      refusals: [{ by: 'PodSecurity', path, message: 'host namespaces (hostNetwork=true)', line: 9 }],
      warnings: ['would violate PodSecurity'],
    };
    render(page(text));
    await press('create');
    expect(sent()).toEqual([true]);
    expect(
      screen.getByText(
        `Its pods would be refused (PodSecurity) at line 9, ${path}: host namespaces (hostNetwork=true)`,
      ),
    ).toBeDefined();
    expect(screen.getByText('would violate PodSecurity')).toBeDefined();
    await press('Create anyway');
    expect(sent()).toEqual([true, true, false]);
    expect(created).toHaveLength(1);
  });

  it('says that pods were not checked, and creates', async () => {
    core.podCheck = { checked: false, why: 'Pods were not checked: you may not create pods in namespace logging.' };
    render(page(text));
    await press('check');
    expect(
      screen.getByText(/^the server would create logging\/agent\. Pods were not checked: you may not/),
    ).toBeDefined();
    await press('create');
    expect(sent()).toEqual([true, true, false]);
  });

  it('shows the server’s findings at their lines, and goes to one', async () => {
    core.failure = new AppError({
      reason: 'Invalid',
      message: 'DaemonSet.apps "agent" is invalid: metadata.name: Invalid value',
      causes: [{ path: 'metadata.name', message: 'Invalid value' }],
    });
    render(page(text));
    await press('create');
    expect(sent()).toEqual([true]);
    expect(screen.getByRole('alert').textContent).toBe(
      'The server refuses these valuesDaemonSet.apps "agent" is invalid',
    );
    fireEvent.click(screen.getByRole('button', { name: /line 4.*metadata\.name.*Invalid value/ }));
    expect(revealed).toEqual([[4, 3]]);
  });

  it('finds a field where it stands after further edits', async () => {
    core.failure = new AppError({
      reason: 'Invalid',
      message: 'x',
      causes: [{ path: 'metadata.name', message: 'bad' }],
    });
    const { rerender } = render(page(text));
    await press('create');
    rerender(page(`# one line more\n${text}`));
    await settle();
    expect(screen.getByText('found before the last edits: check again')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: /metadata\.name/ }));
    expect(revealed).toEqual([[5, 3]]);
  });

  it('says that the name is taken, and links to what has it', async () => {
    core.failure = new AppError({ reason: 'AlreadyExists', message: 'daemonsets.apps "agent" already exists', ref });
    render(page(text));
    await press('create');
    expect(screen.getByText('logging/agent exists already')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Open agent' }).getAttribute('href')).toBe(
      '#/c/prod/daemonsets/logging/agent',
    );
  });

  it('says that the outcome is not known when the reply was lost, and sends nothing again', async () => {
    core.failure = new AppError({ reason: 'OutcomeUnknown', message: 'the connection was cut', ref });
    render(page(text));
    await press('create');
    expect(screen.getByText('It is not known whether logging/agent was created')).toBeDefined();
    expect(screen.getByRole('link', { name: 'All DaemonSets' })).toBeDefined();
    expect(sent()).toHaveLength(1);
  });

  it('sends nothing that cannot be read', async () => {
    render(page('kind: Deployment\napiVersion: apps/v1\n'));
    await press('create');
    expect(sent()).toEqual([]);
  });
});

describe('typing', () => {
  it('shows what hinders the text a moment later, and takes it back', async () => {
    const { rerender } = render(page('kind: Deployment\napiVersion: apps/v1\n'));
    await settle();
    expect(screen.getByRole('button', { name: /line 1.*kind is Deployment/ })).toBeDefined();
    rerender(page(text));
    await settle();
    expect(screen.queryByRole('button', { name: /kind is Deployment/ })).toBeNull();
  });
});
