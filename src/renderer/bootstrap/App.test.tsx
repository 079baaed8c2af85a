// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import type { KubeContextRow } from '../../shared/contract/context.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { DaemonSetRow } from '../../shared/kubernetes/rows.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../testing/render-app.tsx';

const connected = { phase: 'live', since: 0, serverVersion: 'v1.37.2', userName: 'jane' } as const;
const prod = (more: Partial<KubeContextRow> = {}) => aContext('prod-eu-1', { connection: connected, ...more });
const LIST = '#/c/prod-eu-1/daemonsets';

let core: FakeCore;
let clock: FakeClock;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
  clock = new FakeClock();
});
afterEach(async () => {
  // Notices outlive a page's parts; they go by themselves.
  await act(async () => clock.advance(10_000));
  cleanup();
});

const start = (contexts: readonly KubeContextRow[], hash?: string) =>
  renderApp(core, clock, { view: aContextsView(contexts), ...(hash !== undefined && { hash }) });

async function showRows(app: RenderedApp, rows: readonly DaemonSetRow[]): Promise<void> {
  core.daemonSets.push({ type: 'full', state: { phase: 'live', since: 0 }, rows });
  await app.settle();
}

function shownNames(): readonly (string | null)[] {
  const [, ...rows] = screen.getAllByRole('row');
  return rows.map((row) => within(row).getAllByRole('link')[0]?.textContent ?? null);
}

