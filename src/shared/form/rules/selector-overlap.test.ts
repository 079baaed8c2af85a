import { describe, expect, it } from 'vitest';
import { formOf } from '../../../../tests/fakes/form-at-hand.ts';
import type { DaemonSetOffer } from '../../contract/offers.ts';
import type { LabelSelector } from '../../kubernetes/selector.ts';
import { selectorOverlaps } from './selector-overlap.ts';

function aManifest(selector: string, labels: string) {
  return formOf(
    `kind: DaemonSet\nmetadata: {name: agent}\nspec: {selector: ${selector}, template: {metadata: {labels: ${labels}}}}\n`,
  ).manifest;
}

function other(name: string, selector: LabelSelector, podLabels: DaemonSetOffer['podLabels']): DaemonSetOffer {
  return { name, uid: name, selector, podLabels };
}

const ours = aManifest('{matchLabels: {app: agent}}', '{app: agent, tier: node}');
const said = (...others: readonly DaemonSetOffer[]) => selectorOverlaps(ours, others).map(({ message }) => message);

describe('DaemonSets of the namespace', () => {
  it('that select other pods are not spoken of', () => {
    expect(said(other('shipper', { matchLabels: { app: 'shipper' } }, { app: 'shipper', tier: 'node' }))).toEqual([]);
  });

  it('that select these pods are named with their selector, at the selector, as a warning', () => {
    const tier = other('tier', { matchLabels: { tier: 'node' } }, { tier: 'node' });
    expect(selectorOverlaps(ours, [tier])).toEqual([
      {
        path: 'spec.selector',
        message: 'The DaemonSet tier selects these pods too, by tier=node: give the pods a label value of their own.',
        severity: 'warning',
        source: 'rule',
      },
    ]);
  });

  it.each<readonly [LabelSelector['matchExpressions'], number]>([
    [[{ key: 'app', operator: 'In', values: ['agent', 'other'] }], 1],
    [[{ key: 'app', operator: 'NotIn', values: ['agent'] }], 0],
    [[{ key: 'tier', operator: 'Exists' }], 1],
    [[{ key: 'tier', operator: 'DoesNotExist' }], 0],
  ])('are looked at with their expressions: %j', (matchExpressions = [], count) => {
    expect(said(other('x', { matchExpressions }, { app: 'x' }))).toHaveLength(count);
  });

  it('whose pods this selector selects are named in one sentence', () => {
    const own = (name: string) => other(name, { matchLabels: { name } }, { name, app: 'agent' });
    expect(said(own('a'))).toEqual(['This selector selects the pods of a too: add a label that only these pods have.']);
    expect(said(own('a'), own('b'), own('c'), own('d'), own('e'))).toEqual([
      'This selector selects the pods of a, b, c and 2 more too: add a label that only these pods have.',
    ]);
  });

  it('are counted by the expressions of this selector too, unless one is not known here', () => {
    const others = [other('a', { matchLabels: { name: 'a' } }, { name: 'a', tier: 'node' })];
    const by = (selector: string) => selectorOverlaps(aManifest(selector, '{tier: node}'), others).length;
    expect(by('{matchExpressions: [{key: tier, operator: Exists}]}')).toBe(1);
    expect(by('{matchExpressions: [{key: tier, operator: NotIn, values: [node]}]}')).toBe(0);
    expect(by('{matchLabels: {tier: node}, matchExpressions: [{key: a, operator: Newer}]}')).toBe(0);
    expect(by('{}')).toBe(0);
  });

  it('of this name are the object itself', () => {
    expect(said(other('agent', { matchLabels: { app: 'agent' } }, { app: 'agent' }))).toEqual([]);
  });

  it('without a selector select nothing', () => {
    expect(said(other('odd', {}, {}))).toEqual([]);
  });
});
