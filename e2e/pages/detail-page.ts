import { type Locator, type Page, expect } from '@playwright/test';

/** The page of one DaemonSet. */
export class DetailPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  heading(name: string): Locator {
    return this.#page.getByRole('heading', { name, level: 1, exact: true });
  }

  get replicaStatus(): Locator {
    return this.#page.getByRole('region', { name: 'Replica status' });
  }

  /** One of the six counts. */
  count(value: number, label: string): Locator {
    return this.replicaStatus.getByRole('group', { name: `${value} ${label}`, exact: true });
  }

  async expectCounts(nodes: number): Promise<void> {
    for (const label of ['desired · follows the nodes', 'current', 'ready', 'up to date', 'available']) {
      await expect(this.count(nodes, label)).toBeVisible({ timeout: 60_000 });
    }
    await expect(this.count(0, 'misscheduled')).toBeVisible();
  }

  get revision(): Locator {
    return this.#page.getByRole('region', { name: 'Revision', exact: true });
  }

  /** A row of the revision records. */
  revisionRow(revision: number): Locator {
    const records = this.#page.getByRole('grid', { name: 'Revision records' });
    return records.getByRole('row').filter({ hasText: new RegExp(`^#${revision}(\\D|$)`) });
  }

  get progress(): Locator {
    return this.#page.getByRole('progressbar', { name: 'Rollout progress' });
  }

  get pods(): Locator {
    return this.#page.getByRole('grid', { name: 'Pods' });
  }

  get podRows(): Locator {
    return this.pods.getByRole('row').filter({ has: this.#page.getByRole('gridcell') });
  }

  /** All nodes as cells. */
  get nodeMap(): Locator {
    return this.#page.getByRole('listbox', { name: 'Node map' });
  }

  /** The cell that the keyboard is on: its name says node, state, reason, pod and revision. */
  get nodeCell(): Locator {
    return this.nodeMap.getByRole('option');
  }

  get mapLegend(): Locator {
    return this.#page.getByRole('list', { name: 'Legend of the node map' });
  }

  /** Entry of the map's legend: "3 ready". */
  nodeKind(words: string): Locator {
    return this.mapLegend.getByRole('button', { name: words });
  }

  /** The table of the Nodes tab. */
  get nodes(): Locator {
    return this.#page.getByRole('grid', { name: 'Nodes' });
  }

  /** A node's row there. */
  nodeRow(name: string): Locator {
    return this.nodes.getByRole('row').filter({ has: this.#page.getByRole('link', { name, exact: true }) });
  }

  /** Opens the containers of the first pod: a click beside the links of its row. */
  async openFirstPod(): Promise<void> {
    await this.podRows.first().getByRole('gridcell').nth(1).click();
  }

  get containers(): Locator {
    return this.#page.getByRole('dialog', { name: /^Containers of / });
  }

  button(name: string): Locator {
    return this.#page.getByRole('main').getByRole('button', { name, exact: true });
  }

  /** The menu of what is not done every day. */
  get more(): Locator {
    return this.button('More ▾');
  }

  async choose(operation: string): Promise<void> {
    await this.more.click();
    await this.#page.getByRole('menuitem', { name: operation }).click();
  }
}
