import { describe, expect, it } from 'vitest';
import type { AccessCheck } from '../../../shared/contract/cluster.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type AskRight, ASKED_NAMESPACES, withCreateRight } from './namespace-offers.ts';

const signal = new AbortController().signal;
const namespaces = (...names: readonly string[]) => ({
  items: names.map((name) => ({ name, phase: 'Active' })),
  more: false,
});

/** Answers by namespace, '' for all of them; counts how many are asked at a time. */
function rights(allowed: (namespace: string) => boolean) {
  const asked: string[] = [];
  let [open, most] = [0, 0];
  const ask = async ({ verb, group, resource, namespace = '' }: AccessCheck) => {
    expect([verb, group, resource]).toEqual(['create', 'apps', 'daemonsets']);
    asked.push(namespace);
    most = Math.max(most, (open += 1));
    await Promise.resolve();
    open -= 1;
    return { allowed: allowed(namespace) };
  };
  return { asked, ask, most: () => most };
}

const told = async (offers: Parameters<typeof withCreateRight>[0], ask: AskRight) => {
  const answer = await withCreateRight(offers, ask, signal);
  return 'none' in answer ? answer.none : answer.items.map(({ name, mayCreate }) => `${name} ${mayCreate}`);
};

describe('the right to create DaemonSets', () => {
  it('in every namespace is one question', async () => {
    const { asked, ask } = rights(() => true);
    expect(await told(namespaces('a', 'b'), ask)).toEqual(['a allowed', 'b allowed']);
    expect(asked).toEqual(['']);
  });

  it('in some is asked of each, a few at a time', async () => {
    const { asked, ask, most } = rights((namespace) => namespace === 'b');
    const names = Array.from({ length: 9 }, (_, n) => `n${n}`);
    expect(await told(namespaces('a', 'b', ...names), ask)).toEqual([
      'a denied',
      'b allowed',
      ...names.map((name) => `${name} denied`),
    ]);
    expect(asked.toSorted()).toEqual(['', 'a', 'b', ...names]);
    expect(most()).toBe(4);
  });

  it('is not asked of more than a bounded number, and that is said of the others', async () => {
    const { asked, ask } = rights(() => false);
    const names = Array.from({ length: ASKED_NAMESPACES + 2 }, (_, n) => `n${n}`);
    const answers = await told(namespaces(...names), ask);
    expect(asked).toHaveLength(1 + ASKED_NAMESPACES);
    expect(answers.slice(-3)).toEqual(['n49 denied', 'n50 unasked', 'n51 unasked']);
  });

  it('denies nothing where the question is not answered', async () => {
    const ask = ({ namespace }: AccessCheck) =>
      namespace === 'a'
        ? Promise.reject(new AppError({ reason: 'Timeout', message: 'too late' }))
        : Promise.resolve({ allowed: false });
    expect(await told(namespaces('a', 'b'), ask)).toEqual(['a unasked', 'b denied']);
  });

  it('is not asked where namespaces may not be listed, nor after the caller has left', async () => {
    const { asked, ask } = rights(() => false);
    expect(await told({ none: 'You may not list namespaces.' }, ask)).toBe('You may not list namespaces.');
    await withCreateRight(namespaces('a'), ask, AbortSignal.abort());
    expect(asked).toEqual(['']);
  });
});
