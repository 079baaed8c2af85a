import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { StagedPlan } from '../../../shared/kubernetes/staged-plan.ts';
import { writeWhole } from '../settings.ts';

const nodeSchema = z.object({
  name: z.string(),
  state: z.enum(['waiting', 'ready', 'passed', 'skipped']),
  note: z.string().exactOptional(),
});

const planSchema = z.object({
  contextName: z.string(),
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  hash: z.string().min(1),
  revision: z.number(),
  templateGeneration: z.number(),
  gateSeconds: z.number(),
  waves: z.array(z.array(nodeSchema)),
  at: z.number().int().min(0),
  phase: z.enum(['running', 'held', 'stopped', 'done']),
  why: z.string().exactOptional(),
  failed: z.array(z.string()),
  startedAt: z.number(),
  waveAt: z.number(),
  gate: z.object({ since: z.number(), key: z.string() }).exactOptional(),
  blindSince: z.number().exactOptional(),
  asked: z.array(z.string()),
  restartsBefore: z.record(z.string(), z.number()),
});

const SUFFIX = '.json';

/** A plan, or why the one that is kept cannot be read. */
export type KeptPlan = { readonly plan: StagedPlan } | { readonly problem: string };

/** Staged rollouts on disk: one file (0600) per object uid, written whole, one write at a time. */
export class PlanStore {
  readonly #folder: string;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Of every plan that is kept; none where the folder is not there. */
  async uids(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    });
    return names
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => decodeURIComponent(name.slice(0, -SUFFIX.length)));
  }

  async read(uid: string): Promise<KeptPlan | undefined> {
    const path = this.path(uid);
    try {
      const parsed = planSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
      if (parsed.success && parsed.data.uid === uid) return { plan: parsed.data };
      return { problem: `${path} holds no plan of this DaemonSet.` };
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      return { problem: error instanceof SyntaxError ? `${path} is not whole JSON.` : String(error) };
    }
  }

  /** @throws NodeJS.ErrnoException when the disk does not take it */
  write(plan: StagedPlan): Promise<void> {
    return this.#inTurn(() => writeWhole(this.path(plan.uid), JSON.stringify(plan)));
  }

  remove(uid: string): Promise<void> {
    return this.#inTurn(() => rm(this.path(uid), { force: true }));
  }

  path(uid: string): string {
    return join(this.#folder, `${encodeURIComponent(uid)}${SUFFIX}`);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#tail.then(work);
    this.#tail = done.catch(() => undefined);
    return done;
  }
}
