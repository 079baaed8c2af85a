// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RowsItem } from '../../shared/contract/live.ts';
import { RowsStore } from '../live/rows-store.ts';
import type { SortOrder } from '../stores/route.ts';
import { FakeFrames } from '../testing/fake-transport.ts';
import type { TableColumn } from './table-model.ts';
import { VirtualTable } from './VirtualTable.tsx';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

interface Item {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly name: string;
}

const ROW_PX = 36;
const COLUMNS: readonly TableColumn<Item>[] = [
  { id: 'name', header: 'Name', minWidthPx: 100, sortValue: ({ name }) => name, cell: ({ name }) => name },
];
const rowId = ({ uid }: Item) => uid;
const BY_NAME: SortOrder = { column: 'name', descending: false };

/** happy-dom lays nothing out: the table is 360 px high, a row 36. */
function layOut(): void {
  const sizes = { offsetHeight: 360, offsetWidth: 800, clientHeight: 360, clientWidth: 800 };
  for (const [name, size] of Object.entries(sizes)) {
    Object.defineProperty(HTMLElement.prototype, name, {
      configurable: true,
      get(this: HTMLElement) {
        return this.dataset['index'] === undefined ? size : ROW_PX;
      },
    });
  }
}

const item = (index: number): Item => ({
  uid: `uid-${index}`,
  resourceVersion: '1',
  name: `agent-${String(index).padStart(3, '0')}`,
});
const items = (count: number) => Array.from({ length: count }, (_, index) => item(index));

let frames: FakeFrames;
let store: RowsStore<Item>;

beforeEach(() => {
  layOut();
  frames = new FakeFrames();
  store = new RowsStore<Item>(frames);
});
afterEach(cleanup);

function scroller(): HTMLElement {
  const element = screen.getByRole('grid').parentElement;
  if (element === null) throw new Error('the table does not scroll');
  return element;
}

function Table({ sort = BY_NAME, selectedId }: { readonly sort?: SortOrder; readonly selectedId?: string }) {
  const { rows } = store.getSnapshot();
  return (
    <VirtualTable
      label="Agents"
      items={rows}
      columns={COLUMNS}
      rowId={rowId}
      sort={sort}
      onSort={() => undefined}
      selectedId={selectedId}
    />
  );
}

/** A table of 200 rows in the middle of which the keyboard is, with the drawer of a row open. */
async function inTheMiddle() {
  apply({ type: 'full', state: { phase: 'live', since: 0 }, rows: items(200) });
  const view = render(<Table selectedId="uid-103" />);
  const show = async (sort?: SortOrder) => {
    await act(async () => view.rerender(<Table selectedId="uid-103" {...(sort === undefined ? {} : { sort })} />));
  };
  await scrollTo(100 * ROW_PX + 10);
  await act(async () => row('agent-104').focus());
  return { show };
}

async function scrollTo(top: number): Promise<void> {
  await act(async () => {
    scroller().scrollTop = top;
    fireEvent.scroll(scroller());
  });
}

function apply(change: RowsItem<Item>): void {
  store.apply(change);
  frames.run();
}

function row(name: string): HTMLElement {
  const found = screen.getAllByRole('row').find(({ textContent }) => textContent === name);
  if (found === undefined) throw new Error(`${name} is not rendered`);
  return found;
}

/** Where each row lies on screen: pixels below the top of what is scrolled. */
function places(): ReadonlyMap<string, number> {
  const top = scroller().scrollTop;
  return new Map(
    screen.getAllByRole('row').flatMap((element) => {
      const { transform } = element.parentElement?.style ?? {};
      const start = Number(/translateY\((\d+)px\)/.exec(transform ?? '')?.[1] ?? Number.NaN);
      const at = start - top;
      return at > -ROW_PX && at < 360 ? [[element.textContent ?? '', at] as const] : [];
    }),
  );
}

const STALE = {
  phase: 'stale',
  since: 1,
  error: { reason: 'Expired', message: 'too old resource version' },
} as const;