describe('the first run without a kubeconfig', () => {
  it('offers the demo cluster and says which files were looked for', async () => {
    const source = { sourceId: 'default', kind: 'default', file: '/home/me/.kube/config', found: false } as const;
    const app = await renderApp(core, clock, { view: aContextsView([], { sources: [source] }) });
    expect(await screen.findByText('/home/me/.kube/config')).toBeDefined();
    expect(screen.getByText(/not found/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Open the demo cluster' }));
    await app.settle();
    expect(core.calledWith('demo.start')).toHaveLength(1);
    expect(core.calledWith('context.open')).toEqual([{ contextName: 'demo' }]);
    expect(location.hash).toBe('#/c/demo/daemonsets');
  });
});

describe('the first kubeconfig', () => {
  it('is shown also when its context comes before the answer', async () => {
    const app = await start([]);
    fireEvent.click(await screen.findByRole('button', { name: 'Open a kubeconfig' }));
    await screen.findByRole('dialog', { name: 'Open a kubeconfig' });
    fireEvent.change(screen.getByRole('textbox', { name: 'Path of the kubeconfig' }), { target: { value: '/k' } });
    const held = Promise.withResolvers<void>();
    core.gate = held.promise;
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Open' }));
    core.contexts.push(aContextsView([aContext('added')]));
    await app.settle();
    held.resolve();
    await app.settle();
    expect(core.calledWith('kubeconfig.addFile')).toEqual([{ path: '/k' }]);
    expect(location.hash).toBe('#/c/added/daemonsets');
    expect(screen.getByText('added is not connected')).toBeDefined();
  });
});

describe("the host's dialog for choosing files", () => {
  const openDialog = async (app: RenderedApp) => {
    fireEvent.click(screen.getByRole('button', { name: 'Open a kubeconfig' }));
    const dialog = await screen.findByRole('dialog', { name: 'Open a kubeconfig' });
    await app.settle();
    return dialog;
  };

  it('is not offered where the host has none', async () => {
    const dialog = await openDialog(await start([]));
    expect(core.calledWith('app.info')).toHaveLength(1);
    expect(within(dialog).queryByRole('button', { name: 'Choose a file…' })).toBeNull();
    expect(within(dialog).getByText('Upload')).toBeDefined();
    expect(within(dialog).getByText('Paste')).toBeDefined();
  });

  it('adds what is chosen in it, and shows all contexts when there are several', async () => {
    core.capabilities = ['openFileDialog'];
    core.chosenFiles = ['/k/one', '/k/two'];
    const app = await start([]);
    const dialog = await openDialog(app);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Choose a file…' }));
    await app.settle();
    expect(core.calledWith('kubeconfig.addFile')).toEqual([{ path: '/k/one' }, { path: '/k/two' }]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(location.hash).toBe('#/');
  });

  it('that is closed adds nothing', async () => {
    core.capabilities = ['openFileDialog'];
    const app = await start([]);
    const dialog = await openDialog(app);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Choose a file…' }));
    await app.settle();
    expect(core.calledWith('kubeconfig.chooseFiles')).toHaveLength(1);
    expect(core.calledWith('kubeconfig.addFile')).toEqual([]);
    expect(screen.getByRole('dialog', { name: 'Open a kubeconfig' })).toBeDefined();
  });
});

describe('a link to a context that is not open', () => {
  it('shows the page and connects only when the user opens it', async () => {
    const app = await start([aContext('prod-eu-1')], LIST);
    expect(screen.getByText('prod-eu-1 is not connected')).toBeDefined();
    expect(core.calledWith('context.open')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Open' }));
    await app.settle();
    expect(core.calledWith('context.open')).toEqual([{ contextName: 'prod-eu-1' }]);
  });

  it('names a context that no kubeconfig defines', async () => {
    await start([prod()], '#/c/gone/daemonsets');
    expect(screen.getByText('There is no context “gone”')).toBeDefined();
  });
});

describe('a new tab', () => {
  it('goes to the context that is open already, and a reload stays where it is', async () => {
    const app = await start([aContext('lab'), prod()]);
    expect(location.hash).toBe(LIST);
    await app.go('#/');
    expect(location.hash).toBe('#/');
    cleanup();
    await start([aContext('lab'), prod()]);
    expect(location.hash).toBe('#/');
  });
});

describe('the rail', () => {
  it('opens a context with a click, and goes back to where the user was in the other', async () => {
    const app = await start([prod(), aContext('lab')], `${LIST}?q=bit`);
    const rail = within(screen.getByRole('navigation', { name: 'Contexts' }));
    fireEvent.click(rail.getByRole('button', { name: 'lab, not connected' }));
    await app.settle();
    expect(core.calledWith('context.open')).toEqual([{ contextName: 'lab' }]);
    expect(location.hash).toBe('#/c/lab/daemonsets');
    fireEvent.keyDown(document.body, { code: 'Digit1', ctrlKey: true });
    await app.settle();
    expect(location.hash).toBe(`${LIST}?q=bit`);
  });

  it('hides what is hidden, and shows it again from the + menu', async () => {
    const app = await start([prod(), aContext('old', { hidden: true })]);
    expect(screen.queryByRole('button', { name: 'old, not connected' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Add contexts' }));
    await app.settle();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Show old' }));
    await app.settle();
    expect(core.calledWith('context.setPreferences')).toEqual([{ contextName: 'old', hidden: false }]);
  });
});

describe('the DaemonSet list', () => {
  const rows = [
    aDaemonSetRow('node-exporter', { desired: 240 }),
    aDaemonSetRow('fluent-bit', { namespace: 'logging', desired: 24, available: 22, alias: 'Log collector' }),
    aDaemonSetRow('cilium', { desired: 12 }),
  ];

  it('is live, sorts by a column, and filters as one types', async () => {
    const app = await start([prod()], LIST);
    await showRows(app, rows);
    expect(shownNames()).toEqual(['cilium', 'fluent-bit', 'node-exporter']);
    fireEvent.click(within(screen.getByRole('columnheader', { name: 'Desired' })).getByRole('button'));
    await app.settle();
    expect(shownNames()).toEqual(['cilium', 'fluent-bit', 'node-exporter'].toSorted(byDesired));
    expect(screen.getByRole('columnheader', { name: /Desired/ }).getAttribute('aria-sort')).toBe('ascending');
    fireEvent.change(screen.getByRole('searchbox', { name: 'Filter by name, image, label' }), {
      target: { value: 'collector' },
    });
    await app.settle();
    expect(shownNames()).toEqual(['fluent-bit']);
    expect(location.hash).toContain('q=collector');
    core.daemonSets.push({
      type: 'batch',
      state: { phase: 'live', since: 0 },
      upserted: [],
      deletedUids: ['uid-fluent-bit'],
    });
    await app.settle();
    expect(screen.getByText('No DaemonSet matches')).toBeDefined();
  });

  it('says since when it is stale and why, counts down to the next try, and has it now on a click', async () => {
    const app = await start([prod()], LIST);
    await showRows(app, rows);
    const error = { reason: 'Unreachable', message: 'The API server at prod:6443 refuses the connection.' } as const;
    const stale = { phase: 'stale', since: clock.now(), error, retryAt: clock.now() + 12_000 } as const;
    core.contexts.push(aContextsView([prod({ connection: stale })]));
    await app.settle();
    const bar = within(screen.getByRole('contentinfo', { name: 'Status' }));
    expect(bar.getByRole('status').textContent).toMatch(/^stale since \d\d:\d\d:\d\d$/);
    expect(bar.getByText(error.message)).toBeDefined();
    expect(bar.getByText('reconnecting in 12 s')).toBeDefined();
    expect(shownNames()).toHaveLength(3);
    fireEvent.click(bar.getByRole('button', { name: 'Reconnect now' }));
    await app.settle();
    expect(core.calledWith('context.reconnect')).toEqual([{ contextName: 'prod-eu-1' }]);
  });

  function byDesired(left: string, right: string): number {
    const desired = (name: string) => rows.find((row) => row.name === name)?.desired ?? 0;
    return desired(left) - desired(right);
  }

  it('adds the cause of a row that is not rolled out', async () => {
    core.causes = [{ uid: 'uid-fluent-bit', text: '2 Pending: insufficient memory', missingPodsAreYoung: false }];
    const app = await start([prod()], LIST);
    await showRows(app, rows);
    expect(core.calledWith('daemonSet.causes')).toEqual([]);
    await app.settle(300);
    expect(screen.getByText('22 of 24 available · 2 Pending: insufficient memory')).toBeDefined();
    expect(core.calledWith('daemonSet.causes')).toEqual([
      { contextName: 'prod-eu-1', targets: [{ uid: 'uid-fluent-bit', namespace: 'logging', name: 'fluent-bit' }] },
    ]);
  });

  it('sends a label selector to the server, but not one that does not parse', async () => {
    const app = await start([prod()], LIST);
    await showRows(app, rows);
    const field = screen.getByRole('textbox', { name: 'Label selector' });
    fireEvent.change(field, { target: { value: 'app in (' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
    expect(location.hash).not.toContain('sel=');
    fireEvent.change(field, { target: { value: 'app=web' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(location.hash).toContain('sel='));
    await app.settle();
    expect(core.calledWith('daemonSet.watchList')).toContainEqual({
      contextName: 'prod-eu-1',
      namespaces: 'all',
      labelSelector: 'app=web',
    });
  });

  it('moves with the arrow keys and opens with Enter', async () => {
    const app = await start([prod()], LIST);
    await showRows(app, rows);
    act(() => screen.getByRole('row', { name: /cilium/ }).focus());
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'ArrowDown' });
    await app.settle();
    expect(document.activeElement?.textContent).toContain('fluent-bit');
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'End' });
    await app.settle();
    expect(document.activeElement?.textContent).toContain('node-exporter');
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Enter' });
    expect(location.hash).toBe('#/c/prod-eu-1/daemonsets/kube-system/node-exporter');
    location.hash = '#/';
    await app.settle();
  });

  it('works in the context’s namespace for a user who may not list the whole cluster', async () => {
    core.access = (check) =>
      check.verb === 'list' && check.namespace === undefined
        ? { allowed: false, reason: 'may not list daemonsets.apps at cluster scope' }
        : { allowed: true };
    await start([prod({ namespace: 'team-a' })], LIST);
    expect(core.calledWith('daemonSet.watchList')).toContainEqual({ contextName: 'prod-eu-1', namespaces: ['team-a'] });
    expect(screen.getByRole('button', { name: /Namespaces: team-a/ })).toBeDefined();
  });

  it('remembers which columns are shown', async () => {
    const app = await start([prod()], LIST);
    await showRows(app, rows);
    fireEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await app.settle();
    fireEvent.click(screen.getByRole('menuitemcheckbox', { name: 'Node selector' }));
    await app.settle();
    expect(screen.getByRole('columnheader', { name: 'Node selector' })).toBeDefined();
    expect(localStorage.getItem('everynode.preferences')).toContain('nodeSelector');
  });
});

describe('an operation', () => {
  const row = aDaemonSetRow('fluent-bit', { namespace: 'logging' });

  async function openMenu(app: RenderedApp): Promise<void> {
    await showRows(app, [row]);
    fireEvent.click(screen.getByRole('button', { name: 'Actions for fluent-bit' }));
    await app.settle();
  }

  it('deletes only when the name was typed, says so, and stays on the list', async () => {
    const app = await start([prod()], LIST);
    await openMenu(app);
    fireEvent.click(screen.getByRole('menuitem', { name: /Delete/ }));
    await screen.findByRole('dialog', { name: 'Delete fluent-bit' });
    await app.settle();
    const dialog = within(screen.getByRole('dialog', { name: 'Delete fluent-bit' }));
    const button = dialog.getByRole('button', { name: 'Delete' });
    expect(button.hasAttribute('disabled')).toBe(true);
    fireEvent.click(dialog.getByRole('radio', { name: /Orphan/ }));
    expect(dialog.getByText(/--cascade=orphan/)).toBeDefined();
    fireEvent.change(dialog.getByRole('textbox', { name: 'Type fluent-bit to confirm' }), {
      target: { value: 'fluent-bit' },
    });
    fireEvent.click(button);
    await app.settle();
    expect(core.calledWith('daemonSet.delete')).toEqual([
      {
        contextName: 'prod-eu-1',
        namespace: 'logging',
        name: 'fluent-bit',
        uid: 'uid-fluent-bit',
        propagationPolicy: 'Orphan',
      },
    ]);
    expect(screen.getByText('logging/fluent-bit was deleted')).toBeDefined();
  });

  it('is said to be done also when its row went before the answer came', async () => {
    const app = await start([prod()], LIST);
    await openMenu(app);
    fireEvent.click(screen.getByRole('menuitem', { name: /Delete/ }));
    await screen.findByRole('dialog', { name: 'Delete fluent-bit' });
    fireEvent.change(screen.getByRole('textbox', { name: 'Type fluent-bit to confirm' }), {
      target: { value: 'fluent-bit' },
    });
    const held = Promise.withResolvers<void>();
    core.gate = held.promise;
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
    await showRows(app, []);
    expect(screen.queryByRole('dialog')).toBeNull();
    held.resolve();
    await app.settle();
    expect(screen.getByText('logging/fluent-bit was deleted')).toBeDefined();
  });

  it('shows why a redeploy failed, with the dialog still open', async () => {
    const app = await start([prod()], LIST);
    await openMenu(app);
    fireEvent.click(screen.getByRole('menuitem', { name: /Redeploy/ }));
    await screen.findByRole('dialog', { name: 'Redeploy fluent-bit' });
    core.failure = new AppError({ reason: 'Conflict', message: 'The uid differs.' });
    fireEvent.click(screen.getByRole('button', { name: 'Redeploy' }));
    await app.settle();
    expect(screen.getByRole('alert').textContent).toContain('fluent-bit was not redeployed');
    expect(screen.getByRole('alert').textContent).toContain('The uid differs.');
  });

  it('is disabled on a read-only context, and says why', async () => {
    const app = await start([prod({ guardLevel: 'read-only' })], LIST);
    expect(screen.getByRole('button', { name: /^Create(?! again)/ }).getAttribute('aria-disabled')).toBe('true');
    await openMenu(app);
    expect(screen.getByRole('menuitem', { name: /Delete.*read-only/ }).hasAttribute('data-disabled')).toBe(true);
  });

  it('is disabled for a user who lacks the right, which is named', async () => {
    core.access = ({ verb, resource, namespace }) =>
      verb === 'list'
        ? { allowed: true }
        : { allowed: false, reason: `may not ${verb} ${resource}.apps in ${namespace}` };
    const app = await start([prod()], LIST);
    await openMenu(app);
    expect(screen.getByRole('menuitem', { name: /may not delete daemonsets.apps in logging/ })).toBeDefined();
    expect(screen.getByRole('button', { name: /^Create(?! again)/ }).getAttribute('aria-disabled')).toBe('true');
  });
});

describe('the transport', () => {
  it('asks for a code when this tab has none', async () => {
    const state = { phase: 'needsCode', busy: false } as const;
    const app = await renderApp(core, clock, { view: aContextsView([]), state });
    fireEvent.change(await screen.findByRole('textbox', { name: 'Code' }), { target: { value: ' abc ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Open' }));
    expect(app.transport.codes).toEqual(['abc']);
  });

  it('says that it was lost, keeps the rows, and reads on when it is back', async () => {
    const app = await start([prod()], LIST);
    await showRows(app, [aDaemonSetRow('cilium')]);
    act(() => app.transport.setState({ phase: 'lost', since: clock.now() }));
    const lost = new AppError({ reason: 'Disconnected', message: 'lost' });
    core.daemonSets.fail(lost);
    core.contexts.fail(lost);
    await app.settle(450);
    expect(screen.getByText(/Connection to Everynode lost/)).toBeDefined();
    expect(shownNames()).toEqual(['cilium']);
    expect(screen.getByText(/stale since/)).toBeDefined();
    act(() => app.transport.setState({ phase: 'open', since: clock.now() }));
    await app.settle();
    await showRows(app, [aDaemonSetRow('cilium'), aDaemonSetRow('falco')]);
    expect(screen.queryByText(/Connection to Everynode lost/)).toBeNull();
    expect(shownNames()).toEqual(['cilium', 'falco']);
  });
});

describe('what cannot be known to be true now', () => {
  const lost = new AppError({ reason: 'Disconnected', message: 'Not connected to the core.' });

  async function loseTheCore(app: RenderedApp): Promise<void> {
    await act(async () => {
      app.transport.setState({ phase: 'lost', since: clock.now(), retryAt: clock.now() + 5000 });
      core.contexts.fail(lost);
      core.daemonSets.fail(lost);
    });
    await app.settle(500);
  }

  it('is said of every context of the rail while the page has lost its host, with the time and the next try', async () => {
    const app = await start([prod(), aContext('lab')], LIST);
    await showRows(app, [aDaemonSetRow('agent')]);
    await loseTheCore(app);
    const rail = within(screen.getByRole('navigation', { name: 'Contexts' }));
    expect(rail.getByRole('button', { name: /^prod-eu-1, stale since \d\d:\d\d:\d\d$/ })).toBeDefined();
    expect(rail.getByRole('button', { name: 'lab, not connected' })).toBeDefined();
    const banner = screen.getByRole('alert');
    expect(banner.textContent).toMatch(/lost at \d\d:\d\d:\d\d · reconnecting in [45] s/);
    fireEvent.click(within(banner).getByRole('button', { name: 'Try now' }));
    expect(app.transport.retries).toBe(1);
    expect(shownNames()).toEqual(['agent']);
  });

  it('is said of an empty list with the time when it was read', async () => {
    const app = await start([prod()], LIST);
    await showRows(app, []);
    expect(screen.getByText('No DaemonSets in all namespaces')).toBeDefined();
    const state = { phase: 'stale', since: clock.now(), error: lost.data } as const;
    core.daemonSets.push({ type: 'batch', state, upserted: [], deletedUids: [] });
    await app.settle();
    expect(screen.getByText(/^No DaemonSets in all namespaces, as of \d\d:\d\d:\d\d$/)).toBeDefined();
  });

  it('can be read now: the core’s own waiting ends, and the stream is opened anew', async () => {
    const app = await start([prod()], LIST);
    const error = { reason: 'InternalError', message: 'etcd is away' } as const;
    core.daemonSets.push({ type: 'full', state: { phase: 'failed', error, retryAt: clock.now() + 30_000 }, rows: [] });
    await app.settle();
    const opened = core.daemonSets.opened;
    fireEvent.click(within(screen.getByRole('main')).getByRole('button', { name: 'Try again' }));
    await app.settle();
    expect(core.calledWith('context.reconnect')).toEqual([{ contextName: 'prod-eu-1' }]);
    expect(core.daemonSets.opened).toBeGreaterThan(opened);
  });

  it('is said where namespaces are chosen', async () => {
    const app = await start([prod()], LIST);
    fireEvent.click(screen.getByRole('button', { name: /^Namespaces: / }));
    await app.settle(300);
    // The picker is loaded when it is first opened.
    await screen.findByRole('textbox', { name: 'Namespace' });
    core.namespaces.push({ type: 'full', state: { phase: 'live', since: 0 }, rows: [] });
    const state = { phase: 'stale', since: clock.now(), error: lost.data } as const;
    core.namespaces.push({ type: 'batch', state, upserted: [], deletedUids: [] });
    await app.settle();
    expect(screen.getByText(/^Names as of \d\d:\d\d:\d\d/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Read namespaces now' }));
    await app.settle();
    expect(core.calledWith('context.reconnect')).toHaveLength(1);
  });
});