describe('a table in the middle of a long list', () => {
  it('shows the same rows at the same place, with the same selection and focus, through a relist', async () => {
    const { show } = await inTheMiddle();
    const before = places();
    expect(before.get('agent-100')).toBe(-10);
    apply({ type: 'batch', state: STALE, upserted: [], deletedUids: [] });
    await show();
    expect(places()).toEqual(before);
    // Another order, and every version another: a server may list as it likes.
    const rows = items(200).map((each) => ({ ...each, resourceVersion: '2' }));
    apply({ type: 'full', state: { phase: 'live', since: 2 }, rows: rows.toReversed() });
    await show();
    expect(places()).toEqual(before);
    expect(row('agent-103').getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement).toBe(row('agent-104'));
  });

  it('is never empty while a list comes page by page, also over a stream that is opened anew', async () => {
    const { show } = await inTheMiddle();
    const before = places();
    store.disconnected({ reason: 'Disconnected', message: 'lost' }, 5);
    apply({ type: 'full', state: { phase: 'connecting' }, rows: [] });
    await show();
    expect(places()).toEqual(before);
    apply({ type: 'full', state: { phase: 'listing', received: 50, remaining: 150 }, rows: items(50) });
    await show();
    expect(places()).toEqual(before);
    apply({ type: 'batch', state: { phase: 'live', since: 6 }, upserted: items(200).slice(50), deletedUids: [] });
    await show();
    expect(places()).toEqual(before);
  });

  it('keeps its rows in place when rows above are deleted or added in a relist', async () => {
    const { show } = await inTheMiddle();
    const before = places();
    const rows = items(200).filter((_, index) => index % 10 !== 0 || index >= 100);
    apply({ type: 'full', state: { phase: 'live', since: 2 }, rows });
    await show();
    expect(places()).toEqual(before);
    expect(scroller().scrollTop).toBe(90 * ROW_PX + 10);
    expect(row('agent-103').getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement).toBe(row('agent-104'));
    const more = ['aaa-1', 'aaa-2'].map((name) => ({ uid: name, resourceVersion: '1', name }));
    apply({ type: 'batch', state: { phase: 'live', since: 2 }, upserted: more, deletedUids: [] });
    await show();
    expect(places()).toEqual(before);
  });

  it('goes by the next row when the first on screen is deleted', async () => {
    const { show } = await inTheMiddle();
    const { phase, since } = { phase: 'live', since: 2 } as const;
    apply({ type: 'batch', state: { phase, since }, upserted: [], deletedUids: ['uid-5', 'uid-100'] });
    await show();
    expect(places().get('agent-101')).toBe(26);
    expect(places().has('agent-100')).toBe(false);
  });

  it('stays at its offset when the user sorts it otherwise', async () => {
    const { show } = await inTheMiddle();
    const { scrollTop } = scroller();
    await show({ column: 'name', descending: true });
    expect(scroller().scrollTop).toBe(scrollTop);
  });
});

describe('a table at its top', () => {
  it('shows what comes in above the first row', async () => {
    apply({ type: 'full', state: { phase: 'live', since: 0 }, rows: items(50) });
    const view = render(<Table />);
    const first = { uid: 'first', resourceVersion: '1', name: 'aaa' };
    apply({ type: 'batch', state: { phase: 'live', since: 0 }, upserted: [first], deletedUids: [] });
    await act(async () => view.rerender(<Table />));
    expect(scroller().scrollTop).toBe(0);
    expect(places().get('aaa')).toBe(0);
  });
});

describe('rows with equal values', () => {
  it('keep their order whatever order a list brings them in', async () => {
    const same = ['b', 'a', 'c'].map((uid) => ({ uid, resourceVersion: '1', name: 'same' }));
    apply({ type: 'full', state: { phase: 'live', since: 0 }, rows: same });
    const view = render(<Table />);
    const order = () => screen.getAllByRole('row').flatMap((element) => element.dataset['row'] ?? []);
    expect(order()).toEqual(['a', 'b', 'c']);
    apply({ type: 'full', state: { phase: 'live', since: 1 }, rows: same.toReversed() });
    await act(async () => view.rerender(<Table />));
    expect(order()).toEqual(['a', 'b', 'c']);
  });
});
